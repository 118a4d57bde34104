"""The private PostgreSQL of the default set-up: made, started, adopted and stopped in a folder of its own.

Loopback TCP only, SCRAM passwords, a process session of its own so that Ctrl-C in a terminal does not reach it.
"""

import fcntl
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from config.binaries import SHARED_PLACE, ClusterError, ServerUser, find_binaries, server_user

__all__ = ["Cluster", "ClusterAddress", "ClusterError"]

HOST = "127.0.0.1"
SUPERUSER = "postgres"
START_SECONDS = 120
STOP_SECONDS = 30

# What a person wrote must not reach the server's log: no statements, no parameters, no row contents in error details.
QUIET = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
ALWAYS = QUIET | {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "wal_recycle": "off",  # a recycled file of the log keeps what was erased until it is written over
}
# Servers outlive the object that started them; a kept reference lets us see, and collect, one that died meanwhile.
_CHILDREN: dict[Path, subprocess.Popen[bytes]] = {}
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


@dataclass(frozen=True)
class ClusterAddress:
    """Where the server answers. Only the set-up of log-ins and databases uses the superuser."""

    host: str
    port: int
    superuser_url: str


class Cluster:
    """One private server whose files live below `folder` (or below /var/lib/terrain when its user cannot go there).

    `port`: None takes the port of last time or any free one. `fast` trades safety for speed; for tests only.
    """

    def __init__(self, folder: Path, *, port: int | None = None, fast: bool = False) -> None:
        self.folder = folder.resolve()
        self.wanted_port = port
        self.fast = fast
        self.settings = ALWAYS | (FAST if fast else {})
        self._home: Path | None = None
        self.started_here = False

    def ensure(self) -> ClusterAddress:
        """Make, start or adopt the server and return where it answers. Refuses: ClusterError, in one line."""
        try:
            with self._locked():
                return self._adopt() or self._start()
        except PermissionError as error:
            raise ClusterError(f"{error.filename or self.folder} belongs to another user: {error.strerror}") from error

    def alive(self) -> bool:
        """Whether the server process is there."""
        return self._postmaster() is not None

    def stop(self) -> None:
        """Stop the server, first kindly, then at once; nothing of it is left afterwards."""
        with self._locked():
            if postmaster := self._postmaster():
                self._end(postmaster)
            self._clear()
            self.started_here = False

    def __enter__(self) -> ClusterAddress:
        return self.ensure()

    def __exit__(self, *_: object) -> None:
        """Stop only what this object started: a server that was there before belongs to somebody else."""
        if self.started_here:
            self.stop()

    @property
    def home(self) -> Path:
        """The folder that really holds the server's files."""
        if self._home is None:
            self._home = self._choose_home()
        return self._home

    @property
    def data(self) -> Path:
        return self.home / "pgdata"

    def _choose_home(self) -> Path:
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if (self.folder / "pgdata").exists() or server_user(self.folder / "pgdata").can_enter(self.folder):
            return self.folder
        name = self.folder / "elsewhere"
        if not name.exists():
            name.write_text(secrets.token_hex(8))
        elsewhere = SHARED_PLACE / f"cluster-{name.read_text()}"
        elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
        SHARED_PLACE.chmod(0o755)
        return elsewhere

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _adopt(self) -> ClusterAddress | None:
        """The address of a server that a killed run left behind, if it still answers; otherwise it is ended."""
        if self._postmaster() is None:
            return None
        port = int((self.data / "postmaster.pid").read_text().splitlines()[3])
        address = self._address(port)
        if self.wanted_port in {None, port} and _answers(address, START_SECONDS, self.alive):
            return address
        if postmaster := self._postmaster():
            self._end(postmaster)
        return None

    def _start(self) -> ClusterAddress:
        self._clear()
        user = server_user(self.data)
        if not user.can_enter(self.home):
            raise ClusterError(f"The user who owns {self.data} cannot enter {self.home}")
        binaries = find_binaries(user, self._major())
        if not self.data.exists():
            self._make(binaries, user)
        ports = [self.wanted_port] if self.wanted_port else [self._last_port(), 0, 0]
        for port in ports:
            address = self._try_port(binaries, user, port or _free_port())
            if address:
                return address
        raise ClusterError(f"PostgreSQL did not start on port {ports[0]}: {self._last_words()}")

    def _try_port(self, binaries: Path, user: ServerUser, port: int) -> ClusterAddress | None:
        log = self.home / "server.log"
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        command = [str(binaries / "postgres"), "-D", str(self.data), "-p", str(port)]
        command += [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        self.started_here = True
        with log.open("wb") as output:
            log.chmod(0o600)
            server = _CHILDREN[self.data] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **user.popen_options(),  # type: ignore[call-overload]
            )
        address = self._address(port)
        if not _answers(address, START_SECONDS, lambda: server.poll() is None):
            return None
        (self.home / "port").write_text(str(port))
        return address

    def _make(self, binaries: Path, user: ServerUser) -> None:
        """A new, empty cluster; built beside its place and moved there, so that a killed attempt leaves no half."""
        half, password = self.home / "pgdata.new", self.home / "superuser.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        user.owns(half)
        password.write_text(secrets.token_urlsafe(24))
        user.owns(password)
        initdb = [str(binaries / "initdb"), "-D", str(half), "-U", SUPERUSER, f"--pwfile={password}"]
        initdb += ["--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
        if self.fast:
            initdb.append("--no-sync")
        done = None
        for locale in ("C.UTF-8", "C"):
            done = subprocess.run(
                [*initdb, f"--locale={locale}"],
                capture_output=True,
                text=True,
                check=False,
                **user.popen_options(),  # type: ignore[call-overload]
            )
            if done.returncode == 0:
                break
        else:
            said = done.stderr.strip().splitlines() if done else []
            raise ClusterError(f"initdb failed: {said[-1] if said else 'no reason given'}")
        password.replace(self.home / "superuser")
        half.rename(self.data)

    def _address(self, port: int) -> ClusterAddress:
        password = (self.home / "superuser").read_text()
        return ClusterAddress(HOST, port, f"postgresql://{SUPERUSER}:{password}@{HOST}:{port}/postgres")

    def _postmaster(self) -> psutil.Process | None:
        """The living server of this folder. A process id that was given to somebody else since is not ours."""
        try:
            process = psutil.Process(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
            ours = process.status() != psutil.STATUS_ZOMBIE and str(self.data) in process.cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return None
        return process if ours else None

    def _end(self, postmaster: psutil.Process) -> None:
        for kind, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
            postmaster.send_signal(kind)
            if self._ended(postmaster, seconds):
                return

    def _ended(self, process: psutil.Process, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if child := _CHILDREN.get(self.data):
                child.poll()
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
            time.sleep(0.05)
        return False

    def _clear(self) -> None:
        """End every process that works in the data folder and remove the pid file of a server that was killed."""
        if child := _CHILDREN.get(self.data):
            child.kill()
        for process in psutil.process_iter():
            try:
                if process.name() == "postgres" and process.cwd() == str(self.data):
                    process.kill()
                    self._ended(process, 10)
            except psutil.Error:
                continue
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if child:
            child.wait()
            del _CHILDREN[self.data]

    def _major(self) -> int | None:
        version = self.data / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def _last_port(self) -> int:
        try:
            return int((self.home / "port").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def _last_words(self) -> str:
        lines = [line for line in (self.home / "server.log").read_text(errors="replace").splitlines() if line.strip()]
        telling = [line for line in lines if "FATAL" in line or "could not" in line] or lines
        return telling[0].split("] ", 1)[-1] if telling else "it said nothing"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(address: ClusterAddress, seconds: float, alive: Callable[[], bool]) -> bool:
    """Wait until the server lets us in: recovery after a hard stop takes a while. False when it died or never did."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and alive():
        try:
            psycopg.connect(address.superuser_url, connect_timeout=3).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False
