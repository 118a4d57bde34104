"""What a researcher's process may write into history: its own deeds, about its own work."""

from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.orm import Session

from tests.fences.rows import Own
from tests.fences.test_rows import Ask, partners, portal_asks  # noqa: F401 -- fixtures
from workflows.assignments.models import Assignment

HAPPENED = (
    "INSERT INTO event (id, kind, object_kind, object_id, question_id, actor_kind, actor_id, codes, at)"
    " VALUES (%s, 'assignment.accept', 'assignment', %s, %s, %s, %s, '{}', now())"
)
TOLD = "INSERT INTO outbox (event_id, at) VALUES (%s, now())"


def question(scene: Session, own: Own) -> UUID:
    return scene.get_one(Assignment, own.one("assignment")).question_id


def test_a_researcher_writes_and_announces_their_own_deeds(portal_asks: Ask, partners, scene: Session) -> None:  # noqa: F811
    mine, _ = partners
    connection, happened = portal_asks(mine.session), uuid4()
    for about in (question(scene, mine), None):
        given = [uuid4(), mine.one("assignment"), about, "researcher", mine.one("researcher")]
        assert connection.execute(HAPPENED, given).rowcount == 1
    connection.execute(HAPPENED, [happened, uuid4(), None, "researcher", mine.one("researcher")])
    assert connection.execute(TOLD, [happened]).rowcount == 1


@pytest.mark.parametrize("as_whom", ["a colleague elsewhere", "the clock", "staff", "a stranger's question", "nobody"])
def test_a_researcher_writes_in_nobody_elses_name(portal_asks: Ask, partners, scene: Session, as_whom: str) -> None:  # noqa: F811
    mine, theirs = partners
    me = mine.one("researcher")
    kind, actor, about, session = {
        "a colleague elsewhere": ("researcher", theirs.one("researcher"), None, mine.session),
        "the clock": ("clock", None, None, mine.session),
        "staff": ("staff", me, None, mine.session),
        "a stranger's question": ("researcher", me, question(scene, theirs), mine.session),
        "nobody": ("researcher", me, None, ""),
    }[as_whom]
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        portal_asks(session).execute(HAPPENED, [uuid4(), uuid4(), about, kind, actor])


def test_what_others_did_cannot_be_announced_or_found_out(portal_asks: Ask, partners, database) -> None:  # noqa: F811
    mine, theirs = partners
    happened = uuid4()
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(HAPPENED, [happened, uuid4(), None, "researcher", theirs.one("researcher")])
    refusals = []
    for event in (happened, uuid4()):
        with pytest.raises(errors.InsufficientPrivilege) as refused:
            portal_asks(mine.session).execute(TOLD, [event])
        refusals.append(refused.value.diag.message_primary)
    assert refusals[0] == refusals[1]
