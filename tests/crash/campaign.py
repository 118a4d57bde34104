"""What the crash tests share: processes that are started and killed, letters to send, and the reckoning afterwards.

The reckoning reads the mail server's notes and the database; it uses nothing of the code under test.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psutil
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.factories import make_question, make_request, make_staff
from tests.ports import free_ports
from workflows.core.actors import CLOCK
from workflows.core.events import Outbox, record
from workflows.notices.models import Delivery, Letter
from workflows.requests.lifecycle import QUESTION

ROOT = Path(__file__).resolve().parents[2]
CONCURRENCY = 2
LEASE_SECONDS, PERIOD_SECONDS = "1.5", "1"
GIVE_UP_SECONDS = 150


class Processes:
    """Starts processes in sessions of their own and, at the end, ends exactly those."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
        self.log = folder / "processes.log"
        self.servers: list[subprocess.Popen[bytes]] = []
        self.running: list[psutil.Process] = []
        self.maker: subprocess.Popen[bytes] | None = None

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A process that one can talk to."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=log, start_new_session=True)  # fmt: skip
        self.servers.append(process)
        return process

    def hands(self, role: str) -> psutil.Process:
        """A worker or a beat, in the environment as it was at the first."""
        self.maker = self.maker or self.start(sys.executable, "-m", "tests.crash.hands", LEASE_SECONDS, PERIOD_SECONDS)
        process = psutil.Process(int(ask(self.maker, role)))
        self.running.append(process)
        return process

    def kill(self, process: psutil.Process) -> None:
        """SIGKILL to a worker or beat and all its children at once."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        wait_until(lambda: not process.is_running())
        self.running.remove(process)

    def end(self) -> None:
        for process in list(self.running):
            self.kill(process)
        for server in self.servers:
            server.kill()
            server.communicate()


def ask(process: subprocess.Popen[bytes], line: str) -> str:
    """Say a line to a process and hear one."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n".encode())
    process.stdin.flush()
    return process.stdout.readline().decode().strip()


def start_mail_server(processes: Processes, notes: Path) -> int:
    """A real SMTP server; its port."""
    (port,) = free_ports(1)
    process = processes.start(sys.executable, "-m", "tests.crash.mailserver", str(port), str(notes))
    notes.touch()
    assert ask(process, "") == "listening", "the mail server did not start"
    return port


def start_redis(processes: Processes, folder: Path) -> int:
    """A Redis server that keeps nothing; its port."""
    (port,) = free_ports(1)
    processes.start("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    wait_until(lambda: _answers(port))
    return port


def kill_one_hand(worker: psutil.Process, chance: random.Random) -> None:
    """SIGKILL to one of the pool's processes, the one that may be sending."""
    wait_until(lambda: bool(worker.children()))
    with suppress(psutil.NoSuchProcess):
        chance.choice(worker.children()).kill()


def waiting_letters(session: Session, number: int, per_request: int = 20) -> None:
    """Letters to requesters that only have to be sent."""
    now = datetime.now(UTC)
    for _ in range(number // per_request):
        question = make_question(session, make_request(session), state="answered")
        event = record(session, CLOCK, "question.answer", question, now, moved=("triaged", "answered"))
        for place in range(per_request):
            letter = Letter(recipient_kind="request", recipient_id=question.request_id, template="requester_news",
                            message_id=f"<{uuid4()}@localhost>", state="waiting", created_at=now, next_try_at=now,
                            attempts=0)  # fmt: skip
            delivery = Delivery(event_id=event.id, notice=f"requester_news {place}", recipient_kind="request",
                                recipient_id=question.request_id, alone=True, due_at=now,
                                letter_id=letter.id)  # fmt: skip
            session.add_all([letter, delivery])
    session.commit()


def untold_events(session: Session, number: int) -> list[UUID]:
    """Replies that the worker has yet to fan out, group and send; the ids of their events, once committed."""
    officer, now = make_staff(session), datetime.now(UTC)
    events = [QUESTION.fire(session, officer, make_question(session, state="triaged"), "answer", now)
              for _ in range(number)]  # fmt: skip
    session.commit()
    return [event.id for event in events]


def reckon(house: Engine, notes: Path) -> tuple[set[str], set[str], Counter[str]]:
    """Letters lost (in the database, not at the server), phantoms (the reverse), and how often each was sent again."""
    noted = Counter(notes.read_text().split())
    with Session(house) as session:
        written = set(session.scalars(select(Letter.message_id)))
    again = Counter({name: times - 1 for name, times in noted.items() if times > 1})
    return written - set(noted), set(noted) - written, again


def nothing_left(house: Engine) -> bool:
    """Is every event told, every delivery in a letter and no letter waiting? Not while the database is away."""
    with suppress(DBAPIError), Session(house) as session:
        untold = session.scalar(select(func.count()).where(Outbox.done_at.is_(None)))
        loose = session.scalar(select(func.count()).where(Delivery.letter_id.is_(None)))
        waiting = session.scalar(select(func.count()).where(Letter.state == "waiting"))
        return not (untold or loose or waiting)
    return False


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for something that must happen in the end, however busy the machine."""
    until = time.monotonic() + GIVE_UP_SECONDS
    while not happened():
        if time.monotonic() > until:
            raise TimeoutError("it did not happen")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
