"""Help, a page for each thing that people ask about; every period and limit in it is the one that the system keeps."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from config import policy
from web_kit.gate import everyone
from web_kit.language import current
from webapp.asking import ANSWER_LANGUAGES
from webapp.public.caching import as_of_release, may_be_kept
from workflows.core.words import mark as _
from workflows.requests.promise import IN_ALL
from workflows.requests.receipts import LENGTH
from workflows.requests.steps import LABELS
from workflows.requests.words import DECLINE_REASONS, Status

bp = Blueprint("help", __name__, url_prefix="/<language:lang>/help")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help, as a list of them names it."""

    title: str
    gist: str


TOPICS = {
    "ask": Topic(_("How to ask a question"), _("What you can ask, and what you need not say.")),
    "what-happens": Topic(_("What happens with your question"), _("The steps, how long they take, and who reads it.")),
    "code": Topic(_("Your code"), _("How to keep it safe, also on a shared phone. What to do when it is lost.")),
    "search": Topic(_("How to search"), _("Words, filters, and what to do when nothing is found.")),
    "freshness": Topic(_("What the signs mean"), _("Whether you may rely on a text, and until when.")),
    "news": Topic(_("How to follow news"), _("By e-mail, or with a feed and without an address.")),
    "data": Topic(_("For programs and research"), _("Files, an interface, and how to cite.")),
}
PERIODS = {
    Status.READ: policy.TRIAGE_WORKING_DAYS,
    Status.RESEARCHED: policy.OFFER_WORKING_DAYS + policy.SUBMISSION_WORKING_DAYS,
    Status.CHECKED: policy.REVIEW_WORKING_DAYS,
}
"""How many working days a step takes at most, when nothing is late."""
NOT_DONE = ("about_one_person", "asks_for_proof", "asks_for_advice")
"""Reasons of declining a question that are worth knowing before one asks."""
NEVER_MIND = (
    _("Capitals and accents do not matter."),
    _("One or many does not matter."),
    _("The last word may be only the beginning of one."),
)
"""What need not be typed exactly."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Searches for the readers of one language: few words, words that stand together, and one for each of `NEVER_MIND`:
    in which language, what is typed, what it finds."""

    few: str
    together: str
    alike: tuple[tuple[str, str, str], ...]


EXAMPLES = {
    "en": Examples(
        "insulin Kinshasa",
        "birth certificate",
        (("fr", "Hopital", "hôpital"), ("en", "school", "schools"), ("en", "vacc", "vaccination")),
    ),
    "fr": Examples(
        "insuline Kinshasa",
        "acte de naissance",
        (("fr", "Hopital", "hôpital"), ("fr", "école", "écoles"), ("fr", "naiss", "naissance")),
    ),
    "nl": Examples(
        "insuline Kinshasa",
        "medisch attest",
        (("nl", "Prive", "privé"), ("nl", "kamer", "kamers"), ("nl", "vacc", "vaccinatie")),
    ),
    "ar": Examples(
        "إنسولين كينشاسا",
        "birth certificate",
        (("fr", "Hopital", "hôpital"), ("en", "school", "schools"), ("en", "vacc", "vaccination")),
    ),
}
"""In Arabic an Arabic word is an example only where it works: no text has one, so none stands beside another or is the
beginning of one."""
FACTS = {
    "policy": policy,
    "in_all": IN_ALL,
    "steps": [(label, PERIODS.get(status)) for status, label in LABELS.items()],
    "declined": [DECLINE_REASONS[reason] for reason in NOT_DONE],
    "answered_in": tuple(ANSWER_LANGUAGES.values()),
    "letters": LENGTH,
    "never_mind": NEVER_MIND,
    "idle_minutes": int(policy.REQUESTER_IDLE.total_seconds() // 60),
}
"""What the pages say of the system, from where it is decided."""


@bp.get("")
@everyone
@may_be_kept
def index() -> ResponseReturnValue:
    """All of it, a card for each page."""
    as_of_release()
    return render_template("public/help/index.html", topics=TOPICS)


@bp.get(f"/<any({', '.join(map(repr, TOPICS))}):about>")
@everyone
@may_be_kept
def show(about: str) -> ResponseReturnValue:
    """One page of it."""
    as_of_release()
    examples = EXAMPLES.get(current(), EXAMPLES["en"])
    return render_template(f"public/help/{about}.html", topics=TOPICS, about=about, examples=examples, **FACTS)
