"""What the state of an answer is called at the desk."""

from workflows.answers.models import AnswerState
from workflows.core.badge import Badge
from workflows.core.words import mark as _

STATES = {
    AnswerState.SUBMITTED: Badge("info", "eye", _("In review")),
    AnswerState.RETURNED: Badge("act", "back", _("Sent back")),
    AnswerState.ACCEPTED: Badge("ok", "check", _("Accepted")),
    AnswerState.REJECTED: Badge("mute", "x", _("Rejected")),
    AnswerState.WITHDRAWN: Badge("mute", "out", _("Withdrawn")),
}
