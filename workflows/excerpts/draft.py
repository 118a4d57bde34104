"""A version's text as it is typed: what it consists of, what may stand in each field, and its fingerprint."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config import policy
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.excerpts.models import Change, ExcerptVersion
from workflows.excerpts.words import CHANGES, CONFIDENCE, SOURCE_KINDS

TOO_LONG = _("This is too long. Please shorten it.")
NOT_OFFERED = _("Choose one of the answers offered.")
IN_THE_FUTURE = _("This day is still to come. Write the day it was true.")
LIMITS = {
    "title": policy.EXCERPT_TITLE_MAX,
    "summary": policy.EXCERPT_SUMMARY_MAX,
    "body": policy.EXCERPT_TEXT_MAX,
    "unknown": policy.EXCERPT_TEXT_MAX,
    "place": policy.PLACE_MAX,
    "public_note": policy.REASON_MAX,
    "valid_until_reason": policy.REASON_MAX,
}


def note_in(language: str) -> str:
    """What the public note for the translation into this language is called."""
    return f"public_note_{language}"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as readers see it: never a person's name."""

    label: str
    kind: str
    dated: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "label": plain_line(self.label),
            "kind": self.kind,
            "dated": self.dated.isoformat() if self.dated else None,
        }


@dataclass(frozen=True, slots=True)
class Text:
    """Everything an editor writes in one version. Without `valid_until` the rule of the topics sets it."""

    title: str
    summary: str = ""
    body: str = ""
    unknown: str = ""
    confidence: str = ""
    place: str = ""
    topics: Sequence[str] = ()
    facets: Sequence[str] = ()
    sources: Sequence[SourceLine] = field(default=())
    information_date: date | None = None
    valid_until: date | None = None
    valid_until_reason: str = ""
    change: str = Change.FIRST
    public_note: str = ""
    translated_notes: Mapping[str, str] = field(default_factory=dict)
    """By language: what readers of each translation are told of a correction."""


def wrong_fields(text: Text, today: date, topics: Collection[str], facets: Collection[str]) -> dict[str, str]:
    """One marked text for each field that cannot be kept as it is. `topics` and `facets` are the known codes."""
    return dict([*_lengths(text), *_codes(text, topics, facets), *_days(text, today)])


def _lengths(text: Text) -> Iterator[tuple[str, str]]:
    if not text.title.strip():
        yield "title", _("Give the text a title.")
    for name, most in LIMITS.items():
        if len(getattr(text, name)) > most:
            yield name, TOO_LONG
    for language, note in text.translated_notes.items():
        if len(note) > policy.REASON_MAX:
            yield note_in(language), TOO_LONG
    if any(len(source.label) > policy.SOURCE_FIELD_MAX for source in text.sources):
        yield "sources", TOO_LONG
    if len(text.sources) > policy.SOURCES_PER_ANSWER:
        yield "sources", _("These are too many sources. Keep the best ones.")


def _codes(text: Text, topics: Collection[str], facets: Collection[str]) -> Iterator[tuple[str, str]]:
    if not text.topics:
        yield "topics", _("Choose at least one topic.")
    if not set(text.topics) <= set(topics):
        yield "topics", NOT_OFFERED
    if not set(text.facets) <= set(facets):
        yield "facets", NOT_OFFERED
    if text.confidence not in {"", *CONFIDENCE}:
        yield "confidence", NOT_OFFERED
    if text.change not in {Change.FIRST, *CHANGES}:
        yield "change", NOT_OFFERED
    if any(source.kind not in {"", *SOURCE_KINDS} for source in text.sources):
        yield "sources", NOT_OFFERED


def _days(text: Text, today: date) -> Iterator[tuple[str, str]]:
    if text.information_date is None:
        yield "information_date", _("Say on which day this was true.")
    elif text.information_date > today:
        yield "information_date", IN_THE_FUTURE
    elif text.valid_until and text.valid_until < text.information_date:
        yield "valid_until", _("This lies before the day it was true.")
    if any(source.dated and source.dated > today for source in text.sources):
        yield "sources", IN_THE_FUTURE


def fingerprint(version: ExcerptVersion, files: Sequence[Sequence[str]]) -> bytes:
    """SHA-256 of everything a reader would get of this version, as canonical JSON; `files` as they are carried."""
    shown = {
        name: getattr(version, name)
        for name in ("title", "summary", "body", "unknown", "confidence", "place", "topics", "facets", "sources",
                     "change", "public_note")
    }  # fmt: skip
    days = {name: getattr(version, name).isoformat() for name in ("information_date", "valid_until")}
    there = {"files": files, "translated_notes": version.translated_notes}
    whole = shown | days | {name: given for name, given in there.items() if given}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=list)
    return hashlib.sha256(canonical.encode()).digest()


def plain_line(text: str) -> str:
    """The same on one line."""
    return " ".join(plain_text(text).split())
