"""What a second person looks at beside a text: what the machine found in it, and what was let stand before, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.answers.checklist import CHECKS, NO
from workflows.answers.models import Review, Revision
from workflows.core.access import visible
from workflows.core.actors import Role, Staff
from workflows.excerpts.checks import TOO_OLD, Reading, read_version
from workflows.excerpts.desk_page import ExcerptPage, Written
from workflows.excerpts.models import ExcerptVersion, VersionSource, VersionState


@dataclass(frozen=True, slots=True)
class LetStand:
    """A point of the checklist that an answer was accepted with, although it says no or with a remark. `point` is its
    text, marked.
    """

    point: str
    verdict: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The version that readers have, as a second person looks at it."""

    reading: Reading
    text: Written
    problems: Mapping[str, str]
    let_stand: tuple[LetStand, ...]


def let_stand(session: Session, actor: Staff, revisions: Sequence[UUID]) -> tuple[LetStand, ...]:
    """What the reviews of these revisions let stand; nothing for officers, who read none. At most one statement."""
    if not revisions or Role.EDITOR not in actor.roles:
        return ()
    rows = session.execute(
        select(Review.checklist, StaffAccount.name)
        .join(Revision, Revision.id == Review.revision_id)
        .outerjoin(StaffAccount, StaffAccount.id == Review.editor_id)
        .where(Review.revision_id.in_(revisions))
        .order_by(Revision.submitted_at, Revision.id)
    )
    return tuple(line for row in rows for line in _lines(row.checklist, row.name or ""))


def look_at_public(session: Session, actor: Staff, page: ExcerptPage, today: date) -> Looked | None:
    """What the machine finds today in the version that readers have; None while they have none."""
    of = (ExcerptVersion.excerpt_id == page.id, ExcerptVersion.state == VersionState.PUBLISHED)
    row = session.scalar(visible(actor, ExcerptVersion).where(*of))
    if row is None or page.published is None:
        return None
    linked = session.scalars(select(VersionSource.revision_id).where(VersionSource.version_id == row.id)).all()
    old = {"valid_until": TOO_OLD} if page.published.valid_until < today else {}
    reading = read_version(session, row, page.language, today)
    return Looked(reading, page.published, old, let_stand(session, actor, linked))


def _lines(checklist: Mapping[str, Any], by: str) -> Iterable[LetStand]:
    for check in CHECKS:
        line = checklist.get(str(check.number), {})
        reason, verdict = line.get("comment", ""), line.get("verdict", "")
        if reason or verdict == NO:
            yield LetStand(check.text, verdict, reason, by)
