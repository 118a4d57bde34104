"""What an editor does with a submitted answer: note, send back, accept, reject."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.checklist import CHECKS, NOT_APPLICABLE, TWO_SOURCES, VERDICTS, YES, obstacles
from workflows.answers.checks import resting_on_one
from workflows.answers.comments import copies_for_partner
from workflows.answers.content import points_of
from workflows.answers.draft_history import erase_drafts
from workflows.answers.ledger import book
from workflows.answers.lifecycle import ANSWER, REVIEW_LADDER
from workflows.answers.models import Answer, AnswerState, Review, ReviewComment, Revision
from workflows.answers.to_partner import refuse_what_tells_who_asked
from workflows.assignments.clock import note_closed
from workflows.assignments.lifecycle import ASSIGNMENT, SUBMISSION_LADDER
from workflows.assignments.models import Assignment, AssignmentState
from workflows.assignments.pausing import tell_new_date
from workflows.core.access import lock_visible
from workflows.core.actors import CLOCK, Staff
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.hidden import plain_text
from workflows.core.parties import editors
from workflows.core.reminders import climb, leave
from workflows.core.words import mark as _

WHOLE = ""
"""The key of a comment about the answer as a whole."""
TOO_LONG = _("This is too long. Please shorten it.")
BLOCKED = _("You cannot accept while one of the points 1 to 10 says no or is still open.")
ONE_SOURCE = _("We count one independent source for %(points)s. Change the verdict, or say here why that can stand.")
ANSWER_REJECTED = "answer_rejected"


@dataclass(frozen=True)
class Notes:
    """What an editor noted about one revision: a verdict and a remark for each number of the checklist, and comments
    for the partner by code of a point, under "" about the whole.
    """

    verdicts: Mapping[int, str] = field(default_factory=dict)
    remarks: Mapping[int, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What the editor was looking at: a revision, and the version of its review (0: there was none yet)."""

    revision_id: UUID
    version: int = 0


def save_review(session: Session, actor: Staff, answer_id: UUID, notes: Notes, seen: Seen, now: datetime) -> Review:
    """Keep what was noted so far, whole or not; the partner sees nothing of it.

    Refuses: NotFound, NotAllowed, OutOfTurn (not under review), EditConflict, Incomplete (too long).
    """
    return _write_review(session, actor, _lock_submitted(session, actor, answer_id), notes, seen, now)


def return_answer(session: Session, actor: Staff, answer_id: UUID, notes: Notes, seen: Seen, now: datetime) -> Answer:
    """Send the answer back with the comments, which the partner reads beside the points, and with those in the margin
    that are for the partner; a new date is set, unless a later one was agreed.

    Refuses as `save_review`, and Incomplete without any comment, or with one that may tell who asked.
    """
    answer = _lock_submitted(session, actor, answer_id)
    comments = {code: text for code, text in _tidy(notes.comments).items() if text}
    in_margin = copies_for_partner(session, answer, now)
    if not comments and not in_margin:
        raise Incomplete({"note": _("Write at least one comment, so that the partner knows what to change.")})
    fields = {_field(code): text for code, text in comments.items()}
    refuse_what_tells_who_asked(session, actor, answer, fields, now)
    review = _decide(session, actor, answer, notes, seen, "return", now)
    for code, text in comments.items():
        comment = ReviewComment(answer_id=answer.id, round=answer.round, point_code=code or None, text=text, at=now)
        session.add(comment)
    session.add_all(in_margin)
    ANSWER.fire(session, actor, answer, "return", now, review_id=str(review.id), round=answer.round)
    answer.round += 1
    leave(session, REVIEW_LADDER, answer.id)
    _give_time(session, lock_visible(session, actor, Assignment, answer.assignment_id), now)
    return answer


def accept_answer(session: Session, actor: Staff, answer_id: UUID, notes: Notes, seen: Seen, now: datetime) -> Answer:
    """Accept the answer: it may be written up, its assignment is complete, what was agreed is booked; its drafts go.

    Refuses as `save_review`, and Incomplete while one of the points 1 to 10 says no or is open, or while the fourth
    is passed for points that rest on one source and nobody said why.
    """
    answer = _lock_submitted(session, actor, answer_id)
    found = obstacles(notes.verdicts)
    problems = {"decision": BLOCKED} | {f"verdict_{number}": text for number, text in found.items()} if found else {}
    points = _unfounded(session, answer, notes, seen)
    if points:
        problems[f"remark_{TWO_SOURCES}"] = ONE_SOURCE
    if problems:
        raise Incomplete(problems, points=", ".join(points))
    review = _decide(session, actor, answer, notes, seen, "accept", now)
    ANSWER.fire(session, actor, answer, "accept", now, review_id=str(review.id))
    erase_drafts(session, answer.id)
    book(session, _close_assignment(session, actor, answer, "complete", now), now)
    return answer


def reject_answer(
    session: Session, actor: Staff, answer_id: UUID, notes: Notes, reason: str, seen: Seen, now: datetime
) -> Answer:
    """Turn the answer down for good, with a reason that the partner reads; the commission ends, the desk is told.

    Refuses as `save_review`, and Incomplete without a reason, or with one that may tell who asked.
    """
    answer = _lock_submitted(session, actor, answer_id)
    reason = plain_text(reason)
    if not reason:
        raise Incomplete({"reason": _("Say why this answer cannot be used. The partner reads it.")})
    if len(reason) > policy.REASON_MAX:
        raise Incomplete({"reason": TOO_LONG})
    refuse_what_tells_who_asked(session, actor, answer, {"reason": reason}, now)
    review = _decide(session, actor, answer, notes, seen, "reject", now)
    ANSWER.fire(session, actor, answer, "reject", now, review_id=str(review.id))
    answer.reject_reason = reason
    _close_assignment(session, actor, answer, "revoke", now, reason=ANSWER_REJECTED)
    return answer


def _lock_submitted(session: Session, actor: Staff, answer_id: UUID) -> Answer:
    answer = lock_visible(session, actor, Answer, answer_id)
    if not editors.includes(actor, answer):
        raise NotAllowed("answers are reviewed by editors")
    if answer.state != AnswerState.SUBMITTED:
        raise OutOfTurn(f"an answer that is {answer.state} is not under review")
    return answer


def _decide(
    session: Session, actor: Staff, answer: Answer, notes: Notes, seen: Seen, decision: str, now: datetime
) -> Review:
    review = _write_review(session, actor, answer, notes, seen, now)
    review.decision, review.decided_at = decision, now
    return review


def _write_review(session: Session, actor: Staff, answer: Answer, notes: Notes, seen: Seen, now: datetime) -> Review:
    _refuse_too_long(notes)
    latest = session.scalar(select(Revision.id).where(Revision.answer_id == answer.id).order_by(Revision.number.desc()))
    if latest != seen.revision_id:
        raise OutOfTurn("another revision was submitted since")
    reviews = select(Review).where(Review.revision_id == latest).with_for_update()
    review = session.scalar(reviews.execution_options(populate_existing=True))
    standing = review.version if review else 0
    if standing != seen.version:
        raise _saved_meanwhile(actor, review)
    if review is None:
        review = Review(answer_id=answer.id, revision_id=latest)
        session.add(review)
    review.editor_id, review.saved_at = actor.id, now
    review.checklist = {str(check.number): _line(notes, check.number) for check in CHECKS}
    review.comments = _tidy(notes.comments)
    session.flush()
    return review


def _saved_meanwhile(actor: Staff, review: Review | None) -> EditConflict:
    if review is None:
        return EditConflict(0)
    own = review.editor_id == actor.id
    return EditConflict(review.version, own=own, by=review.editor_id, at=review.saved_at)


def _line(notes: Notes, number: int) -> dict[str, str]:
    verdict = notes.verdicts.get(number, "")
    return {"verdict": verdict if verdict in VERDICTS else "", "comment": plain_text(notes.remarks.get(number, ""))}


def _refuse_too_long(notes: Notes) -> None:
    long = {f"remark_{number}": TOO_LONG for number, text in notes.remarks.items() if len(text) > policy.REASON_MAX}
    for code, text in notes.comments.items():
        if len(text) > policy.COMMENT_MAX:
            long[_field(code)] = TOO_LONG
    if long:
        raise Incomplete(long)


def _field(code: str) -> str:
    return f"comment_{code}" if code else "note"


def _unfounded(session: Session, answer: Answer, notes: Notes, seen: Seen) -> tuple[str, ...]:
    """The points of which the machine counts one source where the editor says two, or that two are not needed, without
    a remark on that.
    """
    passed = notes.verdicts.get(TWO_SOURCES) in {YES, NOT_APPLICABLE}
    if not passed or plain_text(notes.remarks.get(TWO_SOURCES, "")):
        return ()
    sent = select(Revision.content).where(Revision.id == seen.revision_id, Revision.answer_id == answer.id)
    content = session.scalar(sent)
    return resting_on_one(points_of(content)) if content else ()


def _give_time(session: Session, assignment: Assignment, now: datetime) -> None:
    """A returned answer has a date of its own, in the partner's working days, but no nearer one than was agreed; the
    requester's date follows it.
    """
    if assignment.state != AssignmentState.ACCEPTED:
        raise OutOfTurn(f"nobody works on an assignment that is {assignment.state}")
    partner = session.get_one(PartnerOrganisation, assignment.partner_id)
    calendar = Calendar(partner.calendar, partner.timezone)
    again = calendar.add_working_days(calendar.local_day(now), policy.RETURNED_WORKING_DAYS)
    assignment.submit_by = max(again, assignment.submit_by or again)
    expected = HELPDESK.add_working_days(assignment.submit_by, policy.REQUESTER_DATE_MARGIN_WORKING_DAYS)
    said = assignment.requester_date
    assignment.requester_date = max(expected, said or expected)
    tell_new_date(session, CLOCK, assignment, said, now)
    climb(session, SUBMISSION_LADDER, assignment, calendar, now)


def _close_assignment(
    session: Session, actor: Staff, answer: Answer, move: str, now: datetime, **codes: str
) -> Assignment:
    """The commission ends because its answer was decided on: the house makes that move, the editor made the other."""
    leave(session, REVIEW_LADDER, answer.id)
    assignment = lock_visible(session, actor, Assignment, answer.assignment_id)
    ASSIGNMENT.fire(session, CLOCK, assignment, move, now, **codes)
    note_closed(session, assignment, now)
    return assignment


def _tidy(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: plain_text(text) for code, text in texts.items()}
