"""Somebody finds that a published text is still true: one editor of a text that holds, two where that could do harm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.core.access import find_visible, lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.hidden import plain_text
from workflows.core.reminders import climb
from workflows.core.words import mark as _
from workflows.excerpts.approval import approvals_needed
from workflows.excerpts.checks import TOO_OLD
from workflows.excerpts.confirmation_lifecycle import CONFIRMATION, let_lapse, open_confirmation
from workflows.excerpts.confirmation_models import Confirmation, ConfirmationState
from workflows.excerpts.draft import IN_THE_FUTURE, SourceLine, plain_line
from workflows.excerpts.lifecycle import EXCERPT, FRESHNESS_LADDER
from workflows.excerpts.models import (
    Excerpt,
    ExcerptState,
    ExcerptVersion,
    PublishedExcerpt,
    PublishedText,
    Verification,
    VersionState,
)
from workflows.excerpts.public_notice import problem_for_readers, wrong_words
from workflows.excerpts.publishing import date_flat, flat_rows
from workflows.excerpts.translations import translations_of
from workflows.excerpts.words import SOURCE_KINDS
from workflows.vocabulary.validity import longest_validity


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found: the source, its day, until when the text holds from it; and who said so first, where two do."""

    source: SourceLine
    dated: date
    valid_until: date
    said_by: UUID | None = None


def confirm_excerpt(
    session: Session, actor: Staff, excerpt_id: UUID, source: SourceLine, now: datetime, *, version: int
) -> Verification | None:
    """Note that the text is still true, from a source of a day: it is dated anew, and its freshness clock starts again.

    The source is added to those that readers see. Translations of the very version that is confirmed are dated with it.
    None, and nothing changes for readers, where two must say so (`takes_two`) or the words of the source are none that
    readers have (`is_new_to`): it waits for another editor to agree.
    Refuses: NotFound, NotAllowed, OutOfTurn (not published, it waits for another editor already, or it is a translation
    of what was wrong), EditConflict, Incomplete by field.
    """
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    if not EXCERPT.may(actor, excerpt, "confirm"):
        EXCERPT.fire(session, actor, excerpt, "confirm", now)
    if open_confirmation(session, excerpt):
        raise OutOfTurn("somebody said so already, and another editor has to agree", done=True)
    current, _fixed = flat_rows(session, excerpt)
    if current.corrected_on:
        raise OutOfTurn("its original was corrected: the translation is put right first")
    today = HELPDESK.local_day(now)
    dated, valid_until = _new_days(session, excerpt, current, source, today)
    if takes_two(session, current.topics, current.valid_until, today) or is_new_to(current, source):
        _propose(session, actor, excerpt, current.number, source, now)
        return None
    return _date_all(session, actor, excerpt, _Found(source, dated, valid_until), now)


def takes_two(session: Session, topics: Sequence[str], valid_until: date, today: date) -> bool:
    """Readers are warned off the text today, or one of its topics is sensitive: one person's word does not do."""
    return valid_until < today or approvals_needed(session, topics) > policy.APPROVALS


def is_new_to(text: PublishedText, source: SourceLine) -> bool:
    """No source of the text is called so: these are words that no second reader has seen."""
    return plain_line(source.label) not in {plain_line(one["label"]) for one in text.sources}


def agree(session: Session, actor: Staff, confirmation_id: UUID, now: datetime) -> Confirmation:
    """Say the same as the first editor: the text is dated anew, as by `confirm_excerpt`.

    When the day that was named does not do any more, it lapses instead. Of two at once one agrees.
    Refuses: NotFound, NotAllowed (whoever said so), OutOfTurn (decided, taken back, or the text changed meanwhile).
    """
    row, excerpt = _locked(session, actor, confirmation_id)
    source = SourceLine(row.source, row.kind, row.dated)
    if not CONFIRMATION.may(actor, row, "agree"):
        CONFIRMATION.fire(session, actor, row, "agree", now)
    current, _fixed = flat_rows(session, excerpt)
    try:
        dated, valid_until = _new_days(session, excerpt, current, source, HELPDESK.local_day(now))
    except Incomplete:
        let_lapse(session, actor, excerpt, now)
        return row
    CONFIRMATION.fire(session, actor, row, "agree", now, ref=excerpt.ref, number=row.number, said_by=str(row.author_id))
    row.decided_by = actor.id
    _date_all(session, actor, excerpt, _Found(source, dated, valid_until, said_by=row.author_id), now)
    return row


def refuse_confirmation(
    session: Session, actor: Staff, confirmation_id: UUID, reason: str, now: datetime
) -> Confirmation:
    """Do not agree, and say why: whoever said so is told. Refuses: as `agree`, and Incomplete without a reason."""
    row, excerpt = _locked(session, actor, confirmation_id)
    if CONFIRMATION.may(actor, row, "refuse") and (problems := wrong_words("reason", reason)):
        raise Incomplete(problems)
    CONFIRMATION.fire(session, actor, row, "refuse", now, ref=excerpt.ref, number=row.number, editor=str(row.author_id))
    row.decided_by, row.reason = actor.id, plain_text(reason)
    return row


def take_confirmation_back(session: Session, actor: Staff, confirmation_id: UUID, now: datetime) -> Confirmation:
    """Whoever said so does not any more. Refuses: NotFound, NotAllowed (somebody else), OutOfTurn."""
    row, excerpt = _locked(session, actor, confirmation_id)
    CONFIRMATION.fire(session, actor, row, "take_back", now, ref=excerpt.ref, number=row.number)
    return row


def _locked(session: Session, actor: Staff, confirmation_id: UUID) -> tuple[Confirmation, Excerpt]:
    """The text first, as every move of it does; then what is said of it, read afresh."""
    about = find_visible(session, actor, Confirmation, confirmation_id).excerpt_id
    excerpt = lock_visible(session, actor, Excerpt, about)
    return lock_visible(session, actor, Confirmation, confirmation_id), excerpt


def _propose(session: Session, actor: Staff, excerpt: Excerpt, number: int, source: SourceLine, now: datetime) -> None:
    row = Confirmation(
        excerpt_id=excerpt.id, number=number, state=ConfirmationState.PROPOSED, source=plain_line(source.label),
        kind=source.kind, dated=source.dated, author_id=actor.id, at=now,
    )  # fmt: skip
    CONFIRMATION.open(session, actor, row, now, ref=excerpt.ref, number=number)


def _date_all(session: Session, actor: Staff, excerpt: Excerpt, found: _Found, now: datetime) -> Verification:
    """The text, and its translations of the version that readers have."""
    current, _fixed = flat_rows(session, excerpt)
    for one in translations_of(session, excerpt):
        if _renders(session, one, current.number, found.dated):
            _date_anew(session, actor, one, found, now)
    return _date_anew(session, actor, excerpt, found, now)


def _renders(session: Session, translation: Excerpt, number: int, dated: date) -> bool:
    """A published translation of that version which was not found true on a later day by itself."""
    if translation.state != ExcerptState.PUBLISHED:
        return False
    current, _fixed = flat_rows(session, translation)
    return _published_version(session, translation).source_number == number and current.information_date <= dated


def _date_anew(session: Session, actor: Staff, excerpt: Excerpt, found: _Found, now: datetime) -> Verification:
    let_lapse(session, actor, excerpt, now)
    current, fixed = flat_rows(session, excerpt)
    first = {"said_by": str(found.said_by)} if found.said_by else {}
    EXCERPT.fire(session, actor, excerpt, "confirm", now, ref=excerpt.ref, number=current.number, **first)
    verification = Verification(
        excerpt_id=excerpt.id, version_id=_published_version(session, excerpt).id,
        source=plain_line(found.source.label), verified_on=found.dated, valid_until=found.valid_until,
        editor_id=found.said_by or actor.id, agreed_by_id=actor.id if found.said_by else None, at=now,
    )  # fmt: skip
    session.add(verification)
    excerpt.valid_until = found.valid_until
    for flat in (current, fixed):
        date_flat(flat, found.dated, found.valid_until)
        flat.sources = [*flat.sources, found.source.as_json()]
    current.changed_on = HELPDESK.local_day(now)
    climb(session, FRESHNESS_LADDER, excerpt, HELPDESK, now)
    return verification


def _new_days(
    session: Session, excerpt: Excerpt, current: PublishedExcerpt, source: SourceLine, today: date
) -> tuple[date, date]:
    """The day of the confirmation, and until when the text holds from it. Refuses (Incomplete) by field."""
    problems = wrong_words("source", source.label)
    if problem := problem_for_readers(session, excerpt, source.label, excerpt.language, today):
        problems["source"] = problem
    if source.kind not in SOURCE_KINDS:
        problems["kind"] = _("Choose what kind of source this is.")
    if source.dated is None:
        problems["dated"] = _("Say on which day this was true.")
    elif source.dated > today:
        problems["dated"] = IN_THE_FUTURE
    elif source.dated < current.information_date:
        problems["dated"] = _("What is published is newer than this.")
    found = longest_validity(session, excerpt.country, current.topics, source.dated) if source.dated else None
    if found and found < today:
        problems.setdefault("dated", TOO_OLD)
    if problems or source.dated is None or found is None:
        raise Incomplete(problems)
    return source.dated, found


def _published_version(session: Session, excerpt: Excerpt) -> ExcerptVersion:
    published = ExcerptVersion.state == VersionState.PUBLISHED
    return session.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == excerpt.id, published)).one()
