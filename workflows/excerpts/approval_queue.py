"""The texts that wait for another editor's approval, to stand beside the page of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.queue import Place, head_and, numbered, place_of
from workflows.excerpts.models import Excerpt, ExcerptVersion, VersionState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits. `due` is the day until when an editor should have read it."""

    ref: str
    title: str
    language: str
    country: str
    topic_group: str
    due: date


@dataclass(frozen=True, slots=True)
class Beside:
    """The head of the queue; `place` (whose neighbours are references) is None for a text that does not wait."""

    rows: Sequence[Waiting]
    place: Place | None


def approval_queue(session: Session, actor: Staff, here: UUID | None) -> Beside:
    """What waits for approval, the longest first; `here` is the excerpt on the page. One statement."""
    row = ExcerptVersion
    waiting = row.visible_to(actor) & (row.state == VersionState.IN_REVIEW) & (row.excerpt_id == Excerpt.id)
    places = numbered(Excerpt.ref, waiting, row.saved_at, row.id)
    lines = (
        select(Excerpt.id, Excerpt.ref, Excerpt.country, Excerpt.topic_group, Excerpt.language, row.title, row.saved_at)
        .join(row, row.excerpt_id == Excerpt.id)
        .where(row.state == VersionState.IN_REVIEW)
        .join(places, places.c.key == Excerpt.ref)
    )
    ref = select(Excerpt.ref).where(Excerpt.id == here).scalar_subquery()
    found = session.execute(head_and(lines, places, ref)).all()
    place = next((place_of(one) for one in found if one.id == here), None)
    return Beside([_waiting(one) for one in found], place)


def _waiting(one: Any) -> Waiting:
    written = HELPDESK.local_day(one.saved_at)
    return Waiting(
        ref=one.ref, title=one.title, language=one.language, country=one.country, topic_group=one.topic_group,
        due=HELPDESK.add_working_days(written, policy.REVIEW_WORKING_DAYS),
    )  # fmt: skip
