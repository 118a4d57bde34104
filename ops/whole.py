"""`make run`: the whole of Terrain on this machine, from nothing to four sites, until Ctrl-C (way in: ops/run.py)."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import NoReturn

from config.embedded import Cluster, ClusterError
from config.settings import EVERY_PORT, LOOPBACK, OwnerSettings, SettingsError, WorkerSettings
from ops.compact import compact_all
from ops.environment import PROCESSES, SetUp, prepare
from ops.processes import MARK, Supervisor, adopt_orphans, collect_orphans, end_marked, read_procfile

ROOT = Path(__file__).resolve().parent.parent
SITES = {"web": "PUBLIC", "desk": "DESK", "portal": "PORTAL", "caseload": "CASELOAD"}
TITLES = {"web": "Public site", "desk": "Desk", "portal": "Partner portal", "caseload": "Caseload"}
RELEASE = "release"
SITES_START_SECONDS = 120


class CannotRun(Exception):
    """Why there is no run; the text is for a person, a line for each reason."""


def main(arguments: list[str]) -> int:
    """Run everything that the Procfile (first argument, else the project's) names. 0 after Ctrl-C or SIGTERM."""
    procfile = Path(arguments[0]) if arguments else ROOT / "Procfile"
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, _interrupt)
    adopt_orphans()
    try:
        return _run(procfile)
    except (CannotRun, ClusterError, SettingsError, OSError) as error:
        print(
            f"Terrain cannot run:\n{error}" if "\n" in str(error) else f"Terrain cannot run: {error}", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        collect_orphans()


def _run(procfile: Path) -> int:
    folder = Path(os.environ.get("DATA_DIR", "").strip() or "data").expanduser().absolute()
    commands = read_procfile(procfile)
    if unknown := [name for name in commands if name not in PROCESSES]:
        raise CannotRun(f"{procfile} names a process without settings: {', '.join(unknown)}")
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    with _only_run(folder):
        end_marked(str(folder))
        set_up: SetUp | None = None
        try:
            set_up = prepare()
            _need_free_ports(set_up)
            _release(commands, set_up)
            return _supervise(commands, set_up)
        finally:
            _ignore_signals()
            end_marked(str(folder))
            if set_up and set_up.cluster:
                set_up.cluster.stop()


@contextmanager
def _only_run(folder: Path) -> Iterator[None]:
    """Hold the data folder; the kernel lets go of it however we end."""
    with (folder / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotRun(f"another run (process {lock.read().strip()}) uses the data folder {folder}") from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _need_free_ports(set_up: SetUp) -> None:
    busy = [
        f"{site}_PORT: port {set_up.env[f'{site}_PORT']} is in use by another program"
        for site in EVERY_PORT
        if not _is_free(int(set_up.env[f"{site}_PORT"]))
    ]
    if busy:
        raise CannotRun("\n".join(busy))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _release(commands: dict[str, str], set_up: SetUp) -> None:
    """What must be done before the processes start: migrations, demonstration data, an empty file broker."""
    if RELEASE in commands:
        _finish(RELEASE, ["/bin/sh", "-c", commands[RELEASE]], set_up.for_process(RELEASE), set_up)
    if OwnerSettings.from_environment(set_up.env).demo:
        _finish("demonstration data", [sys.executable, "-m", "ops.demo"], set_up.env, set_up)
    if set_up.cluster and RELEASE in commands:
        for line in compact_all(set_up):  # the private cluster has no timer of its own
            print(f"Not compacted: {line}", file=sys.stderr)
    shutil.rmtree(WorkerSettings.from_environment(set_up.env).broker_folder, ignore_errors=True)


def _finish(what: str, command: list[str], env: dict[str, str], set_up: SetUp) -> None:
    """Run `command` to its end, in a session of its own, so that Ctrl-C asks us and not it."""
    environment, nothing = _marked(env, set_up), subprocess.DEVNULL
    done = subprocess.run(command, env=environment, cwd=ROOT, stdin=nothing, check=False, start_new_session=True)
    if done.returncode != 0:
        raise CannotRun(f"{what} failed, as said above")


def _supervise(commands: dict[str, str], set_up: SetUp) -> int:
    supervisor = Supervisor()
    for name, command in commands.items():
        if name != RELEASE:
            env = _marked(set_up.for_process(name), set_up)
            supervisor.add_process(name, f"exec {command}", env=env, cwd=str(ROOT))  # no shell between us and it
    ended = threading.Event()
    helpers = [threading.Thread(target=_welcome, args=(commands, set_up, ended), daemon=True)]
    if set_up.cluster:
        helpers.append(threading.Thread(target=_keep_alive, args=(set_up.cluster, supervisor, ended), daemon=True))
    for helper in helpers:
        helper.start()
    try:
        supervisor.loop()
    finally:
        ended.set()
        for helper in helpers:
            helper.join()
    return 0 if supervisor.asked_to_stop else 1


def _keep_alive(cluster: Cluster, supervisor: Supervisor, ended: threading.Event) -> None:
    """Start PostgreSQL again when it was killed; the processes find it where it was."""
    address = cluster.ensure()
    while not ended.wait(1):
        if cluster.alive():
            continue
        supervisor.say("PostgreSQL has stopped; starting it again")
        try:
            if cluster.ensure() == address:
                continue
            supervisor.say("PostgreSQL could not have its port again; stopping")
        except ClusterError as error:
            supervisor.say(f"{error}; stopping")
        supervisor.stop()
        return


def _welcome(commands: dict[str, str], set_up: SetUp, ended: threading.Event) -> None:
    """When every site answers, say where they are and how to get in."""
    waiting = [int(set_up.env[f"{site}_PORT"]) for name, site in SITES.items() if name in commands]
    for _ in range(SITES_START_SECONDS * 4):
        waiting = [port for port in waiting if not _answers(port)]
        if not waiting:
            print(welcome_text(set_up), flush=True)
            return
        if ended.wait(0.25):
            return


def _answers(port: int) -> bool:
    """Whether the site itself answers: its port is open long before."""
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        connection.request("HEAD", "/healthz")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def welcome_text(set_up: SetUp) -> str:
    """The addresses of the four sites and, when there are demonstration data, the log-ins."""
    lines = ["", "Terrain is running. Ctrl-C stops it.", ""]
    for name, site in SITES.items():
        address = set_up.env.get(f"BASE_URL_{site}") or f"http://{LOOPBACK}:{set_up.env[f'{site}_PORT']}"
        lines.append(f"  {TITLES[name]:<16}{address}")
    file = set_up.data_dir / "demo-logins.json"
    if file.exists():
        lines += ["", *_login_lines(json.loads(file.read_text())), "", f"  Also in {file}"]
    return "\n".join([*lines, ""])


def _login_lines(logins: list[dict[str, str]]) -> Iterator[str]:
    columns = ("site", "role", "user", "password")
    people = [login for login in logins if "user" in login]
    rows = [{"site": "site", "role": "role", "user": "user name", "password": "password"}, *people]
    width = {column: max(len(str(row.get(column, ""))) for row in rows) for column in columns}
    for row in rows:
        yield "  " + "  ".join(str(row.get(column, "")).ljust(width[column]) for column in columns).rstrip()
    yield ""
    yield "  The one-time code of a log-in: make code WHO=<user name>"
    codes = [login for login in logins if "receipt_code" in login]
    if codes:
        yield ""
        yield "  Receipt codes, to follow a question on the public site:"
        yield from (f"    {login['receipt_code']}  {login['name']}" for login in codes)


def _marked(env: dict[str, str], set_up: SetUp) -> dict[str, str]:
    """`env` with the mark of this run and with our programs first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', os.defpath)}"
    quiet = "ignore::UserWarning:celery.platforms"  # Celery warns root at length; on a laptop's container root is usual
    return env | {MARK: str(set_up.data_dir), "PATH": path, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": quiet}


def _interrupt(_: int, __: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _ignore_signals() -> None:
    """From here on we are ending already; a second Ctrl-C must not leave half of it behind."""
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, signal.SIG_IGN)
