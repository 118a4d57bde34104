"""Looking whether a question was answered before. Nothing is commissioned until somebody has looked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.assignments.clock import LIVE
from workflows.assignments.models import Assignment, Kind
from workflows.core.access import lock_visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import NotAllowed, NotFound, OutOfTurn
from workflows.core.events import record
from workflows.excerpts.matching import Asked, Match, matching_excerpts
from workflows.excerpts.models import Excerpt
from workflows.excerpts.recheck import draft_recheck
from workflows.excerpts.similar_questions import SimilarQuestion, similar_questions
from workflows.requests import desk
from workflows.requests.desk_queries import draft_of
from workflows.requests.models import Question, QuestionState
from workflows.requests.neutral import NeutralDraft
from workflows.requests.points import points_of

BEST = 5
"""So many of the likeliest texts must have been seen; another one among them is looked at again."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """Whether the partner who found a text can be asked again, or is being asked in an assignment."""

    possible: bool
    under_way: UUID | None


@dataclass(frozen=True, slots=True)
class MatchPage:
    """What we have already on one question. `rechecks` are those of the texts that may not be sent, by reference."""

    matches: Sequence[Match]
    similar: Sequence[SimilarQuestion]
    rechecks: Mapping[str, Recheck]


def match_page(session: Session, actor: Staff, question: Question, draft: NeutralDraft, now: datetime) -> MatchPage:
    """Texts and questions, the likeliest first. Three statements; the caller has shown that the actor may see it."""
    asked = Asked.of(draft)
    matches = matching_excerpts(session, asked, HELPDESK.local_day(now))
    stale = [match.ref for match in matches if not match.reliable]
    return MatchPage(
        matches, similar_questions(session, actor, question.id, asked, now), _rechecks(session, actor, stale)
    )


def settle_match(session: Session, actor: Staff, question_id: UUID, now: datetime, version: int) -> Question:
    """Note that the match of the present neutral text was looked at and answers nothing: it may be commissioned.

    Refuses: NotFound, EditConflict (the text changed meanwhile), NotAllowed, OutOfTurn (not triaged).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("officers decide what is commissioned")
    if question.state != QuestionState.TRIAGED:
        raise OutOfTurn(f"nothing is decided about a question that is {question.state}")
    question.matched = _refs(session, question, HELPDESK.local_day(now))
    record(session, actor, "question.match", question, now, codes={"refs": question.matched})
    return question


def revise_question(
    session: Session, actor: Staff, question_id: UUID, draft: NeutralDraft, override: str, now: datetime, version: int
) -> Question:
    """Change the neutral text of a triaged question. Whoever looked at the match looks again only if one of the
    likeliest texts is new to them. Refuses as `requests.desk.revise_question`.
    """
    seen = lock_visible(session, actor, Question, question_id).matched
    question = desk.revise_question(session, actor, question_id, draft, override, now, version)
    if question.matched is None and seen is not None:
        session.flush()
        if set(_refs(session, question, HELPDESK.local_day(now))[:BEST]) <= set(seen):
            question.matched = seen
    return question


def ask_recheck(session: Session, actor: Staff, ref: str, now: datetime) -> Assignment:
    """Draft an assignment in which the original partner says whether a text is still true; an officer completes it.

    Refuses: NotFound, NotAllowed, OutOfTurn (no partner, not published, or asked already).
    """
    found = session.scalar(select(Excerpt.id).where(Excerpt.visible_to(actor), Excerpt.ref == ref))
    if found is None:
        raise NotFound("Excerpt")
    excerpt = lock_visible(session, actor, Excerpt, found)
    if Role.OFFICER not in actor.roles:
        raise NotAllowed("officers commission rechecks")
    draft = draft_recheck(session, excerpt, now, actor)
    if draft is None:
        raise OutOfTurn("nobody to ask, or asked already")
    return draft


def _refs(session: Session, question: Question, today: date) -> list[str]:
    asked = Asked.of(draft_of(question, points_of(session, question.id)))
    return [match.ref for match in matching_excerpts(session, asked, today)]


def _rechecks(session: Session, actor: Staff, refs: Sequence[str]) -> dict[str, Recheck]:
    rows = session.execute(
        select(Excerpt.ref, Excerpt.partner_id, Assignment.id)
        .outerjoin(
            Assignment,
            (Assignment.excerpt_id == Excerpt.id) & (Assignment.kind == Kind.RECHECK) & Assignment.state.in_(LIVE),
        )
        .where(Excerpt.visible_to(actor), Excerpt.ref.in_(refs))
    )
    return {ref: Recheck(partner is not None, assignment) for ref, partner, assignment in rows}
