"""How a pinned text, a section and a whole sheet stand on a day. Derived from what is published, never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from config import policy
from workflows.excerpts.corrected import Correction, correction_after
from workflows.excerpts.models import ExcerptState
from workflows.excerpts.unsaid import unsaid
from workflows.sheets.document import FreshnessKind
from workflows.vocabulary.shelf_life import Freshness, freshness

READABLE = frozenset({ExcerptState.PUBLISHED, ExcerptState.ON_HOLD})
STALE = frozenset({Freshness.OUT_OF_DATE, Freshness.EXPIRED})


class Doubt(StrEnum):
    """Why a section is not to be relied on alone; the first that holds, in this order. One whose text was withdrawn has
    none of these: its state says it.
    """

    RETRACTED = "retracted"
    CORRECTED = "corrected"
    OUT_OF_DATE = "out_of_date"
    HELD = "held"


class SectionState(StrEnum):
    """What there is to say about a section before reading it; the first that holds, in this order."""

    EMPTY = "empty"
    SOURCE_WITHDRAWN = "source_withdrawn"
    SOURCE_STALE = "source_stale"
    NEWER_AVAILABLE = "newer_available"
    CURRENT = "current"


UNSOUND = frozenset({SectionState.SOURCE_STALE, SectionState.SOURCE_WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Published:
    """An excerpt as the public finds it now."""

    state: str
    number: int
    notice: str
    information_date: date
    valid_until: date
    corrections: Sequence[Sequence[Any]] | None = None
    """As `excerpts.corrected.corrections_of` gives them."""
    published_on: date | None = None
    source_ref: str | None = None
    """Of a translation: the original."""
    source_state: str | None = None
    """Of the original then."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one pinned version stands."""

    gone: bool
    """Withdrawn or retracted: its notice is shown instead of its text."""
    held: bool
    """Being checked: it stays, with a warning."""
    newer: int | None
    """The number of a newer version, if there is one."""
    notice: str
    information_date: date
    valid_until: date
    freshness: Freshness
    corrected: Correction | None = None
    """What was wrong in this version, as a later one says."""
    newer_on: date | None = None
    """When the newer version was published."""
    source_ref: str | None = None
    """Of a translation: the original."""
    unsaid: str = ""
    """What stands, marked, where nobody put a notice into the language of this translation."""
    retracted: bool = False
    """Gone because it was wrong."""
    original_held: bool = False
    """Held because its original is being checked."""

    @property
    def holds(self) -> bool:
        """It may be said until when: it was neither taken back nor corrected, and nobody is checking it."""
        return not (self.gone or self.held or self.corrected)

    @property
    def past(self) -> bool:
        """Its day has passed."""
        return self.freshness in STALE

    @property
    def stale(self) -> bool:
        """Not to be relied on alone."""
        return not self.gone and (not self.holds or self.past)

    @property
    def kind(self) -> FreshnessKind:
        """Its disc."""
        if self.gone or self.corrected:
            return "withdrawn"
        return "out_of_date" if self.held else self.freshness.value


def standing(number: int, information_date: date, valid_until: date, now: Published | None, today: date) -> Standing:
    """How version `number`, with the dates it was published with, stands today.

    While it is the current version the dates of today count, which a check on the spot may have moved.
    """
    if now and now.number == number:
        information_date, valid_until = now.information_date, now.valid_until
    return Standing(
        gone=now is None or now.state not in READABLE,
        held=now is not None and now.state == ExcerptState.ON_HOLD,
        newer=now.number if now and now.number > number else None,
        notice=now.notice if now else "",
        information_date=information_date,
        valid_until=valid_until,
        freshness=freshness(valid_until, information_date, today),
        corrected=correction_after(now.corrections, number) if now else None,
        newer_on=now.published_on if now and now.number > number else None,
        source_ref=now.source_ref if now else None,
        unsaid=unsaid(now.state, now.notice, now.source_ref) if now else "",
        retracted=now is not None and now.state == ExcerptState.RETRACTED,
        original_held=now is not None and now.state == now.source_state == ExcerptState.ON_HOLD,
    )


def section_state(pins: Sequence[Standing]) -> SectionState:
    """The state of a section with these pins."""
    if not pins:
        return SectionState.EMPTY
    if any(pin.gone for pin in pins):
        return SectionState.SOURCE_WITHDRAWN
    if any(pin.stale for pin in pins):
        return SectionState.SOURCE_STALE
    if any(pin.newer for pin in pins):
        return SectionState.NEWER_AVAILABLE
    return SectionState.CURRENT


def section_doubt(pins: Sequence[Standing]) -> Doubt | None:
    """What makes a section with these pins doubtful, more than its state says."""
    if any(pin.retracted for pin in pins):
        return Doubt.RETRACTED
    if section_state(pins) is not SectionState.SOURCE_STALE:
        return None
    if any(pin.corrected for pin in pins):
        return Doubt.CORRECTED
    return Doubt.OUT_OF_DATE if any(pin.past and not pin.held for pin in pins) else Doubt.HELD


def soundness(sections: Iterable[Sequence[Standing]]) -> tuple[int, bool]:
    """How many of these sections lean on a text that is out of date, held, corrected or withdrawn; and whether each of
    those is unsound for no worse reason than that a text of it is being checked.
    """
    unsound = [pins for pins in sections if section_state(pins) in UNSOUND]
    return len(unsound), bool(unsound) and all(section_doubt(pins) is Doubt.HELD for pins in unsound)


def sheet_expires_on(review_on: date) -> date:
    """The first day on which the sheet has left default lists."""
    return review_on + timedelta(days=policy.SHEET_EXPIRES_AFTER_DAYS)


def sheet_freshness(review_on: date, expires_on: date, today: date) -> Freshness:
    """How the sheet itself stands: on its review date it still holds."""
    if today >= expires_on:
        return Freshness.EXPIRED
    return Freshness.OUT_OF_DATE if today > review_on else Freshness.CURRENT
