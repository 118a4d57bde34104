"""The fence holds from inside: what a hostile file could try is refused, or ends the process and nothing else."""

import errno
import platform
from datetime import timedelta

import pytest

from config import policy
from sandbox import Broken, Reason, Refused, running, seccomp
from sandbox.kinds import KINDS, Kind
from tests.sandbox.probes import TRIES

PROBE = Kind("tests.sandbox.probes", {"text/plain": b""})
ENDED = {"computing for ever", "saying too much", "crashing", "sleeping for ever"}
ANSWERED = {"computing", "its environment", "its rights"}


def tried(name: str) -> str:
    return running.run_kind(PROBE, name.encode()).data.decode()


@pytest.mark.parametrize("name", sorted(TRIES.keys() - ENDED - ANSWERED))
def test_from_inside_nothing_is_reached(name: str):
    assert tried(name).startswith("refused")


def test_what_is_not_on_the_list_is_not_permitted():
    assert tried("a socket of the network") == f"refused {errno.EPERM}"


def test_computing_goes_on():
    assert tried("computing") == "did 45"


def test_a_secret_in_our_environment_is_not_in_its(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_SEALING", "ours")
    assert "ours" not in tried("its environment")


def test_root_is_nobody_inside():
    assert "(0," not in tried("its rights")


def test_computing_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path):
    shortened(monkeypatch, "SANDBOX_CPU_SECONDS = 1")
    with pytest.raises(Refused) as refused:
        tried("computing for ever")
    assert refused.value.reason is Reason.TOO_HARD


def test_one_that_does_not_answer_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(policy, "SANDBOX_LONGEST", timedelta(seconds=2))
    with pytest.raises(Broken):
        running.run_kind(Kind("tests.sandbox.sleeper", {}), b"x" * 200_000)


def test_an_answer_is_cut_off_at_the_limit(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(Refused) as refused:
        tried("saying too much")
    assert refused.value.reason is Reason.TOO_LARGE


def test_a_flood_past_the_protocol_is_cut_off_outside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(policy, "CLEAN_COPY_MAX_BYTES", 1000)
    with pytest.raises(Refused) as refused:
        running.run_kind(Kind("tests.sandbox.flood", {}), b"")
    assert refused.value.reason is Reason.TOO_LARGE


def test_a_crash_is_told_and_stays_inside():
    with pytest.raises(Broken):
        tried("crashing")


@pytest.mark.parametrize(
    "answer",
    [b"", b"{}\n", b"[]\nx", b'{"media": "text/html"}\n<p>', b'{"media": "application/pdf"}\nMZ', b'{"refused": "no"}\n',
     b"\xff\n", b"x" * 5000],
)  # fmt: skip
def test_an_answer_that_a_kind_does_not_give_is_not_believed(answer: bytes):
    with pytest.raises(Broken):
        running.read_answer(KINDS["pdf"], answer)


@pytest.mark.skipif(platform.machine() not in seccomp.MACHINES, reason="no list for this processor")
def test_without_the_list_nothing_is_opened(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(seccomp, "MACHINES", {})
    with pytest.raises(OSError, match="no list"):
        seccomp.allow_computing_only()


def test_the_list_of_each_processor_lets_through_what_it_says_and_nothing_else():
    for machine in seccomp.MACHINES.values():
        program = Filter(seccomp.program(machine))
        passed = {number for number in range(600) if program.verdict(machine.mark, number) == seccomp.ALLOW}
        assert passed == {*machine.allowed, *machine.memory}
        assert program.verdict(machine.mark, machine.memory[0], seccomp.EXECUTABLE) == seccomp.FAIL | errno.EPERM
        assert program.verdict(machine.mark, machine.allowed[0] | seccomp.FOREIGN_ABI) == seccomp.KILL
        assert program.verdict(0x40000003, machine.allowed[0]) == seccomp.KILL


class Filter:
    """The kernel's small machine, as far as the list uses it."""

    def __init__(self, steps: bytes) -> None:
        self.steps = [
            (int.from_bytes(steps[at : at + 2], "little"), steps[at + 2], steps[at + 3],
             int.from_bytes(steps[at + 4 : at + 8], "little"))
            for at in range(0, len(steps), 8)
        ]  # fmt: skip

    def verdict(self, mark: int, number: int, protection: int = 0) -> int:
        seen = {seccomp.NUMBER: number, seccomp.ARCHITECTURE: mark, seccomp.THIRD_ARGUMENT: protection}
        at = loaded = 0
        while True:
            code, yes, no, value = self.steps[at]
            at += 1
            if code == seccomp.RETURN:
                return value
            if code == seccomp.LOAD:
                loaded = seen[value]
            else:
                holds = {seccomp.EQUAL: loaded == value, seccomp.ABOVE: loaded >= value, seccomp.MASKED: loaded & value}
                at += yes if holds[code] else no


def shortened(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    """Start the same process with another number in its policy."""
    started = running._ask

    def ask(command: list[str], data: bytes) -> bytes:
        body = f"import config.policy as p; p.{setting}; import runpy, sys; sys.argv[1:] = ['{command[-1]}'];"
        return started([*command[:-3], "-c", f"{body} runpy.run_module('sandbox', run_name='__main__')"], data)

    monkeypatch.setattr(running, "_ask", ask)
