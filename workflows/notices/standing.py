"""Is news still news? Asked again in the transactions that write and that send a letter. The answers are codes."""

from datetime import datetime
from typing import Any

from workflows.assignments.models import AssignmentState
from workflows.assignments.pausing import NEW_DATE
from workflows.core.events import Event
from workflows.core.reminders import Ladder
from workflows.lifecycles import LADDERS
from workflows.notices.audience import OWN_NOTICES
from workflows.notices.recipients import ASKERS, COUNSELLOR, Recipient
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
    if event.kind == NEW_DATE:
        said_anew = row.requester_date is None or row.requester_date.isoformat() != event.codes["until"]
        return MOVED_ON if said_anew or row.state != AssignmentState.ACCEPTED else None
    if recipient.kind in ASKERS:
        theirs = recipient.kind == COUNSELLOR or row.request_id == recipient.id
        return MOVED_ON if theirs and row.state in {QuestionState.WITHDRAWN, QuestionState.MERGED} else None
    return MOVED_ON if notice in TO_BE_DONE and row.state != event.to_state else None


def _reminder_is_moot(ladder: Ladder, event: Event, row: Any, recipient: Recipient, now: datetime) -> str | None:
    if getattr(row, "paused_at", None) is not None or getattr(row, "held_at", None) is not None:
        return PAUSED
    anchor = getattr(row, ladder.anchor)
    if not ladder.live(row) or anchor is None or anchor.isoformat() != event.codes["anchor"]:
        return MOVED_ON  # it waits no more, or for another day
    return AWAY if away(recipient, now) else None
