"""Who is told of an event: the party that a notice names, as people who can be written to."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.absences import periods_of
from workflows.accounts.changing import MOVED
from workflows.accounts.models import CounsellorAccount, PartnerOrganisation, ResearcherAccount, StaffAccount
from workflows.accounts.own_login import RENEWED, SET_UP
from workflows.assignments.models import Assignment
from workflows.assignments.pausing import NEW_DATE
from workflows.core.actors import Role
from workflows.core.events import Event
from workflows.core.lifecycle import Notice
from workflows.core.parties import (
    editors,
    its_addresses,
    its_holder,
    its_researchers,
    managers,
    officers,
    one_editor,
    the_requester,
)
from workflows.lifecycles import LADDERS, LIFECYCLES, notices_of
from workflows.notices.recipients import (
    Recipient,
    contact_of,
    counsellor_of,
    find_recipient,
    researcher_of,
    staff_member,
    subscriber_of,
)
from workflows.notices.timing import away
from workflows.replies.models import HELD, RECALLED, TAKEN_BACK
from workflows.requests.models import Question, QuestionState, Request
from workflows.subscribers.clock import the_subscriber
from workflows.subscribers.models import Subscriber

LETTER_GIVEN_UP = "letter.give_up"
OWN_NOTICES = {
    LETTER_GIVEN_UP: (Notice("letter_undeliverable", to=officers),),
    **dict.fromkeys(RENEWED.values(), (Notice("login_changed", to=its_holder, alone=True, at_once=True),)),
    **dict.fromkeys(SET_UP, (Notice("login_set_up", to=its_holder, alone=True, at_once=True),)),
    **dict.fromkeys(MOVED.values(), (Notice("address_changed", to=its_addresses, alone=True, at_once=True),)),
}
AT_ONCE = frozenset(one.name for several in OWN_NOTICES.values() for one in several if one.at_once)
"""Their names, by which deliveries know them."""
ACCOUNTS = {StaffAccount, ResearcherAccount, CounsellorAccount}
WITH_NEWS = [*(one.model for one in LIFECYCLES), *(one.model for one in LADDERS), Subscriber, *ACCOUNTS]
MODELS = {model.__tablename__: model for model in WITH_NEWS}


def notices_for(event: Event) -> tuple[Notice, ...]:
    """The news that an event is, for each party."""
    return OWN_NOTICES.get(event.kind) or notices_of(event.kind, event.codes.get("rung"))


def object_of(session: Session, event: Event) -> Any | None:
    """The row an event happened to, as it stands now."""
    model = MODELS.get(event.object_kind)
    return None if model is None else session.get(model, event.object_id)


def audience(session: Session, notice: Notice, event: Event, row: Any) -> list[Recipient]:
    """Everybody who belongs to the notice's party, except whoever did it, unless it may have been somebody else."""
    found = READERS[notice.to.name](session, event, row)
    return [one for one in found if one.active and (one.id != event.actor_id or notice.at_once)]


def _staff(role: Role) -> Callable[[Session, Event, Any], list[Recipient]]:
    holders = select(StaffAccount).where(StaffAccount.active, StaffAccount.roles.contains([role]))
    return lambda session, event, row: [staff_member(one) for one in session.scalars(holders)]  # noqa: ARG005


def _one_editor(session: Session, event: Event, row: Any) -> list[Recipient]:
    """The editor whom the event names; all of them when that one is gone or away, so that the news is nobody's loss."""
    everybody = _staff(Role.EDITOR)(session, event, row)
    named = [one for one in everybody if str(one.id) == event.codes.get("editor")]
    return [one for one in named if not away(one, event.at)] or everybody


def _researchers(session: Session, event: Event, row: Any) -> list[Recipient]:  # noqa: ARG001
    """None for a draft of the desk: it has no partner yet."""
    partner = session.get(PartnerOrganisation, row.partner_id) if row.partner_id else None
    if partner is None:
        return []
    colleagues = select(ResearcherAccount).where(ResearcherAccount.partner_id == partner.id, ResearcherAccount.active)
    absences = periods_of(session, partner.id)
    return [researcher_of(one, partner, absences) for one in session.scalars(colleagues)]


def _requester(session: Session, event: Event, row: Question | Assignment) -> list[Recipient]:
    """Whoever asked; for a reply, a refusal, a recall, a reply taken back or a later date also those whose question was
    merged into this one, since they read it under their own code. A counsellor hears of the requests in their caseload.
    """
    if isinstance(row, Assignment):
        row = session.get_one(Question, row.question_id)
    asked = {row.request_id}
    if event.to_state in {QuestionState.ANSWERED, QuestionState.DECLINED} or event.kind in {
        RECALLED,
        HELD,
        TAKEN_BACK,
        NEW_DATE,
    }:
        merged = select(Question.request_id).where(
            Question.merged_into_id == row.id, Question.state == QuestionState.MERGED
        )
        asked |= set(session.scalars(merged))
    reachable = select(Request).where(
        Request.id.in_(asked), Request.contact_sealed.is_not(None), Request.erased_at.is_(None)
    )
    counsellors = select(CounsellorAccount).where(
        CounsellorAccount.id.in_(
            select(Request.counsellor_id).where(Request.id.in_(asked), Request.erased_at.is_(None))
        )
    )
    return [contact_of(one) for one in session.scalars(reachable)] + [
        counsellor_of(one) for one in session.scalars(counsellors)
    ]


def _subscriber(session: Session, event: Event, row: Subscriber | None) -> list[Recipient]:  # noqa: ARG001
    """Nobody when the row was erased since."""
    return [] if row is None else [subscriber_of(row)]


def _holder(session: Session, event: Event, row: Any) -> list[Recipient]:
    """Nobody when there is no such account any more."""
    found = find_recipient(session, event.object_kind, event.object_id)
    return [] if row is None or found is None else [found]


def _addresses(session: Session, event: Event, row: Any) -> list[Recipient]:
    """Where the account is reached now, and where until this event."""
    former = find_recipient(session, event.object_kind, event.id)
    return _holder(session, event, row) + ([former] if former else [])


READERS: dict[str, Callable[[Session, Event, Any], list[Recipient]]] = {
    officers.name: _staff(Role.OFFICER),
    editors.name: _staff(Role.EDITOR),
    one_editor.name: _one_editor,
    managers.name: _staff(Role.MANAGER),
    its_researchers.name: _researchers,
    the_requester.name: _requester,
    the_subscriber.name: _subscriber,
    its_holder.name: _holder,
    its_addresses.name: _addresses,
}
