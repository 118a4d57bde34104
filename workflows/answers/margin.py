"""Comments in the margin of a text under review: each about a paragraph, a part or the whole, answered and settled.

They are the desk's own. Of those on an answer, an editor may name some for the partner, who gets a copy on its return.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.answers.models import MarginNote
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.errors import Incomplete, NotFound, OutOfTurn
from workflows.core.hidden import plain_text
from workflows.core.paragraphs import paragraphs, print_of
from workflows.core.words import mark as _

N = TypeVar("N", bound=MarginNote)
QUOTED = 80
"""Characters of a paragraph that are kept, to tell which one it was after it has changed."""


@dataclass(frozen=True, slots=True)
class About:
    """What a comment is about: a part of the text (none: the whole), and perhaps one of its paragraphs."""

    part: str = ""
    paragraph: int | None = None

    @classmethod
    def named(cls, text: str) -> "About":
        """`Q1-2` is the third paragraph of Q1, `Q1` all of it, nothing the whole."""
        part, _dash, number = text.rpartition("-")
        return cls(part, int(number)) if part and number.isdecimal() else cls(text)


@dataclass(frozen=True, slots=True)
class Said:
    """One comment or reply, for the page."""

    id: UUID
    text: str
    author: str
    at: datetime
    for_partner: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies. `place`: where it stands now, such as `Q1-2`; `changed`: not there any more."""

    first: Said
    replies: tuple[Said, ...]
    part: str
    place: str
    quote: str
    changed: bool


def anchored(parts: Mapping[str, str], about: About) -> dict[str, str]:
    """The columns that tie a comment to its paragraph. Refuses: Incomplete for a place that is not in the text."""
    if about.part and about.part not in parts:
        raise Incomplete({"about": _("Choose a paragraph of this text.")})
    if about.paragraph is None:
        return {"part": about.part, "paragraph": "", "quote": ""}
    texts = paragraphs(parts[about.part]) if about.part else []
    if about.paragraph >= len(texts):
        raise Incomplete({"about": _("Choose a paragraph of this text.")})
    text = texts[about.paragraph]
    return {"part": about.part, "paragraph": print_of(text), "quote": _beginning(text)}


def _beginning(text: str) -> str:
    """As many whole words as fit into a quote; a part of the first one when it is longer than that."""
    if len(text) <= QUOTED:
        return text
    cut = text[:QUOTED]
    whole = cut[:-1] if text[QUOTED - 1].isspace() else cut.rpartition(" ")[0]
    return f"{(whole or cut[:-1]).rstrip(' ,;:')}…"


def worded(text: str) -> str:
    """The words of a comment. Refuses: Incomplete (nothing, or too much)."""
    plain = plain_text(text)
    if not plain:
        raise Incomplete({"words": _("Write your comment.")})
    if len(plain) > policy.COMMENT_MAX:
        raise Incomplete({"words": _("This is too long. Please shorten it.")})
    return plain


def open_note(session: Session, actor: Staff, model: type[N], note_id: UUID, **of: UUID) -> N:
    """A comment of this text (`of` names its column), locked. Refuses: NotFound, OutOfTurn (settled, or a reply)."""
    note = lock_visible(session, actor, model, note_id)
    if any(getattr(note, column) != row_id for column, row_id in of.items()):
        raise NotFound(model.__name__)
    if note.settled_at or note.reply_to:
        raise OutOfTurn("this comment is settled", done=note.settled_at is not None)
    return note


def settle(note: MarginNote, actor: Staff, now: datetime) -> None:
    """Nothing is left to do about it."""
    note.settled_at, note.settled_by = now, actor.id


def threads(session: Session, notes: Sequence[Any], parts: Mapping[str, str]) -> list[Thread]:
    """The comments as they stand by this text, open ones first, each part in its order. One statement."""
    if not notes:
        return []
    writers = {note.author_id for note in notes}
    found = session.execute(select(StaffAccount.id, StaffAccount.name).where(StaffAccount.id.in_(writers)))
    names = {row.id: row.name for row in found}
    prints = {
        (part, print_of(text)): number for part, whole in parts.items() for number, text in enumerate(paragraphs(whole))
    }
    made = [_thread(note, notes, prints, names) for note in notes if note.reply_to is None]
    return sorted(made, key=lambda one: (one.first.settled, list(parts).index(one.part) if one.part in parts else -1))


def _thread(
    note: Any, notes: Sequence[Any], prints: Mapping[tuple[str, str], int], names: Mapping[UUID, str]
) -> Thread:
    number = prints.get((note.part, note.paragraph))
    return Thread(
        first=_said(note, names),
        replies=tuple(_said(one, names) for one in notes if one.reply_to == note.id),
        part=note.part,
        place=f"{note.part}-{number}" if number is not None else "",
        quote=note.quote,
        changed=bool(note.paragraph) and number is None,
    )


def _said(note: Any, names: Mapping[UUID, str]) -> Said:
    name = names.get(note.author_id, "")
    for_partner = bool(getattr(note, "for_partner", False))
    return Said(note.id, note.text, name, note.at, for_partner, note.settled_at is not None)
