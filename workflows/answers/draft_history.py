"""The last drafts of an answer: one is kept with each save, and its text can be taken back.

What is sealed is in none of them, and how to reach a contact is in none either: that and the consent to publish it stay
as they stand now, whatever text is taken back.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from config import policy
from workflows.answers.draft_models import KeptDraft
from workflows.answers.drafts import NEVER_SHOWN, ROWS, AnswerDraft, PointDraft, RowDraft, names_of
from workflows.answers.models import Answer, Contact
from workflows.answers.written import Written, read_written
from workflows.core.actors import Researcher

CONSENT = "may_publish"


def note_draft(session: Session, actor: Researcher, answer: Answer, now: datetime, *, by_hand: bool) -> None:
    """Keep what stands now beside the drafts before it; of these only the last DRAFTS_KEPT stay.

    A page that saves by itself goes on in the draft that it began, unless that is some time ago or words were lost.
    """
    content = _content(read_written(session, answer))
    last = session.scalar(_of(answer.id).limit(1))
    if last is not None and last.content == content:
        return
    if last is not None and not by_hand and _goes_on(last, actor, content, now):
        last.content, last.saved_at = content, now
        return
    session.add(
        KeptDraft(
            answer_id=answer.id,
            partner_id=answer.partner_id,
            begun_at=now,
            saved_at=now,
            saved_by=actor.id,
            by_hand=by_hand,
            content=content,
        )
    )
    session.flush()
    session.execute(
        delete(KeptDraft).where(
            KeptDraft.id.in_(_of(answer.id).with_only_columns(KeptDraft.id).offset(policy.DRAFTS_KEPT))
        )
    )


def draft_of(session: Session, kept: KeptDraft) -> AnswerDraft:
    """What was typed then, to be compared with what stands, or saved again. One statement."""
    rows = session.scalars(select(Contact).where(Contact.answer_id == kept.answer_id))
    contacts = {str(row.id): {CONSENT: row.may_publish, NEVER_SHOWN["contacts"]: row.reach} for row in rows}
    lists: dict[str, Any] = {
        name: [_typed(kind, row | contacts.get(row["id"], {})) for row in kept.content.get(name, [])]
        for name, kind in ROWS.items()
    }
    points = [_typed(PointDraft, point) for point in kept.content["points"]]
    return AnswerDraft(points=points, credit=kept.content["credit"], note=kept.content["note"] or "", **lists)


def forget_drafts(session: Session, now: datetime) -> None:
    """Throw away what is older than DRAFTS_KEPT_DAYS."""
    session.execute(delete(KeptDraft).where(KeptDraft.saved_at < now - timedelta(days=policy.DRAFTS_KEPT_DAYS)))


def erase_drafts(session: Session, answer_id: UUID) -> None:
    """The answer is accepted: what it was before nobody needs."""
    session.execute(delete(KeptDraft).where(KeptDraft.answer_id == answer_id))


def _of(answer_id: UUID) -> Any:
    newest = (KeptDraft.saved_at.desc(), KeptDraft.begun_at.desc(), KeptDraft.id)
    return select(KeptDraft).where(KeptDraft.answer_id == answer_id).order_by(*newest)


def _goes_on(last: KeptDraft, actor: Researcher, content: Mapping[str, Any], now: datetime) -> bool:
    recent = last.begun_at > now - policy.DRAFT_GOES_ON
    return (
        not last.by_hand and last.saved_by == actor.id and recent and _lost(last.content, content) <= policy.DRAFT_LOSES
    )


def _lost(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    """How many characters of one text, at most, are not in the other one any more: all between the first and the last
    that changed.
    """
    old, new = " ".join(_words(before)), " ".join(_words(after))
    start = _same(old, new)
    return len(old) - start - _same(old[start:][::-1], new[start:][::-1])


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _words(part: Any) -> list[str]:
    if isinstance(part, Mapping):
        return [word for name, value in sorted(part.items()) if name != "id" for word in _words(value)]
    if isinstance(part, list):
        return [word for value in part for word in _words(value)]
    return [part] if isinstance(part, str) else []


def _content(written: Written) -> dict[str, Any]:
    lists = {
        name: [_told(kind, row) | {"id": str(row.id), "point_code": row.point_code} for row in getattr(written, name)]
        for name, kind in ROWS.items()
    }
    points = [_told(PointDraft, point) | {"code": point.code} for point in written.points]
    return {"points": points, **lists, "credit": written.credit, "note": written.note}


def _told(kind: type[PointDraft] | type[RowDraft], row: Any) -> dict[str, Any]:
    left_out = {*NEVER_SHOWN.values(), CONSENT}
    values = {name: getattr(row, name) for name in names_of(kind) if name not in left_out}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _typed(kind: Any, values: Mapping[str, Any]) -> Any:
    """A draft of this kind; names that it does not know any more are passed over."""
    known = {one.name: values[one.name] for one in fields(kind) if one.name in values}
    for name in ("information_date", "dated", "day"):
        if known.get(name):
            known[name] = date.fromisoformat(known[name])
    return kind(**known | ({"id": UUID(known["id"])} if "id" in known else {}))
