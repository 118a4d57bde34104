"""Steps over the fence itself: becoming somebody else, changing what stands, reaching out. None of them may succeed."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from tests.fences.attack import PORTAL
from tests.fences.stranger import tables

ON_A_TABLE = (
    "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {t} OWNER TO app_partner",
    "ALTER TABLE {t} ADD COLUMN mine text",
    "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "CREATE POLICY mine ON {t} USING (true)",
    "CREATE RULE mine AS ON INSERT TO {t} DO INSTEAD NOTHING",
    "CREATE TRIGGER mine BEFORE UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE INDEX mine ON {t} ((1))",
    "CREATE STATISTICS mine ON (1 + 1) FROM {t}",
    "CREATE VIEW mine AS SELECT * FROM {t}",
    "CREATE TABLE mine () INHERITS ({t})",
    "CREATE TEMPORARY TABLE mine (LIKE {t})",
    "CREATE TEMPORARY VIEW mine AS SELECT * FROM {t}",
    "CREATE MATERIALIZED VIEW mine AS SELECT * FROM {t}",
    "SELECT * INTO TEMPORARY mine FROM {t}",
    "GRANT SELECT ON {t} TO app_partner",
    "TRUNCATE {t}",
    "DROP TABLE {t}",
    "COMMENT ON TABLE {t} IS 'mine'",
    "CLUSTER {t}",
    "REINDEX TABLE {t}",
    "COPY {t} FROM STDIN",
    "COPY {t} TO '/tmp/mine'",
    "COPY {t} TO PROGRAM 'true'",
)
ANYWHERE = (
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'select 1'",
    "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'select 1'",
    "CREATE TEMPORARY TABLE question (id uuid)",
    "CREATE TEMPORARY SEQUENCE mine",
    "CREATE TYPE pg_temp.mine AS (x int)",
    "CREATE CAST (text AS int) WITHOUT FUNCTION",
    "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION pg_catalog.now()",
    "CREATE FOREIGN DATA WRAPPER mine",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "CREATE SUBSCRIPTION mine CONNECTION '' PUBLICATION mine",
    "CREATE DATABASE mine",
    "CREATE ROLE mine",
    "CREATE TABLESPACE mine LOCATION '/tmp'",
    "ALTER SYSTEM SET log_statement = 'all'",
    "ALTER DEFAULT PRIVILEGES FOR ROLE terrain_owner GRANT SELECT ON TABLES TO app_partner",
    "ALTER ROLE app_partner BYPASSRLS",
    "ALTER ROLE app_partner SUPERUSER",
    "CREATE USER MAPPING FOR app_partner SERVER mine",
    "PREPARE TRANSACTION 'mine'",
    "CHECKPOINT",
    "LOAD 'dblink'",
    "SECURITY LABEL ON ROLE app_partner IS 'mine'",
)
CATALOGUES = (
    "UPDATE pg_class SET relrowsecurity = false",
    "DELETE FROM pg_policy",
    "UPDATE pg_authid SET rolsuper = true",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_largeobject",
    "SELECT * FROM pg_user_mapping",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_subscription",
)
"""What even superusers are warned of: read only where PostgreSQL shows it to nobody else."""


def steps(house: psycopg.Connection) -> Iterator[str]:
    """Every statement that must be refused, for every table, policy, function, role, setting and extension there is."""
    for table in tables(house):
        place = sql.Identifier(*table).as_string(house)
        yield from (step.format(t=place) for step in ON_A_TABLE)
    for policy, place in house.execute("SELECT polname, polrelid::regclass::text FROM pg_policy"):
        name = sql.Identifier(policy).as_string(house)
        yield f"DROP POLICY {name} ON {place}"
        yield f"ALTER POLICY {name} ON {place} USING (true)"
    yield from on_functions(house)
    yield from as_others(house)
    for (setting,) in house.execute("SELECT name FROM pg_settings WHERE context IN ('superuser', 'superuser-backend')"):
        yield f"SET {setting} TO DEFAULT"
    for (extension,) in house.execute("SELECT name FROM pg_available_extensions WHERE installed_version IS NULL"):
        yield f'CREATE EXTENSION "{extension}"'
    yield from ANYWHERE
    yield from CATALOGUES


def on_functions(house: psycopg.Connection) -> Iterator[str]:
    for (function,) in house.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, 'authn'::regnamespace)"
    ):
        yield f"ALTER FUNCTION {function} SECURITY INVOKER"
        yield f"ALTER FUNCTION {function} SET search_path = pg_temp"
        yield f"DROP FUNCTION {function}"
        yield f"GRANT EXECUTE ON FUNCTION {function} TO app_partner"
    for (function,) in house.execute(
        "SELECT oid::regproc::text FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f'"
        " AND pronargs = 0 AND NOT has_function_privilege('public', oid, 'execute')"
    ):
        yield f"SELECT {function}()"
    for (language,) in house.execute("SELECT lanname FROM pg_language WHERE NOT lanpltrusted"):
        yield f"DO LANGUAGE {language} 'x'"
    yield from (f"SELECT {reach}" for reach in REACHES)


REACHES = (
    "pg_read_file('/etc/passwd')", "pg_read_binary_file('/etc/passwd')", "pg_stat_file('/etc/passwd')", "pg_ls_dir('/')",
    "lo_import('/etc/passwd')", "lo_export(1, '/tmp/mine')", "pg_ls_logdir()", "pg_ls_waldir()", "pg_ls_tmpdir()",
    "pg_logical_emit_message(true, 'x', 'x') FROM pg_create_logical_replication_slot('mine', 'test_decoding')",
    "pg_create_physical_replication_slot('mine')", "set_config('session_replication_role', 'replica', true)",
    "set_config('role', 'terrain_owner', true)", "set_config('session_authorization', 'terrain_owner', true)",
)  # fmt: skip


def as_others(house: psycopg.Connection) -> Iterator[str]:
    for (role,) in house.execute("SELECT rolname FROM pg_roles WHERE rolname <> %s", [PORTAL]).fetchall():
        name = sql.Identifier(role).as_string(house)
        yield f"SET ROLE {name}"
        yield f"SET SESSION AUTHORIZATION {name}"
        yield f"GRANT {name} TO app_partner"
        yield f"ALTER ROLE {name} PASSWORD 'mine'"
        yield f"REASSIGN OWNED BY {name} TO app_partner"
