"""PostgreSQL stopped hard and started again while letters go out and questions come in: nothing acknowledged is lost."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config.embedded import Cluster
from ops import roles
from ops.migrate import upgrade
from tests.crash.campaign import (
    CONCURRENCY,
    Processes,
    nothing_left,
    reckon,
    start_mail_server,
    untold_events,
    wait_until,
)
from tests.database import PASSWORDS, DatabaseUrls
from workflows.core.db import make_engine
from workflows.core.events import Event
from workflows.core.sealed import Keyring, holding
from workflows.notices.models import Letter

pytestmark = pytest.mark.crash

STOPS = 4
LETTERS = 200
SEED = 20260310


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A server of this test's own, as careful with its files as a real one."""
    server = Cluster(tmp_path / "postgres")
    yield server
    server.stop()


@pytest.fixture
def urls(cluster: Cluster) -> DatabaseUrls:
    """A migrated database on it."""
    superuser = cluster.ensure().superuser_url
    roles.create_roles(superuser, PASSWORDS)
    roles.create_database(superuser)
    found = DatabaseUrls.on(superuser, roles.DATABASE)
    upgrade(found.owner_url)
    return found


class Askers(threading.Thread):
    """Goes on writing events that somebody must hear of, and remembers what the database said yes to."""

    def __init__(self, engine: Engine, keys: Keyring) -> None:
        super().__init__()
        self.engine, self.keys = engine, keys
        self.acknowledged: list[UUID] = []
        self.refused = 0
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.wait(0.2):
            with suppress(DBAPIError), Session(self.engine, expire_on_commit=False) as session, holding(self.keys):
                self.refused += 1
                self.acknowledged += untold_events(session, 1)
                self.refused -= 1


def test_nothing_acknowledged_is_lost_when_the_database_stops_hard(
    cluster: Cluster, urls: DatabaseUrls, processes: Processes, keys: Keyring, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    processes.environment |= {
        "DATABASE_URL_WORKER": urls.worker_url,
        "SMTP_URL": f"smtp://127.0.0.1:{start_mail_server(processes, notes)}",
    }
    house = make_engine(urls.owner_url)
    with Session(house) as session, holding(keys):
        untold_events(session, LETTERS)
    processes.hands("beat")
    processes.hands("worker")
    askers = Askers(house, keys)
    askers.start()
    chance = random.Random(SEED)
    try:
        for _ in range(STOPS):
            sent = notes.stat().st_size
            wait_until(lambda sent=sent: notes.stat().st_size > sent)
            time.sleep(chance.random() * 0.5)
            stop_hard(cluster)
    finally:
        askers.enough.set()
        askers.join()
    wait_until(lambda: nothing_left(house))

    lost, phantom, again = reckon(house, notes)
    with Session(house) as session:
        kept = set(session.scalars(select(Event.id)))
        letters = session.scalar(select(func.count()).select_from(Letter))
    house.dispose()
    print(f"{len(askers.acknowledged)} acknowledged, {askers.refused} refused, {sum(again.values())} sent again")
    assert set(askers.acknowledged) <= kept
    assert letters is not None
    assert letters >= LETTERS + len(askers.acknowledged)
    assert lost == set()
    assert phantom == set()
    assert sum(again.values()) <= STOPS * CONCURRENCY


def stop_hard(cluster: Cluster) -> None:
    """Immediate mode: the server drops everything and recovers from its log when it is started again."""
    postmaster = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    os.kill(postmaster, signal.SIGQUIT)
    wait_until(lambda: not cluster.alive())
    cluster.ensure()
