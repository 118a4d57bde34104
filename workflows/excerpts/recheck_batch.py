"""One request to partners for many texts at once: are these still true?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.as_drafted import offer_as_drafted
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import NUMBERS, Assignment
from workflows.core.access import visible
from workflows.core.actors import Role, Staff
from workflows.core.at_once import write_at_once
from workflows.core.errors import NotAllowed
from workflows.core.parties import editors, officers
from workflows.excerpts.models import Excerpt
from workflows.excerpts.recheck import Doubt, open_recheck
from workflows.excerpts.recheck_standing import Planned, Standing, read_standing

Choices = Mapping[str, UUID]
"""Which partner is to be asked about which text, by its name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a request, in texts. `drafted` wait for an officer to offer them."""

    offered: int = 0
    drafted: int = 0
    left: tuple[Planned, ...] = ()
    """Every text whose chosen partner was not asked, with the reason and who could be asked instead."""


@dataclass(frozen=True, slots=True)
class _Ask:
    """One text that is asked about: a draft of its own or a new one."""

    text: Excerpt
    partner: PartnerOrganisation
    draft: Assignment


def ask_partners(session: Session, actor: Staff, choices: Choices, now: datetime) -> Asked:
    """Ask these partners about these texts, as far as that is still to be done and they may still be asked.

    An officer's request is offered at once with the usual dates, and takes the draft that waits, if there is one; an
    editor's is drafted for the officers. What is left out is left as it was, and said. As many statements for one text
    as for hundreds. Refuses: NotAllowed.
    """
    if not (officers.includes(actor, None) or editors.includes(actor, None)):
        raise NotAllowed("only officers and editors ask partners")
    texts = _locked(session, actor, choices)
    standing = read_standing(session, actor, tuple(texts.values()), set(choices.values()), now, lock=True)
    wanted, left = [], []
    for text in (texts[ref] for ref in choices if ref in texts):
        planned = standing.planned(text, choices[text.ref])
        if planned.why or planned.partner is None:
            left.append(text)
        else:
            standing.gave(planned.partner.id)
            wanted.append((text, standing.partners.organisations[planned.partner.id]))
    asks = _drafts(session, actor, standing, wanted, now)
    hindered = _offer(session, actor, asks, now)
    write_at_once(session, (one for those in standing.rechecks.values() for one in those))
    session.flush()
    said = (*_hindered(standing, asks, hindered), *(standing.planned(one, choices[one.ref]) for one in left))
    if Role.OFFICER not in actor.roles:
        return Asked(0, len(asks), said)
    return Asked(len(asks) - len(hindered), len(hindered), said)


def _locked(session: Session, actor: Staff, refs: Collection[str]) -> dict[str, Excerpt]:
    """Locked in the order of their names, so that two requests wait for each other instead of dying."""
    query = visible(actor, Excerpt).where(Excerpt.ref.in_(refs)).order_by(Excerpt.ref).with_for_update(of=Excerpt)
    return {one.ref: one for one in session.scalars(query.execution_options(populate_existing=True))} if refs else {}


def _drafts(
    session: Session,
    actor: Staff,
    standing: Standing,
    wanted: Sequence[tuple[Excerpt, PartnerOrganisation]],
    now: datetime,
) -> list[_Ask]:
    """The draft that waits for this very partner; else a new one, and what was drafted for another ends."""
    numbers = iter(_numbers(session, len(wanted)))
    asks = []
    for text, partner in wanted:
        draft = standing.draft_of(text)
        if draft and draft.proposed_partner_id != partner.id:
            ASSIGNMENT.fire(session, actor, draft, "revoke", now)
            draft.closed_at, draft = now, None
        doubt = Doubt(text, standing.versions[text.id], partner)
        asks.append(_Ask(text, partner, draft or open_recheck(session, actor, doubt, next(numbers), now)))
    return asks


def _numbers(session: Session, count: int) -> Sequence[int]:
    """As many numbers of assignments, in one statement."""
    each = func.generate_series(1, count).table_valued()
    return session.scalars(select(NUMBERS.next_value()).select_from(each)).all() if count else ()


def _offer(session: Session, actor: Staff, asks: Sequence[_Ask], now: datetime) -> dict[UUID, str]:
    if Role.OFFICER not in actor.roles:
        return {}
    return offer_as_drafted(session, actor, [(ask.draft, ask.partner) for ask in asks], now)


def _hindered(standing: Standing, asks: Sequence[_Ask], hindered: Mapping[UUID, str]) -> list[Planned]:
    """What an officer has to offer by hand, because of what it says."""
    return [
        replace(standing.planned(ask.text, ask.partner.id), why=why, recheck_id=ask.draft.id, others=())
        for ask in asks
        if (why := hindered.get(ask.draft.id))
    ]
