"""What the contract says about time, as one plain model: it is told what people did and says what must be given when.

It knows nothing of ladders, rows or sweeps. Only the numbers of the policy and the list of holidays are shared.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from config import policy as p
from tests.simulator.absence import Editors
from tests.simulator.days import DESK, Place
from tests.simulator.table import CALENDAR, NAMING, ORDER, RATIONED, WORKING

Given = tuple[datetime, str, UUID, str]
"""When, of which kind, about what, which one."""


@dataclass
class Wait:
    """One deadline that somebody has, and the reminders still to come."""

    deadline: date
    left: list[tuple[datetime, str]]
    editor: UUID | None = None
    put_off_to: datetime | None = None

    @property
    def next_at(self) -> datetime:
        return self.put_off_to or self.left[0][0]


@dataclass
class Asked:
    """A question and what is going on with it."""

    state: str = "received"
    triage_by: date = date.min
    asked_at: datetime | None = None
    replied_at: datetime | None = None
    was: str = "received"  # when a detail was asked for
    unread: bool = False  # a reply came after triage
    finished: bool = False  # its neutral text was, once


@dataclass
class Work:
    """A commission."""

    question: UUID
    place: Place
    respond_by: date
    submit_by: date
    state: str = "offered"
    said: date | None = None
    handed_in: bool = False
    answer: UUID | None = None  # that an editor reads
    paused_at: datetime | None = None
    held_at: datetime | None = None
    fresh_at: datetime | None = None

    def question_goes_on(self, spec: "Specification") -> bool:
        """Not withdrawn or declined, or closed for want of a reply: the clock has not ended the work yet."""
        return spec.questions[self.question].state not in ("withdrawn", "declined", "unanswered")


@dataclass
class Specification:
    """Told by the simulator what happens; `tick` says what must be given at a run of the clock."""

    questions: dict[UUID, Asked] = field(default_factory=dict)
    works: dict[UUID, Work] = field(default_factory=dict)
    waits: dict[tuple[str, UUID], Wait] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    told_dates: list[tuple[datetime, UUID, date]] = field(default_factory=list)
    named: dict[tuple[datetime, str, UUID], UUID | None] = field(default_factory=dict)
    editors: Editors = field(default_factory=Editors)

    # -- what people do -----------------------------------------------------------------------------------------------

    def filed(self, question: UUID, at: datetime) -> None:
        asked = Asked(triage_by=DESK.after(DESK.day_of(at), p.TRIAGE_WORKING_DAYS))
        self.questions[question] = asked
        self._begin("question.triage", question, asked.triage_by, DESK, at)

    def triaged(self, question: UUID) -> None:
        asked = self.questions[question]
        asked.state, asked.finished = "triaged", True
        self._end("question.triage", question)

    def asked_back(self, question: UUID, at: datetime) -> None:
        asked, today = self.questions[question], DESK.day_of(at)
        fresh = DESK.after(today, p.TRIAGE_WORKING_DAYS)
        asked.triage_by = max(asked.triage_by, today) if asked.unread or asked.state == "received" else fresh
        asked.was, asked.state, asked.asked_at, asked.unread = asked.state, "asked", at, False
        self._end("question.triage", question)
        self._begin("question.clarification", question, today, DESK, at)

    def replied(self, question: UUID, at: datetime) -> None:
        asked = self.questions[question]
        assert asked.asked_at is not None
        asked.triage_by = DESK.later(asked.triage_by, DESK.day_of(asked.asked_at), DESK.day_of(at))
        asked.state, asked.asked_at, asked.replied_at, asked.unread = asked.was, None, at, asked.was == "triaged"
        self._end("question.clarification", question)
        self._begin("question.triage", question, asked.triage_by, DESK, at)

    def reply_read(self, question: UUID) -> None:
        self.questions[question].unread = False
        self._end("question.triage", question)

    def opened_again(self, question: UUID, at: datetime) -> None:
        """It comes back to where it was: nobody reads again what was triaged."""
        asked = self.questions[question]
        asked.state, asked.asked_at, asked.unread = "triaged" if asked.finished else "received", None, False
        asked.triage_by = DESK.after(DESK.day_of(at), p.TRIAGE_WORKING_DAYS)
        if not asked.finished:
            self._begin("question.triage", question, asked.triage_by, DESK, at)

    def over(self, question: UUID, state: str) -> None:
        """Withdrawn, declined, answered: nobody waits for the desk any more."""
        self.questions[question].state = state
        self._end("question.triage", question)
        self._end("question.clarification", question)

    def offered(
        self, work: UUID, question: UUID, place: Place, respond_by: date, submit_by: date, at: datetime
    ) -> None:
        self.works[work] = Work(question, place, respond_by, submit_by)
        self._begin("assignment.offer", work, respond_by, place, at)

    def accepted(self, work: UUID, at: datetime) -> None:
        row = self.works[work]
        row.state, row.said = "accepted", DESK.after(row.submit_by, p.REQUESTER_DATE_MARGIN_WORKING_DAYS)
        self._end("assignment.offer", work)
        if row.held_at is None:
            self._begin("assignment.submission", work, row.submit_by, row.place, at)

    def ended(self, work: UUID) -> None:
        self.works[work].state = "ended"
        about = {"assignment.offer": work, "assignment.submission": work, "answer.review": self.works[work].answer}
        for kind, waiting in about.items():
            self._end(kind, waiting)

    def partner_asked(self, work: UUID, at: datetime) -> None:
        row = self.works[work]
        row.paused_at = row.paused_at or at
        self._end("assignment.submission", work)

    def desk_replied(self, work: UUID, at: datetime) -> None:
        row = self.works[work]
        row.fresh_at = at
        if row.paused_at is None:
            return
        since, row.paused_at = min(row.paused_at, row.held_at or row.paused_at), None
        if row.held_at is not None and self.questions[row.question].state == "asked":
            row.held_at = since
            return
        row.held_at = None
        self._go_on(work, since, at, at)

    def extended(self, work: UUID, until: date, at: datetime) -> None:
        row = self.works[work]
        row.submit_by = until
        self._say(work, DESK.after(until, p.REQUESTER_DATE_MARGIN_WORKING_DAYS), at)
        self._begin("assignment.submission", work, until, row.place, at)

    def submitted(self, work: UUID, answer: UUID, at: datetime) -> None:
        row = self.works[work]
        row.handed_in, row.answer, row.paused_at, row.held_at = True, answer, None, None
        self._end("assignment.submission", work)
        self._begin("answer.review", answer, DESK.after(DESK.day_of(at), p.REVIEW_WORKING_DAYS), DESK, at)

    def returned(self, work: UUID, answer: UUID, editor: UUID, at: datetime) -> None:
        row = self.works[work]
        self.editors.began.setdefault(answer, set()).add(editor)
        row.handed_in, row.fresh_at = False, at
        self._end("answer.review", answer)
        row.submit_by = max(row.submit_by, row.place.after(row.place.day_of(at), p.RETURNED_WORKING_DAYS))
        wanted = DESK.after(row.submit_by, p.REQUESTER_DATE_MARGIN_WORKING_DAYS)
        self._say(work, max(wanted, row.said or wanted), at)
        self._begin("assignment.submission", work, row.submit_by, row.place, at)

    def decided(self, work: UUID, answer: UUID) -> None:
        self._end("answer.review", answer)
        self.ended(work)

    def published(self, kind: str, text: UUID, until: date, editor: UUID, at: datetime) -> None:
        self._begin(kind, text, until, DESK, at, editor)

    def held(self, text: UUID, review_on: date, owner: UUID, at: datetime) -> None:
        self._end("excerpt.freshness", text)
        self._begin("excerpt.hold", text, review_on, DESK, at, owner)

    def resumed(self, text: UUID, until: date, editor: UUID, at: datetime) -> None:
        self._end("excerpt.hold", text)
        self._begin("excerpt.freshness", text, until, DESK, at, editor)

    # -- what time does -----------------------------------------------------------------------------------------------

    def tick(self, now: datetime) -> None:
        """A run of the clock: what stopped, what stands still, what goes on, what time ends, and what is told."""
        self._stop_and_hold(now)
        for question, asked in self.questions.items():
            limit = timedelta(days=p.CLARIFICATION_CLOSES_DAYS)
            if asked.state == "asked" and asked.asked_at is not None and asked.asked_at + limit <= now:
                self.over(question, "unanswered")
        for work, row in self.works.items():
            lapses = row.place.nine(row.place.after(row.respond_by, p.OFFER_LAPSES))
            if row.state == "offered" and row.held_at is None and lapses <= now:
                self.ended(work)
        for kind in ORDER:
            self._tell(kind, now)

    def _stop_and_hold(self, now: datetime) -> None:
        for work, row in self.works.items():
            if row.state == "ended":
                continue
            asked = self.questions[row.question]
            if asked.state in ("withdrawn", "declined", "unanswered"):
                self.ended(work)
                continue
            if asked.state == "asked" and row.held_at is None and not row.handed_in:
                row.held_at = max(moment for moment in (asked.asked_at, row.fresh_at) if moment)
                for kind in ("assignment.offer", "assignment.submission"):
                    self._end(kind, work)
            if asked.state != "asked" and row.held_at is not None:
                since, row.held_at = row.held_at, None
                if row.paused_at is not None:
                    row.paused_at = min(row.paused_at, since)
                else:
                    self._go_on(work, since, max(asked.replied_at or now, since), now)

    def _go_on(self, work: UUID, since: datetime, until: datetime, now: datetime) -> None:
        row = self.works[work]
        first, last = row.place.day_of(since), row.place.day_of(until)
        row.submit_by = row.place.later(row.submit_by, first, last)
        if row.state == "offered":
            row.respond_by = row.place.later(row.respond_by, first, last)
            self._begin("assignment.offer", work, row.respond_by, row.place, now)
            return
        wanted = DESK.after(row.submit_by, p.REQUESTER_DATE_MARGIN_WORKING_DAYS)
        row.said = max(wanted, row.said or wanted)
        self._begin("assignment.submission", work, row.submit_by, row.place, now)

    def _tell(self, kind: str, now: datetime) -> None:
        mine = [
            (wait.next_at, wait.deadline, about, wait) for (name, about), wait in self.waits.items() if name == kind
        ]
        for next_at, _deadline, about, wait in sorted(mine, key=lambda one: one[:3]):
            if next_at > now:
                continue
            editor = self.editors.one(about, wait.editor, now)
            if kind in RATIONED and not self.editors.have_room(editor, now):
                tomorrow = DESK.after(DESK.day_of(now), 1)
                wait.put_off_to = DESK.nine(tomorrow)
                continue
            due = [name for moment, name in wait.left if moment <= now]
            self.given.append((now, kind, about, due[-1]))
            if kind in NAMING or (kind, due[-1]) in NAMING:
                self.named[now, kind, about] = editor
            wait.left, wait.put_off_to = wait.left[len(due) :], None
            if not wait.left:
                del self.waits[kind, about]
            if kind == "assignment.submission" and due[-1] in ("late", "later", "very_late"):
                self._promise_anew(about, now)

    def _promise_anew(self, work: UUID, now: datetime) -> None:
        today, margin = DESK.day_of(now), p.REQUESTER_DATE_MARGIN_WORKING_DAYS
        said = self.works[work].said
        if said is None or said < DESK.after(today, margin):
            self._say(work, DESK.after(today, p.LATE_RESEARCH_WORKING_DAYS + margin), now)

    def _say(self, work: UUID, day: date, now: datetime) -> None:
        row = self.works[work]
        if row.said is not None and day > row.said:
            self.told_dates.append((now, work, day))
        row.said = day

    # -- deadlines ----------------------------------------------------------------------------------------------------

    def _begin(self, kind: str, about: UUID, deadline: date, place: Place, at: datetime, editor: Any = None) -> None:
        self._end(kind, about)
        half_way = at + (place.nine(deadline) - at) / 2
        left = []
        for name, distance, early in WORKING.get(kind, ()) or CALENDAR[kind]:
            day = place.after(deadline, distance) if kind in WORKING else deadline + timedelta(days=distance)
            moment = place.nine(day)
            if moment > at and (early or moment >= half_way):
                left.append((moment, name))
        if left:
            self.waits[kind, about] = Wait(deadline, left, editor)

    def _end(self, kind: str, about: UUID | None) -> None:
        self.waits.pop((kind, about), None)
