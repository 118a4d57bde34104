"""Which published versions were found wrong: a correction is said of every version before it while it stands, and of
every translation of such a version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, and_, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, distinct_on
from sqlalchemy.orm import Session, aliased

from workflows.core.words import mark as _
from workflows.excerpts.models import Change, ExcerptState, PublishedExcerpt, PublishedVersion
from workflows.excerpts.unsaid import told
from workflows.vocabulary.shelf_life import Freshness, freshness

CORRECTED = "corrected"
"""What a translation is in every list while its original is known to be wrong, whatever its dates say."""
UNTRANSLATED = _("What was wrong was not translated: the page of the original says it, in its own language.")


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a version, since when that is known, and where it is put right."""

    number: int
    """Of this text: every version before it was wrong. For a translation that was not put right yet, one to come."""
    on: date
    note: str
    """In the language of the text that was wrong; empty where nobody put it into that of a translation."""
    language: str = ""
    """Of the note."""
    ref: str = ""
    """The text that was corrected: this one, or the original of which it is a translation."""
    by: int = 0
    """The version of that text which puts it right."""

    @property
    def unsaid(self) -> str:
        """What stands, marked, where nobody put the note into the language of this translation."""
        return "" if self.note else UNTRANSLATED

    @property
    def told(self) -> str:
        """The note, or what stands in its place, in the language of the text: for programs and files."""
        return told(self.note, self.unsaid, self.language)


def corrections_of(ref: ColumnElement[str] | Any) -> ScalarSelect[Any]:
    """Every correction of the text and of its original, the oldest first, as one value of a larger statement; see
    `correction_after`.
    """
    row, ours = aliased(PublishedVersion), aliased(PublishedVersion)
    source = select(func.max(ours.source_ref)).where(ours.ref == ref).correlate_except(ours)
    last_wrong = (
        select(func.max(ours.number)).where(ours.ref == ref, ours.source_number < row.number).correlate_except(ours)
    )
    number = case((row.ref == ref, row.number), else_=last_wrong.scalar_subquery() + 1)
    spoken = select(func.max(ours.language)).where(ours.ref == ref).correlate_except(ours).scalar_subquery()
    note = case((row.ref == ref, row.public_note), else_=func.coalesce(row.translated_notes.op("->>")(spoken), ""))
    line = func.jsonb_build_array(number, row.published_on, note, spoken, row.ref, row.number)
    lines = select(func.jsonb_agg(aggregate_order_by(line, number, row.ref != ref, row.number)))
    texts = row.ref.in_([ref, source.scalar_subquery()])
    return lines.where(texts, row.change == Change.CORRECTION, ~row.retracted).scalar_subquery()


def correction_after(found: Sequence[Sequence[Any]] | None, number: int) -> Correction | None:
    """The first of these corrections that came after version `number`: the one that says what was wrong in it."""
    for one, on, *said in found or ():
        if one and one > number:
            return Correction(one, date.fromisoformat(on), *said)
    return None


def version_with_correction(
    session: Session, ref: str, number: int
) -> tuple[PublishedVersion, Correction | None] | tuple[None, None]:
    """A version and what corrected it, if anything did; None when there is no such version. One statement."""
    row = PublishedVersion
    wanted = select(row, corrections_of(row.ref)).where(row.ref == ref, row.number == number)
    found = session.execute(wanted).one_or_none()
    return (found[0], correction_after(found[1], number)) if found else (None, None)


def how_fresh(row: Any, today: date) -> Freshness | str:
    """How fresh a current text is today, or that it is not right; `row` has its dates and `corrected_on`."""
    return CORRECTED if row.corrected_on else freshness(row.valid_until, row.information_date, today)


def as_read(row: Any, today: date) -> str:
    """What readers are told of a text: its state unless that is published, else how fresh it is or that it is wrong."""
    return how_fresh(row, today) if row.state == ExcerptState.PUBLISHED else row.state


def translations_found_wrong() -> Subquery:
    """The last version of each translation that says what a correction of its original put right, whatever came of it
    since: with `note`, in its own language, `on`, since when it is known, and what a version has.
    """
    row, later, right = PublishedVersion, aliased(PublishedVersion), aliased(PublishedVersion)
    corrects = (later.ref == row.source_ref, later.change == Change.CORRECTION, ~later.retracted)
    first = select(func.min(later.number)).where(later.number > row.source_number, *corrects)
    said = func.coalesce(right.translated_notes.op("->>")(row.language), "")
    return (
        select(row.ref, row.number, row.country, row.topic_groups, row.topics, row.language, row.source_ref, row.title,
               said.label("note"), func.greatest(right.published_on, row.published_on).label("on"))
        .join(right, and_(right.ref == row.source_ref, right.number == first.correlate(row).scalar_subquery()))
        .where(~row.retracted)
        .ext(distinct_on(row.ref, right.number))
        .order_by(row.ref, right.number, row.number.desc())
        .subquery()
    )  # fmt: skip


def follow_corrections(session: Session, ref: str, today: date) -> None:
    """Let the public rows of this text and of its translations say since when their originals are known to be wrong."""
    text, version = PublishedExcerpt, PublishedVersion
    found_wrong = (
        select(version.published_on)
        .where(version.ref == text.source_ref, version.number > text.source_number)
        .where(version.change == Change.CORRECTION, ~version.retracted)
        .order_by(version.number)
        .limit(1)
        .scalar_subquery()
    )
    session.flush()
    session.execute(
        update(text)
        .where(or_(text.ref == ref, text.source_ref == ref), text.corrected_on.is_distinct_from(found_wrong))
        .values(corrected_on=found_wrong, changed_on=today)
        .execution_options(synchronize_session="fetch")
    )
