"""What the desk decides while a partner works: it replies to a question or keeps the date."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment, AssignmentMessage, AssignmentPoint
from workflows.assignments.pausing import resume, still_asked
from workflows.assignments.terms import calendar_of
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK, Calendar
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.depersonalise import Finding, Kind, Rare, added_rarity, find, village_names
from workflows.requests.desk import MESSAGE_TOO_LONG
from workflows.requests.models import Question
from workflows.requests.neutral import PERSONAL, told_in
from workflows.requests.second_reading import added_to, may_be_told

TO_PARTNER = "to_partner"
RARE_IN_MESSAGE = _(
    "Together with what the partner knows, this may tell who it is: %(said)s. Say less, or put it in the neutral text "
    "first, for a second person to read."
)
REPLY_MISSING = _("Write your reply.")


def reply_to_partner(
    session: Session, actor: Staff, assignment_id: UUID, text: str, now: datetime, version: int, field: str = "message"
) -> Assignment:
    """Answer what a partner asked; while it waited the clock stood still, so its dates move by as many working days.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn, Incomplete (at `field`: empty, long, personal details, a
    name that stands in the original, what is rare with all that the partner knows and no second person read).
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id, version)
    text = plain_text(text)
    if ASSIGNMENT.may(actor, assignment, "explain"):
        _refuse_message(session, actor, assignment, text, now, field)
    ASSIGNMENT.fire(session, actor, assignment, "explain", now)
    session.add(
        AssignmentMessage(assignment_id=assignment.id, direction=TO_PARTNER, text=text, author_id=actor.id, at=now)
    )
    if assignment.paused_at is not None:
        _resume(session, actor, assignment, now)
    return assignment


def keep_date(session: Session, actor: Staff, assignment_id: UUID, now: datetime, version: int) -> Assignment:
    """Say no to a partner who asked for more time; they read so beside the day that they asked for.

    Refuses: NotFound, NotAllowed, EditConflict, OutOfTurn (also when nobody asked).
    """
    assignment = lock_visible(session, actor, Assignment, assignment_id, version)
    if assignment.extension_until is None:
        raise OutOfTurn("nobody asked for more time")
    ASSIGNMENT.fire(session, actor, assignment, "refuse_extension", now)
    assignment.extension_refused, assignment.extension_until = assignment.extension_until, None
    return assignment


def _resume(session: Session, actor: Staff, assignment: Assignment, now: datetime) -> None:
    """The partner waits no more; the clocks go on, unless they stand still for the requester's sake as well."""
    held_at = assignment.held_at
    since = min(moment for moment in (assignment.paused_at, held_at, now) if moment)
    assignment.paused_at = None
    if held_at is not None and still_asked(session, assignment):
        assignment.held_at = since
        return
    assignment.held_at = None
    resume(session, assignment, its_calendar(session, actor, assignment), since, now, now)


def its_calendar(session: Session, actor: Staff, assignment: Assignment) -> Calendar:
    """The working days of whoever does the work."""
    partner_id = assignment.partner_id or assignment.proposed_partner_id
    return calendar_of(find_visible(session, actor, PartnerOrganisation, partner_id))


def personal_in_message(
    question: Question | None, text: str, language: str, now: datetime, read: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """The personal details in a message; names and villages of the original are looked for as well.

    What a partner has `read` already tells them nothing new: an officer let it stand.
    """
    today = HELPDESK.local_day(now)
    known = told_in(question.written, question.language, today) if question else frozenset()
    return tuple(one for one in find(text, language, today, known) if not _is_read(one, read))


def new_to_partner(
    session: Session, assignment: Assignment, question: Question, text: str, now: datetime
) -> tuple[Finding, ...]:
    """The personal details in a message that its partner has not read from us."""
    read = _read_by(assignment, _known_to(session, assignment, question))
    return personal_in_message(question, text, assignment.language, now, read)


def refuse_what_tells(
    session: Session,
    actor: Staff,
    assignment: Assignment,
    said: Mapping[str, str],
    now: datetime,
    answered: Sequence[str] = (),
) -> None:
    """Hold words to a partner, by field, against what may tell who asked.

    What they `answered`, and what they read from us, tells them nothing new. Refuses: Incomplete (personal details, a
    name or village that stands in the original, what is rare with all that they know).
    """
    asked = assignment.question_id
    question = find_visible(session, actor, Question, asked) if asked else None
    known = [*_known_to(session, assignment, question), *answered]
    for field, text in said.items():
        if personal_in_message(question, text, assignment.language, now, _read_by(assignment, known)):
            raise Incomplete({field: PERSONAL})
        if rare := _rare_in_message(assignment, question, text, known):
            raise Incomplete({field: RARE_IN_MESSAGE}, said=rare.words)
        known.append(text)


def _refuse_message(
    session: Session, actor: Staff, assignment: Assignment, text: str, now: datetime, field: str
) -> None:
    problem = REPLY_MISSING if not text else MESSAGE_TOO_LONG if len(text) > policy.MESSAGE_MAX else ""
    if problem:
        raise Incomplete({field: problem})
    refuse_what_tells(session, actor, assignment, {field: text}, now)


def _is_read(found: Finding, read: Sequence[str]) -> bool:
    """Whether these words stand there, or the village that they name: in another language others stand before it."""
    named = village_names(found.text) if found.kind is Kind.VILLAGE else frozenset()
    return all(_stands_in(read, words) for words in named or (found.text,))


def _read_by(assignment: Assignment, known: Sequence[str]) -> tuple[str, ...]:
    """All words that the partner knows; the rule of what is rare is given the place by itself."""
    return *known, assignment.place or ""


def _stands_in(texts: Sequence[str], words: str) -> bool:
    """Whether one of the texts has just these words; a name within a longer word is another one."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    return any(whole.search(text) for text in texts)


def _known_to(session: Session, assignment: Assignment, question: Question | None) -> list[str]:
    """What the partner knows by us: the points, the terms, what we wrote before, and what a second person let pass."""
    written = (AssignmentMessage.assignment_id == assignment.id, AssignmentMessage.direction == TO_PARTNER)
    said = session.scalars(select(AssignmentMessage.text).where(*written)).all()
    points = session.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == assignment.id)).all()
    passed = may_be_told(session, question) if question else ()
    return [*points, assignment.terms, assignment.effort, *said, *passed]


def _rare_in_message(assignment: Assignment, question: Question | None, text: str, known: Sequence[str]) -> Rare | None:
    """What becomes rare by words to a partner who knows the others."""
    if question is None:
        return added_rarity(known, (text,), assignment.place or "")
    return added_to(question, known, (text,))
