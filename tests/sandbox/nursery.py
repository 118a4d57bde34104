"""Many files, each in a sandbox of its own, without loading the libraries again for each.

`python -m tests.sandbox.nursery MODULE` prepares as the sandbox does, then makes a copy of itself for every file, which
closes the same fence behind itself and does the same work. Files come in and answers go out behind their lengths; with
each answer what its process cost.
"""

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

from config import policy
from sandbox.fence import close_fence
from sandbox.kinds import KINDS
from sandbox.running import LONGEST_HEADER, ROOT
from sandbox.serving import serve

LENGTH = struct.Struct("<I")


@dataclass(frozen=True)
class Outcome:
    """One answer, how its process ended (negative: by which signal), its memory in bytes and its seconds."""

    answer: bytes
    status: int
    memory: int
    seconds: float


@contextmanager
def nursery(kind: str) -> Iterator[Any]:
    """A function that sends one file through."""
    command = [sys.executable, "-m", "tests.sandbox.nursery", KINDS[kind].module]
    process = subprocess.Popen(command, cwd=ROOT, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def through(data: bytes) -> Outcome:
        _put(process.stdin, data)
        told, answer = json.loads(_take(process.stdout)), _take(process.stdout)
        return Outcome(answer, **told)

    try:
        yield through
    finally:
        process.stdin.close()
        process.stdout.close()
        assert process.wait(60) == 0


def _put(stream: BinaryIO, data: bytes) -> None:
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def _take(stream: BinaryIO) -> bytes:
    return stream.read(LENGTH.unpack(stream.read(LENGTH.size))[0])


def main() -> None:
    """Serve files until there are no more."""
    module = import_module(sys.argv[1])
    module.prepare()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while head := sys.stdin.buffer.read(LENGTH.size):
        told, answer = _one(module, sys.stdin.buffer.read(LENGTH.unpack(head)[0]))
        _put(sys.stdout.buffer, json.dumps(told).encode())
        _put(sys.stdout.buffer, answer)


def _one(module: Any, data: bytes) -> tuple[dict[str, float], bytes]:
    inside, to_child = os.pipe()
    from_child, outside = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if not child:
        os.dup2(inside, 0)
        os.dup2(outside, 1)
        os.closerange(3, 64)
        source, sink = os.fdopen(0, "rb"), os.fdopen(1, "wb")
        close_fence()
        serve(module.work, source, sink)
        os._exit(0)
    os.close(inside)
    os.close(outside)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(int(policy.SANDBOX_LONGEST.total_seconds()))
    try:
        with os.fdopen(to_child, "wb") as stream:
            stream.write(data)
    except BrokenPipeError:
        pass
    with os.fdopen(from_child, "rb") as stream:
        answer = stream.read(LONGEST_HEADER + policy.CLEAN_COPY_MAX_BYTES + 1)
    _, status, cost = os.wait4(child, 0)
    signal.alarm(0)
    told = {
        "status": os.waitstatus_to_exitcode(status),
        "memory": cost.ru_maxrss * 1024,
        "seconds": time.monotonic() - begun,
    }
    return told, answer


if __name__ == "__main__":
    main()
