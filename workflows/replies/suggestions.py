"""Which published texts a reply may rest on: those of this question's answers and replies first, then matching ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from workflows.answers.models import Answer, AnswerState
from workflows.core.words import mark as _
from workflows.excerpts.corrected import CORRECTED, how_fresh
from workflows.excerpts.matching import Asked, Match, matching_excerpts
from workflows.excerpts.models import ExcerptState, PublishedExcerpt
from workflows.excerpts.provenance import refs_from
from workflows.replies.models import Reply, ReplyPin
from workflows.vocabulary.shelf_life import Freshness

WHY_NOT = {
    ExcerptState.ON_HOLD: _("It is on hold."),
    ExcerptState.WITHDRAWN: _("It was withdrawn."),
    ExcerptState.RETRACTED: _("It was retracted."),
    Freshness.OUT_OF_DATE: _("It is out of date. Ask the partner whether it is still true."),
    CORRECTED: _("Its original was corrected. Correct the translation first."),
    Freshness.EXPIRED: _("It expired. Ask the partner whether it is still true."),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One text. `own`: written from this question's answers; the others were sent before, or match.

    `why_not` is a marked text when it cannot be sent.
    """

    match: Match
    own: bool
    why_not: str
    stands: bool = True
    """Readers have it now, so that its dates say something."""


def suggestions(session: Session, question_id: UUID, asked: Asked, today: date) -> tuple[Suggestion, ...]:
    """The texts to choose from, also those that cannot be sent, which say why. Two statements."""
    own = _own(session, question_id, today)
    known = {one.match.ref for one in own}
    others = matching_excerpts(session, asked, today)
    return (*own, *(Suggestion(one, False, WHY_NOT.get(one.freshness, "")) for one in others if one.ref not in known))


def own_in(found: Sequence[Suggestion], language: str) -> list[str]:
    """The texts in this language that were written from this question's answers and can be sent."""
    return [one.match.ref for one in found if one.own and not one.why_not and one.match.language == language]


def is_reuse(session: Session, question_id: UUID, refs: Sequence[str]) -> bool:
    """Whether a reply with these published texts, or none, spares research: no answer to this question was accepted."""
    accepted = exists().where(Answer.question_id == question_id, Answer.state == AnswerState.ACCEPTED)
    return bool(refs) and not session.scalar(select(accepted))


def _own(session: Session, question_id: UUID, today: date) -> list[Suggestion]:
    text = PublishedExcerpt
    written_from = refs_from(question_id)
    sent = select(ReplyPin.ref).join(Reply, Reply.id == ReplyPin.reply_id).where(Reply.question_id == question_id)
    own = text.ref.in_(written_from)
    rows = session.execute(
        select(
            text.ref, text.number, text.title, text.summary, text.language, text.place, text.topics,
            text.information_date, text.valid_until, text.corrected_on, text.state, own.label("own"),
        )
        .where(or_(text.ref.in_(written_from), text.ref.in_(sent)))
        .order_by(own.desc(), text.ref)
    )  # fmt: skip
    found = []
    for row in rows:
        values = row._asdict()
        is_own, state, _since = values.pop("own"), values.pop("state"), values.pop("corrected_on")
        fresh = how_fresh(row, today)
        why_not = WHY_NOT.get(state) or WHY_NOT.get(fresh, "")
        found.append(Suggestion(Match(**values, freshness=fresh), is_own, why_not, stands=state not in WHY_NOT))
    return found
