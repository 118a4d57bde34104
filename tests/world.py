"""The worker's world for tests: its real log-in, every letter in a folder, and a clock that stands where it is put."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config.settings import WorkerSettings
from tasks.world import World, build_world
from tests.factories import NOW
from workflows.core import clock
from workflows.core.db import begin

SetClock = Callable[[datetime], None]


@pytest.fixture(scope="session")
def _worker(environment: dict[str, str]) -> Iterator[World]:
    world = build_world(WorkerSettings.from_environment(environment))
    yield world
    world.engine.dispose()


@pytest.fixture
def world(_worker: World, tmp_path: Path) -> World:
    """What a job is handed; letters and dumps go to empty folders."""
    values = vars(_worker) | {"mailbox_folder": tmp_path / "mailbox", "dumps_folder": tmp_path / "dumps"}
    return World(**values)


@pytest.fixture
def worker(world: World, clean: None) -> Iterator[Session]:
    """A session of the worker's log-in."""
    with world.begin() as session:
        yield session


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Stop the clock at a moment."""

    def stop_at(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    stop_at(NOW)
    return stop_at


def look(engine: Engine) -> Session:
    """A fresh session of the owner, to look at what happened."""
    return Session(engine, expire_on_commit=False)


__all__ = ["SetClock", "begin", "look"]
