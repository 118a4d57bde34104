"""Closes the fence around the process it is called in: afterwards it can compute, read its input and write its output.

Linux: limits, another user (when it was root), no new privileges, Landlock where the kernel has it, and a list of the
few calls that are let through. Elsewhere only the limits hold: good enough for trying things out, not for foreign files
of strangers; the runbook says so.
"""

import os
import resource
import sys
from contextlib import suppress

from config import policy
from sandbox import landlock, seccomp

NOBODY = 65534
NOT_EVERYWHERE: tuple[type[Exception], ...] = () if sys.platform == "linux" else (ValueError, OSError)
"""What a limit that this system does not have raises."""


def close_fence() -> None:
    """There is no way back. Refuses (OSError) on Linux when the kernel does not close it: then nothing is opened."""
    _limit()
    if sys.platform == "linux":
        _become_nobody()
        seccomp.end_with_its_parent()  # after the change of user, which would undo it
        seccomp.forbid_new_privileges()
        landlock.forbid_files_and_network()
        seccomp.allow_computing_only()


def _limit() -> None:
    """Memory, seconds of computing (one more before it cannot be caught), nothing of files and further processes."""
    limits = {
        resource.RLIMIT_AS: policy.SANDBOX_MEMORY_BYTES,
        resource.RLIMIT_CPU: policy.SANDBOX_CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 8,
    }
    for name, most in limits.items():
        with suppress(*NOT_EVERYWHERE):
            resource.setrlimit(name, (most, most + 1 if name == resource.RLIMIT_CPU else most))


def _become_nobody() -> None:
    """Root's rights are given up; where a container does not let go of them, the rest of the fence still holds."""
    if os.geteuid() == 0:
        with suppress(PermissionError):
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
