"""Readers' reports: filed on the public site by anybody, worked off by editors, forgotten after a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, false, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment, AssignmentState
from workflows.core.access import lock_visible, visible
from workflows.core.actors import Staff, Visitor
from workflows.core.errors import Incomplete, NotFound
from workflows.core.events import Event, record
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.excerpts.models import Excerpt, ExcerptState, PublishedExcerpt
from workflows.excerpts.recheck import ask_again
from workflows.excerpts.recheck_standing import read_standing
from workflows.excerpts.report_lifecycle import PERSONAL_DATA_REPORTED, READER_REPORT
from workflows.excerpts.report_models import Outcome, ReaderReport, Reason, ReportState

GONE = (ExcerptState.WITHDRAWN, ExcerptState.RETRACTED)
TRUE_OR_NOT = _("The report is about a person, not about what is true. Choose what was done about that.")
UNTOUCHED = {
    Outcome.CORRECTED: _("The text is still the one that was reported. Correct it, hold it or take it back first."),
    Outcome.TAKEN_BACK: _("Readers still have this text. Hold it or take it back first."),
}


@dataclass(frozen=True, slots=True)
class Reported:
    """What a reader sent. `submission_id` was minted with the form, so that sending twice is one report."""

    submission_id: UUID
    reason: str
    text: str = ""


def wrong_report(typed: Reported) -> dict[str, str]:
    """One marked text for each field that cannot be kept."""
    found = {}
    if typed.reason not in set(Reason):
        found["reason"] = _("Choose what you found.")
    if len(typed.text) > policy.REPORT_TEXT_MAX:
        found["text"] = _("This is too long. Please shorten it.")
    return found


def report_text(session: Session, actor: Visitor, ref: str, typed: Reported, now: datetime) -> None:
    """Hand a report about the current version to the editors; its words are sealed for them.

    Personal data is told to every editor at once. Refuses: NotFound, Incomplete by field.
    """
    text = session.get(PublishedExcerpt, ref)
    if text is None:
        raise NotFound(ref)
    if problems := wrong_report(typed):
        raise Incomplete(problems)
    report = ReaderReport(
        id=typed.submission_id, ref=ref, number=text.number, reason=typed.reason, state=ReportState.RECEIVED, at=now
    )
    report.text = plain_text(typed.text) or None
    try:
        with session.begin_nested():
            READER_REPORT.open(session, actor, report, now, ref=ref, reason=typed.reason)
            if typed.reason == Reason.PERSONAL:
                record(session, actor, PERSONAL_DATA_REPORTED, report, now, codes={"ref": ref}, announce=True)
    except IntegrityError:
        return  # the same form once more


def recheck_report(
    session: Session, actor: Staff, report_id: UUID, now: datetime, *, version: int, partner_id: UUID | None = None
) -> ReaderReport:
    """Draft a recheck for the partner who found the text, or for the one that was chosen; the desk offers it.

    One that is under way is joined instead. Refuses: NotFound, OutOfTurn, NotAllowed, EditConflict, Incomplete (nobody
    to ask, or nothing to ask about; whoever was chosen cannot be asked).
    """
    report = lock_visible(session, actor, ReaderReport, report_id, version)
    if READER_REPORT.may(actor, report, "recheck"):
        excerpt = session.scalar(visible(actor, Excerpt).where(Excerpt.ref == report.ref).with_for_update())
        if excerpt and partner_id and (why := _in_the_way(session, actor, excerpt, partner_id, now)):
            raise Incomplete({"recheck": why})
        assignment = ask_again(session, actor, excerpt, now, partner_id) if excerpt else None
        if assignment is None:
            raise Incomplete({"recheck": _("No partner found this text, or it is not published. Nobody can be asked.")})
        report.assignment_id = assignment.id
    READER_REPORT.fire(session, actor, report, "recheck", now, ref=report.ref)
    return report


def close_report(
    session: Session, actor: Staff, report_id: UUID, outcome: str, now: datetime, *, version: int
) -> ReaderReport:
    """Note what became of it. That nothing is to be done about personal data is said by two: it waits for the second.

    Refuses: NotFound, OutOfTurn, NotAllowed (agreeing with oneself), EditConflict, Incomplete (no outcome; personal
    data said to be true; said to be corrected or taken back while readers have the text that was reported, or any).
    A recheck that was drafted because of this report alone, and offered to nobody yet, goes with it.
    """
    report = lock_visible(session, actor, ReaderReport, report_id, version)
    if READER_REPORT.may(actor, report, "close"):
        if outcome not in set(Outcome):
            raise Incomplete({"outcome": _("Choose what became of it.")})
        if outcome == Outcome.STILL_TRUE and report.reason == Reason.PERSONAL:
            raise Incomplete({"outcome": TRUE_OR_NOT})
        if outcome in UNTOUCHED and not _is_done(session, actor, report, Outcome(outcome)):
            raise Incomplete({"outcome": UNTOUCHED[Outcome(outcome)]})
    move = _move(report, outcome)
    READER_REPORT.fire(session, actor, report, move, now, ref=report.ref, outcome=outcome)
    if move == "clear":
        report.cleared_by = actor.id
        return report
    report.outcome, report.editor_id, report.closed_at = outcome, actor.id, now
    if draft := session.scalar(draft_of(report).with_for_update(of=Assignment)):
        ASSIGNMENT.fire(session, actor, draft, "drop", now, ref=report.ref)
        draft.closed_at = now
    return report


def draft_of(report: ReaderReport) -> Select[Assignment]:
    """The recheck that nobody has offered yet and that nothing but this report led to."""
    began = (Event.object_id == report.id, Event.kind == "reader_report.recheck", Event.at == Assignment.created_at)
    other = aliased(ReaderReport)
    joined = (other.assignment_id == Assignment.id, other.id != report.id, other.state != ReportState.CLOSED)
    return select(Assignment).where(
        Assignment.id == report.assignment_id,
        Assignment.state == AssignmentState.DRAFTED,
        exists().where(*began),
        ~exists().where(*joined),
    )


def took_along(session: Session, report: ReaderReport) -> bool:
    """Whether a drafted recheck went away with the report as it was closed."""
    went = (Assignment.id == report.assignment_id, Assignment.closed_at == report.closed_at)
    return report.closed_at is not None and bool(session.scalar(select(exists().where(*went))))


def _in_the_way(session: Session, actor: Staff, excerpt: Excerpt, partner_id: UUID, now: datetime) -> str:
    """Why this partner cannot be asked about a text that is doubted (a marked text)."""
    standing = read_standing(session, actor, (excerpt,), (partner_id,), now)
    return standing.planned(excerpt, partner_id, doubted=True).why


def _move(report: ReaderReport, outcome: str) -> str:
    """One editor may close it, unless it is about a person and nothing is to be done: then another has to agree."""
    if (report.reason, outcome) != (Reason.PERSONAL, Outcome.NOTHING):
        return "close"
    return "clear" if report.state in {ReportState.RECEIVED, ReportState.CHECKING} else "agree"


def _is_done(session: Session, actor: Staff, report: ReaderReport, outcome: Outcome) -> bool:
    """Whether the text was taken back or is held because of the report; for a correction a newer version will do."""
    text = PublishedExcerpt
    newer = text.number > report.number if outcome is Outcome.CORRECTED else false()
    changed = or_(text.state.in_(GONE), newer)
    held = (
        visible(actor, Excerpt)
        .join(Event, Event.object_id == Excerpt.id)
        .where(Excerpt.ref == report.ref, Excerpt.state == ExcerptState.ON_HOLD)
        .where(Event.kind == "excerpt.hold", Event.at >= report.at)
    )
    stands = select(text.ref).where(text.ref == report.ref, changed)
    return bool(session.scalar(select(stands.exists() | held.exists())))


def forget_report_texts(session: Session, now: datetime) -> None:
    """Erase what readers wrote in reports closed long enough ago; the reason and the outcome stay."""
    old = ReaderReport.closed_at < now - timedelta(days=policy.ERASURE_DAYS)
    written = ReaderReport.text_sealed.is_not(None)
    session.execute(update(ReaderReport).where(old, written).values(text_sealed=None))
