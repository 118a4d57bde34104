"""What an event says beside its kind, in words: the states that its row went through, and its codes."""

from collections.abc import Mapping
from typing import Any

from workflows.answers import attachment_words
from workflows.answers import desk_words as answer_words
from workflows.answers.desk import ANSWER_REJECTED
from workflows.answers.models import AnswerState
from workflows.assignments import reasons
from workflows.assignments.words import STATES as OF_ASSIGNMENT
from workflows.core.actors import Role
from workflows.core.badge import Badge
from workflows.core.words import mark as _
from workflows.excerpts.confirmation_models import ConfirmationState
from workflows.excerpts.words import CHANGE_WORDS, OF_EXCERPT, OF_REPORT, OF_VERSION, OUTCOMES, REASONS
from workflows.notices.words import HOW, why
from workflows.replies.recall import Kind as RecallKind
from workflows.replies.verdicts import VERDICTS
from workflows.requests.desk_words import STATES as OF_QUESTION
from workflows.requests.words import DECLINE_REASONS
from workflows.sheets.words import OF_EDITION


def _named(badges: Mapping[Any, Badge]) -> dict[str, str]:
    return {str(state): badge.word for state, badge in badges.items()}


STATES: Mapping[str, Mapping[str, str]] = {
    "question": _named(OF_QUESTION),
    "assignment": _named(OF_ASSIGNMENT),
    "answer": {AnswerState.DRAFT: _("Being written"), **_named(answer_words.STATES)},
    "attachment": _named(attachment_words.STATES),
    "excerpt": _named(OF_EXCERPT),
    "excerpt_version": _named(OF_VERSION),
    "excerpt_confirmation": {
        ConfirmationState.PROPOSED: _("Waits for a second editor"),
        ConfirmationState.AGREED: _("Agreed by a second editor"),
        ConfirmationState.REFUSED: _("Not agreed"),
        ConfirmationState.TAKEN_BACK: _("Taken back by its editor"),
        ConfirmationState.LAPSED: _("Lapsed"),
    },
    "reader_report": _named(OF_REPORT),
    "edition": _named(OF_EDITION),
}
"""By table."""

LABELS: Mapping[str, str] = {
    "country": _("Country"),
    "language": _("Language"),
    "topic": _("Topic"),
    "ref": _("Text"),
    "refs": _("Texts"),
    "source": _("Translated from"),
    "number": _("Version"),
    "source_number": _("Version of the original"),
    "kind": _("Kind"),
    "change": _("Kind of change"),
    "ladder": _("Reminder about"),
    "rung": _("When"),
    "anchor": _("Counted from"),
    "rationed": _("Counts for the most in a day"),
    "officer": _("Officer"),
    "editor": _("Editor"),
    "said_by": _("Said by"),
    "roles": _("Roles"),
    "reason": _("Reason"),
    "why": _("Why"),
    "how": _("How"),
    "verdict": _("What they say"),
    "outcome": _("Outcome"),
    "overridden": _("Personal details may stay"),
    "reworded": _("In other words"),
    "points": _("Points"),
    "gaps": _("Empty sections"),
    "from_database": _("From published texts alone"),
    "review_id": _("Review"),
    "round": _("Round"),
    "revision": _("Submission"),
    "merged": _("Merged"),
    "split_from": _("Split from"),
    "into": _("Into"),
    "from": _("From"),
    "to": _("To"),
    "until": _("Until"),
}
"""What each code of an event is about, in the order in which they are said; a rule looks for codes without a label."""

ROLES: Mapping[str, str] = {
    Role.OFFICER.value: _("Helpdesk officer"),
    Role.EDITOR.value: _("Editor"),
    Role.MANAGER.value: _("Manager"),
    Role.ADMINISTRATOR.value: _("Administrator"),
}
LADDERS: Mapping[str, str] = {
    "question.triage": _("Triage"),
    "question.clarification": _("The requester’s reply"),
    "assignment.offer": _("The reply to the offer"),
    "assignment.submission": _("The partner’s answer"),
    "answer.review": _("The review"),
    "excerpt.hold": _("The text on hold"),
    "excerpt.freshness": _("Whether the text is still true"),
    "sheet.review": _("Whether the country sheet is still true"),
}
RUNGS: Mapping[str, str] = {
    "before_due": _("Before the date"),
    "due": _("On the date"),
    "late": _("After the date"),
    "later": _("After the date, once more"),
    "very_late": _("Long after the date"),
    "tell_desk": _("After the date, to the helpdesk"),
    "tell_manager": _("After the date, to the manager"),
    "second_editor": _("To a second editor"),
    "after_3": _("After 3 days"),
    "after_10": _("After 10 days"),
    "check_early": _("Early, before it has to be checked"),
    "check_soon": _("When it has to be checked soon"),
    "out_of_date": _("When it is out of date"),
    "still_out_of_date": _("When it is still out of date"),
    "expired": _("When it has expired"),
}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "change": CHANGE_WORDS,
    "how": HOW,
    "ladder": LADDERS,
    "outcome": OUTCOMES,
    "roles": ROLES,
    "rung": RUNGS,
    "verdict": VERDICTS,
    "answer.withdraw:reason": reasons.RELEASE,
    "assignment.decline:reason": reasons.DECLINE,
    "assignment.release:reason": reasons.RELEASE,
    "assignment.revoke:reason": {
        "question_declined": _("The question was declined"),
        "question_withdrawn": _("The question was withdrawn"),
        "question_closed": _("The question was closed"),
        ANSWER_REJECTED: _("The answer was rejected"),
    },
    "attachment.open:kind": attachment_words.KINDS,
    "attachment.refuse:reason": attachment_words.REASONS,
    "attachment.turn_down:reason": attachment_words.REASONS,
    "question.decline:reason": DECLINE_REASONS,
    "reader_report.open:reason": REASONS,
    "reply.recall:kind": {
        RecallKind.CORRECTED: _("The text was corrected"),
        RecallKind.WITHDRAWN: _("The text was withdrawn"),
        RecallKind.RETRACTED: _("The text was retracted"),
    },
    "staff.change_roles:from": ROLES,
    "staff.change_roles:to": ROLES,
}
"""The words of closed lists, by the name of the code, where need be with the kind of the event before it."""


def state_word(table: str, state: str) -> str:
    """What a state is called, as a marked text; the code itself for one of an older version."""
    return STATES.get(table, {}).get(state, state)


def code_word(kind: str, name: str, value: str) -> str | None:
    """What a code of an event of this kind says, as a marked text; None where it is no word of a closed list."""
    if name == "why":
        return why(value)
    return WORDS.get(f"{kind}:{name}", WORDS.get(name, {})).get(value)
