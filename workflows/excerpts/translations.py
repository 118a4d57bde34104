"""A text in another language: an excerpt of its own, bound to the version of the original that it renders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from workflows.core.access import lock_visible
from workflows.core.actors import Actor, Staff
from workflows.core.errors import Incomplete, NotFound, OutOfTurn
from workflows.excerpts.desk import HAS_BEEN_READ, OPEN, copy_published, editors_only, next_ref
from workflows.excerpts.draft import NOT_OFFERED
from workflows.excerpts.kept import keep_text
from workflows.excerpts.lifecycle import EXCERPT, EXCERPT_VERSION
from workflows.excerpts.models import (
    Change,
    Excerpt,
    ExcerptState,
    ExcerptVersion,
    PublishedExcerpt,
    PublishedVersion,
    VersionState,
)
from workflows.excerpts.words import LANGUAGES

COPIED = ("confidence", "place", "topics", "facets", "sources", "information_date", "valid_until")
"""What a translation takes from the original as it stands; its words are written anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One language of a text. `source_number` is the version of the original that it renders, None for the original."""

    id: UUID
    ref: str
    language: str
    state: str
    source_number: int | None
    lags: bool
    """The original changed since."""


@dataclass(frozen=True, slots=True)
class Family:
    """A text in all its languages, the original first."""

    members: tuple[Member, ...]
    newest: int | None
    """The version of the original that the public reads."""
    free: tuple[str, ...]
    """Languages that it is not in yet; none while the original cannot be translated."""

    @property
    def original(self) -> Member:
        return self.members[0]

    def member(self, ref: str) -> Member:
        return next(one for one in self.members if one.ref == ref)


def begin_translation(
    session: Session, actor: Staff, source_id: UUID, language: str, now: datetime, *, version: int
) -> ExcerptVersion:
    """Begin the text in another language, from what the public reads of the original now; its words are to be replaced.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn (a translation itself, or not published), Incomplete (no such
    language, or it is in that one already).
    """
    source = lock_visible(session, actor, Excerpt, source_id, version)
    editors_only(actor)
    flat = session.get(PublishedExcerpt, source.ref)
    if source.source_id is not None or source.state != ExcerptState.PUBLISHED or flat is None:
        raise OutOfTurn("only an original that is published is translated")
    if language not in family_of(session, actor, source.ref).free:
        raise Incomplete({"language": NOT_OFFERED})
    excerpt = Excerpt(
        ref=next_ref(session, source.country, source.topic_group), country=source.country,
        topic_group=source.topic_group, language=language, state=ExcerptState.UNPUBLISHED,
        partner_id=source.partner_id, source_id=source.id, created_at=now,
    )  # fmt: skip
    EXCERPT.open(session, actor, excerpt, now, ref=excerpt.ref, source=source.ref)
    row = ExcerptVersion(
        excerpt_id=excerpt.id, number=1, state=VersionState.DRAFT, author_id=actor.id, title=flat.title,
        summary=flat.summary, body=flat.body, unknown=flat.unknown, change=Change.FIRST, public_note="", saved_at=now,
        source_number=flat.number, **{name: getattr(flat, name) for name in COPIED},
    )  # fmt: skip
    EXCERPT_VERSION.open(session, actor, row, now, ref=excerpt.ref, number=1, source_number=flat.number)
    keep_text(session, actor, row, now)
    return row


def update_translation(
    session: Session, actor: Staff, excerpt_id: UUID, now: datetime, *, version: int
) -> ExcerptVersion:
    """Begin the next version of a translation, bound to the original as it stands and dated as it is.

    Refuses: as `draft_next_version`; OutOfTurn (no translation, or the original is not published).
    """
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    flat = session.scalar(
        select(PublishedExcerpt)
        .join(Excerpt, Excerpt.ref == PublishedExcerpt.ref)
        .where(Excerpt.id == excerpt.source_id)
    )
    if flat is None or flat.state != ExcerptState.PUBLISHED:
        raise OutOfTurn("there is no published original to follow")
    row = copy_published(session, actor, excerpt_id, Change.UPDATE, now, version=version)
    row.source_number = flat.number
    for name in COPIED:
        setattr(row, name, getattr(flat, name))
    keep_text(session, actor, row, now)
    return row


def family_of(session: Session, actor: Actor, ref: str) -> Family:
    """The text in all its languages. A translation under work counts as bound to what it will render. One statement."""
    this = select(Excerpt.id, Excerpt.source_id).where(Excerpt.ref == ref).subquery()
    root = select(this.c.source_id).where(this.c.source_id.is_not(None)).union(
        select(this.c.id).where(this.c.source_id.is_(None))
    )  # fmt: skip
    newest = ExcerptVersion.state.in_((*OPEN, VersionState.PUBLISHED))
    rows = session.execute(
        select(Excerpt.id, Excerpt.ref, Excerpt.language, Excerpt.state, Excerpt.source_id,
               ExcerptVersion.source_number, PublishedExcerpt.number)
        .outerjoin(ExcerptVersion, and_(ExcerptVersion.excerpt_id == Excerpt.id, newest))
        .outerjoin(PublishedExcerpt, PublishedExcerpt.ref == Excerpt.ref)
        .where(or_(Excerpt.id.in_(root), Excerpt.source_id.in_(root)), Excerpt.visible_to(actor))
        .where(or_(Excerpt.state != ExcerptState.DISCARDED, Excerpt.ref == ref))
        .order_by(Excerpt.source_id.is_not(None), Excerpt.language, Excerpt.ref, ExcerptVersion.number)
    ).all()  # fmt: skip
    if not rows:
        raise NotFound(ref)
    original = rows[0]
    members = {row.ref: _member(row, original.number) for row in rows}
    taken = {one.language for one in members.values()}
    translatable = original.state == ExcerptState.PUBLISHED and original.ref == ref
    free = tuple(code for code in LANGUAGES if code not in taken) if translatable else ()
    return Family(tuple(members.values()), original.number, free)


def source_texts(
    session: Session, source_ref: str, rendered: int | None, wanted: int | None
) -> tuple[PublishedVersion | None, PublishedVersion | None]:
    """The version of the original that readers have in translation, and the one to render now. One statement."""
    numbers = [number for number in (rendered, wanted) if number is not None]
    rows: Sequence[PublishedVersion] = session.scalars(
        select(PublishedVersion).where(PublishedVersion.ref == source_ref, PublishedVersion.number.in_(numbers))
    ).all()
    found = {row.number: row for row in rows if not row.retracted}
    return found.get(rendered or 0), found.get(wanted or 0)


def translations_of(session: Session, excerpt: Excerpt) -> Sequence[Excerpt]:
    """The translations that the public reads, locked: what takes the original back takes them back too."""
    return _rendering(session, excerpt, Excerpt.state.in_(HAS_BEEN_READ))


def refs_with_translations(ref: str) -> Select[str]:
    """The names of a text and of its translations: whoever received one of them received this text."""
    this = select(Excerpt.id).where(Excerpt.ref == ref)
    return select(Excerpt.ref).where(or_(Excerpt.ref == ref, Excerpt.source_id.in_(this)))


def archived_translations(session: Session, excerpt: Excerpt) -> Sequence[Excerpt]:
    """The translations that were put away with their text still on their page, locked."""
    kept = select(PublishedExcerpt.ref).where(PublishedExcerpt.state == ExcerptState.WITHDRAWN)
    return _rendering(session, excerpt, Excerpt.state == ExcerptState.ARCHIVED, Excerpt.ref.in_(kept))


def _rendering(session: Session, excerpt: Excerpt, *which: ColumnElement[bool]) -> Sequence[Excerpt]:
    wanted = (Excerpt.source_id == excerpt.id, *which)
    return session.scalars(select(Excerpt).where(*wanted).order_by(Excerpt.ref).with_for_update()).all()


def _member(row: Any, newest: int | None) -> Member:
    lags = row.source_id is not None and row.source_number is not None and row.source_number < (newest or 0)
    return Member(id=row.id, ref=row.ref, language=row.language, state=row.state,
                  source_number=row.source_number if row.source_id else None, lags=lags)  # fmt: skip
