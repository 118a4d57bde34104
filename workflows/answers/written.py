"""The stored rows of an answer: read whole, and written from a draft.

What is sealed is written once: another identity, or another way to reach somebody, makes another row. A row that is not
in the draft any more is dropped, not deleted, because a frozen revision may name it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.drafts import (
    AnswerDraft,
    ContactDraft,
    PointDraft,
    PriceDraft,
    RowDraft,
    SourceDraft,
    names_of,
    settled,
    typed_in,
)
from workflows.answers.models import Answer, AnswerPoint, Contact, Price, Source
from workflows.core.errors import NotFound
from workflows.core.hidden import plain_text


@dataclass(frozen=True)
class Written:
    """An answer as it stands, with the rows that are not dropped, each list in its order."""

    points: Sequence[AnswerPoint]
    sources: Sequence[Source]
    prices: Sequence[Price]
    contacts: Sequence[Contact]
    credit: str
    note: str | None


def read_written(session: Session, answer: Answer) -> Written:
    """Four statements."""
    return Written(
        points=points_of(session, answer),
        sources=_kept(session, Source, answer),
        prices=_kept(session, Price, answer),
        contacts=_kept(session, Contact, answer),
        credit=answer.credit,
        note=answer.note_for_editor,
    )


def points_of(session: Session, answer: Answer) -> Sequence[AnswerPoint]:
    """The points of an answer, in their order."""
    wanted = select(AnswerPoint).where(AnswerPoint.answer_id == answer.id)
    return session.scalars(wanted.order_by(AnswerPoint.position)).all()


def write_point(point: AnswerPoint, typed: PointDraft) -> None:
    """Put what was typed into the row of its point; a day that could not be read leaves the one that stands there."""
    typed = settled(typed, point)
    for name in names_of(PointDraft):
        setattr(point, name, _tidy(getattr(typed, name)))


def write_rows(session: Session, answer: Answer, draft: AnswerDraft) -> None:
    """Put the lists of a draft into rows. Refuses: NotFound (a row that is not of this answer)."""
    _write(session, answer, Source, draft.sources)
    _write(session, answer, Price, draft.prices)
    _write(session, answer, Contact, draft.contacts)


def _kept(session: Session, model: Any, answer: Answer) -> Sequence[Any]:
    wanted = select(model).where(model.answer_id == answer.id, model.dropped.is_(False))
    return session.scalars(wanted.order_by(model.position)).all()


def _write(session: Session, answer: Answer, model: Any, drafts: Sequence[RowDraft]) -> None:
    known = {row.id: row for row in session.scalars(select(model).where(model.answer_id == answer.id))}
    _refuse_foreign(model, drafts, known)
    named = set()
    for position, draft in enumerate(drafts, 1):
        row = _row_for(model, draft, known.get(draft.id)) if draft.id else _new_row(model, draft)
        if row.id not in known:
            row.answer_id = answer.id
            session.add(row)
        row.position, row.point_code, row.dropped = position, draft.point_code, False
        for name, value in typed_in(settled(draft, known.get(draft.id))).items():
            setattr(row, name, _tidy(value))
        if isinstance(draft, PriceDraft):
            row.currency = row.currency.upper()
        if isinstance(draft, ContactDraft):
            row.reach = plain_text(draft.reach) if draft.may_publish else ""
        named.add(row.id)
    for row in known.values():
        if row.id not in named:
            _drop(row)


def _refuse_foreign(model: Any, drafts: Iterable[RowDraft], known: dict[UUID, Any]) -> None:
    if any(draft.id is not None and draft.id not in known for draft in drafts):
        raise NotFound(model.__tablename__)


def _row_for(model: Any, draft: RowDraft, known: Any) -> Any:
    """The stored row, unless something is to be sealed, or takes the place of what was."""
    if isinstance(draft, SourceDraft):
        replaced = draft.closed is not None or bool(plain_text(draft.identity))
    elif isinstance(draft, ContactDraft):
        typed = bool(plain_text(draft.reach)) and (known.keeps_reach or not draft.may_publish)
        replaced = draft.closed is not None or typed
    else:
        replaced = False
    return _new_row(model, draft) if replaced else known


def _new_row(model: Any, draft: RowDraft) -> Any:
    if isinstance(draft, SourceDraft):
        if draft.closed is not None:
            return model(id=draft.closed.row_id, identity_sealed=draft.closed.box, keeps_identity=True)
        identity = plain_text(draft.identity)
        return model(identity=identity or None, keeps_identity=bool(identity))
    if isinstance(draft, ContactDraft):
        if draft.closed is not None:
            return model(id=draft.closed.row_id, reach_sealed=draft.closed.box, keeps_reach=True)
        sealed = "" if draft.may_publish else plain_text(draft.reach)
        return model(restricted_reach=sealed or None, keeps_reach=bool(sealed))
    return model()


def _drop(row: Any) -> None:
    """Taken out of the draft. How to reach somebody does not stay readable in a row that nobody looks at."""
    row.dropped = True
    if isinstance(row, Contact):
        row.reach = ""


def _tidy(value: Any) -> Any:
    return plain_text(value) if isinstance(value, str) else value
