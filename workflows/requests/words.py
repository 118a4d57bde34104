"""What requesters read about their questions: a closed list of states, each with who acts next, and plain reasons."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.core.words import mark as _
from workflows.requests.models import QuestionState as S

CONSENT_VERSION = "2026-1"
"""Names a text that had both purposes in one: "The answer may go on our public pages. Nothing there says who you are."
A new text needs a new name, so that it is known what each person agreed to.
"""
WEB_CONSENT_VERSION = "2026-2"
"""Names what is said before each box of the public site, or read aloud by an officer, when both were agreed to."""
NOT_PUBLISHED_VERSION = "2026-2-not-published"
"""The same, when only the first was: what is found out for this request is not written up for everybody."""
ANSWERING = (
    _("We read what you write. We use it only to find an answer."),
    _("We remove personal details before anybody else sees your question."),
    _("You can delete everything with your code."),
)
"""The first purpose, without which nothing can be done."""
ANOTHER_AGREES = _("The person you ask for knows about it and agrees.")
ANSWERING_FOR_ANOTHER = (ANOTHER_AGREES, *ANSWERING)
"""The same, said by whoever asks for someone they help."""
ANOTHER_CONSENT_VERSION = "2026-2-helping"
ANOTHER_NOT_PUBLISHED_VERSION = "2026-2-helping-not-published"
"""Name what was agreed to then: for both purposes, and for the first alone."""
CONSENTS = {
    False: (WEB_CONSENT_VERSION, NOT_PUBLISHED_VERSION),
    True: (ANOTHER_CONSENT_VERSION, ANOTHER_NOT_PUBLISHED_VERSION),
}
"""By whether somebody asks for someone they help: the names for both purposes, and for the first alone."""
PUBLISHING = (
    _("The answer helps others who ask the same."),
    _("Nothing on our public pages says who you are."),
    _("You also get your answer without this."),
)
"""The second purpose, which is free."""
COUNSELLOR_CONSENT_VERSIONS = frozenset({"2026-1-counsellor", "2026-2-counsellor"})
"""What a counsellor confirmed for both purposes: once with one box, now with one for each."""
COUNSELLOR_CONSENT_VERSION = "2026-2-counsellor"
"""Names what a counsellor confirms; the text stands with the counsellors' commands."""
COUNSELLOR_NOT_PUBLISHED_VERSION = "2026-2-counsellor-not-published"
"""The same, when only the first was."""
STAYS_PRIVATE = frozenset({NOT_PUBLISHED_VERSION, ANOTHER_NOT_PUBLISHED_VERSION, COUNSELLOR_NOT_PUBLISHED_VERSION})
"""What is found out for a request with one of these is not written up for everybody."""


@dataclass(frozen=True, slots=True)
class Words:
    """One state as a requester reads it. `tone` is the card's: "act" when they must act, "mute" when it is over."""

    label: str
    who_next: str
    explained: str
    tone: str = ""


class Status(StrEnum):
    """The only states a requester is told."""

    RECEIVED = "received"
    READ = "read"
    ASKED = "asked"
    RESEARCHED = "researched"
    CHECKED = "checked"
    ANSWERED = "answered"
    DECLINED = "declined"
    CLOSED = "closed"


WORDS = {
    Status.RECEIVED: Words(
        _("We received your question"),
        _("We act next."),
        _("We will read it soon. You do not need to do anything."),
    ),
    Status.READ: Words(
        _("We are reading your question"),
        _("We act next."),
        _("We remove personal details. Then we look for an answer."),
    ),
    Status.ASKED: Words(
        _("We have a question for you"),
        _("You act next."),
        _("We need to know one thing before we go on."),
        tone="act",
    ),
    Status.RESEARCHED: Words(
        _("A researcher in the country is looking for your answer"),
        _("The researcher acts next."),
        _("The researcher does not know who you are. You can wait."),
    ),
    Status.CHECKED: Words(
        _("We are checking the answer"),
        _("We act next."),
        _("An answer came in. We check it before you read it."),
    ),
    Status.ANSWERED: Words(
        _("Your answer is here"),
        _("You can read it now."),
        _("We tell you what we found. What you do is your choice."),
    ),
    Status.DECLINED: Words(
        _("We cannot answer this question"),
        _("We stop here."),
        _("We are sorry. Here is the reason."),
        tone="mute",
    ),
    Status.CLOSED: Words(
        _("This question is closed"),
        _("We stop here."),
        _("Nobody works on it any more."),
        tone="mute",
    ),
}

_BY_STAGE = {"read": Status.READ, "researched": Status.RESEARCHED, "checked": Status.CHECKED}
_BY_STATE = {
    S.CLARIFICATION_ASKED: Status.ASKED,
    S.ANSWERED: Status.ANSWERED,
    S.DECLINED: Status.DECLINED,
    S.CLOSED: Status.CLOSED,
    S.WITHDRAWN: Status.CLOSED,
}


def status_of(state: str, stage: str | None, *, heard_from_again: bool) -> Status:
    """The state to tell. `heard_from_again`: they answered a question of ours, so somebody is reading it."""
    if state == S.TRIAGED:
        return _BY_STAGE[stage or "read"]
    if state == S.RECEIVED:
        return Status.READ if heard_from_again else Status.RECEIVED
    return _BY_STATE.get(S(state), Status.READ)


def status_elsewhere(state: str, stage: str | None) -> Status:
    """The state of the question that theirs was merged into. What its asker is asked or does is not for their eyes."""
    if state in {S.ANSWERED, S.DECLINED, S.CLOSED}:
        return _BY_STATE[S(state)]
    return _BY_STAGE[stage or "read"]


DECLINE_REASONS = {
    "not_about_a_country": _("The question is not about living in a country."),
    "about_one_person": _("We do not look for people or check one person's story."),
    "not_safe_to_ask": _("Asking this could put somebody in danger."),
    "asks_for_advice": _("We inform. We never say whether to go or to stay."),
    "asks_for_proof": _("We do not write letters or proof for a procedure."),
    "no_partner": _("We know nobody there who can find out."),
    "not_possible_to_know": _("Nobody can find this out with certainty."),
    "other_language": _("We cannot work in this language yet."),
}
"""Why a question may be declined: codes for the desk, words for whoever asked."""


def decline_words(reason: str | None) -> str:
    """The reason in plain words; what the desk wrote itself is passed on as it is."""
    return DECLINE_REASONS.get(reason or "", reason or "")


class Kind(StrEnum):
    """Who is asking."""

    SELF = "self"
    HELPING = "helping"


KINDS = {Kind.SELF: _("For me or my family"), Kind.HELPING: _("For someone I help")}
