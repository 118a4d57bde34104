"""What an edition under work consists of, what the buttons do to it, and its fingerprint."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from config import policy
from workflows.core.hidden import plain_text
from workflows.core.markdown import plain
from workflows.core.words import mark as _
from workflows.depersonalise import Rare, rare_combination
from workflows.requests.outgoing import advice
from workflows.sheets.models import Edition

TOO_LONG = _("This is too long. Please shorten it.")
TOO_MANY = _("This section is full. Remove a text first.")
ALREADY_THERE = _("This text is already in the sheet.")


class Pin(NamedTuple):
    """One excerpt version; written `COD-HOU-0042@3` in a form."""

    ref: str
    number: int

    def __str__(self) -> str:
        return f"{self.ref}@{self.number}"

    @classmethod
    def parse(cls, text: str) -> "Pin | None":
        """Back from a form; None for anything else."""
        ref, _at, number = text.partition("@")
        return cls(ref, int(number)) if ref and number.isdecimal() and len(number) < 5 else None


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """One topic group: the words before it and what it shows."""

    group: str
    intro: str
    pins: tuple[Pin, ...] = ()


class Verb(StrEnum):
    """What a button of the composing page does to the pins."""

    ADD = "add"
    UP = "up"
    DOWN = "down"
    REMOVE = "remove"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Press:
    """One button: what, in which section, which text. `newest` without a group means everywhere."""

    verb: Verb
    group: str = ""
    ref: str = ""


def rare_intro(intro: str) -> Rare | None:
    """A rare combination in an introduction; whoever approves decides whether that tells who."""
    return rare_combination([intro], "")


def told_to_readers(intro: str) -> list[str]:
    """The phrases of an introduction that advise, or promise safety, as they are shown."""
    return advice(plain(intro))


def field_of(place: int, name: str) -> str:
    """Which field of the form a problem belongs to; places count from 0."""
    return f"sections-{place}-{name}"


def drafts_of(edition: Edition) -> tuple[SectionDraft, ...]:
    """The edition as it stands; its sections and pins must be loaded."""
    return tuple(
        SectionDraft(section.topic_group, section.intro, tuple(Pin(pin.ref, pin.number) for pin in section.pins))
        for section in edition.sections
    )


def typed(stored: Sequence[SectionDraft], form: Sequence[SectionDraft]) -> tuple[SectionDraft, ...]:
    """What was typed, section by section in the stored order; one the form lacks stays as it is."""
    sent = {section.group: section for section in form}
    merged = (sent.get(section.group, section) for section in stored)
    return tuple(replace(section, intro=plain_text(section.intro)) for section in merged)


def fingerprint(sections: Sequence[SectionDraft]) -> bytes:
    """SHA-256 of everything an approver agrees to: intros and pinned versions, which never change themselves."""
    shown = [[section.group, section.intro, [str(pin) for pin in section.pins]] for section in sections]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def rearranged(sections: Sequence[SectionDraft], press: Press, newest: Mapping[str, int]) -> tuple[SectionDraft, ...]:
    """The sections after a button. `newest` has the current version of each published text; an unknown one stays."""
    return tuple(
        replace(section, pins=_moved(section.pins, press, newest)) if press.group in {"", section.group} else section
        for section in sections
    )


def shape_problems(sections: Sequence[SectionDraft]) -> dict[str, str]:
    """One marked text for each field that cannot be kept."""
    return dict(_problems(sections))


def _problems(sections: Sequence[SectionDraft]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for place, section in enumerate(sections):
        refs = [pin.ref for pin in section.pins]
        if len(section.intro) > policy.SHEET_INTRO_MAX:
            yield field_of(place, "intro"), TOO_LONG
        if len(refs) > policy.SHEET_PINS_MAX:
            yield field_of(place, "add"), TOO_MANY
        if len(set(refs)) < len(refs) or seen & set(refs):
            yield field_of(place, "add"), ALREADY_THERE
        seen |= set(refs)


def _moved(pins: tuple[Pin, ...], press: Press, newest: Mapping[str, int]) -> tuple[Pin, ...]:
    if press.verb is Verb.NEWEST:
        every = press.ref == ""
        return tuple(
            Pin(pin.ref, newest.get(pin.ref, pin.number)) if every or pin.ref == press.ref else pin for pin in pins
        )
    if press.verb is Verb.ADD:
        return (*pins, Pin(press.ref, newest[press.ref])) if press.ref in newest else pins
    if press.verb is Verb.REMOVE:
        return tuple(pin for pin in pins if pin.ref != press.ref)
    return _swapped(pins, press.ref, -1 if press.verb is Verb.UP else 1)


def _swapped(pins: tuple[Pin, ...], ref: str, step: int) -> tuple[Pin, ...]:
    """The text one place up or down; at the end of the row it stays."""
    order = list(pins)
    at = next((place for place, pin in enumerate(order) if pin.ref == ref), None)
    if at is not None and 0 <= at + step < len(order):
        order[at], order[at + step] = order[at + step], order[at]
    return tuple(order)
