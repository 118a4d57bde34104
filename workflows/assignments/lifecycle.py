"""The life of an assignment, from the desk's draft to the accepted answer, and the reminders on its way."""

from config import policy
from workflows.assignments.models import Assignment
from workflows.assignments.models import AssignmentState as S
from workflows.core.lifecycle import Lifecycle, Move, Notice
from workflows.core.parties import editors, its_researchers, managers, officers, the_clock
from workflows.core.reminders import Ladder, Rung, Unit
from workflows.core.words import mark as _

OFFER = Notice("assignment_offered", to=its_researchers)
REVOKED = Notice("assignment_revoked", to=its_researchers)
REMINDER = Notice("partner_reminder", to=its_researchers)
OFFER_LATE = Notice("offer_unanswered", to=officers)
SUBMISSION_LATE = Notice("submission_late", to=officers)
SUBMISSION_VERY_LATE = Notice("submission_very_late", to=managers)

ASSIGNMENT = Lifecycle(
    "assignment",
    Assignment,
    S.DRAFTED,
    (
        Move("offer", S.DRAFTED, S.OFFERED, by=officers, label=_("Offer"), tells=(OFFER,)),
        Move("accept", S.OFFERED, S.ACCEPTED, by=its_researchers, label=_("Accept"),
             tells=(Notice("assignment_accepted", to=officers),)),
        Move("decline", S.OFFERED, S.DECLINED, by=its_researchers, label=_("Decline"),
             asks=("reason", "ask_again_after"), tells=(Notice("assignment_declined", to=officers),)),
        Move("lapse", S.OFFERED, S.LAPSED, by=the_clock, label=_("Let lapse"), due="lapse_at",
             tells=(Notice("assignment_lapsed", to=officers),)),
        Move("clarify", S.ACCEPTED, S.ACCEPTED, by=its_researchers, label=_("Ask a question"), asks=("message",),
             tells=(Notice("partner_asks", to=officers),)),
        Move("explain", S.ACCEPTED, S.ACCEPTED, by=officers, label=_("Reply to the partner"), asks=("message",),
             tells=(Notice("partner_reply", to=its_researchers),)),
        Move("ask_extension", S.ACCEPTED, S.ACCEPTED, by=its_researchers, label=_("Ask for more time"), asks=("until",),
             tells=(Notice("extension_asked", to=officers),)),
        Move("extend", S.ACCEPTED, S.ACCEPTED, by=officers, label=_("Give more time"), asks=("until",),
             tells=(Notice("extension_decided", to=its_researchers),)),
        Move("refuse_extension", S.ACCEPTED, S.ACCEPTED, by=officers, label=_("Keep the date"),
             tells=(Notice("extension_decided", to=its_researchers),)),
        Move("release", S.ACCEPTED, S.RELEASED, by=its_researchers, label=_("Give it back"), asks=("reason",),
             tells=(Notice("assignment_released", to=officers),)),
        Move("revoke", (S.DRAFTED, S.OFFERED, S.ACCEPTED), S.REVOKED, by=(officers, the_clock), label=_("Revoke"),
             tells=(REVOKED,)),
        Move("drop", S.DRAFTED, S.REVOKED, by=editors, label=_("Do without it")),
        Move("complete", S.ACCEPTED, S.COMPLETED, by=(officers, the_clock), label=_("Complete")),
    ),
)  # fmt: skip


def _awaits_response(assignment: Assignment) -> bool:
    return assignment.state == S.OFFERED and assignment.held_at is None


def _awaits_submission(assignment: Assignment) -> bool:
    return assignment.state == S.ACCEPTED and assignment.paused_at is None and assignment.held_at is None


OFFER_LADDER = Ladder(
    "assignment.offer", Assignment, "respond_by", Unit.WORKING_DAYS,
    (
        Rung("before_due", policy.OFFER_REMINDERS_FROM_START[0] - policy.OFFER_WORKING_DAYS, (REMINDER,)),
        Rung("due", policy.OFFER_REMINDERS[0], (REMINDER,)),
        Rung("tell_desk", policy.OFFER_TELL_DESK, (OFFER_LATE,)),
    ),
    live=_awaits_response,
)  # fmt: skip

SUBMISSION_LADDER = Ladder(
    "assignment.submission", Assignment, "submit_by", Unit.WORKING_DAYS,
    (
        Rung("before_due", policy.SUBMISSION_REMINDERS[0], (REMINDER,)),
        Rung("due", policy.SUBMISSION_REMINDERS[1], (REMINDER,)),
        Rung("late", policy.SUBMISSION_REMINDERS[2], (REMINDER, SUBMISSION_LATE)),
        Rung("later", policy.SUBMISSION_REMINDERS[3], (REMINDER,)),
        Rung("very_late", policy.SUBMISSION_TELL_MANAGER, (SUBMISSION_VERY_LATE,)),
    ),
    live=_awaits_submission,
)  # fmt: skip
