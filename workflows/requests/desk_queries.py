"""What the desk's page of one question reads of the request: facts, points, messages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.access import find_visible
from workflows.core.actors import Role, Staff
from workflows.core.badge import Badge
from workflows.core.calendars import HELPDESK
from workflows.depersonalise import Segment, find, in_other_words, mark_up, with_suggestions
from workflows.requests.consent import stays_private
from workflows.requests.desk import suspicions_of
from workflows.requests.desk_words import badge_of, who_acts
from workflows.requests.lifecycle import QUESTION
from workflows.requests.models import Question, QuestionState, Request
from workflows.requests.neutral import NeutralDraft, suspicions
from workflows.requests.points import points_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NeutralQuestion:
    """A question as staff may read it without opening anything."""

    id: UUID
    version: int
    state: str
    badge: Badge
    acts: str
    moves: frozenset[str]
    """What the reader may do now, by the names of the lifecycle."""
    language: str
    answer_language: str
    draft: NeutralDraft
    officer: str | None
    mine: bool
    our_own: bool
    """The helpdesk asks it itself."""
    stays_private: bool
    """Whoever asked did not agree that the answer is published."""
    second_reading_owed: bool
    """A rare combination that no second person let stand: it cannot be offered."""
    unread_reply: bool
    """Whoever asked replied after triage, and nobody said that it was read."""
    to_reply: bool
    """What was found waits to be put into a reply."""
    received_at: datetime
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What only officers read, once the reading was noted."""

    original: str | None
    pieces: Sequence[Segment]
    findings: int
    suggested: str
    """The original with every finding replaced."""
    has_contact: bool
    channel: str
    requester_kind: str | None
    override: str | None
    unreachable: bool
    """The code is dead while the request lives, and no counsellor reads for the person: nobody can read a reply."""
    erased: bool
    """The request is: nothing more is written about it, since nothing would erase that."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another question of the same request. `split_off`: a part of the one whose page it stands on."""

    id: UUID
    number: int
    state: str
    country: str | None
    holds_original: bool
    split_off: bool


@dataclass(frozen=True, slots=True)
class MarkedDraft:
    """A neutral text cut at its findings: each point, and the place."""

    points: Sequence[Sequence[Segment]]
    place: Sequence[Segment]
    suspicious: bool


def question_to_read(session: Session, actor: Staff, question_id: UUID) -> Question:
    """The row whose page is asked for; nothing sealed is opened yet. Refuses: NotFound."""
    return find_visible(session, actor, Question, question_id)


def neutral_question(
    session: Session, actor: Staff, question: Question, stage: str | None, promised_by: date | None, now: datetime
) -> NeutralQuestion:
    """The neutral side of a question. `stage` and `promised_by` say how far its research is and when it is promised.

    Editors read only points that stood the test of triage. Two statements.
    """
    today = HELPDESK.local_day(now)
    draft, due = text_of(session, question), _due(question, promised_by)
    officer = select(StaffAccount.name).where(StaffAccount.id == question.officer_id).scalar_subquery()
    beside = session.execute(select(officer.label("officer"), stays_private(question.id).label("private"))).one()
    return NeutralQuestion(
        id=question.id,
        version=question.version,
        state=question.state,
        badge=badge_of(question.state, stage),
        acts=who_acts(question.state, stage, our_own=question.our_own),
        moves=frozenset(move.name for move in QUESTION.offers(actor, question)),
        language=question.language,
        answer_language=question.answer_language,
        draft=_readable(actor, question, draft, today),
        officer=beside.officer,
        mine=question.officer_id == actor.id,
        our_own=question.our_own,
        stays_private=beside.private,
        second_reading_owed=bool(question.second_reading_owed),
        unread_reply=question.has_unread_reply,
        to_reply=stage == "ready" and not question.our_own,
        received_at=question.received_at,
        due=due,
        late=due is not None and due < today and question.state != QuestionState.CLARIFICATION_ASKED,
    )


def opened_question(session: Session, actor: Staff, question: Question, now: datetime) -> Opened:
    """The original with its findings; the caller has noted the reading. One statement."""
    request = find_visible(session, actor, Request, question.request_id)
    original = question.written
    findings = find(original, question.language, HELPDESK.local_day(now)) if original else ()
    return Opened(
        original=original,
        pieces=mark_up(original or "", findings),
        findings=len(findings),
        suggested=with_suggestions(original or "", findings),
        has_contact=request.contact_sealed is not None,
        channel=request.channel,
        requester_kind=request.requester_kind,
        override=question.override,
        unreachable=not (request.code_hash or request.counsellor_id or request.erased_at or question.our_own),
        erased=request.erased_at is not None,
    )


def siblings_of(session: Session, actor: Staff, question: Question) -> tuple[Sibling, ...]:
    """The other questions of the same request, in their order. One statement."""
    rows = session.execute(
        select(Question.id, Question.number, Question.state, Question.country, Question.split_from_id)
        .where(Question.visible_to(actor), Question.request_id == question.request_id, Question.id != question.id)
        .order_by(Question.number)
    )
    return tuple(
        Sibling(
            id=row.id,
            number=row.number,
            state=row.state,
            country=row.country,
            holds_original=row.id == question.split_from_id,
            split_off=row.split_from_id == question.id,
        )
        for row in rows
    )


def contact_of(session: Session, actor: Staff, question: Question) -> str | None:
    """How to reach whoever asked; the caller has noted the reading. Refuses: NotFound."""
    contact: str | None = find_visible(session, actor, Request, question.request_id).contact
    return contact


def marked_draft(question: Question, draft: NeutralDraft, now: datetime) -> MarkedDraft:
    """A neutral text cut at its personal details, to show what must be said otherwise."""
    found = suspicions_of(question, draft, now)
    points = zip(draft.points, found.points, strict=True)
    return MarkedDraft(
        tuple(mark_up(text, one) for text, one in points), mark_up(draft.place, found.place), bool(found)
    )


def in_neutral_words(question: Question, draft: NeutralDraft, now: datetime, field: str, text: str) -> NeutralDraft:
    """The draft with neutral words for the details that read `text` in one field; for all of them without a field."""
    marked = marked_draft(question, draft, now)

    def said(name: str, pieces: Sequence[Segment]) -> str:
        nothing = field and name != field
        return "".join(piece.text for piece in pieces) if nothing else in_other_words(pieces, text if field else None)

    points = tuple(said(f"points-{at}", pieces) for at, pieces in enumerate(marked.points))
    return replace(draft, points=points, place=said("place", marked.place))


def text_of(session: Session, question: Question) -> NeutralDraft:
    """The neutral text that stands in a question. One statement."""
    return draft_of(question, points_of(session, question.id))


def draft_of(question: Question, points: tuple[str, ...]) -> NeutralDraft:
    """What stands in a question, as somebody would type it."""
    return NeutralDraft(
        country=question.country,
        language=question.neutral_language,
        place=question.place or "",
        topics=tuple(question.topics),
        facets=tuple(question.facets),
        urgency=question.urgency,
        urgency_reason=question.urgency_reason or "",
        points=points,
    )


def _readable(actor: Staff, question: Question, draft: NeutralDraft, today: date) -> NeutralDraft:
    """Everything for officers. For editors no reason of urgency, and no text that triage never let through."""
    if Role.OFFICER in actor.roles:
        return draft
    stands = question.override_sealed is not None or not suspicions(draft, draft.language, today, ())
    readable = replace(draft, urgency_reason="")
    return readable if stands else replace(readable, place="", points=())


def _due(question: Question, promised_by: date | None) -> date | None:
    waiting = question.clarification_closes_at
    if question.waits_to_be_read:
        return question.triage_by
    dates: dict[str, Any] = {
        QuestionState.CLARIFICATION_ASKED: HELPDESK.local_day(waiting) if waiting else None,
        QuestionState.TRIAGED: promised_by or question.promised_by,
    }
    return dates.get(question.state)
