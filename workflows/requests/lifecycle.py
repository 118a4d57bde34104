"""The life of a question, from the form to its closing, and the reminders while it waits to be read or explained."""

from config import policy
from workflows.core.lifecycle import Lifecycle, Move, Notice, Party
from workflows.core.parties import editors, managers, officers, the_clock, the_requester
from workflows.core.reminders import Ladder, Rung, Unit
from workflows.core.words import mark as _
from workflows.requests.models import Question
from workflows.requests.models import QuestionState as S

NEW_QUESTION = Notice("question_received", to=officers)
NEWS = Notice("requester_news", to=the_requester, alone=True)
REPLIED = Notice("clarification_received", to=officers)
REOPENED = Notice("question_reopened", to=officers)
DISPUTED = Notice("answer_disputed", to=officers)
officers_of_asked = Party(
    "officers, when somebody asked", lambda actor, row: officers.includes(actor, row) and not row.our_own
)
editors_of_asked = Party(
    "editors, when somebody asked", lambda actor, row: editors.includes(actor, row) and not row.our_own
)
officers_of_our_own = Party(
    "officers, when nobody asked", lambda actor, row: officers.includes(actor, row) and row.our_own
)
LIVE = (S.RECEIVED, S.CLARIFICATION_ASKED, S.TRIAGED, S.ANSWERED)

QUESTION = Lifecycle(
    "question",
    Question,
    S.RECEIVED,
    (
        Move("ask_clarification", (S.RECEIVED, S.TRIAGED), S.CLARIFICATION_ASKED, by=officers_of_asked,
             label=_("Ask the requester"), asks=("message",), tells=(NEWS,)),
        Move("clarify", S.CLARIFICATION_ASKED, S.RECEIVED, by=the_requester, label=_("Send my reply"),
             asks=("message",), tells=(REPLIED,)),
        Move("clarify_triaged", S.CLARIFICATION_ASKED, S.TRIAGED, by=the_requester, label=_("Send my reply"),
             asks=("message",), tells=(REPLIED,)),
        Move("give_up_waiting", S.CLARIFICATION_ASKED, S.CLOSED, by=the_clock, label=_("Close without a reply"),
             due="clarification_closes_at", tells=(NEWS,)),
        Move("triage", S.RECEIVED, S.TRIAGED, by=officers, label=_("Finish triage")),
        Move("answer", S.TRIAGED, S.ANSWERED, by=(officers_of_asked, editors_of_asked), label=_("Send the reply"),
             asks=("reply",), tells=(NEWS,)),
        Move("correct", S.ANSWERED, S.ANSWERED, by=(officers, editors), label=_("Correct the reply"),
             asks=("reply",), tells=(NEWS,)),
        Move("take_back", (S.ANSWERED, S.TRIAGED, S.CLOSED), S.TRIAGED, by=(officers, editors),
             label=_("Take the reply back"), tells=(NEWS,)),
        Move("decline", (S.RECEIVED, S.CLARIFICATION_ASKED, S.TRIAGED), S.DECLINED,
             by=officers_of_asked, label=_("Decline"), asks=("reason", "another_place"), tells=(NEWS,)),
        Move("withdraw", (*LIVE, S.MERGED), S.WITHDRAWN, by=the_requester,
             label=_("I do not need the answer any more"),
             tells=(Notice("question_withdrawn", to=officers),)),
        Move("merge", (S.RECEIVED, S.CLARIFICATION_ASKED, S.TRIAGED), S.MERGED, by=officers,
             label=_("Same question as another"), asks=("into",)),
        Move("unmerge", S.MERGED, S.TRIAGED, by=(officers, the_clock), label=_("Take apart again")),
        Move("unmerge_unread", S.MERGED, S.RECEIVED, by=(officers, the_clock), label=_("Take apart again, to read")),
        Move("unmerge_asked", S.MERGED, S.CLARIFICATION_ASKED, by=officers,
             label=_("Take apart again, and wait for the requester"), tells=(NEWS,)),
        Move("close", (S.ANSWERED, S.DECLINED), S.CLOSED, by=(officers, the_clock), label=_("Close"), due="closes_at"),
        Move("finish", (S.RECEIVED, S.TRIAGED), S.CLOSED, by=officers_of_our_own, label=_("Close our own question")),
        Move("reopen", S.CLOSED, S.TRIAGED, by=(officers, the_requester), label=_("Open again"), tells=(REOPENED,)),
        Move("reopen_unread", S.CLOSED, S.RECEIVED, by=(officers, the_requester), label=_("Open again, to read"),
             tells=(REOPENED,)),
        Move("dispute", (S.ANSWERED, S.CLOSED), S.TRIAGED, by=the_requester, label=_("No, it was wrong"),
             tells=(DISPUTED,)),
    ),
    begins=(NEW_QUESTION,),
)  # fmt: skip

TRIAGE_LADDER = Ladder(
    "question.triage", Question, "triage_by", Unit.WORKING_DAYS,
    (
        Rung("due", policy.TRIAGE_REMINDERS[0], (Notice("triage_due", to=officers),)),
        Rung("tell_manager", policy.TRIAGE_TELL_MANAGER, (Notice("triage_late", to=managers),)),
    ),
    live=lambda question: question.waits_to_be_read,
)  # fmt: skip

# These come long before the question is closed, so that it can still be answered.
CLARIFICATION_LADDER = Ladder(
    "question.clarification", Question, "clarification_asked_on", Unit.DAYS,
    tuple(
        Rung(f"after_{days}", days, (NEWS,), before_half=True)
        for days in policy.CLARIFICATION_REMINDERS_FROM_START_DAYS
    ),
    live=lambda question: question.state == S.CLARIFICATION_ASKED,
)  # fmt: skip
