"""The page of whoever typed a receipt code: their questions, what was answered, and what was recalled since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, load_only

from workflows.core.actors import Requester
from workflows.core.calendars import HELPDESK
from workflows.core.markdown import uncited
from workflows.core.words import mark as _
from workflows.excerpts.corrected import CORRECTED, Correction, correction_after, corrections_of
from workflows.excerpts.models import ExcerptState, PublishedExcerpt, PublishedVersion
from workflows.excerpts.unsaid import unsaid
from workflows.replies.models import Recall, Reply, ReplyPin
from workflows.replies.verdicts import may_be_judged
from workflows.requests.public_queries import FollowedQuestion, another_places, followed_questions
from workflows.requests.steps import Step, steps
from workflows.requests.words import WORDS, Status, Words
from workflows.vocabulary.shelf_life import Freshness, freshness

RECALLS = {
    "corrected": _("We corrected a page that this answer used. Read the new version."),
    "untranslated": _(
        "The original of a page that this answer used was wrong. We corrected it. The translation is still the old "
        "one: read the original."
    ),
    "withdrawn": _("We took back a page that this answer used. Do not rely on it."),
    "retracted": _("A page that this answer used was wrong. Do not rely on it."),
}
HOLDS = _("A page that this answer used was corrected or taken back. We looked at our answer again: it still holds.")
TAKEN_BACK = _("We took back the answer that we sent you. Do not rely on it.")
ONCE_MORE = _("We check it once more before you read it again.")


@dataclass(frozen=True, slots=True)
class PinnedExcerpt:
    """A published text that an answer relied on, in the version that was sent."""

    ref: str
    number: int
    title: str
    language: str
    summary: str
    information_date: date
    valid_until: date
    freshness: Freshness | str
    newer: int | None
    """The number of a newer version, if there is one."""
    corrected: Correction | None
    """What was wrong in it, while the text itself still stands."""
    notice: str = ""
    """Why it was taken back, in the language of the text."""
    unsaid: str = ""
    """What stands, marked, where nobody put that into the language of this translation."""
    source_ref: str | None = None
    """Of a translation: the original."""
    body: str = ""
    unknown: str = ""
    """All of it, in Markdown, and what it does not know: for paper alone (`whole_texts`)."""

    @property
    def put_right(self) -> bool:
        """A newer version of this very text says what is right."""
        return self.corrected is not None and self.corrected.number <= (self.newer or 0)

    @property
    def holds(self) -> bool:
        """It may be said until when."""
        return isinstance(self.freshness, Freshness)


@dataclass(frozen=True, slots=True)
class RecallNotice:
    """An answer, or a text that it relied on, is no longer what it was. `ref` is the text's, if it is one."""

    text: str
    """Marked."""
    ref: str
    on: date
    kind: str = ""
    """Of what became of the text."""
    tone: str = "stop"
    """"ok" when the answer holds all the same."""


@dataclass(frozen=True, slots=True)
class ReceivedReply:
    """One answer, as it was sent."""

    text: str | None
    language: str
    sent_on: date
    pins: tuple[PinnedExcerpt, ...]
    corrected: bool
    """It took the place of an earlier one."""
    id: UUID
    asks: bool
    """Time has come to ask whether it was right."""
    verdict: str | None
    recalls: tuple[RecallNotice, ...]
    """What became of texts that it used; the newest first."""


@dataclass(frozen=True, slots=True)
class Card:
    """One question on the page: its state in words, its steps, its answers with the newest first."""

    question: FollowedQuestion
    words: Words
    steps: tuple[Step, ...]
    replies: tuple[ReceivedReply, ...]
    recalls: tuple[RecallNotice, ...]
    """What became of texts that its newest answer used, and of an answer that was taken back; the newest first."""


def status_page(session: Session, actor: Requester, now: datetime) -> tuple[Card, ...]:
    """Everything on the page, in at most eight statements however many questions there are.

    An answer that was corrected or taken back is not here, nor what became of its texts: row security lets only the
    desk read it.
    """
    questions = followed_questions(session, actor, now)
    if any(question.status is Status.DECLINED for question in questions):
        places = another_places(session, actor)
        questions = tuple(replace(one, another_place=places.get(one.id) or "") for one in questions)
    followed = {one.followed_id for one in questions}
    replies = _replies(session, followed, now)
    return tuple(_card(one, tuple(replies[one.followed_id])) for one in questions)


def _card(question: FollowedQuestion, replies: tuple[ReceivedReply, ...]) -> Card:
    answered_on = replies[0].sent_on if replies else None
    recalls = replies[0].recalls if replies else ()
    words = WORDS[question.status]
    if question.taken_back_on and question.status is Status.CHECKED:
        words = replace(words, explained=ONCE_MORE)
    if question.taken_back_on:
        recalls = (RecallNotice(TAKEN_BACK, "", question.taken_back_on), *recalls)
    newest_first = tuple(sorted(recalls, key=lambda one: one.on, reverse=True))
    return Card(question, words, steps(question, answered_on), replies, newest_first)


def _as_it_stands(recall: RecallNotice, pins: Iterable[PinnedExcerpt]) -> RecallNotice:
    """There is no new version to read of a translation whose original alone was corrected."""
    of_it = (pin for pin in pins if pin.ref == recall.ref and pin.corrected)
    untranslated = recall.kind == CORRECTED and any(not pin.put_right for pin in of_it)
    return replace(recall, text=RECALLS["untranslated"]) if untranslated else recall


def _replies(session: Session, question_ids: Iterable[UUID], now: datetime) -> dict[UUID, list[ReceivedReply]]:
    """The answers to these questions; row security lets through those that the asker follows."""
    found: dict[UUID, list[ReceivedReply]] = defaultdict(list)
    columns = (
        Reply.id,
        Reply.question_id,
        Reply.language,
        Reply.text_shared,
        Reply.sent_at,
        Reply.corrects_id,
        Reply.verdict,
    )
    rows = session.scalars(
        select(Reply)
        .where(Reply.question_id.in_(question_ids))
        .order_by(Reply.sent_at.desc())
        .options(load_only(*columns, raiseload=True))
    ).all()
    if not rows:
        return found
    ids = [row.id for row in rows]
    pins, recalls = _pins(session, ids, HELPDESK.local_day(now)), _recalls(session, ids)
    for row in rows:
        found[row.question_id].append(_received(row, tuple(pins[row.id]), recalls[row.id], now))
    return found


def _received(
    row: Reply, pins: tuple[PinnedExcerpt, ...], told: Iterable[RecallNotice], now: datetime
) -> ReceivedReply:
    return ReceivedReply(
        text=row.text,
        language=row.language,
        sent_on=HELPDESK.local_day(row.sent_at),
        pins=pins,
        corrected=row.corrects_id is not None,
        id=row.id,
        asks=may_be_judged(row.sent_at, row.verdict, now),
        verdict=row.verdict,
        recalls=tuple(_as_it_stands(one, pins) for one in told),
    )


def _pins(session: Session, reply_ids: Iterable[UUID], today: date) -> dict[UUID, list[PinnedExcerpt]]:
    current = PublishedExcerpt
    query = (
        select(
            ReplyPin.reply_id, ReplyPin.ref, ReplyPin.number, PublishedVersion.title, PublishedVersion.language,
            PublishedVersion.summary, PublishedVersion.information_date, PublishedVersion.valid_until,
            PublishedVersion.retracted, current.state, current.number.label("newest"), current.notice,
            current.source_ref,
            current.valid_until.label("now_valid_until"), current.information_date.label("now_information_date"),
            corrections_of(ReplyPin.ref).label("corrections"),
        )
        .join(PublishedVersion, and_(PublishedVersion.ref == ReplyPin.ref, PublishedVersion.number == ReplyPin.number))
        .outerjoin(current, current.ref == ReplyPin.ref)
        .where(ReplyPin.reply_id.in_(reply_ids))
        .order_by(ReplyPin.position)
    )  # fmt: skip
    found: dict[UUID, list[PinnedExcerpt]] = defaultdict(list)
    for row in session.execute(query):
        found[row.reply_id].append(_pin(row, today))
    return found


def _pin(row: Any, today: date) -> PinnedExcerpt:
    """A newest version that was verified again has later dates in the current row than when it was printed."""
    newest = row.newest == row.number
    valid_until = row.now_valid_until if newest else row.valid_until
    information_date = row.now_information_date if newest else row.information_date
    withdrawn, corrected = _taken_back(row), correction_after(row.corrections, row.number)
    return PinnedExcerpt(
        ref=row.ref,
        number=row.number,
        title="" if row.retracted else uncited(row.title),
        language=row.language,
        summary="" if withdrawn or corrected else uncited(row.summary),
        information_date=information_date,
        valid_until=valid_until,
        freshness=_freshness(row, valid_until, information_date, today) if withdrawn or not corrected else CORRECTED,
        newer=row.newest if row.newest and row.newest > row.number and not withdrawn else None,
        corrected=None if withdrawn else corrected,
        notice=row.notice if withdrawn else "",
        unsaid=unsaid(row.state, row.notice, row.source_ref) if withdrawn and row.state else "",
        source_ref=row.source_ref,
    )


def _taken_back(row: Any) -> bool:
    return row.retracted or row.state in {ExcerptState.WITHDRAWN, ExcerptState.RETRACTED}


def _freshness(row: Any, valid_until: date, information_date: date, today: date) -> str:
    """What is being checked is not said to hold, whatever its day says."""
    if _taken_back(row):
        return "retracted" if row.retracted else "withdrawn"
    if row.state == ExcerptState.ON_HOLD:
        return "on_hold"
    return freshness(valid_until, information_date, today)


def _recalls(session: Session, reply_ids: Iterable[UUID]) -> dict[UUID, list[RecallNotice]]:
    """The last thing that became of each text: what was said of it before holds no more. The newest first."""
    rows = session.execute(
        select(Recall.reply_id, Recall.ref, Recall.kind, Recall.at, Recall.settled_at)
        .where(Recall.reply_id.in_(reply_ids))
        .ext(distinct_on(Recall.reply_id, Recall.ref))
        .order_by(Recall.reply_id, Recall.ref, Recall.at.desc())
    )
    found: dict[UUID, list[RecallNotice]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.at, reverse=True):
        if (notice := _notice(row)) not in found[row.reply_id]:
            found[row.reply_id].append(notice)
    return found


def _notice(row: Any) -> RecallNotice:
    """That an answer holds is said of it as a whole."""
    if row.settled_at:
        return RecallNotice(HOLDS, "", HELPDESK.local_day(row.settled_at), tone="ok")
    return RecallNotice(RECALLS.get(row.kind, RECALLS["withdrawn"]), row.ref, HELPDESK.local_day(row.at), row.kind)
