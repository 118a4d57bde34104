"""What the sites of those who ask may file and move: new questions that are tied to nothing, and their own."""

from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors, sql

from tests.fences.rows import Own
from tests.fences.test_caseload_rows import asks, caseloads  # noqa: F401 -- fixtures
from tests.fences.test_rows import Ask, public_asks, requests  # noqa: F401 -- fixtures

REQUEST = (
    "INSERT INTO request (id, channel, language, requester_kind, consent_version, consented_at, code_hash,"
    " code_key_version, submission_id, received_at) VALUES (%s, 'web', 'en', 'self', '1', now(), %s, 1, %s, now())"
)
MINE = {
    "number": 2, "state": "received", "version": 1, "language": "en", "neutral_language": "en", "topics": [], "facets": [],
    "urgency": "normal", "received_at": "now", "triage_by": "today", "promised_by": "today", "was_triaged": False,
}  # fmt: skip
REMINDED = (
    "INSERT INTO reminder (object_id, ladder, rung, due_at, anchor, timezone)"
    " VALUES (%s, %s, 'due', now(), now(), 'UTC')"
)
refused = pytest.raises(errors.InsufficientPrivilege, match="row-level security")


def files(connection: psycopg.Connection) -> UUID:
    request = uuid4()
    connection.execute(REQUEST, [request, request.bytes, uuid4()])
    return request


def puts(connection: psycopg.Connection, request: UUID, **columns) -> UUID:
    """File a question into a request; `columns` are those that differ from what the site writes."""
    row = MINE | {"id": uuid4(), "request_id": request} | columns
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    connection.execute(
        sql.SQL("INSERT INTO question ({}) VALUES ({})").format(
            names, sql.SQL(", ").join([sql.Placeholder()] * len(row))
        ),
        list(row.values()),
    )
    return row["id"]


def link(kind: str, victim: UUID) -> dict:
    return {
        "merged": {"merged_into_id": victim},
        "split": {"split_from_id": victim},
        "triaged": {"was_triaged": True},
        "answered": {"state": "answered"},
        "an officer's": {"officer_id": uuid4()},
        "declined": {"decline_shared": b"x"},
        "closed": {"closed_at": "now"},
        "to be taken apart": {"unmerge_by": "today"},
    }[kind]


LINKS = ("merged", "split", "triaged", "answered", "an officer's", "declined", "closed", "to be taken apart")


def test_a_visitor_files_a_request_with_questions_and_their_ladder(public_asks: Ask) -> None:  # noqa: F811
    connection = public_asks("")
    question = puts(connection, files(connection))
    assert connection.execute(REMINDED, [question, "question.triage"]).rowcount == 1


@pytest.mark.parametrize("kind", LINKS)
def test_a_visitor_files_no_question_that_is_tied_to_another_or_read_already(
    public_asks: Ask,  # noqa: F811
    requests: tuple[Own, Own],  # noqa: F811
    kind: str,
) -> None:
    connection = public_asks("")
    request = files(connection)
    with refused:
        puts(connection, request, **link(kind, requests[1].one("question")))


@pytest.mark.parametrize("kind", LINKS)
def test_a_counsellor_files_no_question_that_is_tied_to_another_or_read_already(
    asks: Ask,  # noqa: F811
    caseloads,  # noqa: F811
    kind: str,
) -> None:
    with refused:
        puts(asks(caseloads[0].session), caseloads[0].one("request"), **link(kind, caseloads[2].one("question")))


def test_nobody_adds_a_question_to_a_request_that_was_there(public_asks: Ask, requests: tuple[Own, Own]) -> None:  # noqa: F811
    for session, request in (("", requests[0]), (requests[0].session, requests[1])):
        with refused:
            puts(public_asks(session), request.one("request"))


@pytest.mark.parametrize("state", ["merged", "answered", "declined", "closed", "clarification_asked"])
def test_whoever_asked_moves_a_question_only_where_they_may(
    public_asks: Ask,  # noqa: F811
    asks: Ask,  # noqa: F811
    requests,  # noqa: F811
    caseloads,  # noqa: F811
    state: str,
) -> None:
    for ask, own in ((public_asks, requests[0]), (asks, caseloads[0])):
        connection = ask(own.session)
        with refused:
            connection.execute("UPDATE question SET state = %s", [state])
        with pytest.raises(errors.InsufficientPrivilege):
            ask(own.session).execute("UPDATE question SET merged_into_id = %s", [requests[1].one("question")])


def test_whoever_asked_writes_no_message_in_the_helpdesks_name(
    public_asks: Ask,  # noqa: F811
    asks: Ask,  # noqa: F811
    requests,  # noqa: F811
    caseloads,  # noqa: F811
) -> None:
    said = "INSERT INTO message (id, question_id, direction, to_requester_shared, at) VALUES (%s, %s, %s, %s, now())"
    for ask, own in ((public_asks, requests[0]), (asks, caseloads[0])):
        question = own.one("question")
        assert ask(own.session).execute(said, [uuid4(), question, "from_requester", None]).rowcount == 1
        for direction, shared in (("to_requester", None), ("from_requester", b"x")):
            with refused:
                ask(own.session).execute(said, [uuid4(), question, direction, shared])


def test_nobody_puts_somebody_elses_question_on_a_ladder(public_asks: Ask, asks: Ask, requests, caseloads) -> None:  # noqa: F811
    for ask, mine, theirs in ((public_asks, requests[0], requests[1]), (asks, caseloads[0], caseloads[2])):
        for about, ladder in ((theirs, "question.triage"), (mine, "question.clarification")):
            with refused:
                ask(mine.session).execute(REMINDED, [about.one("question"), ladder])
        assert ask(mine.session).execute(REMINDED, [mine.one("question"), "question.triage"]).rowcount == 1
