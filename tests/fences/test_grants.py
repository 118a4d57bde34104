"""Each log-in really tries every verb on every column; what it may do is written in one table."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors, sql

from tests.database import DatabaseUrls
from tests.fences.grants import FUNCTIONS, LOG_INS, SEQUENCES, TABLES, Right, expected

each_log_in = pytest.mark.parametrize("log_in", LOG_INS)
Columns = dict[str, list[str]]


def url_of(database: DatabaseUrls, log_in: str) -> str:
    urls = (database.public_url, database.desk_url, database.portal_url, database.caseload_url, database.worker_url)
    return urls[LOG_INS.index(log_in)]


@pytest.fixture(scope="module")
def superuser(database: DatabaseUrls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def columns(superuser: psycopg.Connection) -> Columns:
    found: Columns = {}
    for schema, table, column in superuser.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2, ordinal_position"
    ):
        found.setdefault(table if schema == "public" else f"{schema}.{table}", []).append(column)
    return found


def test_every_table_is_in_the_list_and_nothing_else(columns: Columns) -> None:
    assert set(columns) == set(TABLES)


def attempts(columns: Columns) -> Iterator[tuple[Right, sql.Composed]]:
    """Statements that touch no row, for the right that each of them needs."""
    for table, names in columns.items():
        place = sql.Identifier(*table.split("."))
        yield Right(table, "D", ""), sql.SQL("DELETE FROM {} WHERE false").format(place)
        for name in names:
            one = sql.Identifier(name)
            yield Right(table, "S", name), sql.SQL("SELECT {} FROM {} LIMIT 0").format(one, place)
            yield Right(table, "U", name), sql.SQL("UPDATE {} SET {} = NULL WHERE false").format(place, one)
            yield (
                Right(table, "I", name),
                sql.SQL("INSERT INTO {} ({}) SELECT NULL WHERE false").format(place, one),
            )


@each_log_in
def test_a_log_in_may_do_what_is_written_and_nothing_else(
    database: DatabaseUrls, columns: Columns, log_in: str
) -> None:
    allowed, derived = set(), set()
    with psycopg.connect(url_of(database, log_in)) as connection:
        for right, statement in attempts(columns):
            try:
                with connection.transaction():
                    connection.execute(statement)
            except errors.InsufficientPrivilege:
                continue
            except errors.GeneratedAlways:
                derived.add(right)
                continue
            allowed.add(right)
        connection.rollback()
    wanted = expected(log_in, columns) - derived  # Nobody writes what the database derives, whatever is granted.
    assert allowed - wanted == set(), "it may do more than is written"
    assert wanted - allowed == set(), "it may not do what is written"


@each_log_in
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE event",
        "TRUNCATE assignment",
        "ALTER TABLE assignment DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE assignment NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY own ON assignment",
        "CREATE POLICY mine ON assignment USING (true)",
        "CREATE TABLE mine (x int)",
        "CREATE TABLE authn.mine (x int)",
        "CREATE TEMPORARY TABLE session (x int)",
        "CREATE VIEW everything AS SELECT * FROM assignment",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'select 1'",
        "CREATE TRIGGER mine BEFORE INSERT ON event EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "GRANT terrain_owner TO CURRENT_USER",
        "SET ROLE terrain_owner",
        "SET SESSION AUTHORIZATION terrain_owner",
        "SET session_replication_role = replica",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
    ],
)
def test_no_log_in_can_step_over_a_fence(database: DatabaseUrls, log_in: str, statement: str) -> None:
    with psycopg.connect(url_of(database, log_in)) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(statement)


@each_log_in
def test_no_log_in_can_become_another(database: DatabaseUrls, log_in: str) -> None:
    with psycopg.connect(url_of(database, log_in), autocommit=True) as connection:
        for other in set(LOG_INS) - {log_in}:
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(other)))
        connection.execute("RESET ROLE")
        assert connection.execute("SELECT current_user, session_user").fetchone() == (log_in, log_in)


def test_each_function_can_be_called_by_those_who_need_it(superuser: psycopg.Connection) -> None:
    found = {
        (name if schema == "public" else f"{schema}.{name}"): tuple(who)
        for schema, name, who in superuser.execute(
            "SELECT n.nspname, p.proname, array(SELECT r FROM unnest(%s::text[]) WITH ORDINALITY AS o(r, i)"
            " WHERE has_function_privilege(r, p.oid, 'EXECUTE') ORDER BY i)"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('public', 'authn')",
            [list(LOG_INS)],
        )
    }
    assert found == FUNCTIONS


def test_each_sequence_can_be_used_by_those_who_need_it(superuser: psycopg.Connection) -> None:
    found = {
        name: tuple(who)
        for name, who in superuser.execute(
            "SELECT c.relname, array(SELECT r FROM unnest(%s::text[]) WITH ORDINALITY AS o(r, i)"
            " WHERE has_sequence_privilege(r, c.oid, 'USAGE') ORDER BY i) FROM pg_class c WHERE c.relkind = 'S'",
            [list(LOG_INS)],
        )
    }
    assert found == SEQUENCES
