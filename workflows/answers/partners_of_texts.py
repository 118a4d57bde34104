"""Which partners could be asked about many matters at once: suggested as for one question, read once for all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.partner_suggestions import PartnerSuggestion, of_partner, ranked, suggestion
from workflows.assignments.models import Assignment
from workflows.assignments.models import AssignmentState as S
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What somebody is to be asked about."""

    country: str
    topics: frozenset[str]
    language: str
    asked: frozenset[UUID] = field(default=frozenset())
    """Partners who were asked this before."""


@dataclass(frozen=True, slots=True)
class Partners:
    """Those who work in some countries, and some others that were named."""

    organisations: Mapping[UUID, PartnerOrganisation]
    _facts: Mapping[UUID, Mapping[str, Any]]
    _done: Mapping[UUID, Sequence[tuple[frozenset[str], int]]]
    """Finished tasks by partner and topics."""

    def about(self, partner_id: UUID, matter: Matter) -> PartnerSuggestion | None:
        """What is said of one of them, for this matter; None for somebody else."""
        facts = self._facts.get(partner_id)
        if facts is None:
            return None
        return suggestion({
            **facts,
            "covers": matter.country in facts["countries"],
            "reads": matter.language in facts["languages"],
            "experience": sum(tasks for topics, tasks in self._done.get(partner_id, ()) if topics & matter.topics),
            "asked": partner_id in matter.asked,
            "works_on_it": False,
        })  # fmt: skip

    def suggested(self, matter: Matter) -> tuple[PartnerSuggestion, ...]:
        """Those of the country who take work and can be asked now, the best first."""
        there = (one.id for one in self.organisations.values() if one.active and matter.country in one.countries)
        found = (one for partner_id in there if (one := self.about(partner_id, matter)) and one.available)
        return ranked(found)


def partners_of(
    session: Session, actor: Staff, matters: Iterable[Matter], named: Collection[UUID], now: datetime
) -> Partners:
    """Everybody who works in a country of these matters, and those named, at work or not. Two statements."""
    today, matters = HELPDESK.local_day(now), tuple(matters)
    there = PartnerOrganisation.countries.overlap(sorted({one.country for one in matters}))
    rows = session.execute(
        select(PartnerOrganisation, *of_partner(today)).where(
            PartnerOrganisation.visible_to(actor), or_(there, PartnerOrganisation.id.in_(named))
        )
    )
    organisations, facts = {}, {}
    for row in rows:
        said = row._asdict()
        organisations[row.id], facts[row.id] = said.pop("PartnerOrganisation"), said
    return Partners(organisations, facts, _done_on(session, {topic for one in matters for topic in one.topics}))


def _done_on(session: Session, topics: Collection[str]) -> dict[UUID, list[tuple[frozenset[str], int]]]:
    partner = Assignment.proposed_partner_id
    rows = session.execute(
        select(partner, Assignment.topics, func.count())
        .where(Assignment.state == S.COMPLETED, Assignment.topics.overlap(sorted(topics)))
        .group_by(partner, Assignment.topics)
    )
    done: dict[UUID, list[tuple[frozenset[str], int]]] = {}
    for partner_id, codes, tasks in rows:
        done.setdefault(partner_id, []).append((frozenset(codes), tasks))
    return done
