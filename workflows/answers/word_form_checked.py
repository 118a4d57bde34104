"""The published text that a recheck is about, as it stands in the Word form: to be read there, not to be filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflows.answers import word_form_words as words
from workflows.answers.words import SOURCE_KINDS
from workflows.assignments.text_to_check import TextToCheck
from workflows.core.markdown import blocks
from workflows.core.words import mark as _
from workflows.core.words import say

TITLE = _("The text to check")
TAKEN_BACK = (
    _("This text was taken back since you were asked."),
    _("There is nothing left to check. Ask the desk what to do."),
)
CHANGED = (
    _("The text was changed since you were asked."),
    _("Please check version %(number)s, which stands below. Readers have version %(newest)s now."),
)


@dataclass(frozen=True)
class Checked:
    """`lines` are the text, each with whether it is a heading; `note` says that it was changed or taken back since."""

    title: str
    note: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, bool], ...]

    def own_words(self) -> Iterator[str]:
        """All of it, piece by piece."""
        yield from (self.title, self.note)
        for term, value in self.facts:
            yield from (term, value)
        for line, _heading in self.lines:
            yield line


def checked(text: TextToCheck | None, language: str) -> Checked | None:
    """The text in its own language; what is said of it in the form's. A text that was taken back is not written out."""
    if text is None:
        return None
    title = say(TITLE, language)
    if text.taken_back:
        return Checked(title, _said(TAKEN_BACK, text, language), (), ())
    facts = (
        (_("Version"), str(text.number)),
        (_("True on"), words.day_in_full(text.information_date, language)),
        (_("Place"), text.place),
        (_("Language"), words.language_in(text.language, language)),
    )
    return Checked(
        title=title,
        note=_said(CHANGED, text, language) if text.changed else "",
        facts=tuple((say(term, language), value) for term, value in facts if value),
        lines=tuple(_lines(text, language)),
    )


def _lines(text: TextToCheck, language: str) -> Iterator[tuple[str, bool]]:
    yield (text.title, True)
    yield (text.summary, False)
    for kind, words_of_block in blocks(text.body):
        yield (f"• {words_of_block}" if kind == "item" else words_of_block, kind == "heading")
    if text.unknown:
        yield (say(_("What we do not know"), language), True)
        yield from ((line, False) for line in text.unknown.splitlines() if line.strip())
    if text.sources:
        yield (say(_("Sources"), language), True)
    for number, source in enumerate(text.sources, 1):
        yield (f"{number}. {_source(source, language)}", False)


def _source(source: dict[str, Any], language: str) -> str:
    kind, dated = SOURCE_KINDS.get(source["kind"]), source.get("dated")
    told = (
        source["label"],
        say(kind, language) if kind else "",
        words.day_in_full(date.fromisoformat(dated), language) if dated else "",
    )
    return " · ".join(filter(None, told))


def _said(sentences: tuple[str, ...], text: TextToCheck, language: str) -> str:
    return " ".join(say(one, language) for one in sentences) % {"number": text.number, "newest": text.newest}
