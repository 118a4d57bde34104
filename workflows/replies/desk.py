"""Sending a reply: words in the requester's language, and the published texts it rests on, each at its version."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.answers.wording import advice
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.core.hidden import strip_hidden
from workflows.core.words import mark as _
from workflows.depersonalise import find
from workflows.excerpts.models import ExcerptState, PublishedExcerpt
from workflows.replies.models import Reply, ReplyPin
from workflows.requests.lifecycle import QUESTION
from workflows.requests.models import Question
from workflows.vocabulary.shelf_life import Freshness, freshness

ADVISES = _("This sounds like advice to go or to stay, or like a promise of safety. Say what is known, in other words.")
MAY_POINT = _("Some words may point to a person. Take them out, or say that they are meant.")
RELIABLE = (Freshness.CURRENT, Freshness.CHECK_SOON)


def send_reply(
    session: Session,
    actor: Staff,
    question_id: UUID,
    text: str,
    refs: Sequence[str],
    now: datetime,
    *,
    version: int,
    from_database: bool = False,
    read_again: bool = False,
) -> Reply:
    """Answer a question, in words, with published texts, or both; the texts are pinned at their present versions.

    The question closes after the policy's days. `read_again`: words that may point to a person were read once more and
    are meant. Refuses: NotFound, EditConflict, OutOfTurn (not triaged), NotAllowed, Incomplete (nothing to send, too
    long, advice to go or to stay, words that may point to a person, or a text that may not be relied on: unknown, not
    published, out of date).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    words, wanted = strip_hidden(text.replace("\r\n", "\n")).strip(), list(dict.fromkeys(refs))
    pinned = _lock_texts(session, wanted)
    if QUESTION.may(actor, question, "answer"):
        _refuse_unfit(words, wanted, pinned, now)
        _refuse_unread(words, question.language, now, read_again=read_again)
    QUESTION.fire(session, actor, question, "answer", now, refs=wanted, from_database=from_database)
    question.closes_at = now + timedelta(days=policy.REPLY_CLOSES_DAYS)
    reply = Reply(
        question_id=question.id, language=question.language, text=words or None, from_database=from_database,
        author_id=actor.id, sent_at=now,
    )  # fmt: skip
    session.add(reply)
    for position, ref in enumerate(wanted, 1):
        session.add(ReplyPin(reply_id=reply.id, ref=ref, number=pinned[ref].number, position=position))
    return reply


def may_be_relied_on(text: PublishedExcerpt, now: datetime) -> bool:
    """Published, and neither out of date nor expired on the helpdesk's day."""
    fresh = freshness(text.valid_until, text.information_date, HELPDESK.local_day(now))
    return text.state == ExcerptState.PUBLISHED and fresh in RELIABLE


def _lock_texts(session: Session, refs: Sequence[str]) -> dict[str, PublishedExcerpt]:
    """The published rows, held until the commit: a correction published meanwhile waits, and then finds this reply."""
    texts = select(PublishedExcerpt).where(PublishedExcerpt.ref.in_(refs)).order_by(PublishedExcerpt.ref)
    held = texts.with_for_update(read=True).execution_options(populate_existing=True)
    return {text.ref: text for text in session.scalars(held)}


def _refuse_unfit(words: str, refs: Sequence[str], pinned: dict[str, PublishedExcerpt], now: datetime) -> None:
    if not words and not refs:
        raise Incomplete({"text": _("Write to the person, or choose a published text.")})
    if len(words) > policy.REPLY_TEXT_MAX:
        raise Incomplete({"text": _("This is too long. Please shorten it.")})
    if advice(words):
        raise Incomplete({"text": ADVISES})
    if not all(ref in pinned and may_be_relied_on(pinned[ref], now) for ref in refs):
        raise Incomplete({"refs": _("One of these texts is not published, or out of date. It cannot be sent.")})


def _refuse_unread(words: str, language: str, now: datetime, *, read_again: bool) -> None:
    """A number or a name may be what was asked for, a ministry's or a clinic's: so somebody says that it is meant."""
    if not read_again and find(words, language, HELPDESK.local_day(now)):
        raise Incomplete({"read_again": MAY_POINT})
