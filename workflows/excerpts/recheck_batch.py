"""One request to partners for many texts at once: are these still true?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.desk import offer_drafted
from workflows.assignments.models import Assignment
from workflows.assignments.terms import OfferDraft, usual_dates
from workflows.core.access import visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotAllowed
from workflows.core.parties import editors, officers
from workflows.excerpts.models import Excerpt, ExcerptState, PublishedExcerpt
from workflows.excerpts.recheck import draft_recheck, why_not_asked


@dataclass(frozen=True, slots=True)
class NotAsked:
    """One text whose partner was not asked, and why, as a marked text; `draft_id` is what an officer may offer yet."""

    ref: str
    title: str
    why: str
    draft_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a batch, in texts. `drafted` wait for an officer to offer them."""

    offered: int = 0
    drafted: int = 0
    left: tuple[NotAsked, ...] = ()
    """Every text whose partner was not asked although an officer pressed, or that was not even drafted."""


def ask_partners(session: Session, actor: Staff, places: Collection[tuple[str, str]], now: datetime) -> Asked:
    """Ask the original partners about every text of these countries and topic groups that is out of date.

    An officer's request is offered at once with the usual dates, unless something about the partner is in the way; an
    editor's is drafted for the officers. Refuses: NotAllowed.
    """
    if not (officers.includes(actor, None) or editors.includes(actor, None)):
        raise NotAllowed("only officers and editors ask partners")
    texts = _out_of_date(session, actor, places, now)
    titles, drafts, left = _titles(session, texts), [], []
    for text in texts:
        if draft := draft_recheck(session, text, now, actor):
            drafts.append((text, draft))
        else:
            left.append(NotAsked(text.ref, titles[text.ref], why_not_asked(session, text)))
    session.flush()
    if Role.OFFICER not in actor.roles:
        return Asked(0, len(drafts), tuple(left))
    refused = [
        NotAsked(text.ref, titles[text.ref], why, draft.id)
        for text, draft in drafts
        if (why := _hindered(session, actor, draft, now))
    ]
    return Asked(len(drafts) - len(refused), len(refused), (*refused, *left))


def _out_of_date(session: Session, actor: Staff, places: Collection[tuple[str, str]], now: datetime) -> list[Excerpt]:
    """Locked in the order of their names, so that two batches wait for each other instead of dying."""
    query = (
        visible(actor, Excerpt)
        .where(
            tuple_(Excerpt.country, Excerpt.topic_group).in_(places),
            Excerpt.state == ExcerptState.PUBLISHED,
            Excerpt.valid_until < HELPDESK.local_day(now),
        )
        .order_by(Excerpt.ref)
        .with_for_update(of=Excerpt)
    )
    return list(session.scalars(query)) if places else []


def _titles(session: Session, texts: Sequence[Excerpt]) -> dict[str, str]:
    named = select(PublishedExcerpt.ref, PublishedExcerpt.title).where(
        PublishedExcerpt.ref.in_([text.ref for text in texts])
    )
    return {row.ref: row.title for row in session.execute(named)} if texts else {}


def _hindered(session: Session, actor: Staff, draft: Assignment, now: datetime) -> str:
    """Offer a draft with the usual dates; what is in the way when it cannot be offered, in words."""
    partner = session.scalars(
        select(PartnerOrganisation).where(PartnerOrganisation.id == draft.proposed_partner_id)
    ).one()
    respond_by, submit_by = usual_dates(partner, draft.urgency, field_visit=False, now=now)
    points = tuple(point.text for point in draft.points)
    offer = OfferDraft(language=draft.language, points=points, respond_by=respond_by, submit_by=submit_by)
    try:
        with session.begin_nested():
            offer_drafted(session, actor, draft.id, offer, now, draft.version)
    except Incomplete as refused:
        return next(iter(refused.problems.values()))
    return ""
