"""Texts that were approved for a day: the clock publishes them in its morning, or gives them back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.access import lock_visible
from workflows.core.actors import CLOCK
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.core.set_aside import not_set_aside
from workflows.excerpts.approval import approvals_needed, as_it_stands, refuse_unfit, void_approval
from workflows.excerpts.lifecycle import EXCERPT, EXCERPT_VERSION
from workflows.excerpts.models import Excerpt, ExcerptState, ExcerptVersion, VersionState
from workflows.excerpts.publishing import lock_original, put_in_place


def next_planned(session: Session, now: datetime) -> ExcerptVersion | None:
    """Lock the version whose day came first; None when there is none. One that a person works on is left to them."""
    row = ExcerptVersion
    return session.scalar(
        select(row)
        .where(row.state == VersionState.SCHEDULED, row.publish_at <= now, not_set_aside(row.id, now))
        .order_by(row.publish_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=row)
    )


def publish_planned(session: Session, row: ExcerptVersion, now: datetime) -> Excerpt | None:
    """Publish it as it was approved. None when it cannot be: then it is a draft again, and editors are told."""
    lock_original(session, row.excerpt_id)
    excerpt = lock_visible(session, CLOCK, Excerpt, row.excerpt_id)
    codes = {"ref": excerpt.ref, "number": row.number}
    if not _still_fit(session, excerpt, row, now):
        EXCERPT_VERSION.fire(session, CLOCK, row, "miss_the_day", now, **codes)
        void_approval(row)
        return None
    EXCERPT_VERSION.fire(session, CLOCK, row, "publish_on_the_day", now, change=row.change, **codes)
    row.publish_at = None
    put_in_place(session, CLOCK, excerpt, row, now)
    return excerpt


def _still_fit(session: Session, excerpt: Excerpt, row: ExcerptVersion, now: datetime) -> bool:
    """The excerpt was neither taken back nor put on hold, the text is the approved one, by enough people, and holds.

    What is sealed was compared when the day was chosen; the clock may not read it.
    """
    if not EXCERPT.may(CLOCK, excerpt, "publish") or row.approved_hash != as_it_stands(session, row):
        return False
    if excerpt.state == ExcerptState.ON_HOLD:
        return False
    if len(row.approvals) < approvals_needed(session, row.topics):
        return False
    try:
        refuse_unfit(session, row, HELPDESK.local_day(now), sealed=False)
    except Incomplete:
        return False
    return True
