"""Closed lists of an answer, each code with the words people choose from, and what a state is called in the portal."""

from workflows.answers.models import AnswerState, Confidence
from workflows.assignments import ended
from workflows.assignments.models import AssignmentState
from workflows.core.badge import Badge
from workflows.core.words import mark as _

CONFIDENCE: dict[str, str] = {
    Confidence.SURE: _("Sure"),
    Confidence.FAIRLY_SURE: _("Fairly sure"),
    Confidence.NOT_SURE: _("Not sure"),
}

CONFIDENCE_HINTS: dict[str, str] = {
    Confidence.SURE: _("Several sources agree"),
    Confidence.FAIRLY_SURE: _("One good source, or small differences"),
    Confidence.NOT_SURE: _("Only heard, could not check"),
}

SOURCE_KINDS: dict[str, str] = {
    "visit": _("Visit"),
    "talk": _("Talk"),
    "document": _("Document"),
    "law": _("Law or rule"),
    "website": _("Website"),
}

MODES: dict[str, str] = {
    "in_person": _("In person"),
    "phone": _("By telephone"),
    "paper": _("On paper"),
    "online": _("Online"),
}

CONSENT: dict[str, str] = {
    "named": _("May be named"),
    "role": _("Only the role may be named"),
    "organisation": _("Only the organisation may be named"),
    "unnamed": _("Must stay unnamed"),
}

INDEPENDENCE = tuple("ABCDEF")
"""The letters of groups of sources that depend on each other."""

ANONYMOUS = "anonymous"
CREDIT: dict[str, str] = {
    ANONYMOUS: _("Stay anonymous"),
    "organisation": _("The organisation may be named"),
}


BY_ASSIGNMENT = {
    AssignmentState.OFFERED: Badge("act", "msg", _("Please reply")),
    AssignmentState.ACCEPTED: Badge("wait", "people", _("In research")),
    AssignmentState.COMPLETED: Badge("ok", "check", _("Finished")),
    AssignmentState.DECLINED: Badge("mute", "x", _("You said no")),
    AssignmentState.LAPSED: Badge("mute", "clock", _("No reply in time")),
    AssignmentState.RELEASED: Badge("mute", "out", _("You gave it back")),
    AssignmentState.REVOKED: Badge("mute", "x", _("Not needed any more")),
}

BY_ANSWER = {
    AnswerState.SUBMITTED: Badge("info", "eye", _("Being reviewed")),
    AnswerState.RETURNED: Badge("act", "back", _("Sent back to you")),
    AnswerState.REJECTED: Badge("mute", "x", _("Not used")),
    AnswerState.WITHDRAWN: Badge("mute", "out", _("Withdrawn")),
}

OVER = {
    AnswerState.SUBMITTED: _("The answer was sent. It can only be changed when an editor sends it back."),
    AnswerState.REJECTED: _("The editors cannot use this answer: this task is over."),
}
"""Why nothing is written, where the answer says it and not its assignment."""

PAUSED = Badge("wait", "pause", _("Waiting for the desk"))


def task_badge(assignment: str, answer: str | None, *, paused: bool) -> Badge:
    """What a task is called in the portal, from the states of the assignment and of its answer."""
    standing = AssignmentState(assignment)
    written = AnswerState(answer) if answer else None
    if written in BY_ANSWER and (standing is AssignmentState.ACCEPTED or written is AnswerState.REJECTED):
        return BY_ANSWER[written]
    if standing is AssignmentState.ACCEPTED and paused:
        return PAUSED
    return BY_ASSIGNMENT[standing]


def why_over(assignment: str, answer: str | None) -> str:
    """Why nothing can be written for a task in these states, as a marked sentence; empty while it can be."""
    standing = AssignmentState(assignment)
    written = AnswerState(answer) if answer else None
    if written in OVER and (standing is AssignmentState.ACCEPTED or written is AnswerState.REJECTED):
        return OVER[written]
    return ended.WHY.get(standing, "")
