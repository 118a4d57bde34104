"""The texts that wait for another editor's word: for the list, and to stand beside the page of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, literal, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from config import policy
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.queue import Place, head_and, numbered, place_of
from workflows.excerpts.confirmation_models import Confirmation, ConfirmationState
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, VersionState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits. `due` is the day until when an editor should have read it."""

    ref: str
    title: str
    language: str
    country: str
    topic_group: str
    due: date
    still_true: bool
    """Somebody says that it is still true, and another editor has to agree; else it is to be published."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The head of the queue; `place` (whose neighbours are references) is None for a text that does not wait."""

    rows: Sequence[Waiting]
    place: Place | None


def approval_queue(session: Session, actor: Staff, here: UUID | None) -> Beside:
    """What waits for approval, the longest first; `here` is the excerpt on the page. One statement."""
    one = waiting_texts(actor)
    places = numbered(Excerpt.ref, one.c.excerpt_id == Excerpt.id, one.c.since, Excerpt.id)
    lines = (
        select(Excerpt.id, Excerpt.ref, Excerpt.country, Excerpt.topic_group, Excerpt.language, one.c.title,
               one.c.since, one.c.still_true)
        .join(one, one.c.excerpt_id == Excerpt.id)
        .join(places, places.c.key == Excerpt.ref)
    )  # fmt: skip
    ref = select(Excerpt.ref).where(Excerpt.id == here).scalar_subquery()
    found = session.execute(head_and(lines, places, ref)).all()
    place = next((place_of(one) for one in found if one.id == here), None)
    return Beside([_waiting(one) for one in found], place)


def waiting_texts(actor: Staff) -> Subquery:
    """Each text once, by what has waited longest: a version to be published, or a word to agree with."""
    row, said = ExcerptVersion, Confirmation
    versions = select(row.excerpt_id, row.title, row.saved_at.label("since"), literal(value=False).label("still_true"))
    words = select(said.excerpt_id, PublishedExcerpt.title, said.at, literal(value=True))
    both = union_all(
        versions.where(row.visible_to(actor), row.state == VersionState.IN_REVIEW),
        words.where(said.visible_to(actor), said.state == ConfirmationState.PROPOSED)
        .join(Excerpt, Excerpt.id == said.excerpt_id)
        .join(PublishedExcerpt, PublishedExcerpt.ref == Excerpt.ref),
    ).subquery()
    return select(both).ext(distinct_on(both.c.excerpt_id)).order_by(both.c.excerpt_id, both.c.since).subquery()


def _waiting(one: Any) -> Waiting:
    since = HELPDESK.local_day(one.since)
    return Waiting(
        ref=one.ref, title=one.title, language=one.language, country=one.country, topic_group=one.topic_group,
        due=HELPDESK.add_working_days(since, policy.REVIEW_WORKING_DAYS), still_true=one.still_true,
    )  # fmt: skip
