"""A text on its way to a second pair of eyes: sent for approval, given back, taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from config import policy
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.excerpts.checks import keeps_from_approval, read_version, taken_back
from workflows.excerpts.draft import TOO_LONG, fingerprint
from workflows.excerpts.lifecycle import EXCERPT_VERSION
from workflows.excerpts.models import Approval, Excerpt, ExcerptVersion, VersionState
from workflows.excerpts.published_files import released_one, what_is_carried
from workflows.vocabulary.models import Topic


def send_for_approval(
    session: Session, actor: Staff, version_id: UUID, now: datetime, *, version: int
) -> ExcerptVersion:
    """Hand a draft to another editor. What is sent is fingerprinted: only this text can be approved.

    Whoever sends a file along that they released themselves counts as having written in it: somebody else is to see it.
    Refuses: NotFound, OutOfTurn, NotAllowed, EditConflict, Incomplete (something is missing, out of date already, or
    points to a person; or what it continues was retracted or archived).
    """
    row = lock_visible(session, actor, ExcerptVersion, version_id, version)
    if EXCERPT_VERSION.may(actor, row, "send_for_approval"):
        if problems := taken_back(lock_visible(session, actor, Excerpt, row.excerpt_id)):
            raise Incomplete(problems)
        refuse_unfit(session, row, HELPDESK.local_day(now))
    EXCERPT_VERSION.fire(session, actor, row, "send_for_approval", now, number=row.number)
    row.approved_hash = as_it_stands(session, row)
    if actor.id not in {row.author_id, *row.co_author_ids} and released_one(session, actor, row.id):
        row.co_author_ids = [*row.co_author_ids, actor.id]
    return row


def ask_changes(
    session: Session, actor: Staff, version_id: UUID, comments: str, now: datetime, *, version: int
) -> ExcerptVersion:
    """Give the text back to its author with what should change. Only somebody who did not write in it may.

    Refuses: NotFound, OutOfTurn, NotAllowed, EditConflict, Incomplete without a word.
    """
    row = lock_visible(session, actor, ExcerptVersion, version_id, version)
    wanted = plain_text(comments)
    if EXCERPT_VERSION.may(actor, row, "ask_changes"):
        if not wanted:
            raise Incomplete({"comments": _("Say what should change.")})
        if len(wanted) > policy.COMMENT_MAX:
            raise Incomplete({"comments": TOO_LONG})
    EXCERPT_VERSION.fire(session, actor, row, "ask_changes", now, number=row.number)
    row.changes_wanted = wanted
    void_approval(row)
    return row


def rework(session: Session, actor: Staff, version_id: UUID, now: datetime, *, version: int) -> ExcerptVersion:
    """Make it a draft again; what was sent for approval is not before anybody any more.

    Refuses: NotFound, OutOfTurn, NotAllowed, EditConflict.
    """
    row = lock_visible(session, actor, ExcerptVersion, version_id, version)
    EXCERPT_VERSION.fire(session, actor, row, "rework", now, number=row.number)
    void_approval(row)
    return row


def cancel_the_day(session: Session, actor: Staff, version_id: UUID, now: datetime, *, version: int) -> ExcerptVersion:
    """Do not publish it on the day that was chosen; the same text waits for approval anew.

    Refuses: NotFound, OutOfTurn (published meanwhile, or no day was chosen), NotAllowed, EditConflict.
    """
    row = lock_visible(session, actor, ExcerptVersion, version_id, version)
    EXCERPT_VERSION.fire(session, actor, row, "cancel_the_day", now, number=row.number)
    row.publish_at = None
    row.approvals.clear()
    return row


def approved_before(session: Session, actor: Staff, excerpt_id: UUID) -> ExcerptVersion | None:
    """The newest version of a text, if this editor has approved it: it waits for more, for its day, or is public."""
    newest = session.scalar(
        select(ExcerptVersion)
        .where(ExcerptVersion.excerpt_id == excerpt_id, ExcerptVersion.state != VersionState.DISCARDED)
        .order_by(ExcerptVersion.number.desc())
        .limit(1)
    )
    given = newest and session.get(Approval, (newest.id, actor.id))
    return newest if given else None


def approvals_needed(session: Session, topics: Sequence[str]) -> int:
    """How many editors beside the writer must agree: more when one of the topics is sensitive."""
    sensitive = session.scalar(select(exists().where(Topic.code.in_(topics), Topic.sensitive)))
    return policy.APPROVALS_SENSITIVE if sensitive else policy.APPROVALS


def as_it_stands(session: Session, row: ExcerptVersion) -> bytes:
    """The fingerprint of the text with its files, which stay as they are until the commit."""
    return fingerprint(row, what_is_carried(session, row.id))


def void_approval(row: ExcerptVersion) -> None:
    """What was sent is not before anybody any more, and nobody has agreed to it."""
    row.approved_hash = row.publish_at = None
    row.approvals.clear()


def refuse_unfit(session: Session, row: ExcerptVersion, today: date, *, sealed: bool = True) -> None:
    """Refuses (Incomplete, by field) a version that readers must not get as it is; `sealed` as in `read_version`."""
    language = session.get_one(Excerpt, row.excerpt_id).language
    problems = keeps_from_approval(row, read_version(session, row, language, today, sealed=sealed), today)
    if problems:
        raise Incomplete(problems)
