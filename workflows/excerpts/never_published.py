"""Which answers were sent in vain: rejected or withdrawn long ago, and no version of any text is made from them."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflows.answers.models import Answer, Revision
from workflows.answers.never_published import was_sent_in_vain
from workflows.assignments.models import Assignment
from workflows.core.set_aside import not_set_aside
from workflows.excerpts.models import VersionSource


def next_never_published(session: Session, now: datetime) -> Answer | None:
    """Lock one that was over SENT_IN_VAIN_KEPT_DAYS ago; a version that draws on it, published or not, keeps it."""
    drawn_on = exists().where(Revision.id == VersionSource.revision_id, Revision.answer_id == Answer.id)
    return session.scalar(
        select(Answer)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .where(was_sent_in_vain(now), ~drawn_on, not_set_aside(Answer.id, now))
        .order_by(Assignment.closed_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Answer)
    )
