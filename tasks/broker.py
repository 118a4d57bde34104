"""Ticks as whole files, for a set-up without Redis.

kombu's own `filesystem` transport lets a reader see a file that is still being written, and a worker that reads half a
tick ends; a process killed while it writes the table of queues leaves one that nobody can read. Here a tick appears by
its renaming, belongs to whoever renames it next, and an unreadable one is dropped: the next tick does its work.
"""

from collections.abc import Mapping
from json import JSONDecodeError, dumps, loads
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, virtual


class Channel(virtual.Channel):
    """One folder holds every waiting tick, named so that the oldest comes first."""

    @property
    def folder(self) -> Path:
        return Path(self.connection.client.transport_options["folder"])

    def _put(self, queue: str, message: Mapping[str, Any], **_: Any) -> None:
        name = f"{time_ns():020}-{uuid4()}"
        unfinished = self.folder / f"{name}.new"
        unfinished.write_text(dumps(message))
        unfinished.rename(self.folder / f"{name}.{queue}")

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002
        for waiting in self._waiting(queue):
            mine = waiting.with_suffix(f".{uuid4()}")
            try:
                waiting.rename(mine)
                tick = loads(mine.read_text())
            except (FileNotFoundError, JSONDecodeError):
                continue
            finally:
                mine.unlink(missing_ok=True)
            return tick
        raise Empty

    def _purge(self, queue: str) -> int:
        waiting = self._waiting(queue)
        for tick in waiting:
            tick.unlink(missing_ok=True)
        return len(waiting)

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _waiting(self, queue: str) -> list[Path]:
        return sorted(self.folder.glob(f"*.{queue}"))


class Transport(virtual.Transport):
    """Celery's way to the folder. Every process binds the one queue for itself, so nothing about queues is shared."""

    Channel = Channel
    implements = virtual.Transport.implements.extend(asynchronous=False, exchange_type=frozenset(["direct"]))
    driver_type = driver_name = "folder"

    def driver_version(self) -> str:
        return "1"


TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
