"""The words of a country sheet: its front matter in a language of its own, and what its states are called."""

from datetime import date

from config import policy
from workflows.core.badge import Badge
from workflows.core.days import day_in_words
from workflows.core.words import mark as _
from workflows.core.words import say
from workflows.sheets.document import FreshnessKind, FrontMatter, LegendLine
from workflows.sheets.models import EditionState
from workflows.sheets.states import Doubt, SectionState, Standing

LANGUAGES = {"en": "English", "fr": "Français", "nl": "Nederlands"}
"""In which sheets are written; each under its own name."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ur"})
NETWORK = "Terrain"


OF_EDITION = {
    EditionState.DRAFT: Badge("mute", "edit", _("Draft")),
    EditionState.IN_REVIEW: Badge("info", "eye", _("Waiting for approval")),
    EditionState.PUBLISHED: Badge("ok", "check", _("Published")),
    EditionState.SUPERSEDED: Badge("mute", "swap", _("Replaced")),
    EditionState.DISCARDED: Badge("mute", "trash", _("Discarded")),
}
OF_SECTION = {
    SectionState.EMPTY: _("Not in this edition"),
    SectionState.SOURCE_WITHDRAWN: _("A text was withdrawn"),
    SectionState.SOURCE_STALE: _("A text is out of date"),
    SectionState.NEWER_AVAILABLE: _("A newer text exists"),
    SectionState.CURRENT: _("Current"),
}
BEFORE_ANY = {**OF_SECTION, SectionState.EMPTY: _("Nothing yet")}
"""The same before there is an edition that anything could be in."""
OF_DOUBT = {
    Doubt.RETRACTED: _("A text was retracted"),
    Doubt.CORRECTED: _("A text was corrected"),
    Doubt.OUT_OF_DATE: _("A text is out of date"),
    Doubt.HELD: _("A text is being checked"),
}
"""What a doubtful section is called, by what makes it so."""
NO_LONGER_VALID = _("A text of this section is no longer valid. Its place says why.")
DOUBTS = {
    Doubt.CORRECTED: _("A text of this section was wrong and was corrected since. Its place says so."),
    Doubt.OUT_OF_DATE: _("Some of this section is out of date. Do not decide on it alone."),
    Doubt.HELD: _("A text of this section is being checked again. Do not decide on it alone."),
}
"""What a reader is warned of at the head of a section."""
NOT_ALL = _("Not all of it is up to date. The sections that are not say so.")
BEING_CHECKED = _("Something in it is being checked again. The sections that it is in say so.")
REPLACED = _("Edition {number} of {day} has replaced this one.")
PAST = _("This sheet is out of date: it was to be looked at again by {day}. Do not decide on it alone.")
SINCE = _("This file stays as it is. Here you see what changed since, and the newest edition: {address}")
AS_OF = _("The discs show how the texts stood on {day}. How they stand today is said here: {address}")
STOOD = _("state of {day}")
NOTHING = _("Nobody has looked for this yet.")
BEYOND = _("There are published texts on this that this edition does not contain.")
DISC_WORDS: dict[FreshnessKind, str] = {
    "current": _("Current"),
    "check_soon": _("Check soon"),
    "out_of_date": _("Out of date"),
    "expired": _("Expired"),
    "withdrawn": _("Withdrawn"),
    "none": _("Nothing yet"),
}
_LEGEND: tuple[tuple[FreshnessKind, str], ...] = (
    ("current", _("You may rely on it until the day that stands beside it.")),
    ("check_soon", _("It still holds. Its day comes soon, and we will look at it again.")),
    ("out_of_date", _("Its day has passed. Do not decide on it alone.")),
    ("none", NOTHING),
)
_FRONT = {
    "network_text": _(
        "We collect practical information in countries, one town and one matter at a time.\n"
        "It is for people who think about returning, and for those who counsel them."
    ),
    "helpdesk_text": _("Is your answer not here? Ask us: {address}\nIt is free. You need not give your name."),
    "kind_label": _("Country sheet"),
    "edition_text": _("Edition {number}"),
    "published_text": _("Published on {day}"),
    "review_text": _("To be looked at again by {day}"),
    "disclaimer_title": _("What this sheet is, and what it is not"),
    "disclaimer_text": _(
        "This sheet informs. Nobody can claim a right from it.\n"
        "It never advises to return or to stay, and never says that a place is safe.\n"
        "We check what we write, from more than one side where we can. We cannot promise that it is complete or still "
        "true: look at the day beside each text. Pages of others, behind links, are their own."
    ),
    "preparation_title": _("How it was prepared"),
    "preparation_text": _(
        "Partners who live in the country looked for the information on the spot. This sheet names none of them: it "
        "keeps them safe.\n"
        "An editor compared what they found with other sources and left out everything about persons. A second editor "
        "approved the sheet. Each text carries its date, its sources and the day until which it may be relied on."
    ),
    "partners_title": _("Partners of the project"),
    "legend_title": _("How to read the discs"),
    "contents_title": _("Contents"),
    "sources_title": _("Sources"),
    "sources_label": _("Sources"),
    "table_label": _("Table"),
    "page_text": _("Page {page} of {pages}"),
}
_FILLED_HERE = ("helpdesk_text", "edition_text", "published_text", "review_text")

HELD = _("Being checked")
RETRACTED = _("Retracted")
CORRECTED = _("Corrected since")
CHECKING = _("We are checking this text.")
CHECKING_ORIGINAL = _("The original of this text is being checked.")
NOT_ALONE = _("Do not decide on it alone.")
WAS_WRONG = _("This version was wrong and was corrected on {day}.")
READ_NEWEST = _("Read the newest version")
READ_ORIGINAL = _("Read the original")
NEWER = _("A newer version exists")
CHECKED = _("Checked on {day}")
RELY_UNTIL = _("valid until {day}")
HELD_UNTIL = _("was valid until {day}")
UNKNOWN = _("What we do not know")
GONE = _("This text was withdrawn.")


def front_matter(language: str, number: int, published_on: date, review_on: date, ask_at: str) -> FrontMatter:
    """The fixed words of one edition. `ask_at` is the public address where a question can be asked."""
    words = {name: say(text, language) for name, text in _FRONT.items()}
    given = {"address": ask_at, "number": number}
    days = {"published_text": published_on, "review_text": review_on}
    for name in _FILLED_HERE:
        day = day_in(days[name], language) if name in days else ""
        words[name] = words[name].format(**given, day=day)
    legend = tuple(LegendLine(kind, say(DISC_WORDS[kind], language), say(text, language)) for kind, text in _LEGEND)
    return FrontMatter(
        network_name=NETWORK,
        funding_text=policy.PROJECT_FUNDING or None,
        partners=policy.PROJECT_PARTNERS,
        legend=legend,
        **words,
    )


def warning_of(state: SectionState, doubt: Doubt | None) -> str | None:
    """What a reader is warned of at the head of a section, marked."""
    if state is SectionState.SOURCE_WITHDRAWN:
        return NO_LONGER_VALID
    return DOUBTS[doubt] if doubt else None


def word_of(stands: Standing) -> str:
    """The word beside the disc of a text, marked."""
    if stands.retracted:
        return RETRACTED
    if stands.corrected and not stands.gone:
        return CORRECTED
    return HELD if stands.held else DISC_WORDS[stands.kind]


def day_in(day: date, language: str) -> str:
    """A day with the month in letters, the day first in English too."""
    return day_in_words(day, "long", language)


def month_in(day: date, language: str) -> str:
    """Month and year, as on a title page."""
    words = day_in_words(day, "LLLL y", language)
    return words[:1].upper() + words[1:]


def direction_of(language: str) -> str:
    """The way a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
