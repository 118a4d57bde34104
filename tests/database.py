"""The real PostgreSQL of the tests: one fast private cluster per person, a template built once, a copy per worker.

Runs share the cluster; whoever finishes last stops it. What a killed run left behind is found and used or dropped.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

from config.embedded import Cluster
from ops import roles
from ops.migrate import upgrade

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("DATA_DIR_TEST") or Path.home() / ".cache" / "terrain-tests")
PASSWORDS = {login: f"test-{login}" for login in roles.ALL_LOGINS}
VOCABULARY = ("region", "country", "topic", "facet", "alembic_version", "decoy")
TEMPLATES_KEPT = 20
SHAPERS = ("migrations/**/*", "workflows/**/*", "ops/migrate.py", "ops/roles.py", "config/policy.py")


@dataclass(frozen=True)
class DatabaseUrls:
    """One database of a test worker, under each of its log-ins. The superuser's is for cleaning and for looking."""

    name: str
    superuser_url: str
    owner_url: str
    public_url: str
    desk_url: str
    portal_url: str
    caseload_url: str
    worker_url: str

    @classmethod
    def on(cls, server: str, name: str) -> "DatabaseUrls":
        def url(login: str) -> str:
            return roles.login_url(server, login, PASSWORDS[login], name)

        superuser = server.removesuffix("/postgres") + f"/{name}"
        return cls(name, superuser, url(roles.OWNER), *(url(login) for login in roles.LOGINS.values()))


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run tells the others its id and keeps the cluster from being stopped by another run."""
    if hasattr(config, "workerinput"):
        return
    os.environ["TERRAIN_TEST_RUN"] = str(os.getpid())
    FOLDER.mkdir(parents=True, exist_ok=True)
    users = (FOLDER / "users").open("w")
    fcntl.flock(users, fcntl.LOCK_SH)
    config.stash[USERS] = users


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last run that used the cluster stops it."""
    users = config.stash.get(USERS, None)
    if users is None:
        return
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    finally:
        users.close()
    cluster = Cluster(FOLDER, fast=True)
    if cluster.alive():
        cluster.stop()


USERS = pytest.StashKey()


@pytest.fixture(scope="session")
def server() -> str:
    """The superuser's address on the shared test cluster, with the log-ins made."""
    with (FOLDER / "setup").open("w") as setup:
        fcntl.flock(setup, fcntl.LOCK_EX)
        url = Cluster(FOLDER, fast=True).ensure().superuser_url
        roles.create_roles(url, PASSWORDS)
        _drop_leftovers(url)
        _ensure_template(url)
    return url


@pytest.fixture(scope="session")
def database(server: str) -> Iterator[DatabaseUrls]:
    """This worker's own copy of the migrated database with its vocabulary. Tests commit for real, on real log-ins."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"terrain_test_{os.environ['TERRAIN_TEST_RUN']}_{worker}"
    roles.create_database(server, name, _template_name())
    yield DatabaseUrls.on(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        _drop(connection, name)


@pytest.fixture(scope="session")
def _cleaner(database: DatabaseUrls) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '5s'")
        yield connection


@pytest.fixture
def clean(_cleaner: psycopg.Connection) -> Iterator[None]:
    """After the test, delete every row but the vocabulary. A transaction left open by the test is an error here."""
    yield
    _cleaner.execute(CLEAN)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that a server's own user may enter when the tests run as root; pytest's are closed to it."""
    with tempfile.TemporaryDirectory(prefix="terrain-", dir="/var/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


CLEAN = f"""
DO $$ DECLARE target regclass; filled boolean; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR target IN
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)' AND c.relname <> ALL ('{{{",".join(VOCABULARY)}}}')
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', target) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %s', target); END IF;
  END LOOP;
END $$
"""


def _template_name() -> str:
    digest = hashlib.sha256()
    for pattern in SHAPERS:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return f"terrain_template_{digest.hexdigest()[:16]}"


def _ensure_template(server: str) -> None:
    name = _template_name()
    if roles.has_database(server, name):
        return
    with psycopg.connect(server, autocommit=True) as connection:
        _drop(connection, "terrain_unfinished")
        roles.create_database(server, "terrain_unfinished")
        upgrade(DatabaseUrls.on(server, "terrain_unfinished").owner_url)
        connection.execute(sql.SQL("ALTER DATABASE terrain_unfinished RENAME TO {}").format(sql.Identifier(name)))
        old = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'terrain_template_%' ORDER BY oid")
        for (template,) in old.fetchall()[:-TEMPLATES_KEPT]:
            _drop(connection, template)


def _drop_leftovers(server: str) -> None:
    """Drop the databases of runs that were killed."""
    with psycopg.connect(server, autocommit=True) as connection:
        for (name,) in connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'terrain_test_%'"
        ).fetchall():
            run = name.split("_")[2]
            if run.isdecimal() and not psutil.pid_exists(int(run)):
                _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
