"""A machine opens a few foreign files at once, whichever of its processes asks, and forgets none of those turns."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest

import partner_portal.app
import tasks.app
from config import policy
from config.settings import PortalSettings
from partner_portal.app import create_app
from sandbox.turns import Turns

AT_ONCE, LONG = timedelta(0), timedelta(seconds=60)
ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from datetime import timedelta
from pathlib import Path
from sandbox.turns import Turns
turns = Turns(Path(sys.argv[1]))
print(turns.take(timedelta(0)) is not None, flush=True)
sys.stdin.read()
"""
OPEN = """
import sys
from pathlib import Path
import sandbox
from sandbox import running
from sandbox.kinds import Kind
sandbox.share_turns(Path(sys.argv[1]))
popen = running.subprocess.Popen
def told(*given, **more):
    process = popen(*given, **more)
    print(process.pid, flush=True)
    return process
running.subprocess.Popen = told
running.run_kind(Kind("tests.sandbox.probes", {}), b"computing for ever")
"""


@pytest.fixture
def others(tmp_path: Path) -> Iterator[list["subprocess.Popen[str]"]]:
    """Other processes, which are ended with the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for one in started:
        one.kill()
        one.communicate()


def start(others: list["subprocess.Popen[str]"], script: str, folder: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    others.append(subprocess.Popen(command, cwd=ROOT, text=True, **pipes))
    return others[-1]


def hold(others: list["subprocess.Popen[str]"], folder: Path) -> bool:
    return start(others, HOLD, folder).stdout.readline() == "True\n"


def test_several_processes_have_as_many_turns_as_one(others, tmp_path: Path) -> None:
    assert [hold(others, tmp_path) for _ in range(policy.SANDBOXES_AT_ONCE + 1)] == [
        True
    ] * policy.SANDBOXES_AT_ONCE + [False]
    assert Turns(tmp_path).take(AT_ONCE) is None


def test_whoever_waits_gets_the_turn_of_a_process_that_was_killed(others, tmp_path: Path) -> None:
    assert all(hold(others, tmp_path) for _ in range(policy.SANDBOXES_AT_ONCE))
    mine = Turns(tmp_path)
    assert mine.take(timedelta(seconds=0.2)) is None
    others[0].send_signal(signal.SIGKILL)
    turn = mine.take(LONG)
    assert turn is not None
    assert mine.take(AT_ONCE) is None
    mine.give_back(turn)


def test_threads_of_one_process_keep_each_other_out(tmp_path: Path) -> None:
    mine = Turns(tmp_path)
    turns = [mine.take(AT_ONCE) for _ in range(policy.SANDBOXES_AT_ONCE)]
    assert None not in turns
    assert mine.take(AT_ONCE) is None
    for turn in turns:
        mine.give_back(turn)
    assert mine.take(AT_ONCE) is not None


def test_a_sandbox_ends_with_the_process_that_held_its_turn(others, tmp_path: Path) -> None:
    """Its memory would not be counted any more. The limit of computing would end it much later."""
    opener = start(others, OPEN, tmp_path)
    inside = int(opener.stdout.readline())
    while "Seccomp:\t2" not in Path(f"/proc/{inside}/status").read_text():
        sleep(0.05)
    opener.send_signal(signal.SIGKILL)
    opener.wait()
    assert Turns(tmp_path).take(LONG) is not None
    computed = 0.0
    while (seconds := computing(inside)) is not None:
        computed = seconds
        sleep(0.05)
    assert computed < policy.SANDBOX_CPU_SECONDS / 2


def computing(process: int) -> float | None:
    """How many seconds a process has computed; None when it is gone."""
    with suppress(ProcessLookupError, FileNotFoundError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return None if fields[0] == "Z" else int(fields[11]) / os.sysconf("SC_CLK_TCK")
    return None


def test_a_folder_that_cannot_hold_turns_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        Turns().share(tmp_path / "file")


def test_portal_and_worker_share_the_turns_of_their_data(environment, monkeypatch, tmp_path: Path) -> None:
    settings = environment | {"DATA_DIR": str(tmp_path)}
    shared: list[Path] = []
    monkeypatch.setattr(partner_portal.app, "share_turns", shared.append)
    monkeypatch.setattr(tasks.app, "share_turns", shared.append)
    create_app(PortalSettings.from_environment(settings))
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    tasks.app.configured()
    assert shared == [tmp_path / "sandboxes"] * 2
