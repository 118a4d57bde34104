"""Turns an event that somebody must hear of into deliveries: one notice to one person, due at a time of theirs."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.core.events import Event, Outbox
from workflows.core.lifecycle import Notice
from workflows.core.set_aside import not_set_aside
from workflows.notices.audience import audience, notices_for, object_of
from workflows.notices.models import Delivery
from workflows.notices.recipients import COUNSELLOR, Recipient
from workflows.notices.timing import next_moment
from workflows.requests.models import Urgency

# News about an urgent assignment that somebody has to act on the same day.
URGENT_ALONE = frozenset({"assignment_offered", "assignment_declined", "assignment_lapsed", "assignment_released"})


def next_line(session: Session, now: datetime) -> Outbox | None:
    """Lock the oldest line of the outbox that nobody else is working on; None when it is empty."""
    return session.scalar(
        select(Outbox)
        .where(Outbox.done_at.is_(None), not_set_aside(Outbox.event_id, now))
        .order_by(Outbox.at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def fan_out(session: Session, line: Outbox, now: datetime) -> None:
    """Write the deliveries of one event and tick its line off. Done twice, it writes nothing twice."""
    event = session.get_one(Event, line.event_id)
    row = object_of(session, event)
    for notice in notices_for(event):
        for recipient in audience(session, notice, event, row):
            _deliver(session, event, notice, row, recipient, now)
    line.done_at = now


def _deliver(session: Session, event: Event, notice: Notice, row: Any, recipient: Recipient, now: datetime) -> None:
    urgent = notice.name in URGENT_ALONE and row.urgency == Urgency.URGENT
    # A caseload's news is told once a day.
    alone = notice.at_once or urgent or (notice.alone and recipient.kind != COUNSELLOR)
    insertion = insert(Delivery).values(
        id=uuid4(),
        event_id=event.id,
        notice=notice.name,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        alone=alone,
        due_at=now if notice.at_once else next_moment(session, recipient, alone, now),
    )
    session.execute(insertion.on_conflict_do_nothing(index_elements=["event_id", "notice", "recipient_id"]))
