"""Letters on their way out: our sweep beside one Celery task for each letter.

Both run in the same worker on a real Redis, read the same rows, write the same words and talk SMTP with a real server
of this machine. What differs is ours: a tick without content takes a lease on one letter after the other and sends all
of them over one line; theirs has a tick and a line for each.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from celery import Celery
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.world import BenchWorld
from config import policy
from config.settings import WorkerSettings
from tasks.world import build_world
from tests.crash.campaign import Processes, start_mail_server, start_redis, waiting_letters
from workflows.core.sealed import holding

LETTERS = policy.LETTERS_PER_SWEEP // 2
ROUNDS = 5
GOAL = 5
WAITING = "select id::text from letter where state = 'waiting'"
WORKER = ("-m", "celery", "--quiet", "-A", "benchmarks.letter_tasks", "worker", "--pool=solo", "--loglevel=WARNING",
          "--without-gossip", "--without-mingle", "--without-heartbeat")  # fmt: skip


def main(world: BenchWorld) -> None:
    if not shutil.which("redis-server"):
        print("\nLetters: not measured, there is no redis-server on this machine")
        return
    with a_post_office(world) as put, psycopg.connect(world.owner_url, autocommit=True) as house:
        taken: dict[str, list[float]] = {"ours": [], "theirs": []}
        for number in range(ROUNDS + 1):
            for name in ("ours", "theirs"):
                seconds = _seconds(world, house, put[name])
                if number:
                    taken[name].append(seconds)
    ours, theirs = (statistics.median(taken[name]) for name in ("ours", "theirs"))
    ratios = sorted(slow / fast for slow, fast in zip(taken["theirs"], taken["ours"], strict=True))
    print(f"\nLetters, {LETTERS} at a time by one process, SMTP and all, medians of {ROUNDS} rounds in turns")
    print(f"one Celery task a letter {LETTERS / theirs:8.0f} a second")
    print(f"ours, sweep             {LETTERS / ours:8.0f} a second   {theirs / ours:.1f} x, goal {GOAL} x")
    print(f"ratio of single rounds   {ratios[0]:.1f} to {ratios[-1]:.1f} x")


@contextmanager
def a_post_office(world: BenchWorld) -> Iterator[dict[str, Callable[[list[str]], None]]]:
    """A mail server, a Redis and a worker; how letters are put to each of the two designs. All gone at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        processes = Processes(world.env, folder)
        try:
            here = {"SMTP_URL": f"smtp://127.0.0.1:{start_mail_server(processes, folder / 'notes')}",
                    "REDIS_URL": f"redis://127.0.0.1:{start_redis(processes, folder)}/0"}  # fmt: skip
            processes.environment |= here
            processes.start(sys.executable, *WORKER)
            yield _ways(WorkerSettings.from_environment(world.env | here))
        finally:
            processes.end()


def _ways(settings: WorkerSettings) -> dict[str, Callable[[list[str]], None]]:
    post = Celery(broker=settings.broker_url, set_as_current=False)
    post.conf.task_default_queue, post.conf.task_ignore_result = "terrain", True

    def ours(letters: list[str]) -> None:
        for _ in range(-(-len(letters) // policy.LETTERS_PER_SWEEP)):
            post.send_task("tasks.outbox.send")

    def theirs(letters: list[str]) -> None:
        for letter in letters:
            post.send_task("benchmarks.one_letter", (letter,))

    return {"ours": ours, "theirs": theirs}


def _seconds(world: BenchWorld, house: psycopg.Connection, put: Callable[[list[str]], None]) -> float:
    """From the first tick until no letter waits."""
    _write(world)
    waiting = [row[0] for row in house.execute(WAITING)]
    if len(waiting) != LETTERS:
        raise RuntimeError(f"{len(waiting)} letters wait")
    start = time.perf_counter()
    put(waiting)
    while house.execute(f"{WAITING} limit 1").fetchone():
        if time.perf_counter() - start > 300:
            raise RuntimeError("the letters do not go out")
        time.sleep(0.02)
    return time.perf_counter() - start


def _write(world: BenchWorld) -> None:
    keys = build_world(WorkerSettings.from_environment(world.env)).keys
    engine = create_engine(world.owner_url)
    with holding(keys), Session(engine, expire_on_commit=False) as session:
        waiting_letters(session, LETTERS)
    engine.dispose()
