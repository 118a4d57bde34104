"""What the public reads of an excerpt: published by a second editor, and kept in flat rows in the same transaction."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.core.access import lock_visible
from workflows.core.actors import Clock, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete
from workflows.core.reminders import climb, leave
from workflows.core.words import mark as _
from workflows.excerpts.approval import approvals_needed, as_it_stands, refuse_unfit
from workflows.excerpts.confirmation_lifecycle import let_lapse
from workflows.excerpts.corrected import follow_corrections
from workflows.excerpts.credit import credit_of_version
from workflows.excerpts.file_openings import refuse_unopened
from workflows.excerpts.lifecycle import EXCERPT, EXCERPT_VERSION, FRESHNESS_LADDER, HOLD_LADDER
from workflows.excerpts.models import (
    Approval,
    Change,
    Excerpt,
    ExcerptState,
    ExcerptVersion,
    PublishedExcerpt,
    PublishedText,
    PublishedVersion,
    VersionState,
)
from workflows.excerpts.published_files import publish_files
from workflows.excerpts.published_words import forget_unheard, learn_words
from workflows.excerpts.recheck import let_drafts_follow
from workflows.excerpts.search_text import ANALYSIS, beside, search_vector
from workflows.excerpts.translations import translations_of
from workflows.vocabulary.shelf_life import check_soon_from, expires_on


def publish_excerpt(
    session: Session,
    actor: Staff,
    version_id: UUID,
    version: int,
    now: datetime,
    *,
    on: date | None = None,
    ends_hold: bool = False,
) -> Excerpt:
    """Approve a version. When nobody else must, it takes the place of the old one, at once or in the morning of a day.

    A sensitive text waits for a second approver; two at once are both counted, and one of them publishes. `version` is
    the row's that the approver was reading. Publishing over a text on hold ends the hold, and must say so. A correction
    must reach those who received the old text: `replies.recall.publish_and_tell` does both. Refuses: NotFound,
    EditConflict (the text is not the one that was sent for approval), OutOfTurn, NotAllowed (wrote in it, approved it),
    Incomplete (became unfit since; a file not opened; the day has passed, or comes too late for the text; a hold that
    nobody ends, or on a day).
    """
    row = lock_visible(session, actor, ExcerptVersion, version_id, version)
    lock_original(session, row.excerpt_id)
    excerpt = lock_visible(session, actor, Excerpt, row.excerpt_id)
    last = approvals_needed(session, row.topics) - len(row.approvals) <= 1
    if EXCERPT_VERSION.may(actor, row, "publish"):
        if row.approved_hash != as_it_stands(session, row):
            raise EditConflict(row.version)
        refuse_unfit(session, row, HELPDESK.local_day(now))
        refuse_unopened(session, actor, row.id)
        _refuse_day(row, on, HELPDESK.local_day(now))
        if last and excerpt.state == ExcerptState.ON_HOLD:
            _refuse_held(on, ends_hold=ends_hold)
    move = "approve" if not last else "schedule" if on else "publish"
    EXCERPT_VERSION.fire(session, actor, row, move, now, ref=excerpt.ref, number=row.number, change=row.change)
    row.approvals.append(Approval(editor_id=actor.id, at=now))
    if move == "schedule" and on:
        row.approver_id, row.publish_at = actor.id, HELPDESK.morning(on)
    elif move == "publish":
        row.approver_id = actor.id
        put_in_place(session, actor, excerpt, row, now)
    return excerpt


def _refuse_day(row: ExcerptVersion, on: date | None, today: date) -> None:
    if on and on <= today:
        raise Incomplete({"on": _("Choose a day that is still to come.")})
    if on and on > row.valid_until:
        raise Incomplete({"on": _("The text would be out of date by then.")})


def _refuse_held(on: date | None, *, ends_hold: bool) -> None:
    if on:
        raise Incomplete({"on": _("This text is on hold. It can be published at once, not on a day.")})
    if not ends_hold:
        raise Incomplete({"ends_hold": _("Say that the reason for the hold is settled, or end the hold first.")})


def put_in_place(session: Session, actor: Staff | Clock, excerpt: Excerpt, row: ExcerptVersion, now: datetime) -> None:
    """Let the version be what the public reads."""
    old, was_held = session.scalar(_published(excerpt, but=row)), excerpt.state == ExcerptState.ON_HOLD
    row.published_at, row.changes_wanted = now, None
    if old is not None:
        EXCERPT_VERSION.fire(session, actor, old, "supersede", now, ref=excerpt.ref, number=old.number)
    EXCERPT.fire(session, actor, excerpt, "publish", now, ref=excerpt.ref, number=row.number)
    let_lapse(session, actor, excerpt, now)
    excerpt.valid_until = row.valid_until
    excerpt.hold_reason = excerpt.hold_owner_id = excerpt.hold_review_on = None
    write_flat_rows(session, excerpt, row, HELPDESK.local_day(now))
    let_drafts_follow(session, excerpt, row)
    if was_held:
        let_translations_follow(session, excerpt, HELPDESK.local_day(now))
    if row.change == Change.CORRECTION:
        for one in translations_of(session, excerpt):
            let_lapse(session, actor, one, now)
    leave(session, HOLD_LADDER, excerpt.id)
    climb(session, FRESHNESS_LADDER, excerpt, HELPDESK, now)


def write_flat_rows(session: Session, excerpt: Excerpt, row: ExcerptVersion, today: date) -> None:
    """Write the version as the current text of its excerpt, and under its own number for ever."""
    source = select(Excerpt.ref).where(Excerpt.id == excerpt.source_id)
    source_ref = session.scalar(source) if excerpt.source_id else None
    shown = _shown(excerpt, row, today) | {"source_ref": source_ref}
    shown["credit"] = credit_of_version(session, row, source_ref)
    shown["files"] = publish_files(session, excerpt.ref, row.id)
    current = session.get(PublishedExcerpt, excerpt.ref, with_for_update=True)
    if current is None:
        current = PublishedExcerpt(ref=excerpt.ref)
        session.add(current)
    fixed = PublishedVersion(
        ref=excerpt.ref,
        number=row.number,
        change=row.change,
        public_note=row.public_note,
        retracted=False,
        translated_notes=row.translated_notes if row.change == Change.CORRECTION else {},
    )
    session.add(fixed)
    for flat in (current, fixed):
        for name, value in shown.items():
            setattr(flat, name, value)
    current.number = row.number
    follow_standing(session, current, excerpt, today)
    current.notice = row.public_note if row.change == Change.CORRECTION else ""
    index(session, current)
    follow_corrections(session, excerpt.ref, today)


def index_again(session: Session, most: int) -> int:
    """Index some of the texts that were indexed by another analysis; how many. What was retracted has no words."""
    older = PublishedExcerpt.analysis != ANALYSIS
    rows = session.scalars(
        select(PublishedExcerpt).where(older, PublishedExcerpt.state != ExcerptState.RETRACTED)
        .order_by(PublishedExcerpt.ref).limit(most).with_for_update(skip_locked=True)
    ).all()  # fmt: skip
    for row in rows:
        forget_unheard(session, row.title, row.summary, row.body)
        index(session, row)
    return len(rows)


def index(session: Session, current: PublishedExcerpt) -> None:
    """Let the text be found by its words, its country, its topics and its place."""
    with session.no_autoflush:  # a new row is not whole before this
        found_by = beside(session, current.country, current.topics, current.place, current.language)
    words = (current.title, current.summary, current.body)
    current.search, current.analysis = search_vector(*words, current.language, found_by), ANALYSIS
    learn_words(session, *words)


def lock_original(session: Session, excerpt_id: UUID) -> None:
    """Let nobody hold or resume the original of a translation that is about to be published, before that is locked."""
    source = select(Excerpt.source_id).where(Excerpt.id == excerpt_id).scalar_subquery()
    session.execute(select(Excerpt.id).where(Excerpt.id == source).with_for_update(read=True))


def follow_standing(session: Session, current: PublishedExcerpt, excerpt: Excerpt, today: date) -> None:
    """Let the public row say what its excerpt has become today, and be listed only while that is published.

    A translation stands no better than its original: while that is being checked, it is being checked too.
    """
    current.state = excerpt.state
    if excerpt.state == ExcerptState.PUBLISHED and excerpt.source_id:
        with session.no_autoflush:  # a new row is not whole before this
            original = session.scalar(select(Excerpt.state).where(Excerpt.id == excerpt.source_id))
        current.state = original if original == ExcerptState.ON_HOLD else excerpt.state
    current.listed, current.changed_on = current.state == ExcerptState.PUBLISHED, today


def let_translations_follow(session: Session, original: Excerpt, today: date) -> None:
    """Let the translations say that their original is being checked, or is not any more."""
    session.flush()
    for one in translations_of(session, original):
        current, _fixed = flat_rows(session, one)
        if one.state == ExcerptState.PUBLISHED:
            follow_standing(session, current, one, today)


def flat_rows(session: Session, excerpt: Excerpt) -> tuple[PublishedExcerpt, PublishedVersion]:
    """The current text and its fixed version, locked, of an excerpt that was published."""
    current = session.get_one(PublishedExcerpt, excerpt.ref, with_for_update=True)
    return current, session.get_one(PublishedVersion, (excerpt.ref, current.number), with_for_update=True)


def date_flat(flat: PublishedText, information_date: date, valid_until: date) -> None:
    """Give a flat row its dates; what follows from them follows."""
    flat.information_date, flat.valid_until = information_date, valid_until
    flat.check_soon_from, flat.expires_on = check_soon_from(valid_until, information_date), expires_on(valid_until)


def _shown(excerpt: Excerpt, row: ExcerptVersion, today: date) -> dict[str, Any]:
    return {
        "country": excerpt.country,
        "topic_group": excerpt.topic_group,
        "topics": row.topics,
        "facets": row.facets,
        "language": excerpt.language,
        "source_number": row.source_number,
        "place": row.place,
        "title": row.title,
        "summary": row.summary,
        "body": row.body,
        "unknown": row.unknown,
        "confidence": row.confidence,
        "sources": row.sources,
        "information_date": row.information_date,
        "valid_until": row.valid_until,
        "check_soon_from": check_soon_from(row.valid_until, row.information_date),
        "expires_on": expires_on(row.valid_until),
        "published_on": today,
    }


def _published(excerpt: Excerpt, but: ExcerptVersion) -> Select[ExcerptVersion]:
    wanted = (ExcerptVersion.excerpt_id == excerpt.id, ExcerptVersion.state == VersionState.PUBLISHED)
    return select(ExcerptVersion).where(*wanted, ExcerptVersion.id != but.id).with_for_update()
