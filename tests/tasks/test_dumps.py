"""Dumps: whole or not there, equal to what the interface says, without what was taken back, in bounded memory."""

import csv
import gzip
import hashlib
import io
import json
import os
import signal
import tracemalloc
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tasks import dumps
from tasks.dumps import write
from tasks.world import World
from tests.factories import NOW, make_staff
from tests.published import make_published
from tests.sheets import make_sheet, make_text
from tests.tasks.concurrency import together
from tests.world import SetClock
from workflows.core.actors import Role
from workflows.core.dump_folder import MANIFEST, Manifest
from workflows.excerpts import open_data
from workflows.excerpts.models import PublishedExcerpt

NAMES = {f"{table}.{ending}" for table in ("excerpts", "sheets", "retractions") for ending in ("jsonl", "csv")}


@pytest.fixture(autouse=True)
def still(set_clock: SetClock) -> None:
    set_clock(NOW)


def counts(world: World) -> Manifest:
    found = Manifest.read(world.dumps_folder)
    assert found is not None
    return found


def data(world: World, name: str) -> bytes:
    return (world.dumps_folder / counts(world).folder / name).read_bytes()


def lines(world: World, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data(world, f"{table}.jsonl").splitlines()]


def cells(world: World, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data(world, f"{table}.csv").decode("utf-8-sig"), newline="")))


def take_back(scene: Session, ref: str) -> None:
    given = {"state": "withdrawn", "listed": False, "notice": "It closed.", "changed_on": NOW.date()}
    scene.execute(update(PublishedExcerpt).where(PublishedExcerpt.ref == ref).values(**given))
    scene.commit()


def test_a_dump_holds_every_text_with_its_sums(scene: Session, world: World) -> None:
    refs = sorted(make_published(scene, language=language, versions=2) for language in ("fr", "nl", "en"))
    make_published(scene, state="on_hold")
    pinned = make_text(scene, "HEA")
    make_sheet(scene, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), {"HEA": [pinned]})
    scene.commit()
    assert write(world) == 1
    manifest = counts(world)
    assert (manifest.licence, {file.name for file in manifest.files}) == ("CC-BY-4.0", NAMES)
    assert [line["ref"] for line in lines(world, "excerpts")] == sorted([*refs, pinned])
    assert [
        item["ref"] for line in lines(world, "sheets") for section in line["sections"] for item in section["items"]
    ] == [pinned]
    for file in manifest.files:
        plain, packed = data(world, file.name), data(world, f"{file.name}.gz")
        assert gzip.decompress(packed) == plain
        assert (len(plain), hashlib.sha256(plain).hexdigest()) == (file.bytes, file.sha256)
        assert (len(packed), hashlib.sha256(packed).hexdigest()) == (file.gzip.bytes, file.gzip.sha256)
    assert {file.name: file.rows for file in manifest.files} == {
        "excerpts.jsonl": 4, "excerpts.csv": 4, "sheets.jsonl": 1, "sheets.csv": 1, "retractions.jsonl": 0, "retractions.csv": 0,
    }  # fmt: skip


def test_a_table_has_the_same_words_and_no_formula(scene: Session, world: World) -> None:
    ref = make_published(scene, title="=1+1", body='- one\n- "two", three')
    scene.commit()
    write(world)
    (line,), (row,) = lines(world, "excerpts"), cells(world, "excerpts")
    assert line["text"]["title"] == "=1+1"
    assert (row["ref"], row["title"], row["body"]) == (ref, "'=1+1", '\'- one\n- "two", three')
    assert json.loads(row["sources"]) == line["text"]["sources"]
    assert (row["valid_until"], row["freshness"]) == (line["freshness"]["valid_until"], line["freshness"]["kind"])


def test_what_was_taken_back_leaves_the_files_within_a_minute_and_is_told(scene: Session, world: World) -> None:
    gone, stays = make_published(scene, title="Gone words"), make_published(scene)
    scene.commit()
    write(world)
    before = counts(world).folder
    take_back(scene, gone)
    assert write(world) == 1
    assert [line["ref"] for line in lines(world, "excerpts")] == [stays]
    assert [(line["ref"], line["kind"], line["note"]) for line in lines(world, "retractions")] == [
        (gone, "withdrawn", "It closed.")
    ]
    assert not (world.dumps_folder / before).exists()
    assert all(b"Gone words" not in file.read_bytes() for file in world.dumps_folder.rglob("*.jsonl"))


def test_one_text_that_comes_back_does_not_hide_that_another_went(scene: Session, world: World) -> None:
    first, second = make_published(scene), make_published(scene)
    scene.commit()
    take_back(scene, first)
    write(world)
    scene.execute(update(PublishedExcerpt).where(PublishedExcerpt.ref == first).values(state="published", listed=True))
    take_back(scene, second)
    assert write(world) == 1
    assert [line["ref"] for line in lines(world, "excerpts")] == [first]


def test_what_is_held_leaves_the_files_within_a_minute(scene: Session, world: World) -> None:
    held, stays = make_published(scene), make_published(scene)
    scene.commit()
    write(world)
    scene.execute(update(PublishedExcerpt).where(PublishedExcerpt.ref == held).values(state="on_hold", listed=False))
    scene.commit()
    assert [write(world), write(world)] == [1, 0]
    assert [line["ref"] for line in lines(world, "excerpts")] == [stays]


def test_a_dump_is_made_once_a_night(scene: Session, world: World, set_clock: SetClock) -> None:
    night = NOW.replace(hour=1, minute=30)  # 02:30 or 03:30 at the helpdesk
    set_clock(night - timedelta(hours=12))
    assert [write(world), write(world)] == [1, 0]
    set_clock(night - timedelta(hours=3))
    assert write(world) == 0
    set_clock(night)
    assert [write(world), write(world)] == [1, 0]
    set_clock(night + timedelta(hours=20))
    assert write(world) == 0


def test_two_workers_at_once_make_one_dump(scene: Session, world: World) -> None:
    made: list[int] = []
    together(lambda: made.append(write(world)), 3)
    assert sum(made) == 1
    assert len([place for place in world.dumps_folder.iterdir() if place.is_dir()]) == 1


def test_a_dump_that_fails_leaves_the_one_before_and_the_next_tidies_up(
    scene: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = make_published(scene)
    scene.commit()
    write(world)
    whole = counts(world)
    take_back(scene, ref)
    with monkeypatch.context() as patched:
        patched.setattr(dumps, "write_table", fails_after(dumps.write_table))
        with pytest.raises(OSError, match="disk"):
            write(world)
    assert counts(world) == whole
    assert hashlib.sha256(data(world, "excerpts.jsonl")).hexdigest() == whole.find("excerpts.jsonl").sha256
    assert write(world) == 1
    assert {place.name for place in world.dumps_folder.iterdir()} == {MANIFEST, "lock", counts(world).folder}


def fails_after(real: Any) -> Any:
    done = []

    def fail(*given: Any) -> Any:
        if done:
            raise OSError("the disk is full")
        done.append(real(*given))
        return done[0]

    return fail


def test_a_killed_dump_is_as_if_it_had_never_begun(scene: Session, world: World, environment: dict[str, str]) -> None:
    make_published(scene)
    scene.commit()
    write(world)
    whole = counts(world)
    root = world.dumps_folder
    child = os.fork()
    if not child:
        with dumps._alone(root):
            (root / "20300101T000000-half").mkdir()
            (root / "20300101T000000-half" / "excerpts.jsonl").write_bytes(b'{"ref": "CO')
            (root / "20300101T000000-half.new").write_bytes(b"{")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert counts(world) == whole
    make_published(scene, state="withdrawn")
    scene.commit()
    assert write(world) == 1
    assert {place.name for place in root.iterdir()} == {MANIFEST, "lock", counts(world).folder}


def test_memory_does_not_grow_with_the_library(scene: Session, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_data, "ROWS_AT_ONCE", 25)

    def most(size: int) -> int:
        for _ in range(size):
            make_published(scene, body="words " * 1500)
        make_published(scene, state="withdrawn")
        scene.commit()
        tracemalloc.start()
        try:
            assert write(world) == 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = most(100), most(400)
    assert many < few * 1.5


def test_the_files_belong_to_whoever_reads_the_site(scene: Session, world: World) -> None:
    write(world)
    folder: Path = world.dumps_folder / counts(world).folder
    assert folder.stat().st_mode & 0o777 == 0o755
