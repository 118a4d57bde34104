"""What the desk calls things in triage: states, findings and the lines of a question's history."""

from workflows.core.badge import Badge
from workflows.core.words import mark as _
from workflows.depersonalise import Kind
from workflows.requests.models import QuestionState as S
from workflows.requests.models import Urgency

STATES = {
    S.RECEIVED: Badge("info", "msg", _("New")),
    S.CLARIFICATION_ASKED: Badge("act", "clock", _("Waiting for requester")),
    S.TRIAGED: Badge("info", "check", _("Ready to offer")),
    S.ANSWERED: Badge("ok", "check", _("Answered")),
    S.CLOSED: Badge("mute", "lock", _("Closed")),
    S.DECLINED: Badge("mute", "x", _("Declined")),
    S.WITHDRAWN: Badge("mute", "x", _("Withdrawn")),
    S.MERGED: Badge("mute", "swap", _("Same as another")),
}
UNREAD_REPLY = "unread_reply"
SECOND_READING = "second_reading"
TEXT_SENT_BACK = "text_sent_back"
LOOK_AGAIN = "look_again"
IN_ANY_STATE = (UNREAD_REPLY, LOOK_AGAIN)
"""What the badge says of these, it says in whatever state the question is."""
STAGES = {
    UNREAD_REPLY: Badge("act", "msg", _("Reply to read")),
    "ready": Badge("ok", "check", _("Answer ready")),
    "in_review": Badge("info", "eye", _("In review")),
    "sent_back": Badge("act", "back", _("Sent back to researcher")),
    "asked_us": Badge("act", "pause", _("Partner waits for us")),
    "in_research": Badge("wait", "globe", _("In research")),
    "offered": Badge("wait", "send", _("Offered to partner")),
    "drafted": Badge("act", "edit", _("Offer to complete")),
    SECOND_READING: Badge("act", "eye", _("Waits for a second reader")),
    TEXT_SENT_BACK: Badge("act", "back", _("Text sent back")),
    LOOK_AGAIN: Badge("act", "warn", _("Reply to look at again")),
}
"""How far the research of a triaged question is; derived from its assignments and answers,
unless a reply or its neutral text waits to be read, or a text of what was answered was corrected or taken back.
"""
WHO_ACTS = {
    S.RECEIVED: _("The helpdesk: triage"),
    S.CLARIFICATION_ASKED: _("The requester: a reply"),
    S.TRIAGED: _("The helpdesk: offer it to a partner"),
    S.ANSWERED: _("Nobody: it closes by itself"),
    S.DECLINED: _("Nobody: it closes by itself"),
}
WHO_ACTS_ON_STAGE = {
    UNREAD_REPLY: _("The helpdesk: read the reply"),
    "ready": _("The helpdesk: write the reply"),
    "in_review": _("An editor: review"),
    "sent_back": _("The partner: mend the answer"),
    "asked_us": _("The helpdesk: reply to the partner"),
    "in_research": _("The partner: research"),
    "offered": _("The partner: accept or decline"),
    "drafted": _("The helpdesk: complete the offer"),
    SECOND_READING: _("A second officer or editor: read the neutral text"),
    TEXT_SENT_BACK: _("The helpdesk: change the neutral text"),
    LOOK_AGAIN: _("The helpdesk: look at the reply again"),
}
OUR_OWN_READY = _("The helpdesk: publish what was found, then close")
"""Of a question that nobody asked."""
NOBODY = _("Nobody")
URGENCIES = {Urgency.NORMAL: _("Normal"), Urgency.URGENT: _("Urgent")}
FINDINGS = {
    Kind.EMAIL: _("e-mail address"),
    Kind.ONLINE_PROFILE: _("online profile"),
    Kind.IBAN: _("bank account"),
    Kind.NATIONAL_NUMBER: _("national number"),
    Kind.FILE_NUMBER: _("file number"),
    Kind.DOCUMENT_NUMBER: _("document number"),
    Kind.PHONE: _("telephone number"),
    Kind.NUMBER: _("long number"),
    Kind.BIRTH_DATE: _("date of birth"),
    Kind.ADDRESS: _("address"),
    Kind.NAME: _("name"),
    Kind.SCHOOL: _("school"),
    Kind.FLIGHT: _("flight"),
    Kind.DATE_OF_TRAVEL: _("date of travel"),
    Kind.TIE: _("relative or acquaintance"),
    Kind.PLACE_OF_STAY: _("place of stay"),
    Kind.PLACE_OF_CARE: _("place of care"),
    Kind.PLACE_OF_WORK: _("place of work"),
    Kind.VILLAGE: _("village"),
    Kind.HOUSEHOLD: _("household"),
}
HISTORY = {
    "question.open": _("The question came in"),
    "question.draft": _("The neutral text was saved"),
    "question.revise": _("The neutral text was changed"),
    "question.clear": _("A second person read the neutral text"),
    "question.send_back": _("A second person sent the neutral text back"),
    "question.match": _("What we have already was looked at"),
    "question.take": _("Somebody took the question"),
    "question.assign": _("The question was assigned"),
    "question.topic": _("A topic was set"),
    "question.ask_clarification": _("The requester was asked"),
    "question.clarify": _("The requester replied"),
    "question.clarify_triaged": _("The requester replied"),
    "question.read_reply": _("The reply was read"),
    "question.give_up_waiting": _("Closed without a reply from the requester"),
    "question.triage": _("Triage was finished"),
    "question.answer": _("The reply was sent"),
    "question.correct": _("The reply was corrected"),
    "question.take_back": _("The reply was taken back"),
    "question.decline": _("Declined"),
    "question.withdraw": _("Withdrawn by the requester"),
    "question.merge": _("Merged into another question"),
    "question.unmerge": _("Taken apart again"),
    "question.unmerge_unread": _("Taken apart again"),
    "question.finish": _("Closed: nobody waited for a reply"),
    "question.unmerge_asked": _("Taken apart again; the requester is asked again"),
    "question.split": _("Points were split off into a question of their own"),
    "question.absorb": _("Another question was merged into this one"),
    "question.follow": _("Follows the question that now stands for it"),
    "question.succeed": _("Follows the question that now stands for it"),
    "question.take_over": _("Took the place of the question it was merged into"),
    "question.close": _("Closed"),
    "question.reopen": _("Opened again"),
    "question.reopen_unread": _("Opened again"),
    "question.dispute": _("Whoever asked says that the answer was wrong"),
    "message.note": _("A note was kept"),
    "message.tell": _("The requester was written to"),
    "reading.original": _("The original was opened"),
    "reading.contact": _("The contact was opened"),
    "reading.identity": _("The identity of a source was opened"),
    "reading.reach": _("It was read how to reach somebody who is not published"),
    "reading.file": _("A file of the partner was opened"),
    "reading.ask_instead": _("It was read whom a partner says to ask instead"),
    "assignment.adjust_ledger": _("What the partner gets was adjusted"),
    "assignment.open": _("An assignment was drafted"),
    "assignment.offer": _("Offered to a partner"),
    "assignment.accept": _("Accepted by the partner"),
    "assignment.decline": _("Declined by the partner"),
    "assignment.lapse": _("The offer lapsed"),
    "assignment.clarify": _("The partner asked a question"),
    "assignment.explain": _("The partner got a reply"),
    "assignment.ask_extension": _("The partner asked for more time"),
    "assignment.extend": _("The partner got more time"),
    "assignment.refuse_extension": _("The date was kept"),
    "assignment.release": _("Given back by the partner"),
    "assignment.revoke": _("The assignment was revoked"),
    "assignment.complete": _("The assignment was completed"),
    "answer.open": _("The partner began an answer"),
    "answer.submit": _("The answer came in for review"),
    "answer.return": _("The answer was sent back"),
    "answer.accept": _("The answer was accepted"),
    "answer.reject": _("The answer was rejected"),
    "answer.withdraw": _("The answer was withdrawn"),
}
ACTORS = {
    "requester": _("the requester"),
    "counsellor": _("the counsellor"),
    "researcher": _("the partner"),
    "clock": _("the clock"),
    "visitor": _("the requester"),
    "staff": _("the desk"),
}


def badge_of(state: str, stage: str | None) -> Badge:
    """The one badge of a question: how far its research is, once triaged and with a partner; or a reply to read, or to
    look at again.
    """
    return STAGES[stage] if stage and (state == S.TRIAGED or stage in IN_ANY_STATE) else STATES[S(state)]


def who_acts(state: str, stage: str | None, *, our_own: bool = False) -> str:
    """Who has to do something next, and what. `our_own`: the helpdesk asks it itself, so nobody waits for a reply."""
    if our_own and (state, stage) == (S.TRIAGED, "ready"):
        return OUR_OWN_READY
    if stage and (state == S.TRIAGED or stage == LOOK_AGAIN):
        return WHO_ACTS_ON_STAGE[stage]
    return WHO_ACTS.get(S(state), NOBODY)
