"""Starts the processes of a Procfile together, shows what they print, and ends them and all their children."""

import ctypes
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import honcho.manager
import psutil
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Message
from honcho.process import Popen, Process

from workflows.core.clock import now

MARK = "TERRAIN_RUN"  # in the environment of every process of a run: how a later run finds what a killed one left
PATIENCE_SECONDS = 5
honcho.manager.KILL_WAIT = 10  # seconds; Celery's warm shutdown takes five on a busy machine
PR_SET_CHILD_SUBREAPER = 36


class Supervisor(Manager):
    """honcho's manager on threads instead of forks: a thread cannot be killed apart from us, and signals reach only us.

    When one process ends, or on SIGINT, SIGTERM or SIGHUP, all others are asked to end and after ten seconds killed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.events: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.asked_to_stop = False
        self.returncode: int | None = None
        self._process_ctor = _Supervised
        self._killed: set[str] = set()

    def say(self, text: str) -> None:
        """Print a line among the others; safe from any thread and from a signal handler."""
        moment = now().astimezone()
        self.events.put(Message(type="line", data=text, time=moment, name="system", colour=None))

    def stop(self, *_: object) -> None:
        """Ask everything to end; also a signal handler."""
        self.asked_to_stop = True
        self.returncode = self.returncode or 0

    def _start(self) -> None:
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(kind, self.stop)
        for entry in self._processes.values():
            threading.Thread(target=entry["obj"].run, args=(self.events,), daemon=True).start()

    def _any_stopped(self) -> bool:
        return self.asked_to_stop or bool(super()._any_stopped())

    def _killall(self, force: bool = False) -> None:
        for name, entry in self._processes.items():
            if "returncode" in entry or (force and name in self._killed):
                continue
            with suppress(ProcessLookupError):
                if force:
                    self._killed.add(name)
                    os.killpg(entry["pid"], signal.SIGKILL)
                else:
                    os.kill(entry["pid"], signal.SIGTERM)


class _Supervised(Process):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._child_ctor = _Group


class _Group(Popen):
    """A process in a session of its own; when it ends, what it started ends with it, however it ended."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, stdin=subprocess.DEVNULL, **options)
        threading.Thread(target=self._end_with_group, daemon=True).start()

    def _end_with_group(self) -> None:
        self.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def read_procfile(path: Path) -> dict[str, str]:
    """The commands of a Procfile by name, in its order."""
    return dict(parse_procfile(path.read_text()).processes)


def adopt_orphans() -> None:
    """On Linux, become the parent of whatever our processes leave behind, so that it can be ended and collected."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_marked(mark: str) -> int:
    """End every process that carries `mark` but ourselves; returns how many there were."""
    found = [process for process in psutil.process_iter() if process.pid != os.getpid() and _mark(process) == mark]
    for kind in (signal.SIGTERM, signal.SIGKILL):
        for process in found:
            with suppress(psutil.Error):
                process.send_signal(kind)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and any(_mark(process) for process in found):
            time.sleep(0.05)
    return len(found)


def collect_orphans() -> None:
    """Collect what ended in our care, so that not even a defunct entry is left."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue


def _mark(process: psutil.Process) -> str | None:
    try:
        environment: Mapping[str, str] = process.environ()
        return None if process.status() == psutil.STATUS_ZOMBIE else environment.get(MARK)
    except (psutil.Error, OSError):
        return None
