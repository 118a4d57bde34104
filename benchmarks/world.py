"""A set-up to measure in: a private PostgreSQL with its usual safety, invented texts, the addresses of each log-in."""

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.logs import configure
from ops.environment import ambient, prepare
from ops.migrate import upgrade
from ops.seed import seed
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.core import clock


@dataclass(frozen=True)
class BenchWorld:
    """The environment of every process, and how many texts are published."""

    env: dict[str, str]
    texts: int

    @property
    def owner_url(self) -> str:
        return self.env["DATABASE_URL"]


@contextmanager
def a_world(texts: int) -> Iterator[BenchWorld]:
    """A set-up with so many texts, gone at the end. The database of the person who measures is never touched."""
    with tempfile.TemporaryDirectory(prefix="terrain-bench-", dir="/var/tmp") as name:
        Path(name).chmod(0o755)
        configure("benchmarks", logging.WARNING)
        ready = prepare(ambient(os.environ) | {"DATA_DIR": name})
        try:
            upgrade(ready.env["DATABASE_URL"])
            print(f"making {texts} texts …", flush=True)
            for _ in seed(ready.env["DATABASE_URL"], texts, clock.today()):
                pass
            yield BenchWorld(ready.env, texts)
        finally:
            if ready.cluster:
                ready.cluster.stop()


def in_turns(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median milliseconds of each work."""
    return {name: statistics.median(times) for name, times in rounds_of(works, rounds).items()}


def rounds_of(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The milliseconds of each work in each round, one round of all after the other, the first round uncounted."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if number:
                taken[name].append(1000 * (time.perf_counter() - start))
    return taken
