"""Row security, tried by logging in: a partner reaches its own work, a requester their own request, and no more."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.factories import make_researcher, make_staff
from tests.fences.rows import PARTNER_TABLES, REQUEST_TABLES, Own, log_in, partner_with_work, request_with_reply
from workflows.core.clock import now

Ask = Callable[[str], psycopg.Connection]
each_partner_table = pytest.mark.parametrize("table", PARTNER_TABLES)
each_request_table = pytest.mark.parametrize("table", REQUEST_TABLES)


def asking(url: str) -> Iterator[Ask]:
    with psycopg.connect(url) as connection:

        def ask(session_hash: str) -> psycopg.Connection:
            connection.rollback()
            connection.execute("SELECT set_config('terrain.session', %s, true)", [session_hash])
            return connection

        yield ask


@pytest.fixture
def portal_asks(database: DatabaseUrls, clean: None) -> Iterator[Ask]:
    yield from asking(database.portal_url)


@pytest.fixture
def public_asks(database: DatabaseUrls, clean: None) -> Iterator[Ask]:
    yield from asking(database.public_url)


@pytest.fixture
def partners(scene: Session) -> tuple[Own, Own]:
    pair = partner_with_work(scene), partner_with_work(scene)
    scene.commit()
    return pair


@pytest.fixture
def requests(scene: Session) -> tuple[Own, Own]:
    pair = request_with_reply(scene), request_with_reply(scene)
    scene.commit()
    return pair


def ids(connection: psycopg.Connection, table: str, key: str) -> set:
    query = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(key), sql.Identifier(table))
    return {found for (found,) in connection.execute(query)}


@each_partner_table
def test_a_partner_sees_its_own_rows_and_no_others(portal_asks: Ask, partners: tuple[Own, Own], table: str) -> None:
    for own in partners:
        assert own.ids[table]
        assert ids(portal_asks(own.session), table, PARTNER_TABLES[table]) == own.ids[table]


@each_partner_table
def test_nobody_in_particular_sees_nothing_in_the_portal(
    portal_asks: Ask, partners: tuple[Own, Own], table: str
) -> None:
    for session_hash in ("", "no hash", "0" * 64, "' or true --"):
        assert ids(portal_asks(session_hash), table, PARTNER_TABLES[table]) == set()


@pytest.mark.parametrize("end", ["revoked_at", "expires_at"])
def test_a_session_that_ended_sees_nothing(portal_asks: Ask, scene: Session, partners: tuple[Own, Own], end: str):
    late = log_in(scene, "portal", partners[0].one("researcher"), **{end: now() - timedelta(seconds=1)})
    half = log_in(scene, "portal", partners[0].one("researcher"), level="password")
    scene.commit()
    for session_hash in (late, half):
        assert ids(portal_asks(session_hash), "assignment", "id") == set()


def test_the_session_of_another_site_opens_nothing_in_the_portal(
    portal_asks: Ask, scene: Session, partners: tuple[Own, Own], requests: tuple[Own, Own]
):
    staff = log_in(scene, "desk", make_staff(scene).id)
    scene.commit()
    for session_hash in (staff, requests[0].session):
        assert ids(portal_asks(session_hash), "assignment", "id") == set()


def test_a_researcher_who_left_sees_nothing(portal_asks: Ask, scene: Session):
    gone = make_researcher(scene, active=False)
    session_hash = log_in(scene, "portal", gone.id)
    scene.commit()
    assert ids(portal_asks(session_hash), "researcher", "id") == set()


@pytest.mark.parametrize("table", [*REQUEST_TABLES, "staff", "excerpt", "excerpt_version", "review", "edition"])
def test_the_portal_knows_nothing_of_requests_and_drafts(portal_asks: Ask, partners: tuple[Own, Own], table: str):
    with pytest.raises(errors.InsufficientPrivilege):
        portal_asks(partners[0].session).execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))


CHANGES = {
    "assignment": "UPDATE assignment SET state = 'released' WHERE id = %s",
    "answer": "UPDATE answer SET state = 'withdrawn' WHERE id = %s",
    "answer_point": "UPDATE answer_point SET text = 'mine' WHERE id = %s",
    "source": "UPDATE source SET label = 'mine' WHERE id = %s",
    "answer_price": "UPDATE answer_price SET what = 'mine' WHERE id = %s",
    "answer_contact": "UPDATE answer_contact SET reach = 'mine' WHERE id = %s",
    "partner_absence": "UPDATE partner_absence SET last_day = '2099-01-01' WHERE id = %s",
    "researcher": "UPDATE researcher SET language = 'xx' WHERE id = %s",
    "word_upload": "DELETE FROM word_upload WHERE id = %s",
}


@pytest.mark.parametrize("table", CHANGES)
def test_a_partner_changes_its_own_rows_only(portal_asks: Ask, partners: tuple[Own, Own], table: str):
    mine, theirs = partners
    assert portal_asks(mine.session).execute(CHANGES[table], [theirs.one(table)]).rowcount == 0
    assert portal_asks(mine.session).execute(CHANGES[table], [mine.one(table)]).rowcount == 1


def test_a_sweeping_change_stops_at_the_fence(portal_asks: Ask, partners: tuple[Own, Own]):
    mine, _ = partners
    connection = portal_asks(mine.session)
    assert connection.execute("UPDATE answer_point SET text = ''").rowcount == 1
    assert connection.execute("DELETE FROM answer_point").rowcount == 1


def test_a_partner_cannot_move_its_work_to_another_or_take_anothers(portal_asks: Ask, partners: tuple[Own, Own]):
    mine, theirs = partners
    for statement, values in (
        ("UPDATE answer SET partner_id = %s", [theirs.one("partner_organisation")]),
        ("UPDATE answer SET assignment_id = %s", [theirs.one("assignment")]),
        ("UPDATE answer_point SET answer_id = %s", [theirs.one("answer")]),
        ("UPDATE assignment SET partner_id = %s", [theirs.one("partner_organisation")]),
        ("UPDATE source SET answer_id = %s", [theirs.one("answer")]),
        ("UPDATE answer_price SET answer_id = %s", [theirs.one("answer")]),
        ("UPDATE answer_contact SET answer_id = %s", [theirs.one("answer")]),
        ("UPDATE partner_absence SET partner_id = %s", [theirs.one("partner_organisation")]),
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            portal_asks(mine.session).execute(statement, values)


ADDITIONS = {
    "assignment_message": ("assignment", "assignment_id, direction, text, author_id, at", "'from_partner', 'x', %(researcher)s, now()"),
    "answer_point": ("answer", "answer_id, code, position, text, place, not_found, searched_where", "'Q1', 1, '', '', true, ''"),
    "source": ("answer", ("answer_id, position, point_code, kind, label, mode, consent, keeps_identity, dropped,"
                          " assessment_who, assessment_what, assessment_how, assessment_why, assessment_when, independence"),
               "1, 'Q1', 'talk', 'x', 'x', 'x', false, false, '', '', '', '', '', ''"),
    "answer_price": ("answer", "answer_id, position, point_code, what, amount, currency, unit, dropped",
                     "1, 'Q1', 'x', '1', 'USD', '', false"),
    "answer_contact": ("answer", "answer_id, position, point_code, label, may_publish, reach, keeps_reach, dropped",
                       "1, 'Q1', 'x', true, 'x', false, false"),
    "revision": ("answer", "answer_id, partner_id, number, submitted_at, submitted_by, content, content_hash",
                 "%(partner)s, 9, now(), %(researcher)s, '{}', ''"),
    "partner_absence": ("partner_organisation", "partner_id, version, first_day, last_day", "1, now(), now()"),
}  # fmt: skip


@pytest.mark.parametrize("table", ADDITIONS)
def test_a_partner_adds_to_its_own_work_only(portal_asks: Ask, partners: tuple[Own, Own], table: str):
    mine, theirs = partners
    parent, names, values = ADDITIONS[table]
    statement = f"INSERT INTO {table} (id, {names}) VALUES (%(new)s, %(parent)s, {values})"
    given = {"new": uuid4(), "partner": mine.one("partner_organisation"), "researcher": mine.one("researcher")}
    assert portal_asks(mine.session).execute(statement, given | {"parent": mine.one(parent)}).rowcount == 1
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        portal_asks(mine.session).execute(statement, given | {"parent": theirs.one(parent)})


def test_a_form_comes_back_to_its_own_answer_only(portal_asks: Ask, partners: tuple[Own, Own]):
    mine, theirs = partners
    connection = portal_asks(mine.session)
    connection.execute("DELETE FROM word_upload")
    statement = (
        "INSERT INTO word_upload (id, answer_id, partner_id, found, closed, uploaded_at, uploaded_by, kept_until)"
        " VALUES (%s, %s, %s, '{}', '[]', now(), %s, now())"
    )
    for answer, partner in ((theirs, mine), (mine, theirs), (theirs, theirs)):
        given = [uuid4(), answer.one("answer"), partner.one("partner_organisation"), uuid4()]
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"), connection.transaction():
            connection.execute(statement, given)
    given = [uuid4(), mine.one("answer"), mine.one("partner_organisation"), uuid4()]
    assert connection.execute(statement, given).rowcount == 1


def test_a_partner_puts_only_its_own_work_on_a_ladder(portal_asks: Ask, partners: tuple[Own, Own]):
    mine, theirs = partners
    statement = (
        "INSERT INTO reminder (object_id, ladder, rung, due_at, anchor, timezone)"
        " VALUES (%s, %s, 'due', now(), now(), 'UTC')"
    )
    assert portal_asks(mine.session).execute(statement, [mine.one("answer"), "answer.review"]).rowcount == 1
    for about, ladder in (
        (theirs.one("assignment"), "assignment.submission"),
        (theirs.one("answer"), "answer.review"),
        (mine.one("assignment"), "another"),
    ):
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            portal_asks(mine.session).execute(statement, [about, ladder])


def test_a_second_answer_to_anothers_work_tells_nothing_about_the_first(
    portal_asks: Ask, partners: tuple[Own, Own], scene: Session
):
    mine, theirs = partners
    statement = (
        "INSERT INTO answer (id, assignment_id, partner_id, state, round, saved_at, version)"
        " VALUES (%s, %s, %s, 'draft', 1, now(), 1)"
    )
    refusals = []
    for assignment in (theirs.one("assignment"), uuid4()):
        with pytest.raises(psycopg.Error) as refused:
            portal_asks(mine.session).execute(statement, [uuid4(), assignment, mine.one("partner_organisation")])
        refusals.append((refused.value.sqlstate, refused.value.diag.message_primary))
    assert refusals[0] == refusals[1]


def test_row_security_cannot_be_switched_off(portal_asks: Ask, public_asks: Ask, partners, requests):
    for connection, table in (
        (portal_asks(partners[0].session), "assignment"),
        (public_asks(requests[0].session), "question_point"),
    ):
        connection.execute("SET LOCAL row_security = off")
        with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
            connection.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))


@each_request_table
def test_a_requester_sees_their_own_request_and_no_other(
    public_asks: Ask, requests: tuple[Own, Own], table: str
) -> None:
    for own in requests:
        assert own.ids[table]
        assert ids(public_asks(own.session), table, REQUEST_TABLES[table]) == own.ids[table]


@each_request_table
def test_a_visitor_sees_no_request(public_asks: Ask, requests: tuple[Own, Own], table: str) -> None:
    for session_hash in ("", "0" * 64):
        assert ids(public_asks(session_hash), table, REQUEST_TABLES[table]) == set()


def test_a_requester_moves_their_own_question_only(public_asks: Ask, requests: tuple[Own, Own]):
    mine, theirs = requests
    move = "UPDATE question SET state = 'withdrawn', version = version + 1 WHERE id = %s"
    assert public_asks(mine.session).execute(move, [theirs.one("question")]).rowcount == 0
    assert public_asks(mine.session).execute(move, [mine.one("question")]).rowcount == 1


def test_a_requester_learns_nothing_of_another_question_from_the_functions(public_asks: Ask, requests):
    mine, theirs = requests
    connection = public_asks(mine.session)
    stranger = theirs.one("question")
    assert connection.execute("SELECT requester_sees(%s), requester_follows(%s)", [stranger] * 2).fetchone() == (
        False,
        False,
    )
    assert connection.execute("SELECT * FROM requester_progress(%s)", [stranger]).fetchall() == []
    followed = {
        row[0]
        for row in connection.execute(
            "SELECT question FROM requester_story(%s, 'UTC')", [[stranger, *mine.ids["question"]]]
        )
    }
    assert followed == mine.ids["question"]


def test_forgetting_a_request_leaves_every_other_alone(public_asks: Ask, requests: tuple[Own, Own], database):
    mine, theirs = requests
    connection = public_asks(mine.session)
    for request in (mine, theirs):
        connection.execute("SELECT forget_request(%s, now())", [request.one("request")])
    connection.commit()
    with psycopg.connect(database.owner_url) as owner:
        erased = dict(owner.execute("SELECT id, erased_at IS NOT NULL FROM request").fetchall())
        kept = {found for (found,) in owner.execute("SELECT question_id FROM message")}
    assert erased == {mine.one("request"): True, theirs.one("request"): False}
    assert kept == theirs.ids["question"]


def test_a_visitor_forgets_nothing(public_asks: Ask, requests: tuple[Own, Own], database):
    connection = public_asks("")
    connection.execute("SELECT forget_request(%s, now())", [requests[0].one("request")])
    connection.commit()
    with psycopg.connect(database.owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM request WHERE erased_at IS NOT NULL").fetchone() == (0,)
