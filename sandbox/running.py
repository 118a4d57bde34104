"""The outside of the sandbox: starts its process, hands bytes in, takes capped bytes out, ends what is too slow.

A machine has a few sandboxes at once and no more; whoever comes then waits a little, and is turned away.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from config import policy
from sandbox.kinds import KINDS, Kind
from sandbox.refusal import Reason, Refused
from sandbox.turns import Turns

ROOT = Path(__file__).resolve().parents[1]
LONGEST_HEADER = 200
TURNS = Turns()


class Broken(Exception):
    """No answer that can be used: it was ended, too slow by the clock, or the fence could not be closed."""


class Busy(Broken):
    """Nothing was started: as many files as may be are being opened. The same file may be tried again soon."""


@dataclass(frozen=True)
class Made:
    """What came out: its media type and its bytes."""

    media: str
    data: bytes


def run(kind: str, data: bytes) -> Made:
    """Do one kind of work on one file. Refuses: Refused (for good), Broken (perhaps for now), Busy (for now)."""
    return run_kind(KINDS[kind], data)


def run_kind(kind: Kind, data: bytes) -> Made:
    """The same for a kind by itself. What comes out is believed only as far as it keeps to the kind's promise."""
    with _turn():
        answer = _ask([sys.executable, "-E", "-s", "-B", "-m", "sandbox", kind.module], data)
    return read_answer(kind, answer)


@contextmanager
def _turn() -> Iterator[None]:
    """Given back however the work ends. Refuses: Busy; Broken when turns cannot be taken at all."""
    try:
        turn = TURNS.take(policy.SANDBOX_PATIENCE)
    except OSError as gone:
        raise Broken("no turn can be taken") from gone
    if turn is None:
        raise Busy(f"{policy.SANDBOXES_AT_ONCE} files are being opened")
    try:
        yield
    finally:
        TURNS.give_back(turn)


def _ask(command: list[str], data: bytes) -> bytes:
    """The process reads all before it answers; one that does not is stuck until the timer ends it."""
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own module
        command, cwd=ROOT, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin  # noqa: S101 -- both were asked for
    assert process.stdout  # noqa: S101
    most = LONGEST_HEADER + policy.CLEAN_COPY_MAX_BYTES
    timer = Timer(policy.SANDBOX_LONGEST.total_seconds(), process.kill)
    timer.start()
    try:
        with suppress(BrokenPipeError):
            process.stdin.write(data)
            process.stdin.close()
        answer = process.stdout.read(most + 1)
        if len(answer) <= most:
            process.wait()
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.close()
    if len(answer) > most:
        raise Refused(Reason.TOO_LARGE)
    if process.returncode == -signal.SIGXCPU:
        raise Refused(Reason.TOO_HARD)
    if process.returncode != 0:
        raise Broken(f"the sandbox ended with {process.returncode}")
    return answer


def read_answer(kind: Kind, answer: bytes) -> Made:
    """An answer is one line of JSON, then the bytes. Refuses: Refused, Broken (not what this kind gives)."""
    line, _, made = answer.partition(b"\n")
    try:
        header = json.loads(line[:LONGEST_HEADER])
        refused = Reason(header["refused"]) if "refused" in header else None
        as_promised = refused or made.startswith(kind.gives[header["media"]])
    except (ValueError, TypeError, KeyError) as strange:
        raise Broken("an answer that this kind does not give") from strange
    if refused:
        raise Refused(refused)
    if not as_promised:
        raise Broken("an answer that begins with other bytes")
    return Made(header["media"], made)
