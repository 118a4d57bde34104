"""The one list of all lifecycles and ladders, and of the tables they live in."""

from workflows.answers.attachment_lifecycle import ATTACHMENT
from workflows.answers.lifecycle import ANSWER, REVIEW_LADDER
from workflows.assignments.lifecycle import ASSIGNMENT, OFFER_LADDER, SUBMISSION_LADDER
from workflows.assignments.pausing import NEW_DATE
from workflows.core.lifecycle import Lifecycle, Notice
from workflows.core.reminders import Ladder
from workflows.excerpts.confirmation_lifecycle import CONFIRMATION
from workflows.excerpts.lifecycle import EXCERPT, EXCERPT_VERSION, FRESHNESS_LADDER, HOLD_LADDER
from workflows.excerpts.report_lifecycle import PERSONAL_DATA, PERSONAL_DATA_REPORTED, READER_REPORT
from workflows.replies.models import HELD, RECALLED
from workflows.replies.verdicts import FOUND_WRONG
from workflows.requests.lifecycle import CLARIFICATION_LADDER, DISPUTED, NEWS, QUESTION, TRIAGE_LADDER
from workflows.requests.messages import TOLD
from workflows.sheets.lifecycle import EDITION, SHEET_LADDER
from workflows.subscribers.clock import TELLS

LIFECYCLES: tuple[Lifecycle, ...] = (
    QUESTION,
    ASSIGNMENT,
    ANSWER,
    ATTACHMENT,
    EXCERPT_VERSION,
    EXCERPT,
    CONFIRMATION,
    READER_REPORT,
    EDITION,
)
LADDERS: tuple[Ladder, ...] = (
    TRIAGE_LADDER, CLARIFICATION_LADDER, OFFER_LADDER, SUBMISSION_LADDER, REVIEW_LADDER, HOLD_LADDER, SHEET_LADDER,
    FRESHNESS_LADDER,
)  # fmt: skip
"""In the order in which they are swept: a sheet's review comes before a single text's when a day is full."""

OUTSIDE: dict[str, tuple[Notice, ...]] = {
    RECALLED: (NEWS,),
    HELD: (NEWS,),
    NEW_DATE: (NEWS,),
    TOLD: (NEWS,),
    FOUND_WRONG: (DISPUTED,),
    PERSONAL_DATA_REPORTED: (PERSONAL_DATA,),
    **TELLS,
}
"""News that is no move of anything: a text that was handed out was taken back, an answer holds all the same, it takes
longer than said, the helpdesk wrote a message, an answer was found wrong, a text points to a person, somebody wants to
follow what is published or has news of it.
"""


def notices_of(kind: str, rung: str | None = None) -> tuple[Notice, ...]:
    """Whom an event of this kind is told to. Kinds are `lifecycle.move`, `lifecycle.open` or `ladder.remind`."""
    if kind in OUTSIDE:
        return OUTSIDE[kind]
    name, _, move = kind.rpartition(".")
    if move == "remind":
        return next(ladder for ladder in LADDERS if ladder.name == name).rung(rung or "").tells
    lifecycle = next((one for one in LIFECYCLES if one.name == name), None)
    if lifecycle is None:
        return ()
    return lifecycle.begins if move == "open" else lifecycle.move(move).tells
