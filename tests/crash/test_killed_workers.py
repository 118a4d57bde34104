"""A worker that is killed at any instant loses no letter and sends none twice but the ones in its hands."""

import random
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.crash.campaign import (
    CONCURRENCY,
    Processes,
    kill_one_hand,
    nothing_left,
    reckon,
    start_mail_server,
    start_redis,
    untold_events,
    wait_until,
    waiting_letters,
)
from workflows.notices.models import Letter

pytestmark = pytest.mark.crash

LETTERS, OF_THEM_UNTOLD = 2_000, 200
KILLS = 20
SEED = 20260310


def test_letters_survive_the_killing_of_workers(
    scene: Session, house: Engine, processes: Processes, tmp_path: Path
) -> None:
    notes = prepare(scene, processes, tmp_path)
    processes.hands("beat")
    workers = [processes.hands("worker"), processes.hands("worker")]
    chance = random.Random(SEED)
    for number in range(KILLS):
        wait_for_share(notes, number + 1, chance)
        processes.kill(workers[number % 2])
        workers[number % 2] = processes.hands("worker")
    check(house, notes, KILLS)


@pytest.mark.redis
def test_letters_survive_the_killing_of_single_hands_on_redis(
    scene: Session, house: Engine, processes: Processes, tmp_path: Path
) -> None:
    notes = prepare(scene, processes, tmp_path)
    processes.environment["REDIS_URL"] = f"redis://127.0.0.1:{start_redis(processes, tmp_path)}/0"
    processes.hands("beat")
    worker = processes.hands("worker")
    chance = random.Random(SEED)
    for number in range(KILLS):
        wait_for_share(notes, number + 1, chance)
        kill_one_hand(worker, chance)
    processes.kill(worker)
    processes.hands("worker")
    check(house, notes, KILLS + 1)


def prepare(scene: Session, processes: Processes, folder: Path) -> Path:
    """Letters to send and events to tell, a mail server; where the server's notes are."""
    notes = folder / "notes"
    untold_events(scene, OF_THEM_UNTOLD)
    waiting_letters(scene, LETTERS - OF_THEM_UNTOLD)
    processes.environment["SMTP_URL"] = f"smtp://127.0.0.1:{start_mail_server(processes, notes)}"
    return notes


def wait_for_share(notes: Path, share: int, chance: random.Random) -> None:
    """Let the letters go on to the next share of them, then wait for an instant that nobody chose."""
    enough = share * LETTERS // (KILLS + 5)
    wait_until(lambda: notes.read_bytes().count(b"\n") >= enough)
    time.sleep(chance.random() * 0.2)


def check(house: Engine, notes: Path, kills: int) -> None:
    """Wait until all is sent, then compare the server's notes with the database."""
    wait_until(lambda: nothing_left(house))
    lost, phantom, again = reckon(house, notes)
    with Session(house) as session:
        states = session.scalars(select(Letter.state)).all()
        in_flight = session.scalar(select(func.count()).where(Letter.attempts > 1))
    print(f"{kills} kills, {in_flight} letters in flight, {sum(again.values())} sent again")
    assert states == ["sent"] * LETTERS
    assert lost == set()
    assert phantom == set()
    assert in_flight, "no kill hit a worker that was sending: this proves nothing"
    assert sum(again.values()) <= kills * CONCURRENCY
