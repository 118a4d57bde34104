"""What becomes of a published text: put on hold, resumed, withdrawn, retracted, archived, restored.

Whoever received a text that is withdrawn or retracted is told by `replies.recall`, which calls these commands.
"""

from collections.abc import Mapping
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
from workflows.excerpts.confirmation_lifecycle import let_lapse
from workflows.excerpts.lifecycle import EXCERPT, FRESHNESS_LADDER, HOLD_LADDER
from workflows.excerpts.models import (
    Excerpt,
    ExcerptState,
    PublishedExcerpt,
    PublishedText,
    PublishedVersion,
)
from workflows.excerpts.public_notice import UNTRANSLATED, refuse_notices, wrong_words
from workflows.excerpts.published_files import take_all_away
from workflows.excerpts.published_words import forget_words
from workflows.excerpts.publishing import flat_rows, follow_standing, let_translations_follow, lock_original
from workflows.excerpts.search_text import search_vector

NOT_AN_EDITOR = _("Choose an editor from the list.")


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
        problems = wrong_words("reason", reason)
        if review_on <= today:
            problems["review_on"] = _("Choose a day that is still to come.")
        if owner_id and owner_id not in editors_at_work(session):
            problems["owner"] = NOT_AN_EDITOR
        if problems:
            raise Incomplete(problems)
    EXCERPT.fire(session, actor, excerpt, "hold", now, ref=excerpt.ref)
    let_lapse(session, actor, excerpt, now)
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
    session: Session,
    actor: Staff,
    excerpt_id: UUID,
    notice: str | None,
    now: datetime,
    *,
    version: int,
    translated: Mapping[str, str] = UNTRANSLATED,
) -> Excerpt:
    """Take a text out of search for good; its page stays, with a public notice above it.

    `translated` is what its translations are told, by language; it is checked here and written by `replies.recall`.
    None as `notice`: a translation that goes with its original, into whose language nobody put the reason.
    Refuses: NotFound, NotAllowed, OutOfTurn, EditConflict, Incomplete (no notice, or one that points to a person or
    advises).
    """
    excerpt = _take_back(session, actor, excerpt_id, "withdraw", notice, translated, now, version)
    current, _fixed = flat_rows(session, excerpt)
    follow_standing(session, current, excerpt, HELPDESK.local_day(now))
    current.notice = plain_text(notice or "")
    take_all_away(session, current)
    forget_words(session, HELPDESK.local_day(now), current.title, current.summary, current.body)
    return excerpt


def retract_excerpt(
    session: Session,
    actor: Staff,
    excerpt_id: UUID,
    notice: str | None,
    now: datetime,
    *,
    version: int,
    translated: Mapping[str, str] = UNTRANSLATED,
) -> Excerpt:
    """Take a text back: the notice stands in its place, in every version; only its reference and topics remain.

    Refuses as `withdraw_excerpt`.
    """
    excerpt = _take_back(session, actor, excerpt_id, "retract", notice, translated, now, version)
    current, _fixed = flat_rows(session, excerpt)
    follow_standing(session, current, excerpt, HELPDESK.local_day(now))
    current.notice = plain_text(notice or "")
    take_all_away(session, current)
    forget_words(session, HELPDESK.local_day(now), current.title, current.summary, current.body)
    current.search = search_vector("", "", "", excerpt.language)
    _empty(current, excerpt.ref)
    for fixed in session.scalars(select(PublishedVersion).where(PublishedVersion.ref == excerpt.ref)):
        fixed.retracted, fixed.public_note, fixed.translated_notes = True, "", {}
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
    session: Session,
    actor: Staff,
    excerpt_id: UUID,
    move: str,
    notice: str | None,
    translated: Mapping[str, str],
    now: datetime,
    version: int,
) -> Excerpt:
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    if notice is not None and EXCERPT.may(actor, excerpt, move):
        refuse_notices(session, excerpt, notice, translated, HELPDESK.local_day(now))
    EXCERPT.fire(session, actor, excerpt, move, now, ref=excerpt.ref)
    let_lapse(session, actor, excerpt, now)
    excerpt.hold_reason = excerpt.hold_owner_id = excerpt.hold_review_on = None
    for ladder in (FRESHNESS_LADDER, HOLD_LADDER):
        leave(session, ladder, excerpt.id)
    return excerpt


def _empty(flat: PublishedText, ref: str) -> None:
    """Nothing of the text stays in the row; where a title must stand, its reference does."""
    flat.title = ref
    flat.summary = flat.body = flat.unknown = flat.place = ""
    flat.sources, flat.facets, flat.credit = [], [], []
