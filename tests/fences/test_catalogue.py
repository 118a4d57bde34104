"""What PostgreSQL's own catalogue says about the fences, so that a table added later cannot forget them."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.database import DatabaseUrls
from tests.fences.grants import LOG_INS
from workflows.tables import metadata

OPEN = {"region", "country", "topic", "facet", "heartbeat"}
"""The vocabulary, the same for everybody and public on the public site, and when the clock last ticked: read, never written."""
PUBLISHED = {
    "published_excerpt",
    "published_version",
    "published_edition",
    "published_word",
    "search_champion",
    "text_count",
    "text_change",
    "text_write",
}
"""What everybody may read, and what finds it."""
REQUESTERS = {"request", "question", "question_point", "message", "reply", "reply_pin", "recall", "reminder"}
READERS = {"reader_report", "published_file"}
"""What readers report, and what they take along of a published text."""
HISTORY = {"event", "outbox"}


@pytest.fixture(scope="module")
def catalogue(database: DatabaseUrls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        yield connection


def granted(catalogue: psycopg.Connection, log_in: str) -> set[str]:
    rows = catalogue.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND ("
        " has_any_column_privilege(%(who)s, c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(%(who)s, c.oid, 'DELETE'))",
        {"who": log_in},
    )
    return {name for (name,) in rows}


def fenced(catalogue: psycopg.Connection, log_in: str) -> set[str]:
    """Tables whose row security binds even their owner, and that have a policy for this log-in."""
    rows = catalogue.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND c.relforcerowsecurity AND EXISTS ("
        " SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND %s::regrole = ANY (p.polroles))",
        [log_in],
    )
    return {name for (name,) in rows}


def test_whatever_the_portal_may_touch_is_fenced_by_row(catalogue: psycopg.Connection) -> None:
    assert granted(catalogue, "app_partner") - OPEN == fenced(catalogue, "app_partner")


def test_what_is_open_to_the_portal_is_the_same_for_everybody_and_never_written_there(
    catalogue: psycopg.Connection,
) -> None:
    writable = catalogue.execute(
        "SELECT relname FROM pg_class WHERE relname = ANY (%s)"
        " AND has_any_column_privilege('app_partner', oid, 'INSERT, UPDATE')",
        [list(OPEN)],
    ).fetchall()
    leading = [table.name for table in metadata.sorted_tables if table.name in OPEN and "partner_id" in table.columns]
    assert (writable, leading) == ([], [])


def test_the_planner_keeps_no_samples_of_words_that_the_portal_reads(catalogue: psycopg.Connection) -> None:
    sampled = catalogue.execute(
        "SELECT format('ALTER TABLE %s ALTER COLUMN %s SET STATISTICS 0', c.relname, a.attname)"
        " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relforcerowsecurity AND a.attnum > 0"
        " AND NOT a.attisdropped AND a.attname <> 'state' AND a.attstattarget IS DISTINCT FROM 0"
        " AND a.atttypid IN ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)"
        " AND has_column_privilege('app_partner', c.oid, a.attnum, 'SELECT') ORDER BY 1"
    ).fetchall()
    assert sampled == [], "write these lines into the migration that makes the columns"


def test_no_function_of_ours_claims_to_be_leakproof(catalogue: psycopg.Connection) -> None:
    rows = catalogue.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('public', 'authn') AND p.proleakproof"
    ).fetchall()
    assert rows == []


def test_whatever_of_requests_the_public_site_may_touch_is_fenced_by_row(catalogue: psycopg.Connection) -> None:
    assert (
        granted(catalogue, "app_public") - OPEN - PUBLISHED
        == fenced(catalogue, "app_public")
        == REQUESTERS | READERS | HISTORY
    )


def test_whatever_of_requests_the_caseload_may_touch_is_fenced_by_row(catalogue: psycopg.Connection) -> None:
    granted_rows = granted(catalogue, "app_counsellor") - OPEN - PUBLISHED
    assert granted_rows == fenced(catalogue, "app_counsellor") == REQUESTERS | HISTORY


def test_every_table_that_leads_to_a_request_is_fenced_or_closed_to_both_sites(catalogue: psycopg.Connection) -> None:
    leading = {
        table.name for table in metadata.sorted_tables if {"request_id", "question_id"} & set(table.columns.keys())
    }
    open_to_sites = (granted(catalogue, "app_public") | granted(catalogue, "app_partner")) & leading - {"event"}
    assert open_to_sites <= fenced(catalogue, "app_public") | fenced(catalogue, "app_partner")
    assert {"question", "message", "assignment", "answer", "revision"} <= leading


def test_no_policy_lets_everybody_in(catalogue: psycopg.Connection) -> None:
    rows = catalogue.execute("SELECT polname FROM pg_policy WHERE 0 = ANY (polroles)").fetchall()
    assert rows == []


def test_only_the_house_sees_every_row(catalogue: psycopg.Connection) -> None:
    rows = catalogue.execute(
        "SELECT DISTINCT r::regrole::text FROM pg_policy, unnest(polroles) r"
        " WHERE polpermissive AND pg_get_expr(polqual, polrelid) = 'true' ORDER BY 1"
    )
    assert [name for (name,) in rows] == ["app_desk", "app_worker", "terrain_owner"]


def test_there_is_no_view_that_reads_with_its_owners_rights(catalogue: psycopg.Connection) -> None:
    rows = catalogue.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('public', 'authn') AND (c.relkind = 'm' OR c.relkind = 'v'"
        " AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false))"
    ).fetchall()
    assert rows == []


def test_every_function_with_its_owners_rights_looks_only_where_it_says(catalogue: psycopg.Connection) -> None:
    rows = catalogue.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('public', 'authn') AND p.prosecdef AND NOT EXISTS ("
        "  SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search_path=pg_catalog,%')"
    ).fetchall()
    assert rows == []


def test_a_log_in_owns_nothing_and_has_no_power_of_its_own(catalogue: psycopg.Connection) -> None:
    powers = catalogue.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND (rolsuper OR rolbypassrls OR rolcreaterole"
        " OR rolcreatedb OR rolreplication OR rolinherit)",
        [list(LOG_INS)],
    ).fetchall()
    owned = catalogue.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = ANY (%s)",
        [list(LOG_INS)],
    ).fetchall()
    members = catalogue.execute(
        "SELECT r.rolname, m.roleid::regrole::text FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
        " WHERE r.rolname = ANY (%s)",
        [[*LOG_INS, "terrain_owner"]],
    ).fetchall()
    assert (powers, owned, members) == ([], [], [("terrain_owner", "pg_checkpoint")])


def test_the_owner_of_the_tables_is_no_superuser(catalogue: psycopg.Connection) -> None:
    owners = catalogue.execute(
        "SELECT DISTINCT r.rolname, r.rolsuper OR r.rolbypassrls FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'authn')"
    ).fetchall()
    assert owners == [("terrain_owner", False)]


def test_nobody_reaches_the_database_without_being_named(catalogue: psycopg.Connection) -> None:
    may = catalogue.execute(
        "SELECT has_database_privilege('public', current_database(), 'CONNECT'),"
        " has_database_privilege('public', current_database(), 'TEMPORARY'),"
        " has_schema_privilege('public', 'public', 'USAGE'), has_schema_privilege('public', 'authn', 'USAGE')"
    ).fetchone()
    assert may == (False, False, False, False)
