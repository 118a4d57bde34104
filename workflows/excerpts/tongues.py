"""The languages that a published text can be read in, from the flat rows alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from workflows.excerpts.corrected import Correction, correction_after, corrections_of
from workflows.excerpts.models import PublishedExcerpt


@dataclass(frozen=True)
class Tongue:
    """The text in one language. `lags`: the original changed since this was made; `corrected`: what was wrong in it."""

    ref: str
    language: str
    number: int
    state: str
    source_number: int | None
    lags: bool
    corrected: Correction | None
    files: Sequence[dict[str, Any]]


def state_of_original(source_ref: ColumnElement[str | None] | Any) -> ScalarSelect[str]:
    """What has become of the original of a translation, as one value of a larger statement; nothing for an original."""
    original = aliased(PublishedExcerpt)
    found = select(original.state).where(original.ref == source_ref)
    return found.correlate_except(original).scalar_subquery()


def tongues_of(session: Session, original: str) -> Sequence[Tongue]:
    """Every language that a text can be read in, the original first; none when there is only one. One statement."""
    rows = session.execute(_of_original(), {"original": original}).all()
    if len(rows) < 2:
        return ()
    newest = rows[0].number
    return [
        Tongue(ref, language, number, state, source, lags=source is not None and source < newest,
               corrected=correction_after(corrections, number), files=files)
        for ref, language, number, state, source, files, corrections in rows
    ]  # fmt: skip


@cache
def _of_original() -> Select[Any]:
    """Put together once: that took a sixth of what the page of a text takes."""
    row = PublishedExcerpt
    original: BindParameter[str] = bindparam("original")
    return (
        select(row.ref, row.language, row.number, row.state, row.source_number, row.files, corrections_of(row.ref))
        .where(or_(row.ref == original, row.source_ref == original))
        .order_by(row.source_ref.is_not(None), row.language)
    )
