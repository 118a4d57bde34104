"""Whom one request for many texts would ask: said on a page before anybody is asked."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflows.core.access import visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.excerpts.models import Excerpt, ExcerptState, PublishedExcerpt
from workflows.excerpts.recheck_standing import Planned, read_standing

TEXTS_SHOWN = 300
"""On the page of one request."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The texts that are out of date, the oldest first. `left_out`: more than fit on a page."""

    texts: tuple[Planned, ...]
    left_out: int = 0

    @property
    def asked(self) -> tuple[Planned, ...]:
        return tuple(one for one in self.texts if not one.why)

    @property
    def not_asked(self) -> tuple[Planned, ...]:
        return tuple(one for one in self.texts if one.why)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why partners are not asked as it stands, as marked texts, each with for how many; the most frequent first."""
        return Counter(one.why for one in self.not_asked).most_common()


def recheck_plan(session: Session, actor: Staff, places: Collection[tuple[str, str]], now: datetime) -> Plan:
    """What one request would do about the texts of these countries and topic groups. Five statements.

    A translation of what was wrong is not among them: no partner has to look, an editor puts it right.
    """
    wrong = select(PublishedExcerpt.ref).where(PublishedExcerpt.corrected_on.is_not(None))
    query = visible(actor, Excerpt).where(
        tuple_(Excerpt.country, Excerpt.topic_group).in_(places),
        Excerpt.state == ExcerptState.PUBLISHED,
        Excerpt.valid_until < HELPDESK.local_day(now),
        Excerpt.ref.not_in(wrong),
    )
    found = session.scalars(query.order_by(Excerpt.valid_until, Excerpt.ref)).all() if places else []
    texts = found[:TEXTS_SHOWN]
    standing = read_standing(session, actor, texts, (), now)
    planned = []
    for text in texts:
        one = standing.planned(text)
        if one.partner and not one.why:
            standing.gave(one.partner.id)
        planned.append(one)
    return Plan(tuple(planned), len(found) - len(texts))
