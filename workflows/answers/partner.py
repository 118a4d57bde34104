"""Writing an answer: the draft is saved as it is typed, and frozen when it is sent for review."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from config import policy
from workflows.answers import words
from workflows.answers.completeness import what_is_missing
from workflows.answers.drafts import AnswerDraft, PointDraft, SourceDraft
from workflows.answers.lifecycle import ANSWER, REVIEW_LADDER
from workflows.answers.models import Answer, AnswerPoint, Revision, Source
from workflows.answers.partner_task import lock_writing
from workflows.answers.revisions import digest_of, freeze
from workflows.assignments.lifecycle import SUBMISSION_LADDER
from workflows.assignments.models import Assignment
from workflows.assignments.partner import calendar_of
from workflows.core.access import lock_visible
from workflows.core.actors import Researcher
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, NotFound
from workflows.core.hidden import strip_hidden
from workflows.core.reminders import climb, leave
from workflows.core.words import mark as _


def save_answer(
    session: Session, actor: Researcher, assignment_id: UUID, version: int, draft: AnswerDraft, now: datetime
) -> Answer:
    """Keep a draft as it stands, complete or not. `version` is the one the writer was looking at.

    Refuses: NotFound, OutOfTurn (not being written), EditConflict, Incomplete (codes of no list, too many sources).
    """
    answer = lock_writing(session, actor, assignment_id)
    if answer.version != version:
        raise EditConflict(answer.version)
    points = {point.code: point for point in _points_of(session, answer)}
    _refuse_unknown(draft, points)
    for typed in draft.points:
        if typed.code in points:
            _write_point(points[typed.code], typed)
    _write_sources(session, answer, draft.sources)
    answer.note_for_editor = _plain(draft.note) or None
    answer.saved_at = now
    flag_modified(answer, "saved_at")  # a new version even within one instant, since points and sources changed
    session.flush()
    return answer


def submit_answer(session: Session, actor: Researcher, assignment_id: UUID, now: datetime) -> Revision:
    """Send the saved draft for review: it is frozen as the next revision, and the clock of the review starts.

    Refuses: NotFound, OutOfTurn (not being written), Incomplete (what is missing, by field; nothing was changed).
    """
    answer = lock_writing(session, actor, assignment_id)
    points, sources = _points_of(session, answer), _sources_of(session, answer)
    today = calendar_of(session, actor).local_day(now)
    problems = what_is_missing(points, sources, answer.note_for_editor, today)
    if problems:
        raise Incomplete(problems)
    content = freeze(points, sources)
    revision = Revision(
        answer_id=answer.id,
        partner_id=answer.partner_id,
        question_id=answer.question_id,
        number=_last_number(session, answer) + 1,
        submitted_at=now,
        submitted_by=actor.id,
        content=content,
        content_hash=digest_of(content),
    )
    session.add(revision)
    ANSWER.fire(session, actor, answer, "submit", now, revision=str(revision.id))
    answer.submitted_at = now
    answer.review_by = HELPDESK.add_working_days(HELPDESK.local_day(now), policy.REVIEW_WORKING_DAYS)
    climb(session, REVIEW_LADDER, answer, HELPDESK, now)
    _stop_the_submission_clock(session, actor, assignment_id)
    return revision


def _stop_the_submission_clock(session: Session, actor: Researcher, assignment_id: UUID) -> None:
    """What waited for the desk waits no more: the work is there."""
    assignment = lock_visible(session, actor, Assignment, assignment_id)
    assignment.paused_at = assignment.held_at = None
    assignment.extension_until = None
    leave(session, SUBMISSION_LADDER, assignment.id)


def _write_point(point: AnswerPoint, typed: PointDraft) -> None:
    point.text = _plain(typed.text)
    point.place = _plain(typed.place)
    point.information_date = typed.information_date
    point.confidence = typed.confidence
    point.not_found = typed.not_found
    point.searched_where = _plain(typed.searched_where)


def _write_sources(session: Session, answer: Answer, drafts: Sequence[SourceDraft]) -> None:
    known = {source.id: source for source in session.scalars(select(Source).where(Source.answer_id == answer.id))}
    if any(draft.id is not None and draft.id not in known for draft in drafts):
        raise NotFound("source")
    named = set()
    for position, draft in enumerate(drafts, 1):
        source = _row_for(session, answer, draft, known)
        source.position, source.point_code, source.kind = position, draft.point_code, draft.kind
        source.label, source.dated = _plain(draft.label), draft.dated
        source.mode, source.consent, source.dropped = draft.mode, draft.consent, False
        named.add(source.id)
    for source in known.values():
        if source.id not in named:
            source.dropped = True


def _row_for(session: Session, answer: Answer, draft: SourceDraft, known: dict[UUID, Source]) -> Source:
    """The stored row, or a new one: an identity is written once, so another identity is another source."""
    identity = _plain(draft.identity)
    if draft.id is not None and not identity:
        return known[draft.id]
    source = Source(answer_id=answer.id, identity=identity or None, keeps_identity=bool(identity))
    session.add(source)
    return source


def _points_of(session: Session, answer: Answer) -> Sequence[AnswerPoint]:
    wanted = select(AnswerPoint).where(AnswerPoint.answer_id == answer.id)
    return session.scalars(wanted.order_by(AnswerPoint.position)).all()


def _sources_of(session: Session, answer: Answer) -> Sequence[Source]:
    wanted = select(Source).where(Source.answer_id == answer.id, Source.dropped.is_(False))
    return session.scalars(wanted.order_by(Source.position)).all()


def _last_number(session: Session, answer: Answer) -> int:
    return session.scalar(select(func.max(Revision.number)).where(Revision.answer_id == answer.id)) or 0


def _refuse_unknown(draft: AnswerDraft, points: Collection[str]) -> None:
    """Codes come from closed lists, an empty one is not chosen yet."""
    strange = any(point.confidence not in {None, *words.CONFIDENCE} for point in draft.points) or any(
        source.point_code not in points
        or source.kind not in {"", *words.SOURCE_KINDS}
        or source.mode not in {"", *words.MODES}
        or source.consent not in {"", *words.CONSENT}
        for source in draft.sources
    )
    if strange:
        raise Incomplete({"choice": _("Choose one of the answers offered.")})
    if len(draft.sources) > policy.SOURCES_PER_ANSWER:
        raise Incomplete({"sources": _("These are too many sources. Keep the best ones.")})


def _plain(text: str) -> str:
    """What was typed, without invisible characters, line ends as one sign, nothing around it."""
    return strip_hidden(text.replace("\r\n", "\n")).strip()
