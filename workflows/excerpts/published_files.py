"""Files that readers may take with a text: clean copies that an editor released and that another one approved with it.

A file of a text has one address however many versions carry it. A row without data is of a file that was taken away;
its number is never given again.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, SmallInteger, UniqueConstraint, exists, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from workflows.answers.attachment_desk import COPIED
from workflows.answers.attachment_models import Attachment, AttachmentState, name_of
from workflows.answers.models import Revision
from workflows.core.actors import Staff
from workflows.core.db import Base
from workflows.core.errors import NotFound
from workflows.core.events import Event
from workflows.excerpts.models import PublishedExcerpt, PublishedText, PublishedVersion, VersionSource


class PublishedFile(Base):
    """One file of one text, as it came out of the sandbox. The public log-in reads it while its text is published."""

    __tablename__ = "published_file"
    ref: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    name: Mapped[str]
    attachment_id: Mapped[UUID]
    media: Mapped[str]
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    __table_args__ = (UniqueConstraint("ref", "attachment_id"),)


@dataclass(frozen=True, slots=True)
class FileBeside:
    """A clean copy that came with an answer from which a version is written; once released, the version carries it."""

    id: UUID
    answer_id: UUID
    name: str
    media: str
    size: int
    released: bool
    title: str


def files_beside(session: Session, version_id: UUID) -> tuple[FileBeside, ...]:
    """The clean copies, in one statement."""
    row = Attachment
    columns = (row.id, row.answer_id, row.kind, row.number, row.media, row.clean_size, row.state, row.public_title)
    rows = session.execute(select(*columns).where(*_came_with(version_id), row.state.in_(COPIED)).order_by(*_ORDER))
    return tuple(
        FileBeside(one.id, one.answer_id, name_of(one.kind, one.number, one.media), one.media or "",
                   one.clean_size or 0, one.state == AttachmentState.RELEASED, one.public_title or "")
        for one in rows
    )  # fmt: skip


def what_is_carried(session: Session, version_id: UUID) -> list[list[str]]:
    """For a fingerprint: id, title and digest of each file for readers. They stay as they are until the commit."""
    row = Attachment
    found = select(row.id, row.public_title, func.encode(func.sha256(row.clean_sealed), "hex"))
    locked = found.where(*carried(version_id)).order_by(*_ORDER).with_for_update(read=True, of=row)
    return [[str(one) for one in line] for line in session.execute(locked)]


def released_one(session: Session, actor: Staff, version_id: UUID) -> bool:
    """Whether this editor released a file that the version carries."""
    by_them = (Event.object_id == Attachment.id, Event.kind == "attachment.release", Event.actor_id == actor.id)
    return session.scalar(select(Event.id).where(*by_them, *carried(version_id)).limit(1)) is not None


def publish_files(session: Session, ref: str, version_id: UUID) -> list[dict[str, Any]]:
    """Copy out what the version carries; returns how its pages tell of it."""
    wanted = select(Attachment).where(*carried(version_id)).order_by(*_ORDER).options(undefer(Attachment.clean_sealed))
    there = select(PublishedFile, PublishedFile.data.is_(None)).where(PublishedFile.ref == ref).with_for_update()
    held = {file.attachment_id: (file, gone) for file, gone in session.execute(there)}
    shown = []
    for row in session.scalars(wanted):
        file, gone = held.setdefault(row.id, (_next_file(ref, len(held) + 1, row), True))
        if gone:
            file.data = row.clean
            session.add(file)
        shown.append({"name": file.name, "title": row.public_title, "media": row.media, "size": row.clean_size})
    return shown


def _next_file(ref: str, number: int, row: Attachment) -> PublishedFile:
    name = name_of(row.kind, number, row.media)
    return PublishedFile(ref=ref, number=number, name=name, attachment_id=row.id, media=row.media or "")


def file_to_take(session: Session, ref: str, name: str) -> tuple[str, bytes, date]:
    """Its media type, its bytes, and when its text last changed; one statement.

    Refuses: NotFound, also while its text is not published.
    """
    row, text = PublishedFile, PublishedExcerpt
    query = select(row.media, row.data, text.changed_on).join(text, text.ref == row.ref)
    found = session.execute(query.where(row.ref == ref, row.name == name)).first()
    if found is None or found.data is None:
        raise NotFound(name)
    return found.media, found.data, found.changed_on


def take_away(session: Session, attachment_id: UUID, today: date) -> None:
    """Erase the copies of one file, and let no page of any version tell of it."""
    row = PublishedFile
    copies = update(row).where(row.attachment_id == attachment_id, row.data.is_not(None)).values(data=None)
    for ref, name in session.execute(copies.returning(row.ref, row.name)).all():
        current = session.get_one(PublishedExcerpt, ref, with_for_update=True)
        current.changed_on = today
        for flat in _pages(session, current):
            flat.files = [one for one in flat.files if one["name"] != name]


def take_all_away(session: Session, current: PublishedExcerpt) -> None:
    """The same for all files of a text that is taken back."""
    session.execute(update(PublishedFile).where(PublishedFile.ref == current.ref).values(data=None))
    for flat in _pages(session, current):
        flat.files = []


def _pages(session: Session, current: PublishedExcerpt) -> list[PublishedText]:
    """The flat rows of a text: the current one and every version."""
    return [current, *session.scalars(select(PublishedVersion).where(PublishedVersion.ref == current.ref))]


_ORDER = (Attachment.uploaded_at, Attachment.id)


def carried(version_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """The released files of a version, as conditions."""
    return Attachment.state == AttachmentState.RELEASED, *_came_with(version_id)


def _came_with(version_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """The files of the answers that the version is written from, as far as those revisions name them."""
    rests_on = exists().where(
        VersionSource.version_id == version_id,
        Revision.id == VersionSource.revision_id,
        Revision.answer_id == Attachment.answer_id,
        Revision.number >= Attachment.sent_in,
    )
    return Attachment.dropped.is_(False), rests_on
