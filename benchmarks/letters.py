"""Letters on their way out: our sweep beside one Celery task for each letter.

Both run in the same worker on a real Redis, read the same rows, write the same words and talk SMTP with a real server
of this machine. What differs is ours: a tick without content takes a lease on one letter after the other and sends all
of them over one line; theirs has a tick and a line for each.

Beside both stands what no design is spared: the words and the talk with the mail server over one line, without queue,
lease or mark; and the same with the mark that is on the disk before the next letter goes.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
from celery import Celery
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session

from benchmarks.world import BenchWorld
from config import policy
from config.settings import WorkerSettings
from tasks.world import World, build_world
from tests.crash.campaign import Processes, start_mail_server, start_redis, waiting_letters
from workflows.core import clock
from workflows.core.sealed import holding
from workflows.notices import send as sending
from workflows.notices.models import Letter, LetterState

LETTERS = policy.LETTERS_PER_SWEEP // 2
ROUNDS = 5
GOAL = 5
THEIRS = "one Celery task a letter"
WAITING = "select id from letter where state = 'waiting'"
WORKER = ("-m", "celery", "--quiet", "-A", "benchmarks.letter_tasks", "worker", "--pool=solo", "--loglevel=WARNING",
          "--without-gossip", "--without-mingle", "--without-heartbeat")  # fmt: skip


def main(world: BenchWorld) -> None:
    if not shutil.which("redis-server"):
        print("\nLetters: not measured, there is no redis-server on this machine")
        return
    with a_post_office(world) as ways, psycopg.connect(world.owner_url, autocommit=True) as house:
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(ROUNDS + 1):
            for name, send in ways.items():
                seconds = _seconds(world, house, send)
                if number:
                    taken[name].append(seconds)
    print(f"\nLetters, {LETTERS} at a time by one process, SMTP and all, medians of {ROUNDS} rounds in turns")
    for name, seconds in taken.items():
        ratios = sorted(slow / fast for slow, fast in zip(taken[THEIRS], seconds, strict=True))
        print(f"{name:<26}{LETTERS / statistics.median(seconds):6.0f} a second{statistics.median(ratios):6.1f} x "
              f"({ratios[0]:.1f} to {ratios[-1]:.1f})")  # fmt: skip
    print(f"goal for our sweep: {GOAL} x")


@contextmanager
def a_post_office(world: BenchWorld) -> Iterator[dict[str, Callable[[list[UUID]], None]]]:
    """A mail server, a Redis and a worker; how letters are sent in each of the ways. All gone at the end."""
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


def _ways(settings: WorkerSettings) -> dict[str, Callable[[list[UUID]], None]]:
    post = Celery(broker=settings.broker_url, set_as_current=False)
    post.conf.task_default_queue, post.conf.task_ignore_result = "terrain", True
    here = build_world(settings)

    def theirs(letters: list[UUID]) -> None:
        for letter in letters:
            post.send_task("benchmarks.one_letter", (str(letter),))

    def ours(letters: list[UUID]) -> None:
        for _ in range(-(-len(letters) // policy.LETTERS_PER_SWEEP)):
            post.send_task("tasks.outbox.send")

    return {
        THEIRS: theirs,
        "ours, sweep": ours,
        "words, talk and mark": lambda letters: _bare(here, letters, one_by_one=True),
        "words and talk alone": lambda letters: _bare(here, letters, one_by_one=False),
    }


def _bare(here: World, letters: list[UUID], *, one_by_one: bool) -> None:
    """Marked each when the server has it, or all at the end."""
    with here.begin() as session:
        written = sending.write(session, letters, here.office, clock.now())
    with here.mailbox() as mailbox:
        for letter, parcel in written.items():
            mailbox.hand_over(parcel.message, parcel.to)
            if one_by_one:
                with here.at_once() as connection:
                    sending.mark_sent(connection, letter, clock.now())
    with here.begin() as session:
        session.execute(update(Letter).where(Letter.id.in_(letters)).values(state=LetterState.SENT))


def _seconds(world: BenchWorld, house: psycopg.Connection, send: Callable[[list[UUID]], None]) -> float:
    """From the first tick until no letter waits."""
    _write(world)
    waiting = [row[0] for row in house.execute(WAITING)]
    if len(waiting) != LETTERS:
        raise RuntimeError(f"{len(waiting)} letters wait")
    start = time.perf_counter()
    send(waiting)
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
