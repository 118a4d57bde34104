"""What the public site's and the caseload's processes may write into history: what they do, signed, about their own, now."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.fences.rows import Own
from tests.fences.test_asking import files, puts
from tests.fences.test_caseload_rows import asks, caseloads  # noqa: F401 -- fixtures
from tests.fences.test_rows import Ask, partners, portal_asks, public_asks, requests  # noqa: F401 -- fixtures
from workflows.core.clock import now
from workflows.core.parties import its_researchers, the_requester
from workflows.lifecycles import LIFECYCLES

HAPPENED = (
    "INSERT INTO event (id, kind, object_kind, object_id, question_id, actor_kind, actor_id, codes, at)"
    " VALUES (%(id)s, %(kind)s, %(about)s, %(row)s, %(question)s, %(signs)s, %(actor)s, '{}', %(at)s)"
)
TOLD = "INSERT INTO outbox (event_id, at) VALUES (%s, %s)"
refused = pytest.raises(errors.InsufficientPrivilege, match="row-level security")


def deed(kind: str, row: UUID, signs: str, actor: UUID | None, **other: Any) -> dict[str, Any]:
    about = kind.partition(".")[0].replace("reply", "question")
    given = {"id": uuid4(), "kind": kind, "about": about, "row": row, "signs": signs, "actor": actor, "at": now()}
    return given | {"question": row if about == "question" else None} | other


def kinds(database: DatabaseUrls, log_in: str, signs: str) -> set[str]:
    with psycopg.connect(database.owner_url) as owner:
        return set(owner.execute("SELECT history_kinds(%s, %s)", [log_in, signs]).fetchone()[0])


@pytest.mark.parametrize(
    ("log_in", "signs", "party"),
    [
        ("app_public", "requester", the_requester),
        ("app_counsellor", "counsellor", the_requester),
        ("app_partner", "researcher", its_researchers),
    ],
)
def test_every_move_of_its_people_is_history_that_a_site_may_write(
    database, log_in: str, signs: str, party: Any
) -> None:
    theirs = {f"{one.name}.{move.name}" for one in LIFECYCLES for move in one.moves if party in move.parties}
    others = {f"{one.name}.{move.name}" for one in LIFECYCLES for move in one.moves if party not in move.parties}
    written = kinds(database, log_in, signs)
    assert len(theirs) > 4
    assert theirs - written == set()
    assert written & others == set()


def test_a_visitor_writes_and_announces_that_they_asked_and_reported(public_asks: Ask) -> None:  # noqa: F811
    connection = public_asks("")
    for happened in (
        deed("question.open", puts(connection, files(connection)), "visitor", None),
        deed("reader_report.open", uuid4(), "visitor", None),
    ):
        assert connection.execute(HAPPENED, happened).rowcount == 1
        assert connection.execute(TOLD, [happened["id"], now()]).rowcount == 1


def test_whoever_asked_writes_and_announces_what_they_do(public_asks: Ask, asks: Ask, requests, caseloads) -> None:  # noqa: F811
    for ask, own, signs, actor in (
        (public_asks, requests[0], "requester", "request"),
        (asks, caseloads[0], "counsellor", "counsellor"),
    ):
        connection = ask(own.session)
        for kind, row in (("question.withdraw", "question"), ("request.forget", "request")):
            happened = deed(kind, own.one(row), signs, own.one(actor))
            assert connection.execute(HAPPENED, happened).rowcount == 1
            assert connection.execute(TOLD, [happened["id"], now()]).rowcount == 1


FORGED = {
    "in staff's name": {"signs": "staff"},
    "in the clock's name": {"signs": "clock", "actor": None},
    "in a stranger's name": {"actor": uuid4()},
    "a letter about a log-in": {"kind": "staff.renew", "about": "staff"},
    "an editor's deed": {"kind": "excerpt.retract", "about": "excerpt"},
    "a desk's move": {"kind": "question.answer"},
    "about another kind of row": {"about": "excerpt"},
    "about no question": {"question": None},
    "ahead of time": {"at": now() + timedelta(days=1)},
}


@pytest.mark.parametrize("how", FORGED)
def test_nobody_who_asks_forges_history(public_asks: Ask, asks: Ask, requests, caseloads, how: str) -> None:  # noqa: F811
    for ask, own, signs, actor in (
        (public_asks, requests[0], "requester", "request"),
        (asks, caseloads[0], "counsellor", "counsellor"),
    ):
        happened = deed("question.withdraw", own.one("question"), signs, own.one(actor))
        assert ask(own.session).execute(HAPPENED, happened).rowcount == 1
        with refused:
            ask(own.session).execute(HAPPENED, happened | FORGED[how])


def test_nobody_writes_history_of_somebody_elses_question(public_asks: Ask, asks: Ask, requests, caseloads) -> None:  # noqa: F811
    for ask, mine, theirs, signs, actor in (
        (public_asks, requests[0], requests[1], "requester", "request"),
        (asks, caseloads[0], caseloads[1], "counsellor", "counsellor"),
    ):
        for kind, row in (("question.withdraw", "question"), ("request.forget", "request")):
            with refused:
                ask(mine.session).execute(HAPPENED, deed(kind, theirs.one(row), signs, mine.one(actor)))
    with refused:
        public_asks("").execute(HAPPENED, deed("question.open", requests[0].one("question"), "visitor", None))


def seal(database: DatabaseUrls) -> None:
    with psycopg.connect(database.owner_url) as owner:
        happened = deed("question.triage", uuid4(), "staff", uuid4(), question=None)
        owner.execute(HAPPENED, happened)
        owner.execute("INSERT INTO event_seal (number, event_id, digest) VALUES (1, %s, '')", [happened["id"]])


def test_nothing_slips_into_history_before_what_is_sealed(
    public_asks: Ask,  # noqa: F811
    portal_asks: Ask,  # noqa: F811
    requests: tuple[Own, Own],  # noqa: F811
    partners,  # noqa: F811
    scene: Session,
    database,
) -> None:
    seal(database)
    mine, partner = requests[0], partners[0]
    asked = deed("question.withdraw", mine.one("question"), "requester", mine.one("request"))
    worked = deed("assignment.accept", partner.one("assignment"), "researcher", partner.one("researcher"))
    for ask, own, happened in ((public_asks, mine, asked), (portal_asks, partner, worked)):
        assert ask(own.session).execute(HAPPENED, happened).rowcount == 1
        with refused:
            ask(own.session).execute(HAPPENED, happened | {"at": now() - timedelta(days=1)})


def test_what_others_did_cannot_be_announced(public_asks: Ask, asks: Ask, caseloads, database) -> None:  # noqa: F811
    happened = deed("staff.renew", uuid4(), "staff", uuid4())
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(HAPPENED, happened)
    for connection in (public_asks(""), asks(caseloads[0].session)):
        with refused:
            connection.execute(TOLD, [happened["id"], now()])
