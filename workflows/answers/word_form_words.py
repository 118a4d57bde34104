"""What the Word form says and asks, field by field: the words of the page, and those that only paper needs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from babel import Locale

from workflows.answers import words
from workflows.answers.drafts import ContactDraft, PriceDraft, RowDraft, SourceDraft
from workflows.assignments.partner_queries import TaskScope
from workflows.core.days import day_in_words
from workflows.core.words import PARTNERS, say
from workflows.core.words import mark as _

YES, NO = "yes", "no"
TRUTH = MappingProxyType({YES: _("Yes"), NO: _("No")})
LETTERS = MappingProxyType({letter: letter for letter in words.INDEPENDENCE})


@dataclass(frozen=True)
class Ask:
    """How one field is asked for. Kinds: `text`, `long` (paragraphs), `day`, `currency`, `choice` (code and word)."""

    label: str
    hint: str = ""
    kind: str = "text"
    choices: Mapping[str, str] = field(default_factory=dict)


NOTHING_FOUND = _("Then only say where you searched, and on which day.")


def _choice(label: str, choices: Mapping[str, str], hint: str = "") -> Ask:
    return Ask(label, hint, "choice", choices)


POINT: Mapping[str, Ask] = MappingProxyType({
    "text": Ask(_("Your answer"), _("What you saw or heard, where and when. Short sentences."), "long"),
    "place": Ask(_("For which place is this true?")),
    "information_date": Ask(_("On which day was it true?"), kind="day"),
    "confidence": _choice(_("How sure are you?"), words.CONFIDENCE),
    "not_found": _choice(_("I searched and did not find it"), TRUTH, NOTHING_FOUND),
    "searched_where": Ask(_("Where did you search?")),
})  # fmt: skip
ROWS: Mapping[type[RowDraft], Mapping[str, Ask]] = MappingProxyType({
    SourceDraft: {
        "label": Ask(_("What it is, without names"), _("May be printed, for example: three pharmacists.")),
        "kind": _choice(_("Kind"), words.SOURCE_KINDS),
        "dated": Ask(_("When you saw or heard it"), kind="day"),
        "mode": _choice(_("How"), words.MODES),
        "consent": _choice(_("What may be published"), words.CONSENT),
        "identity": Ask(_("Who or what exactly"), _("Safer in the workspace than in this file.")),
        "independence": _choice(
            _("Does it lean on another source?"), LETTERS, _("Sources that repeat each other get the same letter.")
        ),
        "assessment_who": Ask(
            _("Who says it?"), _("What kind of person or body, and why they would know. No names.")
        ),
        "assessment_what": Ask(_("What exactly do they say?"), _("And what they do not say.")),
        "assessment_how": Ask(_("How do they know it?"), _("Saw it, heard it, counted it, read it.")),
        "assessment_why": Ask(_("Why do they say it?"), _("What they gain or fear by it.")),
        "assessment_when": Ask(_("When did they learn it?")),
    },
    PriceDraft: {
        "what": Ask(_("What has this price?")),
        "amount": Ask(_("Amount"), _("In figures, for example 28,000 or 250–400.")),
        "currency": Ask(_("Currency"), _("Three letters, for example USD."), "currency"),
        "unit": Ask(_("Unit"), _("For example: a month, a box of 30.")),
        "day": Ask(_("On which day was this the price?"), kind="day"),
    },
    ContactDraft: {
        "label": Ask(_("Who or what it is, without names"), _("For example: registry of the town hall.")),
        "may_publish": _choice(_("They agreed that this is published"), TRUTH),
        "reach": Ask(_("Name, address, telephone, hours"), _("Safer in the workspace than in this file."), "long"),
    },
})  # fmt: skip
GRIDS = (
    ("sources", _("Where does this come from?"), ("label", "kind", "dated", "mode", "consent", "identity")),
    ("sources", _("How good is this source?"), ("independence", "assessment_who", "assessment_what", "assessment_how",
                                               "assessment_why", "assessment_when")),
    ("prices", _("Prices"), ("what", "amount", "currency", "unit", "day")),
    ("contacts", _("Contacts"), ("label", "may_publish", "reach")),
)  # fmt: skip
"""The lists of a point as tables. A source has two: what is known of it, and how good it is, joined by the number."""
ENDS: Mapping[str, Ask] = MappingProxyType({
    "credit": _choice(_("May your organisation be named?"), words.CREDIT),
    "note": Ask(_("For the editor only"), _("What must not be published, and why."), "long"),
})  # fmt: skip

DAY_HINT = _("Day/month/year, for example 27/03/2026.")
GUIDANCE = (
    _("Write in the white fields, in any program. Leave empty what you do not know."),
    _("Leave the codes in square brackets as they are: by them your answers find their place."),
    _("You may add rows to the tables. What you write elsewhere is kept for the editor."),
    _("An empty field deletes nothing. To delete something, do it in the workspace."),
    _("When you are done, upload this file to the same task. You see everything before it is taken over."),
)


def title(reference: str, language: str) -> str:
    return f"{say(_('Task'), language)} {reference}"


def tasks_named(lines: Iterable[str]) -> set[str]:
    """The references in titles of forms, whatever their language."""
    named = re.compile(rf"(?:{'|'.join(re.escape(say(_('Task'), language)) for language in PARTNERS)})\s+(T-\d+)")
    return {found[1] for line in lines if (found := named.fullmatch(line.strip()))}


def number(language: str) -> str:
    """The head of the column with the numbers."""
    return say(_("No."), language)


def kept(language: str) -> str:
    """What stands beside a field whose content is sealed."""
    return say(_("Kept, sealed. Type again only to replace it."), language)


def ends(language: str) -> str:
    return say(_("About the whole answer"), language)


def guidance(language: str) -> tuple[str, ...]:
    return tuple(say(sentence, language) for sentence in GUIDANCE)


def hint(ask: Ask, language: str) -> str:
    """What is said below a label: the hint, and the words to choose from, for programs without lists."""
    said = [say(ask.hint, language)] if ask.hint else []
    if ask.kind == "day":
        said.append(say(DAY_HINT, language))
    if ask.choices:
        said.append(" · ".join(say(word, language) for word in ask.choices.values()))
    return "\n".join(said)


def about(scope: TaskScope, language: str) -> tuple[tuple[str, str], ...]:
    """What the task is, as pairs; pairs without a value are left out."""
    pairs = (
        (_("Send by"), day_in_full(scope.submit_by, language)),
        (_("Where"), ", ".join(filter(None, (scope.place, scope.country)))),
        (_("About"), " · ".join(scope.topics)),
        (_("Visit"), say(_("Someone has to go there."), language) if scope.field_visit else ""),
        (_("Language"), language_in(scope.language, language)),
        (_("Terms"), scope.terms),
    )
    return tuple((say(term, language), value) for term, value in pairs if value)


def language_in(code: str, language: str) -> str:
    """The name of a language in another one."""
    return Locale.parse(code, sep="-").get_language_name(language) or code


def day_in_full(day: date | None, language: str) -> str:
    """A day in letters; nothing for none."""
    return day_in_words(day, "full", language) if day else ""
