"""The list of system calls that a closed process may still make; every other one fails with "not permitted".

On the list is what computing needs: memory that cannot be executed, the clock, reading and writing what is open
already, and ending. Nothing opens a file, makes a socket or starts a process.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
from dataclasses import dataclass

WHEN_ITS_PARENT_ENDS = 1
NO_NEW_PRIVILEGES, FILTER_MODE, ALL_THREADS = 38, 1, 1
LOAD, EQUAL, ABOVE, MASKED, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, THIRD_ARGUMENT = 0, 4, 32
EXECUTABLE = 4
FOREIGN_ABI = 0x40000000
"""Call numbers from here up belong to another way of calling the same kernel."""


@dataclass(frozen=True)
class Machine:
    """The numbers of one processor: its mark, `seccomp`, what is allowed, and what is allowed without execution."""

    mark: int
    seccomp: int
    allowed: tuple[int, ...]
    memory: tuple[int, ...]


# read write close fstat lseek munmap brk rt_sigaction rt_sigprocmask rt_sigreturn mremap madvise getpid exit
# gettimeofday getrusage sigaltstack gettid futex sched_getaffinity restart_syscall clock_gettime clock_getres
# exit_group getrandom sched_yield; then mmap and mprotect
MACHINES = {
    "x86_64": Machine(
        0xC000003E, 317,
        (0, 1, 3, 5, 8, 11, 12, 13, 14, 15, 25, 28, 39, 60, 96, 98, 131, 186, 202, 204, 219, 228, 229, 231, 318, 24),
        (9, 10),
    ),
    "aarch64": Machine(
        0xC00000B7, 277,
        (63, 64, 57, 80, 62, 215, 214, 134, 135, 139, 216, 233, 172, 93, 169, 165, 132, 178, 98, 123, 128, 113, 114, 94,
         278, 124),
        (222, 226),
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def forbid_new_privileges() -> None:
    """No program that is started later can be more than this one."""
    _must(_libc().prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))


def end_with_its_parent() -> None:
    """Whoever started this process holds a turn for it: nobody computes on when that one was killed."""
    _must(_libc().prctl(WHEN_ITS_PARENT_ENDS, signal.SIGKILL, 0, 0, 0))


def allow_computing_only() -> None:
    """Put the list before the kernel, for every thread there is. Refuses (OSError) on a processor without a list."""
    machine = MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(f"no list of system calls for {platform.machine()}")
    steps = program(machine)
    held = ctypes.create_string_buffer(steps, len(steps))
    wanted = _Program(len(steps) // 8, ctypes.cast(held, ctypes.c_void_p))
    _must(_libc().syscall(machine.seccomp, FILTER_MODE, ALL_THREADS, ctypes.byref(wanted)))


def program(machine: Machine) -> bytes:
    """The list as the kernel's small machine reads it."""
    last = len(machine.allowed)
    steps = [
        _step(LOAD, value=ARCHITECTURE),
        _step(EQUAL, yes=1, value=machine.mark),
        _step(RETURN, value=KILL),
        _step(LOAD, value=NUMBER),
        _step(ABOVE, no=1, value=FOREIGN_ABI),
        _step(RETURN, value=KILL),
        *(_step(EQUAL, yes=last - place + 4, value=number) for place, number in enumerate(machine.allowed)),
        _step(EQUAL, yes=1, value=machine.memory[0]),
        _step(EQUAL, no=2, value=machine.memory[1]),
        _step(LOAD, value=THIRD_ARGUMENT),
        _step(MASKED, no=1, value=EXECUTABLE),
        _step(RETURN, value=FAIL | errno.EPERM),
        _step(RETURN, value=ALLOW),
    ]
    return b"".join(steps)


def _step(code: int, *, yes: int = 0, no: int = 0, value: int) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _must(result: int) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
