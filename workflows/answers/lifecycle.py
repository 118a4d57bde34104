"""The life of an answer, and the reminders to the editors who review it."""

from config import policy
from workflows.answers.models import Answer
from workflows.answers.models import AnswerState as S
from workflows.answers.second_editor import second_editor
from workflows.core.lifecycle import Lifecycle, Move, Notice
from workflows.core.parties import editors, its_researchers, managers, officers, one_editor, the_clock
from workflows.core.reminders import Ladder, Rung, Unit
from workflows.core.words import mark as _

SUBMITTED = Notice("answer_submitted", to=editors)
REVIEW_REMINDER = Notice("review_waiting", to=editors)
REVIEW_SECOND = Notice("review_yours", to=one_editor)
REVIEW_LATE = Notice("review_late", to=managers)

ANSWER = Lifecycle(
    "answer",
    Answer,
    S.DRAFT,
    (
        Move("submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, by=its_researchers, label=_("Send for review"),
             tells=(SUBMITTED,)),
        Move("return", S.SUBMITTED, S.RETURNED, by=editors, label=_("Send back"), asks=("comments",),
             tells=(Notice("answer_returned", to=its_researchers),)),
        Move("accept", S.SUBMITTED, S.ACCEPTED, by=editors, label=_("Accept"),
             tells=(Notice("answer_accepted", to=its_researchers),)),
        Move("reject", S.SUBMITTED, S.REJECTED, by=editors, label=_("Reject"), asks=("reason",),
             tells=(Notice("answer_rejected", to=its_researchers), Notice("answer_unusable", to=officers))),
        Move("withdraw", (S.DRAFT, S.SUBMITTED, S.RETURNED), S.WITHDRAWN, by=(its_researchers, the_clock),
             label=_("Withdraw the answer"), tells=(Notice("answer_withdrawn", to=editors),)),
    ),
)  # fmt: skip

REVIEW_LADDER = Ladder(
    "answer.review", Answer, "review_by", Unit.WORKING_DAYS,
    (
        Rung("due", policy.REVIEW_REMINDERS_FROM_START[0] - policy.REVIEW_WORKING_DAYS, (REVIEW_REMINDER,)),
        Rung("second_editor", policy.REVIEW_SECOND_EDITOR_FROM_START - policy.REVIEW_WORKING_DAYS, (REVIEW_SECOND,),
             picks=second_editor),
        Rung("tell_manager", policy.REVIEW_TELL_MANAGER_FROM_START - policy.REVIEW_WORKING_DAYS, (REVIEW_LATE,)),
    ),
    live=lambda answer: answer.state == S.SUBMITTED,
)  # fmt: skip
