"""How many sandboxes there are at once on this machine: so many files, one held locked by whoever opens a foreign file.

The kernel lets go of a lock when its process ends, however it ends. Processes that name the same folder share turns.
"""

import atexit
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep

from config import policy

PAUSE = 0.05
"""Seconds between two looks at whether a turn is free: a lock of the kernel cannot be waited for with an end."""


class Turns:
    """The turns of one folder; without one, of this process alone."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def share(self, folder: Path) -> None:
        """Take turns with every process that shares this folder. Refuses (OSError) one in which nothing can be held."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        for slot in self._slots():
            os.close(slot)

    def take(self, patience: timedelta) -> int | None:
        """A turn, to be given back; None when none came free within so long. Refuses: OSError, the folder is gone."""
        until = monotonic() + patience.total_seconds()
        while (held := self._free()) is None and monotonic() < until:
            sleep(PAUSE)
        return held

    def give_back(self, turn: int) -> None:
        """The next one may have it."""
        os.close(turn)

    def _free(self) -> int | None:
        for slot in self._slots():
            with suppress(BlockingIOError):
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return slot
            os.close(slot)
        return None

    def _slots(self) -> Iterator[int]:
        """Each opened by itself, so that threads of one process keep each other out too. Reading is enough to lock, so
        that processes of several users may share them.
        """
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="sandboxes-"))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        for number in range(policy.SANDBOXES_AT_ONCE):
            yield os.open(self._folder / str(number), os.O_RDONLY | os.O_CREAT, 0o644)
