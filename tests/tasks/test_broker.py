"""Ticks as files: each is taken once, in order, and half a tick stops nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from tasks.broker import Channel
from tests.tasks.concurrency import together

Open = Callable[[], Channel]


@pytest.fixture
def channels(tmp_path: Path) -> Iterator[Open]:
    """Opens channels on one folder, each as another process would."""
    connections = []

    def opened() -> Channel:
        connection = Connection("filesystem://", transport_options={"folder": str(tmp_path)})
        connections.append(connection)
        return connection.channel()

    yield opened
    for connection in connections:
        connection.release()


def test_ticks_come_out_in_the_order_they_went_in(channels: Open) -> None:
    beat, worker = channels(), channels()
    for number in range(5):
        beat._put("terrain", {"n": number})
    assert [worker._get("terrain")["n"] for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(Empty):
        worker._get("terrain")


def test_each_tick_is_taken_by_one_worker(channels: Open) -> None:
    beat, taken = channels(), []
    for number in range(200):
        beat._put("terrain", {"n": number})

    def take_all() -> None:
        worker = channels()
        try:
            while True:
                taken.append(worker._get("terrain")["n"])
        except Empty:
            return

    together(take_all, 4)
    assert sorted(taken) == list(range(200))


@pytest.mark.parametrize("content", ["", '{"n": '])
def test_half_a_tick_is_dropped_and_the_next_one_taken(channels: Open, tmp_path: Path, content: str) -> None:
    worker = channels()
    (tmp_path / "0.terrain").write_text(content)
    worker._put("terrain", {"n": 1})
    assert worker._get("terrain") == {"n": 1}
    assert list(tmp_path.iterdir()) == []


def test_a_tick_that_is_still_being_written_is_not_seen(channels: Open, tmp_path: Path) -> None:
    (tmp_path / "0.new").write_text("{")
    with pytest.raises(Empty):
        channels()._get("terrain")
    assert channels()._size("terrain") == 0


def test_a_purge_leaves_nothing(channels: Open) -> None:
    beat = channels()
    beat._put("terrain", {})
    beat._put("terrain", {})
    assert (beat._size("terrain"), beat._purge("terrain"), beat._size("terrain")) == (2, 2, 0)
