"""Row security of the counsellors' log-in, tried by logging in: their caseload and no more."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.factories import make_counsellor
from tests.fences.rows import REQUEST_TABLES, Own, log_in, request_with_reply
from tests.fences.test_rows import Ask, asking, ids
from workflows.requests.models import Request


@pytest.fixture
def asks(database: DatabaseUrls, clean: None) -> Iterator[Ask]:
    yield from asking(database.caseload_url)


@pytest.fixture
def caseloads(scene: Session) -> tuple[Own, Own, Own]:
    """Two caseloads of one request each, and a request of the public site."""
    found = []
    for _ in range(2):
        own, counsellor = request_with_reply(scene), make_counsellor(scene)
        scene.get(Request, own.one("request")).counsellor_id = counsellor.id
        found.append(Own(own.ids | {"counsellor": {counsellor.id}}, log_in(scene, "caseload", counsellor.id)))
    anybody = request_with_reply(scene)
    scene.commit()
    return found[0], found[1], anybody


@pytest.mark.parametrize("table", REQUEST_TABLES)
def test_a_counsellor_sees_their_own_caseload_and_no_other(asks: Ask, caseloads, table: str) -> None:
    for own in caseloads[:2]:
        assert ids(asks(own.session), table, REQUEST_TABLES[table]) == own.ids[table]
    for session_hash in ("", "0" * 64, caseloads[2].session):
        assert ids(asks(session_hash), table, REQUEST_TABLES[table]) == set()


def test_a_counsellor_takes_no_request_over(asks: Ask, caseloads) -> None:
    mine, theirs, anybody = caseloads
    for request in (theirs, anybody):
        for column in ("label_sealed", "code_hash"):
            change = sql.SQL("UPDATE request SET {} = %s WHERE id = %s").format(sql.Identifier(column))
            assert asks(mine.session).execute(change, [b"x", request.one("request")]).rowcount == 0
    with pytest.raises(errors.InsufficientPrivilege):
        asks(mine.session).execute("UPDATE request SET counsellor_id = %s", [mine.one("counsellor")])


FILED = (
    "INSERT INTO request (id, channel, language, requester_kind, consent_version, consented_at, code_key_version,"
    " submission_id, received_at, counsellor_id) VALUES (%s, 'caseload', 'en', 'helping', '1', now(), 0, %s, now(), %s)"
)
ASKED = (
    "INSERT INTO question (id, request_id, number, state, version, language, neutral_language, topics, facets, urgency, received_at,"
    " triage_by, promised_by, was_triaged)"
    " VALUES (%s, %s, 2, 'received', 1, 'en', 'en', '{}', '{}', 'normal', now(), now(), now(), false)"
)


def test_a_counsellor_files_into_their_own_caseload_only(asks: Ask, caseloads) -> None:
    mine, theirs, anybody = caseloads
    assert asks(mine.session).execute(FILED, [uuid4(), uuid4(), mine.one("counsellor")]).rowcount == 1
    assert asks(mine.session).execute(ASKED, [uuid4(), mine.one("request")]).rowcount == 1
    for whose in (theirs.one("counsellor"), None):
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            asks(mine.session).execute(FILED, [uuid4(), uuid4(), whose])
    for request in (theirs, anybody):
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            asks(mine.session).execute(ASKED, [uuid4(), request.one("request")])


def test_the_public_site_puts_nothing_into_a_caseload(database: DatabaseUrls, caseloads) -> None:
    with (
        psycopg.connect(database.public_url) as public,
        pytest.raises(errors.InsufficientPrivilege, match="row-level security"),
    ):
        public.execute(FILED, [uuid4(), uuid4(), caseloads[0].one("counsellor")])


def test_the_functions_tell_and_erase_nothing_of_another_caseload(asks: Ask, caseloads, database) -> None:
    mine, theirs, anybody = caseloads
    for other in (theirs, anybody):
        connection, question = asks(mine.session), other.one("question")
        told = connection.execute(
            "SELECT requester_sees(%s), requester_follows(%s), requester_state(%s)", [question] * 3
        ).fetchone()
        assert told == (False, False, None)
        assert connection.execute("SELECT * FROM requester_progress(%s)", [question]).fetchall() == []
        assert connection.execute("SELECT * FROM requester_story(%s, 'UTC')", [[question]]).fetchall() == []
        connection.execute("SELECT forget_request(%s, now())", [other.one("request")])
        connection.commit()
    with psycopg.connect(database.owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM request WHERE erased_at IS NOT NULL").fetchone() == (0,)


@pytest.mark.parametrize(
    "table",
    ["assignment", "answer", "revision", "source", "excerpt", "excerpt_version", "review", "edition", "staff",
     "researcher", "counsellor", "letter", "delivery"],
)  # fmt: skip
def test_the_caseload_knows_nothing_of_research_drafts_and_accounts(asks: Ask, caseloads, table: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        asks(caseloads[0].session).execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))


@pytest.mark.parametrize(
    "column",
    ["request.contact_sealed", "request.code_hash", "question.original_sealed", "message.from_requester_sealed"],
)
def test_what_a_client_wrote_is_not_even_fetched(asks: Ask, caseloads, column: str) -> None:
    table, name = column.split(".")
    with pytest.raises(errors.InsufficientPrivilege):
        asks(caseloads[0].session).execute(
            sql.SQL("SELECT {} FROM {}").format(sql.Identifier(name), sql.Identifier(table))
        )


def test_a_counsellor_who_left_sees_nothing(asks: Ask, scene: Session, caseloads) -> None:
    own = caseloads[0]
    from workflows.accounts.models import CounsellorAccount

    scene.get(CounsellorAccount, own.one("counsellor")).active = False
    scene.commit()
    assert ids(asks(own.session), "request", "id") == set()
