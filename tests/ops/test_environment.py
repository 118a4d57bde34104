"""The environment of a set-up: what is missing is made once, each process is dealt only what is its own."""

import json
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.settings import (
    CaseloadSettings,
    DeskSettings,
    PortalSettings,
    PublicSettings,
    SettingsError,
    WorkerSettings,
)
from ops.environment import OURS, PROCESSES, SetUp, check, prepare, set_up


@pytest.fixture(scope="module")
def made() -> Iterator[SetUp]:
    with tempfile.TemporaryDirectory(prefix="terrain-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        env = {"DATA_DIR": folder, "PATH": "/bin", "PGPASSWORD": "x", "SECRET_OF_ANOTHER_PROGRAM": "y"}
        with set_up(env) as ready:
            yield ready


def test_an_empty_environment_becomes_a_whole_one(made: SetUp) -> None:
    for settings in (PublicSettings, DeskSettings, PortalSettings, CaseloadSettings, WorkerSettings):
        url = settings.from_environment(made.env).database_url
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("terrain",)


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_is_given_its_own_secrets_and_database_only(made: SetUp, process: str) -> None:
    given = made.for_process(process)
    assert {name for name in given if name in OURS} <= set(PROCESSES[process].variables())
    assert len([name for name in given if name.startswith("DATABASE_URL")]) == (process != "postbox")
    assert {"PGPASSWORD", "SECRET_OF_ANOTHER_PROGRAM"}.isdisjoint(given)
    PROCESSES[process].from_environment(given)


def test_the_portal_holds_no_key_that_opens_and_no_foreign_log_in(made: SetUp) -> None:
    given = made.for_process("portal")
    foreign = {"SECRET_SEALING", "SECRET_DESK", "SECRET_PUBLIC", "SECRET_RECEIPT", "SECRET_FACTOR_DESK"}
    assert foreign.isdisjoint(given)
    values = " ".join(given.values())
    assert made.env["SECRET_SEALING"] not in values
    assert made.env["DATABASE_URL_DESK"] not in values


def test_only_the_caseload_reads_labels_and_it_opens_no_sealed_text(made: SetUp) -> None:
    assert [name for name in PROCESSES if "SECRET_LABELS" in made.for_process(name)] == ["caseload"]
    assert {"SECRET_SEALING", "SECRET_FACTOR_DESK", "SECRET_PORTAL"}.isdisjoint(made.for_process("caseload"))


def test_no_log_in_is_a_superuser_and_none_may_use_anothers_rights(made: SetUp) -> None:
    with psycopg.connect(made.env["DATABASE_URL"]) as connection:
        powers = connection.execute(
            "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication FROM pg_roles"
            " WHERE rolname LIKE 'app%' OR rolname LIKE 'terrain%'"
        ).fetchall()
        memberships = connection.execute(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'app%'"
        ).fetchone()
    assert len(powers) == 6
    assert not any(power for _, power in powers)
    assert memberships == (0,)


def test_secrets_are_kept_for_ourselves_and_stay_the_same(made: SetUp) -> None:
    file = made.data_dir / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = prepare({"DATA_DIR": str(made.data_dir)})
    assert again.env["SECRET_DESK"] == made.env["SECRET_DESK"]
    assert again.env["DATABASE_URL_DESK"] == made.env["DATABASE_URL_DESK"]
    assert not again.cluster.started_here


def test_a_secret_that_a_later_version_needs_is_added_to_those_kept(made: SetUp) -> None:
    file = made.data_dir / "secrets.json"
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({name: value for name, value in kept.items() if name != "SECRET_RECEIPT"}))
    again = prepare({"DATA_DIR": str(made.data_dir)})
    assert again.env["SECRET_DESK"] == kept["SECRET_DESK"]
    assert len(again.env["SECRET_RECEIPT"]) >= 32


def test_with_a_database_of_ones_own_nothing_is_made_up(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        prepare({"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": "postgresql://o:p@db/terrain", "DESK_PORT": "no"})
    named = {line.split()[0] for line in refused.value.lines}
    assert {"DATABASE_URL_DESK", "SECRET_PORTAL", "SEALING_PUBLIC_KEY", "DESK_PORT"} <= named
    assert len(refused.value.lines) == len(set(refused.value.lines))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_DESK": "public-" * 6}, "SECRET_DESK must differ from SECRET_PUBLIC"),
        ({"PORTAL_PORT": "8000", "PUBLIC_PORT": "8000"}, "PORTAL_PORT must differ from PUBLIC_PORT"),
        ({"SEALING_PUBLIC_KEY": "A" * 43 + "="}, "SEALING_PUBLIC_KEY does not belong to SECRET_SEALING"),
        ({"PGPORT": "high"}, "PGPORT must be a port, 1 to 65535"),
    ],
)
def test_what_must_not_agree_or_must_agree_is_said(
    environment: dict[str, str], change: dict[str, str], complaint: str
) -> None:
    with pytest.raises(SettingsError, match=complaint):
        check(environment | change)


def test_a_site_does_not_log_in_as_the_owner(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL_DESK must differ from DATABASE_URL"):
        check(environment | {"DATABASE_URL_DESK": environment["DATABASE_URL"]})


def test_a_database_for_one_process_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL_DESK is given without DATABASE_URL"):
        prepare({"DATA_DIR": str(tmp_path), "DATABASE_URL_DESK": "postgresql://d:p@db/terrain"})
