"""Which published versions were found wrong: a correction is said of every version before it while it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, aliased

from workflows.excerpts.models import Change, PublishedVersion


@dataclass(frozen=True, slots=True)
class Correction:
    """What put an older version right: the number of the version that does, its day, and the public note."""

    number: int
    on: date
    note: str
    """In the language of the text."""


def corrections_of(ref: ColumnElement[str] | Any) -> ScalarSelect[Any]:
    """Every correction of the text, the oldest first, as one value of a larger statement; see `correction_after`."""
    row = aliased(PublishedVersion)
    line = func.jsonb_build_array(row.number, row.published_on, row.public_note)
    lines = select(func.jsonb_agg(aggregate_order_by(line, row.number)))
    return lines.where(row.ref == ref, row.change == Change.CORRECTION, ~row.retracted).scalar_subquery()


def correction_after(found: Sequence[Sequence[Any]] | None, number: int) -> Correction | None:
    """The first of these corrections that came after version `number`: the one that says what was wrong in it."""
    for one, on, note in found or ():
        if one > number:
            return Correction(one, date.fromisoformat(on), note)
    return None


def version_with_correction(
    session: Session, ref: str, number: int
) -> tuple[PublishedVersion, Correction | None] | tuple[None, None]:
    """A version and what corrected it, if anything did; None when there is no such version. One statement."""
    row = PublishedVersion
    wanted = select(row, corrections_of(row.ref)).where(row.ref == ref, row.number == number)
    found = session.execute(wanted).one_or_none()
    return (found[0], correction_after(found[1], number)) if found else (None, None)
