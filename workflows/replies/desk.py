"""Sending a reply: words in the requester's language, and the published texts it rests on, each at its version.

What was sent is never edited: a correction is a reply of its own, and a reply that is taken back stays on the record.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, OutOfTurn
from workflows.core.hidden import plain_text
from workflows.core.words import mark as _
from workflows.excerpts.corrected import how_fresh
from workflows.excerpts.models import ExcerptState, PublishedExcerpt
from workflows.replies.models import Reply, ReplyPin
from workflows.replies.suggestions import is_reuse
from workflows.requests.lifecycle import QUESTION
from workflows.requests.models import Question
from workflows.requests.outgoing import refuse_advice, refuse_unread
from workflows.vocabulary.shelf_life import Freshness

SAME = _(
    "These words were sent already. Change them or add a text;"
    " if they still hold, say that instead, or take the answer back."
)
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
    words, wanted = plain_text(text), list(dict.fromkeys(refs))
    pinned = _lock_texts(session, wanted)
    if QUESTION.may(actor, question, "answer"):
        _refuse_unfit(words, wanted, pinned, now)
        refuse_unread(words, question.answer_language, now, read_again=read_again)
    QUESTION.fire(session, actor, question, "answer", now, refs=wanted, from_database=from_database)
    question.reply_unread_since = None
    return _hand_out(session, actor, question, words, pinned, wanted, now, from_database=from_database)


def correct_reply(
    session: Session,
    actor: Staff,
    question_id: UUID,
    text: str,
    refs: Sequence[str],
    now: datetime,
    *,
    version: int,
    read_again: bool = False,
) -> Reply:
    """Send a reply in the place of the one that stands, which only the desk reads from then on; the question closes
    the policy's days after the correction.

    Refuses: as `send_reply`; OutOfTurn (not answered, or closed since); Incomplete also when the words are the same and
    no text or version is new.
    """
    question = lock_visible(session, actor, Question, question_id, version)
    words, wanted = plain_text(text), list(dict.fromkeys(refs))
    pinned = _lock_texts(session, wanted)
    former = standing_reply(session, question.id)
    if former and QUESTION.may(actor, question, "correct"):
        _refuse_unfit(words, wanted, pinned, now)
        _refuse_same(session, former, words, [(ref, pinned[ref].number) for ref in wanted])
        refuse_unread(words, question.answer_language, now, read_again=read_again)
    QUESTION.fire(session, actor, question, "correct", now, refs=wanted)
    if former is None:
        raise OutOfTurn("there is no reply to correct")
    former.stood_until = now
    reuse = is_reuse(session, question.id, wanted)
    sent = _hand_out(session, actor, question, words, pinned, wanted, now, from_database=reuse)
    sent.corrects_id = former.id
    return sent


def take_back_reply(session: Session, actor: Staff, question_id: UUID, now: datetime, *, version: int) -> Question:
    """Take the newest reply that stands from its readers: the question can be answered again, with a date for that.

    Also after it was closed, as long as it could be opened again.
    Refuses: NotFound, EditConflict, NotAllowed, OutOfTurn (no reply stands, or closed too long ago).
    """
    question = lock_visible(session, actor, Question, question_id, version)
    if question.closed_at and now - question.closed_at > timedelta(days=policy.REOPEN_DAYS):
        raise OutOfTurn("closed too long ago")
    former = standing_reply(session, question.id)
    if former is None:
        raise OutOfTurn("there is no reply to take back")
    QUESTION.fire(session, actor, question, "take_back", now)
    former.stood_until = now
    by = HELPDESK.add_working_days(HELPDESK.local_day(now), policy.REVIEW_WORKING_DAYS)
    question.promised_by, question.promised_anew_at = max(question.promised_by, by), now
    question.closes_at = question.closed_at = None
    return question


def standing_reply(session: Session, question_id: UUID) -> Reply | None:
    """The newest reply that its readers still have; the caller has made sure that the actor may see the question."""
    stands = (Reply.question_id == question_id, Reply.stood_until.is_(None))
    return session.scalar(select(Reply).where(*stands).order_by(Reply.sent_at.desc(), Reply.id).limit(1))


def may_be_relied_on(text: PublishedExcerpt, now: datetime) -> bool:
    """Published, neither out of date nor expired on the helpdesk's day, and no translation of what was wrong."""
    return text.state == ExcerptState.PUBLISHED and how_fresh(text, HELPDESK.local_day(now)) in RELIABLE


def _hand_out(
    session: Session,
    actor: Staff,
    question: Question,
    words: str,
    pinned: dict[str, PublishedExcerpt],
    refs: Sequence[str],
    now: datetime,
    *,
    from_database: bool,
) -> Reply:
    """Write the reply with its pins, and say when its question closes."""
    question.closes_at = now + timedelta(days=policy.REPLY_CLOSES_DAYS)
    reply = Reply(
        question_id=question.id, language=question.answer_language, text=words or None, from_database=from_database,
        author_id=actor.id, sent_at=now,
    )  # fmt: skip
    session.add(reply)
    for position, ref in enumerate(refs, 1):
        session.add(ReplyPin(reply_id=reply.id, ref=ref, number=pinned[ref].number, position=position))
    return reply


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
    refuse_advice("text", words)
    if not all(ref in pinned and may_be_relied_on(pinned[ref], now) for ref in refs):
        raise Incomplete({"refs": _("One of these texts is not published, or out of date. It cannot be sent.")})


def _refuse_same(session: Session, former: Reply, words: str, pins: Sequence[tuple[str, int]]) -> None:
    """A second letter about nothing would only worry somebody; and the same words without the text that they came from
    would be called corrected although they are what was wrong.
    """
    sent = select(ReplyPin.ref, ReplyPin.number).where(ReplyPin.reply_id == former.id)
    gained = set(pins) - {tuple(row) for row in session.execute(sent)}
    if words.split() == (former.text or "").split() and not gained:
        raise Incomplete({"text": SAME})
