"""What a digest counts: every notice to staff belongs to one kind of news, and a kind is all that a letter says."""

from collections import Counter
from collections.abc import Iterable

KINDS = {
    "questions": ("question_received",),
    "unread": ("triage_due", "triage_late"),
    "requester_replies": ("clarification_received",),
    "reopened": ("question_reopened",),
    "disputed": ("answer_disputed",),
    "withdrawn": ("question_withdrawn",),
    "accepted": ("assignment_accepted",),
    "without_partner": ("assignment_declined", "assignment_lapsed", "assignment_released", "answer_unusable"),
    "partner_questions": ("partner_asks", "extension_asked"),
    "late": ("offer_unanswered", "submission_late", "submission_very_late"),
    "reviews": ("answer_submitted", "review_waiting", "review_yours", "review_late"),
    "answers_withdrawn": ("answer_withdrawn",),
    "approvals": ("approval_wanted", "edition_approval_wanted"),
    "changes": ("changes_asked", "confirmation_refused"),
    "missed": ("publication_missed",),
    "checks": (
        "excerpt_check_soon",
        "excerpt_out_of_date",
        "excerpt_expired",
        "sheet_check_soon",
        "sheet_out_of_date",
        "sheet_expired",
        "hold_due",
        "hold_late",
    ),
    "reports": ("reader_reported", "personal_data_reported"),
    "undeliverable": ("letter_undeliverable",),
}
OTHER = "other"
_KIND_OF = {notice: kind for kind, notices in KINDS.items() for notice in notices}


def count_news(notices: Iterable[str]) -> dict[str, int]:
    """How much news of each kind there is; kinds without any are 0, so that a strict template may ask for all."""
    counted = Counter(_KIND_OF.get(notice, OTHER) for notice in notices)
    return {kind: counted[kind] for kind in (*KINDS, OTHER)}
