"""An editor lets a file be shown or takes it back, and what that does to the texts written from its answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.attachment_desk import release_file, turn_file_down
from workflows.answers.models import Revision
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.excerpts.approval import void_approval
from workflows.excerpts.desk import OPEN
from workflows.excerpts.lifecycle import EXCERPT_VERSION
from workflows.excerpts.models import ExcerptVersion, VersionSource, VersionState
from workflows.excerpts.published_files import take_away


def release_with_texts(
    session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID, title: str | None, version: int, now: datetime
) -> int:
    """Let readers have the file with the texts written from its answer, from their next version on.

    One that was sent for approval is a draft again, because nobody was sent this file; returns how many.
    Refuses: as `release_file`.
    """
    texts = _under_work(session, answer_id)
    release_file(session, actor, answer_id, attachment_id, title, version, now)
    return _work_again(session, actor, texts, now)


def turn_down_with_texts(
    session: Session, actor: Staff, answer_id: UUID, attachment_id: UUID, version: int, now: datetime
) -> int:
    """Do not use the file: it leaves all public pages at once. Returns and refuses as `release_with_texts`."""
    texts = _under_work(session, answer_id)
    released = turn_file_down(session, actor, answer_id, attachment_id, version, now)
    take_away(session, attachment_id, HELPDESK.local_day(now))
    return _work_again(session, actor, texts, now) if released else 0


def _under_work(session: Session, answer_id: UUID) -> list[ExcerptVersion]:
    """Locked before the file is, as whoever publishes locks them."""
    linked = select(VersionSource.version_id).join(Revision, Revision.id == VersionSource.revision_id)
    wanted = (ExcerptVersion.id.in_(linked.where(Revision.answer_id == answer_id)), ExcerptVersion.state.in_(OPEN))
    rows = select(ExcerptVersion).where(*wanted).order_by(ExcerptVersion.id).with_for_update(of=ExcerptVersion)
    return list(session.scalars(rows.execution_options(populate_existing=True)))


def _work_again(session: Session, actor: Staff, texts: list[ExcerptVersion], now: datetime) -> int:
    sent = [row for row in texts if row.state in {VersionState.IN_REVIEW, VersionState.SCHEDULED}]
    for row in sent:
        EXCERPT_VERSION.fire(session, actor, row, "rework", now, number=row.number)
        void_approval(row)
    return len(sent)
