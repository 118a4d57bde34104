"""Everything that is published, as files for everybody: made anew each night, and when a text is held or taken back."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy.orm import Session

from config import policy
from config.logs import get_logger
from tasks.app import job
from tasks.dump_files import write_table
from tasks.dump_tables import tables
from tasks.world import World
from workflows.core import clock
from workflows.core.calendars import HELPDESK
from workflows.core.db import begin
from workflows.core.dump_folder import LICENCE, Manifest
from workflows.excerpts.news import taken_back_digest

log = get_logger(__name__)


@job
def write(world: World) -> int:
    """Make a dump if one is due and nobody else is at it; how many were made."""
    root, now = world.dumps_folder, clock.now()
    root.mkdir(mode=0o755, parents=True, exist_ok=True)
    with _alone(root) as alone, _as_of_now(world) as session:
        before = Manifest.read(root)
        if not alone or not _is_due(before, taken_back_digest(session), now):
            return 0
        _clear(root, before)
        made = make_dump(session, root, world.office.links.public, now)
        made.put_in_place(root)
        _clear(root, made)
    log.info("dump.made", files=len(made.files), rows=sum(file.rows for file in made.files))
    return 1


def make_dump(session: Session, root: Path, base: str, now: datetime) -> Manifest:
    """Write every file into a new folder; it counts only when its manifest is put in place."""
    folder = root / f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
    folder.mkdir(mode=0o755)
    files = [file for table in tables(session, base, HELPDESK.local_day(now)) for file in write_table(folder, table)]
    return Manifest(folder.name, now, LICENCE, taken_back_digest(session), tuple(files))


def _is_due(before: Manifest | None, taken_back: str, now: datetime) -> bool:
    """At night, and whenever something is still in the dump that nobody should hand out any more."""
    if before is None or before.taken_back != taken_back:
        return True
    return HELPDESK.local_day(before.made_at - policy.DUMP_AFTER_MIDNIGHT) < HELPDESK.local_day(
        now - policy.DUMP_AFTER_MIDNIGHT
    )


@contextmanager
def _alone(root: Path) -> Iterator[bool]:
    """Whether nobody else makes a dump here; the kernel lets go however we end."""
    with (root / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _as_of_now(world: World) -> Iterator[Session]:
    """One look at everything, so that the files agree with one another."""
    with begin(world.engine.execution_options(isolation_level="REPEATABLE READ"), world.keys) as session:
        yield session


def _clear(root: Path, kept: Manifest | None) -> None:
    """Remove what does not count: the dump before, and what a killed job left."""
    for place in root.iterdir():
        if place.is_dir() and (kept is None or place.name != kept.folder):
            shutil.rmtree(place)
        elif place.suffix == ".new":
            place.unlink()
