"""An attack with the portal's own database credentials, without a session and with a live one: it finds nothing, and it can find."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.excerpts import drafted, recent
from tests.factories import make_staff
from tests.fences import attack, oracles
from tests.fences.attack import Attacker, Outcome
from tests.fences.powers import steps
from tests.fences.rows import Own, partner_with_work, request_with_reply
from tests.fences.stranger import TELLING, multiply, plant, rows, secrets
from workflows.accounts import invitations
from workflows.core.actors import Role
from workflows.core.clock import now


@dataclass
class Siege:
    """Everybody's rows, the attacker's own, and who attacks."""

    house: psycopg.Connection
    attacker: Attacker
    hidden: set[str]
    own: set[str]
    theirs: Own
    login: str

    def leaks(self, tries: Iterable[tuple[str, Outcome]]) -> list[str]:
        """What came back and is not the attacker's."""
        found = []
        for name, outcome in tries:
            if stolen := self.hidden.intersection(TELLING.findall(outcome.told)):
                found.append(f"{name}: {sorted(stolen)[0]}")
        return found

    def tells_apart(self, tries: Iterable[tuple[str, Outcome, Outcome]]) -> list[str]:
        """Where asking about something that exists is answered otherwise than asking about nothing."""
        return [
            f"{name}: {one.verdict} / {other.verdict}" for name, one, other in tries if one.verdict != other.verdict
        ]


@pytest.fixture(params=["no session", "a live session"])
def siege(request: pytest.FixtureRequest, database: DatabaseUrls, scene: Session) -> Iterator[Siege]:
    with (
        psycopg.connect(database.superuser_url, autocommit=True) as house,
        psycopg.connect(database.portal_url) as front,
    ):
        theirs, login = other_people(scene)
        plant(house)
        hidden = secrets(house)
        mine = partner_with_work(scene)
        scene.commit()
        own = secrets(house) - hidden
        attacker = Attacker(front, mine.session if request.param == "a live session" else "")
        yield Siege(house, attacker, hidden, own, theirs, login)


def other_people(scene: Session) -> tuple[Own, str]:
    """Another partner with work and a user name, a request, an editor's draft."""
    theirs = partner_with_work(scene)
    request_with_reply(scene)
    drafted(scene, make_staff(scene, Role.EDITOR), recent(), now=now())
    invitations.invite(scene, theirs.one("researcher"), "portal", "their-name", now())
    scene.commit()
    return theirs, "their-name"


@contextmanager
def somebody_at_work(database: DatabaseUrls, theirs: Own) -> Iterator[None]:
    """The other partner's page is being answered by a second process of the portal, in the middle of its transaction."""
    with psycopg.connect(database.portal_url) as busy:
        busy.execute("SELECT set_config('terrain.session', %s, true)", [theirs.session])
        busy.execute("UPDATE answer_point SET text = %s", ["qzbeingtypednowzq"])
        yield
        busy.rollback()


def everything_told(siege: Siege) -> Iterator[tuple[str, Outcome]]:
    yield from attack.readings(siege.house, siege.attacker)
    yield from attack.postgres_functions(siege.house, siege.attacker)
    about = [(str(min(ids)), siege.login) for ids in siege.theirs.ids.values()]
    for name, outcome, _ in attack.callings(siege.house, siege.attacker, about):
        yield name, outcome


def test_nothing_of_anybody_else_can_be_read(siege: Siege, database: DatabaseUrls) -> None:
    siege.hidden |= {"qzbeingtypednowzq"}
    with somebody_at_work(database, siege.theirs):
        assert siege.leaks(everything_told(siege)) == []
    whole = siege.attacker.tries("SELECT id::text FROM answer_point").told
    assert bool(siege.own & set(TELLING.findall(whole))) is bool(siege.attacker.session_hash)


def test_no_function_answers_about_somebody_otherwise_than_about_nobody(siege: Siege) -> None:
    about = [(str(min(ids)), siege.login) for ids in siege.theirs.ids.values()]
    assert siege.tells_apart(attack.callings(siege.house, siege.attacker, about)) == []


def test_no_key_tells_whether_somebody_elses_row_exists(siege: Siege) -> None:
    leading = list(oracles.foreign_keys(siege.house, siege.attacker, siege.own))
    unique = list(oracles.unique_keys(siege.house, siege.attacker, siege.own))
    assert siege.tells_apart(leading + unique) == []
    assert len(leading) > 5


def test_the_planner_does_not_know_what_others_wrote(siege: Siege) -> None:
    multiply(siege.house, 200)
    guessed = list(oracles.guesses(siege.house, siege.attacker))
    assert siege.tells_apart(guessed) == []
    assert len(guessed) > 30


def steps_taken(siege: Siege) -> list[str]:
    """Handing on a right that one may not hand on is no error to PostgreSQL, only a warning that nothing was done."""
    tried = ((step, siege.attacker.tries(step)) for step in steps(siege.house))
    return [step for step, outcome in tried if not outcome.refused and "no privileges were granted" not in outcome.told]


def test_no_step_over_the_fence_is_taken(siege: Siege) -> None:
    assert steps_taken(siege) == []


def test_whatever_is_tried_for_good_leaves_everybody_elses_rows_as_they_were(siege: Siege) -> None:
    before = [row for row in rows(siege.house) if siege.hidden.intersection(TELLING.findall(row[1]))]
    for table, names in oracles.writable(siege.house, "UPDATE"):
        for name in names:
            one, place = sql.Identifier(name), sql.Identifier(*table)
            siege.attacker.tries(sql.SQL("UPDATE {} SET {} = NULL").format(place, one), keep=True)
            siege.attacker.tries(sql.SQL("UPDATE {} SET {one} = {one}").format(place, one=one), keep=True)
    for schema, name in attack.relations(siege.house):
        siege.attacker.tries(sql.SQL("DELETE FROM {}").format(sql.Identifier(schema, name)), keep=True)
    siege.attacker.connection.rollback()
    left = set(rows(siege.house))
    assert [row for row in before if row not in left] == []
    assert len(before) > 50


def test_large_objects_of_others_are_closed(siege: Siege, database: DatabaseUrls) -> None:
    with psycopg.connect(database.desk_url) as desk:
        made = desk.execute("SELECT lo_from_bytea(0, 'qzlargeobjectzq')").fetchone()[0]
        desk.commit()
        for try_it in (
            f"lo_get({made})",
            f"lo_open({made}, 131072)",
            f"lo_put({made}, 0, 'mine')",
            f"lo_unlink({made})",
        ):
            assert siege.attacker.tries(f"SELECT {try_it}").refused == "42501"
        desk.execute("SELECT lo_unlink(%s)", [made])
        desk.commit()


def test_nothing_is_told_by_notices_between_connections(siege: Siege) -> None:
    speaking = siege.house.execute(
        "SELECT oid::regproc::text FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, 'authn'::regnamespace)"
        " AND (prosrc ILIKE '%notify%' OR pg_get_functiondef(oid) ILIKE '%notify%')"
    ).fetchall()
    triggers = siege.house.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1").fetchall()
    ours = [("note_text_change",), ("note_text_write",)]  # which only write to tables of what is published
    assert (speaking, triggers) == ([], ours)


HOLES: dict[str, tuple[str, str, str]] = {
    "a view that reads with its owner's rights": (
        "CREATE VIEW peek AS SELECT * FROM request; GRANT SELECT ON peek TO app_partner", "DROP VIEW peek", "read"),
    "a table without row security": (
        "ALTER TABLE answer_point DISABLE ROW LEVEL SECURITY", "ALTER TABLE answer_point ENABLE ROW LEVEL SECURITY", "read"),
    "a policy that lets everybody in": (
        "CREATE POLICY hole ON answer FOR SELECT TO app_partner USING (true)", "DROP POLICY hole ON answer", "read"),
    "a column too many": (
        "GRANT SELECT (contact_sealed) ON request TO app_partner; CREATE POLICY hole ON request TO app_partner USING (true)",
        "REVOKE SELECT (contact_sealed) ON request FROM app_partner; DROP POLICY hole ON request", "read"),
    "a function that does not ask who asks": (
        ("CREATE FUNCTION peek(uuid) RETURNS SETOF answer LANGUAGE sql SECURITY DEFINER AS 'select * from public.answer';"
        " GRANT EXECUTE ON FUNCTION peek TO app_partner"), "DROP FUNCTION peek", "read"),
    "a function that knows who exists": (
        ("CREATE FUNCTION peek(uuid) RETURNS boolean LANGUAGE sql SECURITY DEFINER AS"
        " 'select exists (select from public.researcher where id = $1)'; GRANT EXECUTE ON FUNCTION peek TO app_partner"),
        "DROP FUNCTION peek", "call"),
    "words that only one row may have": (
        "CREATE UNIQUE INDEX hole ON assignment_message (text, at)", "DROP INDEX hole", "key"),
    "a policy that looks at the parent too late": (
        "CREATE POLICY hole ON word_upload FOR INSERT TO app_partner WITH CHECK (true)",
        "DROP POLICY hole ON word_upload", "key"),
    "samples of what people wrote": (
        "ALTER TABLE answer_point ALTER COLUMN text SET STATISTICS 100",
        "ALTER TABLE answer_point ALTER COLUMN text SET STATISTICS 0", "guess"),
    "a table that the log-in owns": (
        "ALTER TABLE review_comment OWNER TO app_partner", "ALTER TABLE review_comment OWNER TO terrain_owner; GRANT SELECT ON review_comment TO app_partner", "step"),
}  # fmt: skip


def findings(siege: Siege, way: str) -> list[str]:
    ways: dict[str, Callable[[], list[str]]] = {
        "read": lambda: siege.leaks(everything_told(siege)),
        "call": lambda: siege.tells_apart(
            attack.callings(siege.house, siege.attacker, [(str(siege.theirs.one("researcher")), siege.login)])
        ),
        "key": lambda: siege.tells_apart(
            [
                *oracles.foreign_keys(siege.house, siege.attacker, siege.own),
                *oracles.unique_keys(siege.house, siege.attacker, siege.own),
            ]
        ),
        "guess": lambda: siege.tells_apart(oracles.guesses(siege.house, siege.attacker)),
        "step": lambda: steps_taken(siege),
    }
    return ways[way]()


@pytest.mark.parametrize("siege", ["a live session"], indirect=True)
@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_found(siege: Siege, hole: str) -> None:
    opened, closed, way = HOLES[hole]
    if way == "guess":
        multiply(siege.house, 200)
    siege.house.execute(opened)
    try:
        assert findings(siege, way) != []
    finally:
        siege.attacker.connection.rollback()
        siege.house.execute(closed)
