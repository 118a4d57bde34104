"""`make run` with real processes: it starts from nothing, stops without a trace, and gets over any kill."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config.settings import EVERY_PORT
from ops.environment import SetUp
from ops.processes import MARK
from ops.whole import ROOT, welcome_text
from tests.ports import free_ports

PROCFILE = """
release: touch "$DATA_DIR/released"
web: python -m http.server --bind 127.0.0.1 $PUBLIC_PORT
worker: sh -c 'sleep 1000 & env > "$DATA_DIR/worker.env"; sleep 1000'
"""
STUBBORN = """
beat: sh -c 'trap "" TERM; while :; do sleep 1; done'
"""
SECONDS = 60


class Run:
    """One `python -m ops.run` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.procfile = folder / "Procfile"
        self.procfile.write_text(PROCFILE)
        self.env = os.environ | {"DATA_DIR": str(self.data), "DEMO": "0"}
        ports = zip(EVERY_PORT, free_ports(len(EVERY_PORT)), strict=True)
        self.env |= {f"{site}_PORT": str(port) for site, port in ports}
        self.process: subprocess.Popen[str] | None = None
        self.said: list[str] = []

    def start(self) -> None:
        command = [sys.executable, "-m", "ops.run", str(self.procfile)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said = []
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        with process.stdout as output:
            self.said.extend(output)

    def is_up(self) -> bool:
        return any("Terrain is running" in line for line in list(self.said)) and (self.data / "worker.env").exists()

    def stop(self, kind: int = signal.SIGINT) -> int:
        self.process.send_signal(kind)
        return self.process.wait(SECONDS)

    def family(self) -> list[psutil.Process]:
        """Every living process of this run, PostgreSQL's included, the runner's own not."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            return process.environ().get(MARK) == str(self.data) or str(self.data) in str(process.cwd())
        except psutil.Error:
            return False

    def named(self, word: str) -> psutil.Process:
        return next(process for process in self.family() if word in " ".join(process.cmdline()))


@pytest.fixture
def run(open_folder: Path) -> Iterator[Run]:
    made = Run(open_folder)
    yield made
    if made.process and made.process.poll() is None:
        made.stop(signal.SIGTERM)
    for process in made.family():
        process.kill()


def _eventually(condition: Callable[[], object], what: str) -> None:
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until, what
        time.sleep(0.1)


def _start(run: Run) -> None:
    (run.data / "worker.env").unlink(missing_ok=True)
    run.start()
    _eventually(lambda: run.is_up() or run.process.poll() is not None, "it neither started nor gave up")
    assert run.process.poll() is None, "".join(run.said)


@pytest.mark.crash
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_starts_from_nothing_and_leaves_no_process(run: Run, kind: int) -> None:
    _start(run)
    assert (run.data / "released").exists()
    assert len(run.family()) > 5
    assert run.stop(kind) == 0
    assert run.family() == []


@pytest.mark.crash
def test_a_process_that_does_not_want_to_end_is_made_to(run: Run) -> None:
    run.procfile.write_text(PROCFILE + STUBBORN)
    _start(run)
    assert run.stop() == 0
    assert run.family() == []


@pytest.mark.crash
def test_a_process_sees_only_its_own_secrets(run: Run) -> None:
    _start(run)
    seen = dict(line.partition("=")[::2] for line in (run.data / "worker.env").read_text().splitlines())
    assert "SECRET_SEALING" in seen
    assert {"SECRET_DESK", "SECRET_PUBLIC", "DATABASE_URL", "DATABASE_URL_DESK"}.isdisjoint(seen)


@pytest.mark.crash
def test_a_second_run_on_the_same_folder_says_so_and_disturbs_nothing(run: Run) -> None:
    _start(run)
    command = [sys.executable, "-m", "ops.run", str(run.procfile)]
    second = subprocess.run(command, cwd=ROOT, env=run.env, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"another run (process {run.process.pid})" in second.stderr
    assert second.stderr.count("\n") == 1
    assert run.process.poll() is None
    assert len(run.family()) > 5


@pytest.mark.crash
def test_a_port_in_use_is_said_in_one_line(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run.env["DESK_PORT"] = str(taken.getsockname()[1])
        run.start()
        assert run.process.wait(SECONDS) == 1
    _eventually(lambda: run.said, "it said nothing")
    assert run.said == [
        f"Terrain cannot run: DESK_PORT: port {run.env['DESK_PORT']} is in use by another program\n",
    ]
    assert run.family() == []


@pytest.mark.crash
def test_all_wrong_settings_are_said_before_anything_is_started(run: Run) -> None:
    run.env |= {"SMTP_URL": "mail", "SECRET_DESK": "short", "DATABASE_URL": ""}
    run.start()
    assert run.process.wait(SECONDS) == 1
    _eventually(lambda: len(run.said) >= 3, "it did not say both")
    assert [line.split()[0] for line in run.said[1:]] == ["SECRET_DESK", "SMTP_URL"]
    assert not (run.data / "postgres").exists()


@pytest.mark.crash
def test_after_the_runner_itself_was_killed_the_next_run_cleans_up_and_starts(run: Run) -> None:
    _start(run)
    run.process.kill()
    run.process.wait()
    left = [process for process in run.family() if process.name() != "postgres"]
    assert left
    (run.data / "broker").mkdir()
    (run.data / "broker" / "stale.msg").write_text("{}")
    _start(run)
    assert not (run.data / "broker").exists()
    assert not [process for process in left if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    assert run.stop() == 0
    assert run.family() == []


@pytest.mark.crash
def test_when_one_process_is_killed_the_run_ends_says_which_and_can_start_again(run: Run) -> None:
    _start(run)
    run.named("worker.env").kill()
    assert run.process.wait(SECONDS) == 1
    assert any("worker stopped (rc=-9)" in line for line in run.said)
    assert run.family() == []
    _start(run)


@pytest.mark.crash
def test_a_killed_postgresql_comes_back_where_it_was(run: Run) -> None:
    _start(run)
    url = next(line for line in (run.data / "worker.env").read_text().splitlines() if "DATABASE_URL_WORKER" in line)
    run.named("pgdata -p").kill()
    _eventually(lambda: any("starting it again" in line for line in run.said), "nobody noticed")
    _eventually(lambda: _connects(url.partition("=")[2]), "it did not come back")
    assert run.stop() == 0
    assert run.family() == []


@pytest.mark.crash
def test_everything_killed_at_once_is_no_obstacle(run: Run) -> None:
    _start(run)
    for process in [psutil.Process(run.process.pid), *run.family()]:
        process.kill()
    run.process.wait()
    _start(run)
    assert run.stop() == 0
    assert run.family() == []


@pytest.mark.crash
@pytest.mark.parametrize("delay", [0.3, 0.8, 1.5])
def test_an_early_ctrl_c_leaves_nothing_either(run: Run, delay: float) -> None:
    run.start()
    time.sleep(delay)
    run.stop()
    _eventually(lambda: run.family() == [], "something was left")


def _connects(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_welcome_names_addresses_and_log_ins(tmp_path: Path) -> None:
    login = {"site": "desk", "role": "editor", "user": "edith", "password": "a long one", "totp_secret": "HIDDEN"}
    (tmp_path / "demo-logins.json").write_text(json.dumps([login]))
    env = {"DATA_DIR": str(tmp_path), "PUBLIC_PORT": "1", "DESK_PORT": "2", "PORTAL_PORT": "3", "CASELOAD_PORT": "4"}
    text = welcome_text(SetUp(env | {"BASE_URL_DESK": "https://desk.example.org"}, None))
    for told in (
        "http://127.0.0.1:1",
        "https://desk.example.org",
        "http://127.0.0.1:3",
        "http://127.0.0.1:4",
        "edith",
        "a long one",
    ):
        assert told in text
    assert "HIDDEN" not in text
