"""Writing an answer: the draft is saved as it is typed, and frozen when it is sent for review."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from config import policy
from workflows.answers import words
from workflows.answers.attaching import freeze_attachments
from workflows.answers.draft_history import draft_of, note_draft
from workflows.answers.draft_queries import task_draft
from workflows.answers.drafts import AnswerDraft, RowDraft, SourceDraft
from workflows.answers.lifecycle import ANSWER, REVIEW_LADDER
from workflows.answers.models import Answer, Revision
from workflows.answers.partner_task import lock_writing
from workflows.answers.partner_telling import Recognisable, Remarks, remarks_on
from workflows.answers.revisions import digest_of, freeze
from workflows.answers.written import Written, points_of, read_written, write_point, write_rows
from workflows.assignments.lifecycle import SUBMISSION_LADDER
from workflows.assignments.models import Assignment
from workflows.assignments.partner import calendar_of
from workflows.core.access import find_visible, lock_visible, visible
from workflows.core.actors import Researcher
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete
from workflows.core.hidden import plain_text
from workflows.core.reminders import climb, leave
from workflows.core.words import mark as _


@dataclass(frozen=True)
class OpenPage:
    """The page that something was typed in: its name, and which of its tries this is when it saves by itself."""

    name: UUID
    turn: int | None = None


def save_answer(
    session: Session,
    actor: Researcher,
    assignment_id: UUID,
    version: int,
    draft: AnswerDraft,
    now: datetime,
    page: OpenPage | None = None,
) -> Answer:
    """Keep a draft as it stands, complete or not. `version` is the one the writer was looking at. What a `page` saved
    before, without hearing of it, it may save over.

    Refuses: NotFound, OutOfTurn (not being written), EditConflict, Incomplete (codes of no list, too many rows).
    """
    answer = lock_writing(session, actor, assignment_id)
    if answer.version != version and not _is_own(answer, page):
        raise EditConflict(answer.version)
    points = {point.code: point for point in points_of(session, answer)}
    _refuse_unknown(draft, points)
    _refuse_too_many(draft)
    for typed in draft.points:
        if typed.code in points:
            write_point(points[typed.code], typed)
    write_rows(session, answer, draft)
    answer.credit = draft.credit or answer.credit
    answer.note_for_editor = plain_text(draft.note) or None
    answer.saved_at = now
    answer.saved_page, answer.saved_turn = (page.name, page.turn) if page else (None, None)
    flag_modified(answer, "saved_at")  # a new version even within one instant, since points and rows changed
    session.flush()
    note_draft(session, actor, answer, now, by_hand=page is None or page.turn is None)
    return answer


def take_back(
    session: Session, actor: Researcher, assignment_id: UUID, draft_id: UUID, version: int, now: datetime
) -> Answer:
    """Save an earlier draft again, over what stands now, which is kept among the drafts itself.

    Refuses as `save_answer`.
    """
    kept = task_draft(session, actor, assignment_id, draft_id)
    return save_answer(session, actor, assignment_id, version, draft_of(session, kept), now)


def submit_answer(
    session: Session, actor: Researcher, assignment_id: UUID, now: datetime, *, anyway: bool = False
) -> Revision:
    """Send the saved draft for review: it is frozen as the next revision, and the clock of the review starts.

    `anyway`: its writer knows that somebody may be recognised by it. Refuses: NotFound, OutOfTurn (not being written),
    Incomplete (what is missing, by field; nothing was changed), Recognisable.
    """
    answer = lock_writing(session, actor, assignment_id)
    written = read_written(session, answer)
    remarks = _remarks(session, actor, assignment_id, written, now)
    if remarks.telling and (remarks.missing or not anyway):
        raise Recognisable(remarks)
    if remarks.missing:
        raise Incomplete(remarks.missing)
    number = _last_number(session, answer) + 1
    content = freeze(written) | {"attachments": freeze_attachments(session, answer, number)}
    revision = Revision(
        answer_id=answer.id,
        partner_id=answer.partner_id,
        question_id=answer.question_id,
        number=number,
        submitted_at=now,
        submitted_by=actor.id,
        content=content,
        content_hash=digest_of(content),
    )
    session.add(revision)
    session.flush()  # the database takes a revision while the answer is open, so it comes before the move
    ANSWER.fire(session, actor, answer, "submit", now, revision=str(revision.id))
    answer.submitted_at = now
    answer.review_by = HELPDESK.add_working_days(HELPDESK.local_day(now), policy.REVIEW_WORKING_DAYS)
    climb(session, REVIEW_LADDER, answer, HELPDESK, now)
    _stop_the_submission_clock(session, actor, assignment_id)
    return revision


def remarks_before_sending(session: Session, actor: Researcher, assignment_id: UUID, now: datetime) -> Remarks:
    """What stands against sending the saved draft. Refuses: NotFound, OutOfTurn (not being written)."""
    written = read_written(session, lock_writing(session, actor, assignment_id))
    return _remarks(session, actor, assignment_id, written, now)


def _remarks(session: Session, actor: Researcher, assignment_id: UUID, written: Written, now: datetime) -> Remarks:
    language = find_visible(session, actor, Assignment, assignment_id).language
    return remarks_on(written, language, calendar_of(session, actor).local_day(now))


def is_what_stands(session: Session, actor: Researcher, assignment_id: UUID, page: OpenPage | None) -> bool:
    """Whether this try of a page, or a later one, made what is saved now, though its reply may have been lost."""
    if page is None or page.turn is None:
        return False
    own = visible(actor, Answer).where(Answer.assignment_id == assignment_id)
    tried = own.where(Answer.saved_page == page.name, Answer.saved_turn >= page.turn)
    return session.scalar(tried.with_only_columns(Answer.id)) is not None


def _is_own(answer: Answer, page: OpenPage | None) -> bool:
    """What a page saved without hearing of it it may save over. Of its tries by itself only a later one: one that
    comes after it is as old as any other. What somebody pressed for is never late.
    """
    if page is None or answer.saved_page != page.name:
        return False
    return page.turn is None or (answer.saved_turn or 0) < page.turn


def _stop_the_submission_clock(session: Session, actor: Researcher, assignment_id: UUID) -> None:
    """What waited for the desk waits no more: the work is there."""
    assignment = lock_visible(session, actor, Assignment, assignment_id)
    assignment.paused_at = assignment.held_at = None
    assignment.extension_until = assignment.extension_refused = None
    leave(session, SUBMISSION_LADDER, assignment.id)


def _last_number(session: Session, answer: Answer) -> int:
    return session.scalar(select(func.max(Revision.number)).where(Revision.answer_id == answer.id)) or 0


def _refuse_unknown(draft: AnswerDraft, points: Collection[str]) -> None:
    """Codes come from closed lists, an empty one is not chosen yet."""
    rows: list[RowDraft] = [*draft.sources, *draft.prices, *draft.contacts]
    strange = (
        draft.credit not in {"", *words.CREDIT}
        or any(row.point_code not in points for row in rows)
        or any(point.confidence not in {None, *words.CONFIDENCE} for point in draft.points)
        or any(_has_strange_code(source) for source in draft.sources)
    )
    if strange:
        raise Incomplete({"choice": _("Choose one of the answers offered.")})


def _has_strange_code(source: SourceDraft) -> bool:
    return (
        source.kind not in {"", *words.SOURCE_KINDS}
        or source.mode not in {"", *words.MODES}
        or source.consent not in {"", *words.CONSENT}
        or source.independence not in {"", *words.INDEPENDENCE}
    )


def _refuse_too_many(draft: AnswerDraft) -> None:
    problems = {}
    if len(draft.sources) > policy.SOURCES_PER_ANSWER:
        problems["sources"] = _("These are too many sources. Keep the best ones.")
    if len(draft.prices) > policy.PRICES_PER_ANSWER:
        problems["prices"] = _("These are too many prices. Keep those that matter most.")
    if len(draft.contacts) > policy.CONTACTS_PER_ANSWER:
        problems["contacts"] = _("These are too many contacts. Keep those that matter most.")
    if problems:
        raise Incomplete(problems)
