"""Is news still news? Asked again in the transactions that write and that send a letter. The answers are codes."""

from datetime import datetime
from typing import Any

from workflows.core.events import Event
from workflows.core.reminders import Ladder
from workflows.lifecycles import LADDERS
from workflows.notices.audience import OWN_NOTICES
from workflows.notices.recipients import REQUEST, Recipient
from workflows.notices.timing import away
from workflows.requests.models import QuestionState

INACTIVE, NO_ADDRESS, AWAY = "inactive", "no_address", "away"
GONE, MOVED_ON, PAUSED = "gone", "moved_on", "paused"

# News that asks for something to be done: moot as soon as the row has left the state that asked for it.
TO_BE_DONE = frozenset({
    "question_received", "clarification_received", "question_reopened",
    "assignment_offered", "partner_asks", "partner_reply", "extension_asked", "extension_decided",
    "answer_submitted", "answer_returned", "approval_wanted", "changes_asked", "edition_approval_wanted",
})  # fmt: skip


def cannot_be_told(recipient: Recipient | None) -> str | None:
    """Why this person gets no letter at all, None if they do."""
    if recipient is None:
        return GONE
    if not recipient.active:
        return INACTIVE
    return None if recipient.email else NO_ADDRESS


def is_moot(notice: str, event: Event, row: Any | None, recipient: Recipient, now: datetime) -> str | None:
    """Why this news need not be told any more, None if it still stands."""
    if event.kind in OWN_NOTICES:
        return None
    if row is None:
        return GONE
    ladder = next((one for one in LADDERS if event.kind == f"{one.name}.remind"), None)
    if ladder is not None:
        return _reminder_is_moot(ladder, event, row, recipient, now)
    if recipient.kind == REQUEST:
        theirs = row.request_id == recipient.id
        return MOVED_ON if theirs and row.state in {QuestionState.WITHDRAWN, QuestionState.MERGED} else None
    return MOVED_ON if notice in TO_BE_DONE and row.state != event.to_state else None


def _reminder_is_moot(ladder: Ladder, event: Event, row: Any, recipient: Recipient, now: datetime) -> str | None:
    if getattr(row, "paused_at", None) is not None:
        return PAUSED
    if not ladder.live(row) or getattr(row, ladder.anchor) is None:
        return MOVED_ON
    if ladder.moment(ladder.rung(event.codes["rung"]), getattr(row, ladder.anchor), recipient.calendar) > now:
        return MOVED_ON  # the deadline was moved since
    return AWAY if away(recipient, now) else None
