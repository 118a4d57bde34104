"""Recall: whoever received a text hears what became of it; and the commands that correct, withdraw and retract."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import CLOCK, Clock, Staff
from workflows.core.events import record
from workflows.core.hidden import plain_text
from workflows.excerpts.models import Change, Excerpt, ExcerptState, ExcerptVersion, VersionState
from workflows.excerpts.planned import publish_planned
from workflows.excerpts.public_notice import UNTRANSLATED
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import restore_excerpt, retract_excerpt, withdraw_excerpt
from workflows.excerpts.translations import archived_translations, translations_of
from workflows.replies.models import RECALLED, Recall, Reply, ReplyPin
from workflows.requests.models import Question


class Kind(StrEnum):
    """What happened to the text that a reply relied on."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


def publish_and_tell(
    session: Session,
    actor: Staff,
    version_id: UUID,
    version: int,
    now: datetime,
    *,
    on: date | None = None,
    ends_hold: bool = False,
) -> ExcerptVersion:
    """Approve a version; a correction that is published reaches everybody who received the text or a translation of it.

    Refuses as `publish_excerpt`.
    """
    excerpt = publish_excerpt(session, actor, version_id, version, now, on=on, ends_hold=ends_hold)
    row = session.get_one(ExcerptVersion, version_id)
    _tell_of_correction(session, actor, excerpt, row, now)
    return row


def publish_planned_and_tell(session: Session, row: ExcerptVersion, now: datetime) -> None:
    """What the clock does on the day that was chosen, with the same news."""
    excerpt = publish_planned(session, row, now)
    if excerpt is not None:
        _tell_of_correction(session, CLOCK, excerpt, row, now)


def _tell_of_correction(
    session: Session, actor: Staff | Clock, excerpt: Excerpt, row: ExcerptVersion, now: datetime
) -> None:
    """No translation renders the new version yet: whoever received one has what was wrong."""
    if row.state == VersionState.PUBLISHED and row.change == Change.CORRECTION:
        for one in (excerpt, *translations_of(session, excerpt)):
            recall(session, actor, one.ref, Kind.CORRECTED, now)


def withdraw_and_tell(
    session: Session,
    actor: Staff,
    excerpt_id: UUID,
    notice: str | None,
    now: datetime,
    *,
    version: int,
    translated: Mapping[str, str] = UNTRANSLATED,
) -> Excerpt:
    """Withdraw a text with its translations and tell everybody who received one.

    `notice` and, for each language of its translations, `translated` are what readers find on its page. Refuses as
    `withdraw_excerpt`.
    """
    excerpt = withdraw_excerpt(session, actor, excerpt_id, notice, now, version=version, translated=translated)
    recall(session, actor, excerpt.ref, Kind.WITHDRAWN, now)
    for one in translations_of(session, excerpt):
        if one.state != ExcerptState.WITHDRAWN:
            withdraw_and_tell(session, actor, one.id, _put_into(one, translated), now, version=one.version)
    return excerpt


def retract_and_tell(
    session: Session,
    actor: Staff,
    excerpt_id: UUID,
    notice: str | None,
    now: datetime,
    *,
    version: int,
    translated: Mapping[str, str] = UNTRANSLATED,
) -> Excerpt:
    """Retract a text with its translations, those put away too, and tell everybody who received one.

    `notice` and `translated` as in `withdraw_and_tell`. Refuses as `retract_excerpt`.
    """
    excerpt = retract_excerpt(session, actor, excerpt_id, notice, now, version=version, translated=translated)
    recall(session, actor, excerpt.ref, Kind.RETRACTED, now)
    for one in archived_translations(session, excerpt):
        restore_excerpt(session, actor, one.id, now, version=one.version)
    for one in translations_of(session, excerpt):
        retract_and_tell(session, actor, one.id, _put_into(one, translated), now, version=one.version)
    return excerpt


def _put_into(translation: Excerpt, translated: Mapping[str, str]) -> str | None:
    """The notice in the language of a translation; None when nobody wrote one."""
    return plain_text(translated.get(translation.language, "")) or None


def recall(session: Session, actor: Staff | Clock, ref: str, kind: str, now: datetime) -> list[Recall]:
    """Note, for each reply that handed the text out and still stands, what became of it; news to each question once.

    The text's public row must have been written before: a reply that was being sent meanwhile has either pinned the
    new text by now, or is found here.
    """
    session.flush()
    relying = select(Reply).join(ReplyPin, ReplyPin.reply_id == Reply.id).order_by(Reply.sent_at)
    replies = session.scalars(relying.where(ReplyPin.ref == ref, Reply.stood_until.is_(None))).all()
    recalls = [Recall(reply_id=one.id, question_id=one.question_id, ref=ref, kind=kind, at=now) for one in replies]
    session.add_all(recalls)
    for question in session.scalars(select(Question).where(Question.id.in_({one.question_id for one in replies}))):
        record(session, actor, RECALLED, question, now, codes={"ref": ref, "kind": str(kind)}, announce=True)
    return recalls
