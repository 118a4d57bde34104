"""What a hostile file would try from inside the fence, as a kind of work: the name of the attempt comes in."""

import ctypes
import mmap
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sandbox.running import Made


def prepare() -> None:
    """Nothing is needed."""


def work(data: bytes) -> Made:
    """Try it, and say how it failed."""
    try:
        did = TRIES[data.decode()]()
    except OSError as refused:
        return Made("text/plain", f"refused {refused.errno}".encode())
    except (MemoryError, RuntimeError) as refused:
        return Made("text/plain", f"refused {type(refused).__name__}".encode())
    return Made("text/plain", f"did {did}".encode())


def _eat() -> int:
    return len(bytes(1024 * 1024 * 1024))


def _spin() -> None:
    while True:
        pass


def _thread() -> None:
    threading.Thread(target=_eat).start()


def _libc(*arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result


TRIES: dict[str, Callable[[], object]] = {
    "a socket of the network": lambda: socket.socket(socket.AF_INET),
    "a socket of the machine": lambda: socket.socket(socket.AF_UNIX),
    "reading a file": lambda: Path("/etc/passwd").read_text(),
    "writing a file": lambda: Path("/tmp/out").write_text("x"),
    "looking for a file": lambda: Path("/etc/passwd").stat(),
    "listing a folder": lambda: list(Path("/").iterdir()),
    "another program": lambda: os.execv("/bin/true", ["true"]),
    "another process": os.fork,
    "a program of its own": lambda: subprocess.run(["/bin/true"], check=False),
    "another thread": _thread,
    "ending its parent": lambda: os.kill(os.getppid(), signal.SIGTERM),
    "code in its memory": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    "another user": lambda: os.setuid(0),
    "memory of another": lambda: _libc(310, os.getppid(), None, 0, None, 0, 0),
    "opening by number": lambda: _libc(257, -100, b"/etc/passwd", 0),
    "too much memory": _eat,
    "computing for ever": _spin,
    "sleeping for ever": lambda: time.sleep(3600),
    "its environment": lambda: dict(os.environ),
    "its rights": lambda: (os.geteuid(), os.getegid()),
    "saying too much": lambda: "x" * (21 * 1024 * 1024),
    "crashing": lambda: ctypes.string_at(0),
    "computing": lambda: sum(range(10)),
}
