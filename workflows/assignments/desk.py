"""How the desk commissions research: it offers a question to a partner, offers it to another one, takes it back."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.clock import LIVE, note_closed
from workflows.assignments.lifecycle import ASSIGNMENT, OFFER_LADDER
from workflows.assignments.models import NUMBERS, Assignment, AssignmentPoint, Kind
from workflows.assignments.models import AssignmentState as S
from workflows.assignments.pausing import lapses_at
from workflows.assignments.proposing import waits_until
from workflows.assignments.terms import (
    OfferDraft,
    calendar_of,
    findings_in,
    offer_problems,
    personal_problems,
    tidied,
)
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import DoneMeanwhile, Incomplete, NotAllowed, OutOfTurn
from workflows.core.reminders import climb
from workflows.core.words import mark as _
from workflows.depersonalise import Segment, mark_up, rare_combination, village_names
from workflows.requests.desk_queries import draft_of
from workflows.requests.models import Question, QuestionState
from workflows.requests.neutral import suspicions, told_in
from workflows.requests.points import points_of
from workflows.requests.second_reading import rare_in_offer

ASKED_ALREADY = _("This partner works on the question already. Choose another one.")
WAITS = _("This partner asked not to be asked again yet. Choose another one.")
UNMATCHED = _("First look at what we have already.")
TOLD_BY_OFFER = _("Together, these facts may tell who this is. What is published does not say them all.")
REPLACEABLE = (*LIVE, S.DECLINED, S.LAPSED, S.RELEASED, S.REVOKED)


def offer_assignment(
    session: Session,
    actor: Staff,
    question_id: UUID,
    partner_id: UUID,
    draft: OfferDraft,
    now: datetime,
    *,
    replaces: UUID | None = None,
    others: int | None = None,
) -> Assignment:
    """Commission a triaged question from a partner, who is told at once; the offer lapses 3 working days late.

    `others`: how many partners the officer saw at work on it. Refuses: NotFound, NotAllowed, OutOfTurn, DoneMeanwhile,
    Incomplete (match not seen; partner away, asked already or
    of another country; language, points, dates; personal details; a rare combination that no second person read).
    """
    question = _lock_triaged(session, actor, question_id)
    partner = find_visible(session, actor, PartnerOrganisation, partner_id)
    draft = tidied(draft)
    _refuse_wrong(session, question, partner, draft, now)
    if others is not None and at_work(session, question.id) > others:
        raise DoneMeanwhile("another partner was asked meanwhile")
    assignment = _new(session, actor, question, partner, draft, now)
    assignment.replaces_id = replaces
    ASSIGNMENT.open(session, actor, assignment, now)
    _offer(session, actor, assignment, partner, draft, now)
    return assignment


def offer_drafted(
    session: Session, actor: Staff, assignment_id: UUID, draft: OfferDraft, now: datetime, version: int
) -> Assignment:
    """Complete a draft of the clock (the next partner, a recheck) and offer it to the partner it was drafted for.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn, Incomplete as `offer_assignment`.
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id, version)
    if assignment.state != S.DRAFTED:
        raise OutOfTurn(f"cannot offer an assignment that is {assignment.state}")
    _only_officers(actor)
    partner = find_visible(session, actor, PartnerOrganisation, assignment.proposed_partner_id)
    draft = tidied(draft)
    if assignment.question_id is not None:
        question = _lock_triaged(session, actor, assignment.question_id)
        _refuse_wrong(session, question, partner, draft, now, but=assignment.id)
    else:
        problems = offer_problems(session, draft, partner, assignment.country, assignment.urgency, now)
        problems |= personal_problems(draft, HELPDESK.local_day(now), (), ())
        _refuse(problems | _rare_problem(session, assignment, draft))
    _offer(session, actor, assignment, partner, draft, now)
    return assignment


def reassign(
    session: Session,
    actor: Staff,
    assignment_id: UUID,
    partner_id: UUID,
    draft: OfferDraft,
    now: datetime,
    version: int,
) -> Assignment:
    """Commission the question of an assignment from another partner; a live assignment is revoked first.

    Gives the new assignment, which names the one it replaces. Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn
    (completed, or not about a question), Incomplete as `offer_assignment`.
    """
    old = lock_visible(session, actor, Assignment, assignment_id, version)
    if old.state not in REPLACEABLE or old.question_id is None:
        raise OutOfTurn(f"cannot reassign an assignment that is {old.state}")
    if old.state in LIVE:
        ASSIGNMENT.fire(session, actor, old, "revoke", now)
        note_closed(session, old, now)
        session.flush()
    return offer_assignment(session, actor, old.question_id, partner_id, draft, now, replaces=old.id)


def revoke_assignment(session: Session, actor: Staff, assignment_id: UUID, now: datetime, version: int) -> Assignment:
    """Take a commission back; the partner is told, reminders stop, an answer under review leaves the editors' queue.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn.
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id, version)
    ASSIGNMENT.fire(session, actor, assignment, "revoke", now)
    note_closed(session, assignment, now)
    return assignment


def let_stand(session: Session, question: Question, today: date) -> frozenset[str]:
    """The words, in lower case, that an officer let stand in writing when the question was triaged.

    A village is let stand by its name, which may be told in every language.
    """
    if question.override_sealed is None:
        return frozenset()
    points = points_of(session, question.id)
    known = told_in(question.written, question.language, today)
    found = suspicions(draft_of(question, points), question.neutral_language, today, known)
    villages = (village_names(finding.text) for finding in found)
    return frozenset(finding.text.casefold() for finding in found).union(*villages)


def _new(
    session: Session, actor: Staff, question: Question, partner: PartnerOrganisation, draft: OfferDraft, now: datetime
) -> Assignment:
    return Assignment(
        number=session.scalar(select(NUMBERS.next_value())),
        kind=Kind.QUESTION,
        question_id=question.id,
        country=question.country,
        place=question.place,
        topics=list(question.topics),
        state=S.DRAFTED,
        proposed_partner_id=partner.id,
        language=draft.language,
        terms="",
        effort="",
        urgency=question.urgency,
        field_visit=draft.field_visit,
        created_at=now,
        created_by=actor.id,
    )


def _offer(
    session: Session,
    actor: Staff,
    assignment: Assignment,
    partner: PartnerOrganisation,
    draft: OfferDraft,
    now: datetime,
) -> None:
    """Fill in what the partner will read, hand it over, and start the clocks of the offer."""
    hand_over(session, actor, assignment, partner, draft, now)
    session.execute(delete(AssignmentPoint).where(AssignmentPoint.assignment_id == assignment.id))
    session.add_all(
        AssignmentPoint(assignment_id=assignment.id, code=f"Q{position}", position=position, text=text)
        for position, text in enumerate(draft.points, start=1)
    )
    climb(session, OFFER_LADDER, assignment, calendar_of(partner), now)


def hand_over(
    session: Session,
    actor: Staff,
    assignment: Assignment,
    partner: PartnerOrganisation,
    draft: OfferDraft,
    now: datetime,
) -> None:
    """Give a draft its partner, terms and dates, and offer it; points and reminders are the caller's. No statement."""
    assignment.partner_id = partner.id
    assignment.language, assignment.terms, assignment.effort = draft.language, draft.terms, draft.effort
    assignment.agreement = draft.agreed
    assignment.field_visit = draft.field_visit
    assignment.offered_at = now
    assignment.respond_by, assignment.submit_by = draft.respond_by, draft.submit_by
    assignment.lapse_at = lapses_at(draft.respond_by or date.max, calendar_of(partner))
    ASSIGNMENT.fire(session, actor, assignment, "offer", now)


def _lock_triaged(session: Session, actor: Staff, question_id: UUID) -> Question:
    """The lock also keeps two officers from offering one question to one partner at the same moment."""
    question = lock_visible(session, actor, Question, question_id)
    _only_officers(actor)
    if question.state != QuestionState.TRIAGED:
        raise OutOfTurn(f"cannot offer a question that is {question.state}")
    return question


def marked_offer(
    session: Session, actor: Staff, question_id: UUID | None, draft: OfferDraft, now: datetime
) -> tuple[Sequence[Segment], ...]:
    """Each text of an offer cut at its personal details, to show what must be said otherwise. Refuses: NotFound."""
    question = find_visible(session, actor, Question, question_id) if question_id else None
    draft = tidied(draft)
    found = findings_in(draft, HELPDESK.local_day(now), *_known(session, question, HELPDESK.local_day(now)))
    return tuple(mark_up(text, one) for text, one in zip(draft.texts, found, strict=True))


def _known(session: Session, question: Question | None, today: date) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the original, to look for, and the words that were let stand, to pass over."""
    if question is None:
        return frozenset(), frozenset()
    return told_in(question.written, question.language, today), let_stand(session, question, today)


def _refuse_wrong(
    session: Session,
    question: Question,
    partner: PartnerOrganisation,
    draft: OfferDraft,
    now: datetime,
    but: UUID | None = None,
) -> None:
    today = HELPDESK.local_day(now)
    personal = personal_problems(draft, today, *_known(session, question, today))
    problems = personal | offer_problems(session, draft, partner, question.country or "", question.urgency, now)
    problems |= rare_in_offer(session, question, draft.points, (draft.terms, draft.effort))
    if question.matched is None:
        problems["match"] = UNMATCHED
    if session.scalar(select(waits_until(partner.id, today))) is not None:
        problems["partner"] = WAITS
    if _works_on_it(session, question, partner, but):
        problems["partner"] = ASKED_ALREADY
    _refuse(problems)


def _rare_problem(session: Session, assignment: Assignment, draft: OfferDraft) -> dict[str, str]:
    """What a recheck is drafted with was published, so two people have read it; what is said here alone nobody has."""
    place = assignment.place or ""
    drafted = session.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == assignment.id)).all()
    added = rare_combination(draft.texts, place) and not rare_combination(drafted, place)
    return {"rare": TOLD_BY_OFFER} if added else {}


def at_work(session: Session, question_id: UUID) -> int:
    """How many assignments of a question are not over; one that somebody only drafted counts too."""
    live = select(func.count()).where(Assignment.question_id == question_id, Assignment.state.in_(LIVE))
    return session.scalar(live) or 0


def _works_on_it(session: Session, question: Question, partner: PartnerOrganisation, but: UUID | None) -> bool:
    working = exists().where(
        Assignment.question_id == question.id,
        Assignment.proposed_partner_id == partner.id,
        Assignment.state.in_(LIVE),
        Assignment.id.is_distinct_from(but),
    )
    return bool(session.scalar(select(working)))


def _only_officers(actor: Staff) -> None:
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("only officers commission research")


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Incomplete(problems)
