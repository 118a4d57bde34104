"""What becomes of a published text: confirmed, put on hold, resumed, withdrawn, retracted, archived, restored.

Whoever received a text that is withdrawn or retracted is told by `replies.recall`, which calls these commands.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.editors import editors_at_work
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.core.hidden import plain_text
from workflows.core.reminders import climb, leave
from workflows.core.words import mark as _
from workflows.excerpts.checks import PERSONAL, TOO_OLD, personal_details
from workflows.excerpts.draft import IN_THE_FUTURE, TOO_LONG, SourceLine, plain_line
from workflows.excerpts.lifecycle import EXCERPT, FRESHNESS_LADDER, HOLD_LADDER
from workflows.excerpts.models import (
    Excerpt,
    ExcerptState,
    ExcerptVersion,
    PublishedExcerpt,
    PublishedText,
    PublishedVersion,
    Verification,
    VersionState,
)
from workflows.excerpts.published_files import take_all_away
from workflows.excerpts.published_words import forget_words
from workflows.excerpts.publishing import date_flat, flat_rows, follow_standing, let_translations_follow, lock_original
from workflows.excerpts.search_text import search_vector
from workflows.excerpts.translations import translations_of
from workflows.excerpts.words import SOURCE_KINDS
from workflows.requests.outgoing import ADVISES, advice
from workflows.vocabulary.validity import longest_validity

NOT_AN_EDITOR = _("Choose an editor from the list.")


def confirm_excerpt(
    session: Session, actor: Staff, excerpt_id: UUID, source: SourceLine, now: datetime, *, version: int
) -> Verification:
    """Note that the text is still true, from a source of a day: it is dated anew, and its freshness clock starts again.

    The source is added to those that readers see. Translations of the very version that is confirmed are dated with it.
    Refuses: NotFound, NotAllowed, OutOfTurn (not published),
    EditConflict, Incomplete by field.
    """
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    if not EXCERPT.may(actor, excerpt, "confirm"):
        EXCERPT.fire(session, actor, excerpt, "confirm", now)
    current, _fixed = flat_rows(session, excerpt)
    dated, valid_until = _new_days(session, excerpt, current, source, HELPDESK.local_day(now))
    for one in translations_of(session, excerpt):
        if _renders(session, one, current.number, dated):
            _date_anew(session, actor, one, source, dated, valid_until, now)
    return _date_anew(session, actor, excerpt, source, dated, valid_until, now)


def _renders(session: Session, translation: Excerpt, number: int, dated: date) -> bool:
    """A published translation of that version which was not found true on a later day by itself."""
    if translation.state != ExcerptState.PUBLISHED:
        return False
    current, _fixed = flat_rows(session, translation)
    return _published_version(session, translation).source_number == number and current.information_date <= dated


def _date_anew(
    session: Session, actor: Staff, excerpt: Excerpt, source: SourceLine, dated: date, valid_until: date, now: datetime
) -> Verification:
    current, fixed = flat_rows(session, excerpt)
    EXCERPT.fire(session, actor, excerpt, "confirm", now, ref=excerpt.ref, number=current.number)
    row = _published_version(session, excerpt)
    verification = Verification(
        excerpt_id=excerpt.id, version_id=row.id, source=plain_line(source.label), verified_on=dated,
        valid_until=valid_until, editor_id=actor.id, at=now,
    )  # fmt: skip
    session.add(verification)
    excerpt.valid_until = valid_until
    for flat in (current, fixed):
        date_flat(flat, dated, valid_until)
        flat.sources = [*flat.sources, source.as_json()]
    current.changed_on = HELPDESK.local_day(now)
    climb(session, FRESHNESS_LADDER, excerpt, HELPDESK, now)
    return verification


def hold_excerpt(
    session: Session,
    actor: Staff,
    excerpt_id: UUID,
    reason: str,
    review_on: date | None,
    now: datetime,
    *,
    version: int,
    owner_id: UUID | None = None,
) -> Excerpt:
    """Take a text out of search and lists while somebody looks into it, its translations with it; pages stay, bannered.

    Without `review_on` it is looked at again after the policy's days; `owner_id` is the editor who does, else the
    actor. Refuses: NotFound, NotAllowed, OutOfTurn, EditConflict, Incomplete (no reason, a past day, no editor).
    """
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    today = HELPDESK.local_day(now)
    review_on = review_on or today + timedelta(days=policy.HOLD_REVIEW_DAYS)
    if EXCERPT.may(actor, excerpt, "hold"):
        problems = _wrong_words("reason", reason)
        if review_on <= today:
            problems["review_on"] = _("Choose a day that is still to come.")
        if owner_id and owner_id not in editors_at_work(session):
            problems["owner"] = NOT_AN_EDITOR
        if problems:
            raise Incomplete(problems)
    EXCERPT.fire(session, actor, excerpt, "hold", now, ref=excerpt.ref)
    excerpt.hold_reason, excerpt.hold_review_on = plain_text(reason), review_on
    excerpt.hold_owner_id = owner_id or actor.id
    current, _fixed = flat_rows(session, excerpt)
    follow_standing(session, current, excerpt, HELPDESK.local_day(now))
    let_translations_follow(session, excerpt, HELPDESK.local_day(now))
    leave(session, FRESHNESS_LADDER, excerpt.id)
    climb(session, HOLD_LADDER, excerpt, HELPDESK, now)
    return excerpt


def resume_excerpt(session: Session, actor: Staff, excerpt_id: UUID, now: datetime, *, version: int) -> Excerpt:
    """Publish a text again that was on hold, as it was. Refuses: NotFound, NotAllowed, OutOfTurn, EditConflict."""
    lock_original(session, excerpt_id)
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    EXCERPT.fire(session, actor, excerpt, "resume", now, ref=excerpt.ref)
    excerpt.hold_reason = excerpt.hold_owner_id = excerpt.hold_review_on = None
    current, _fixed = flat_rows(session, excerpt)
    follow_standing(session, current, excerpt, HELPDESK.local_day(now))
    let_translations_follow(session, excerpt, HELPDESK.local_day(now))
    leave(session, HOLD_LADDER, excerpt.id)
    climb(session, FRESHNESS_LADDER, excerpt, HELPDESK, now)
    return excerpt


def withdraw_excerpt(
    session: Session, actor: Staff, excerpt_id: UUID, notice: str, now: datetime, *, version: int
) -> Excerpt:
    """Take a text out of search for good; its page stays, with a public notice above it.

    Refuses: NotFound, NotAllowed, OutOfTurn, EditConflict, Incomplete (no notice, or one that points to a person or
    advises).
    """
    excerpt = _take_back(session, actor, excerpt_id, "withdraw", notice, now, version)
    current, _fixed = flat_rows(session, excerpt)
    follow_standing(session, current, excerpt, HELPDESK.local_day(now))
    current.notice = plain_text(notice)
    take_all_away(session, current)
    forget_words(session, HELPDESK.local_day(now), current.title, current.summary, current.body)
    return excerpt


def retract_excerpt(
    session: Session, actor: Staff, excerpt_id: UUID, notice: str, now: datetime, *, version: int
) -> Excerpt:
    """Take a text back: the notice stands in its place, in every version; only its reference and topics remain.

    Refuses as `withdraw_excerpt`.
    """
    excerpt = _take_back(session, actor, excerpt_id, "retract", notice, now, version)
    current, _fixed = flat_rows(session, excerpt)
    follow_standing(session, current, excerpt, HELPDESK.local_day(now))
    current.notice = plain_text(notice)
    take_all_away(session, current)
    forget_words(session, HELPDESK.local_day(now), current.title, current.summary, current.body)
    current.search = search_vector("", "", "", excerpt.language)
    _empty(current, excerpt.ref)
    for fixed in session.scalars(select(PublishedVersion).where(PublishedVersion.ref == excerpt.ref)):
        fixed.retracted, fixed.public_note = True, ""
        _empty(fixed, excerpt.ref)
    return excerpt


def archive_excerpt(session: Session, actor: Staff, excerpt_id: UUID, now: datetime, *, version: int) -> Excerpt:
    """Put away what was withdrawn or retracted; its pages stay as they are. Refuses: as `resume_excerpt`."""
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    EXCERPT.fire(session, actor, excerpt, "archive", now, ref=excerpt.ref)
    return excerpt


def restore_excerpt(session: Session, actor: Staff, excerpt_id: UUID, now: datetime, *, version: int) -> Excerpt:
    """Bring an archived text back to what it was put away as, which its public row still says: withdrawn or retracted.

    Refuses: as `resume_excerpt`.
    """
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    flat = session.get(PublishedExcerpt, excerpt.ref)
    move = "restore_retracted" if flat and flat.state == ExcerptState.RETRACTED else "restore"
    EXCERPT.fire(session, actor, excerpt, move, now, ref=excerpt.ref)
    return excerpt


def _take_back(
    session: Session, actor: Staff, excerpt_id: UUID, move: str, notice: str, now: datetime, version: int
) -> Excerpt:
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    if EXCERPT.may(actor, excerpt, move):
        problems = _wrong_words("notice", notice)
        if advice(notice):
            problems["notice"] = ADVISES
        if personal_details({"notice": notice}, excerpt.language, HELPDESK.local_day(now)):
            problems["notice"] = PERSONAL
        if problems:
            raise Incomplete(problems)
    EXCERPT.fire(session, actor, excerpt, move, now, ref=excerpt.ref)
    excerpt.hold_reason = excerpt.hold_owner_id = excerpt.hold_review_on = None
    for ladder in (FRESHNESS_LADDER, HOLD_LADDER):
        leave(session, ladder, excerpt.id)
    return excerpt


def _new_days(
    session: Session, excerpt: Excerpt, current: PublishedExcerpt, source: SourceLine, today: date
) -> tuple[date, date]:
    """The day of the confirmation, and until when the text holds from it. Refuses (Incomplete) by field."""
    problems = _wrong_words("source", source.label)
    if source.kind not in SOURCE_KINDS:
        problems["kind"] = _("Choose what kind of source this is.")
    if personal_details({"source": source.label}, excerpt.language, today):
        problems["source"] = PERSONAL
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


def _wrong_words(name: str, text: str) -> dict[str, str]:
    if not plain_text(text):
        return {name: _("This cannot be empty.")}
    return {name: TOO_LONG} if len(text) > policy.REASON_MAX else {}


def _published_version(session: Session, excerpt: Excerpt) -> ExcerptVersion:
    published = ExcerptVersion.state == VersionState.PUBLISHED
    return session.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == excerpt.id, published)).one()


def _empty(flat: PublishedText, ref: str) -> None:
    """Nothing of the text stays in the row; where a title must stand, its reference does."""
    flat.title = ref
    flat.summary = flat.body = flat.unknown = flat.place = ""
    flat.sources, flat.facets, flat.credit = [], [], []
