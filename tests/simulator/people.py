"""The people of the simulated year: at random, but the same for the same seed, they do what the real commands allow."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import make_partner, make_researcher, make_staff
from tests.reviews import ALL_YES
from tests.simulator.absence import Partners
from tests.simulator.asking import Asking
from tests.simulator.days import Place
from tests.simulator.publishing import Publishing
from tests.simulator.specification import Specification
from workflows.accounts.absences import Period, add_absence
from workflows.answers.desk import Notes, Seen, accept_answer, return_answer
from workflows.answers.drafts import AnswerDraft, PointDraft
from workflows.answers.extending import extend_assignment
from workflows.answers.models import Answer, Revision
from workflows.answers.partner import save_answer, submit_answer
from workflows.answers.partner_task import accept_assignment, ask_desk, release_assignment
from workflows.assignments.desk import offer_assignment, revoke_assignment
from workflows.assignments.models import Assignment
from workflows.assignments.partner import decline_assignment
from workflows.assignments.steering import reply_to_partner
from workflows.assignments.terms import OfferDraft
from workflows.core.actors import Researcher, Role
from workflows.core.db import begin
from workflows.core.sealed import Keyring

ZONES = (
    Place("BE", "Europe/Brussels"), Place("US", "America/New_York"), Place("CL", "America/Santiago"),
    Place("LB", "Asia/Beirut"), Place("EG", "Africa/Cairo"), Place("NZ", "Pacific/Auckland"),
)  # fmt: skip
"""Six places with daylight saving, in both hemispheres, with free Fridays and free Sundays."""


@dataclass
class Partner:
    """One organisation with one researcher."""

    id: UUID
    researcher: Researcher
    place: Place


@dataclass
class People(Asking, Publishing):
    """Everybody. Each deed is one committed use case, told to the specification in the words of the contract."""

    engine: Engine
    keys: Keyring
    spec: Specification
    dice: Random
    names: dict[UUID, str] = field(default_factory=dict)
    partner_of: dict[UUID, Partner] = field(default_factory=dict)
    answer_of: dict[UUID, UUID] = field(default_factory=dict)
    texts: dict[UUID, str] = field(default_factory=dict)
    """Published texts and how they stand: published or on hold."""
    keeper_of: dict[UUID, UUID] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    absences: Partners = field(default_factory=Partners)

    def arrive(self) -> None:
        with self._unit() as session:
            self.officer = make_staff(session, Role.OFFICER)
            self.editors = [make_staff(session, Role.EDITOR) for _ in range(3)]
            self.spec.editors.everybody = sorted(editor.id for editor in self.editors)
            make_staff(session, Role.MANAGER)
            self.partners = [self._partner(session, place) for place in ZONES]

    def do_something(self, now: datetime) -> None:
        """One deed of one person, or nothing when there is nothing of that kind to do."""
        deeds: tuple[tuple[int, Callable[[datetime], None]], ...] = (
            (5, self._file), (5, self._triage), (2, self._ask_back), (2, self._reply_to_us), (2, self._read_reply),
            (1, self._withdraw),
            (1, self._decline_question), (1, self._open_again), (1, self._send_reply), (6, self._offer), (4, self._accept),
            (1, self._decline_offer), (1, self._ask_desk), (2, self._reply_to_partner), (1, self._extend),
            (2, self._submit), (1, self._return), (2, self._accept_answer), (1, self._release), (1, self._revoke),
            (3, self._publish), (2, self._confirm), (1, self._hold), (1, self._resume), (2, self._go_away),
            (1, self._close_for_days),
        )  # fmt: skip
        [deed] = self.dice.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        deed(now)

    # -- commissions --------------------------------------------------------------------------------------------------

    def _offer(self, now: datetime) -> None:
        for question, _row in self._question("triaged"):
            busy = {self.partner_of[work].id for work, one in self.spec.works.items() if one.question == question}
            free = [one for one in self.partners if one.id not in busy and not self._is_closed(one, now)]
            if not free:
                return
            partner = self.dice.choice(free)
            today = partner.place.day_of(now)
            respond_by = partner.place.after(today, self.dice.choice((1, 3, 3, 3, 5)))
            submit_by = partner.place.after(respond_by, self.dice.choice((3, 10, 10, 20)))
            draft = OfferDraft(language="en", points=("Is insulin sold there?",), respond_by=respond_by,
                               submit_by=submit_by, field_visit=True, outside_country=True)  # fmt: skip
            with self._unit() as session:
                work = offer_assignment(session, self.officer, question, partner.id, draft, now)
            self.names[work.id], self.partner_of[work.id] = f"{work.reference} in {partner.place.zone}", partner
            self.spec.offered(work.id, question, partner.place, respond_by, submit_by, now)

    def _accept(self, now: datetime) -> None:
        for work, partner in self._work("offered"):
            with self._unit() as session:
                answer = accept_assignment(session, partner.researcher, work, now)
            self.answer_of[work] = answer.id
            self.names[answer.id] = f"answer to {self.names[work]}"
            self.spec.accepted(work, now)

    def _decline_offer(self, now: datetime) -> None:
        for work, partner in self._work("offered"):
            with self._unit() as session:
                decline_assignment(session, partner.researcher, work, "no_time", None, now)
            self.spec.ended(work)

    def _ask_desk(self, now: datetime) -> None:
        for work, partner in self._work("accepted", handed_in=False):
            with self._unit() as session:
                ask_desk(session, partner.researcher, work, "Only adults?", now)
            self.spec.partner_asked(work, now)

    def _reply_to_partner(self, now: datetime) -> None:
        for work, _partner in self._work("accepted", paused=True):
            with self._unit() as session:
                version = session.get_one(Assignment, work).version
                reply_to_partner(session, self.officer, work, "Only adults.", now, version)
            self.spec.desk_replied(work, now)

    def _extend(self, now: datetime) -> None:
        for work, partner in self._work("accepted", handed_in=False, paused=False, held=False):
            until = partner.place.after(max(self.spec.works[work].submit_by, partner.place.day_of(now)), 4)
            with self._unit() as session:
                version = session.get_one(Assignment, work).version
                extend_assignment(session, self.officer, work, until, now, version)
            self.spec.extended(work, until, now)

    def _release(self, now: datetime) -> None:
        for work, partner in self._work("accepted", handed_in=False):
            with self._unit() as session:
                release_assignment(session, partner.researcher, work, "not_safe", "", now)
            self.spec.ended(work)

    def _revoke(self, now: datetime) -> None:
        for work, _partner in self._work("offered"):
            with self._unit() as session:
                revoke_assignment(session, self.officer, work, now, session.get_one(Assignment, work).version)
            self.spec.ended(work)

    # -- answers ------------------------------------------------------------------------------------------------------

    def _submit(self, now: datetime) -> None:
        for work, partner in self._work("accepted", handed_in=False):
            point = PointDraft("Q1", "", "Town", partner.place.day_of(now), "fairly_sure", True, "Three shops")
            with self._unit() as session:
                version = session.get_one(Answer, self.answer_of[work]).version
                save_answer(session, partner.researcher, work, version, AnswerDraft([point]), now)
                submit_answer(session, partner.researcher, work, now)
            self.spec.submitted(work, self.answer_of[work], now)

    def _return(self, now: datetime) -> None:
        for work, _partner in self._work("accepted", handed_in=True):
            with self._unit() as session:
                notes = Notes(comments={"": "Please say which shops."})
                editor = self._an_editor()
                return_answer(session, editor, self.answer_of[work], notes, self._seen(session, work), now)
            self.spec.returned(work, self.answer_of[work], editor.id, now)

    def _accept_answer(self, now: datetime) -> None:
        for work, _partner in self._work("accepted", handed_in=True):
            with self._unit() as session:
                accept_answer(session, self._an_editor(), self.answer_of[work], ALL_YES, self._seen(session, work), now)
            self.spec.decided(work, self.answer_of[work])

    # -- choosing -----------------------------------------------------------------------------------------------------

    def _close_for_days(self, now: datetime) -> None:
        partner = self.dice.choice(self.partners)
        first = partner.place.day_of(now) + timedelta(days=self.dice.randrange(10))
        last = first + timedelta(days=self.dice.randrange(8))
        with self._unit() as session:
            add_absence(session, partner.researcher, partner.id, Period(first, last), now)
        self.absences.said.append((partner.id, first, last, now))

    def _is_closed(self, partner: Partner, now: datetime) -> bool:
        return self.absences.are_away(partner.id, partner.place.day_of(now), now)

    @contextmanager
    def _unit(self) -> Iterator[Session]:
        with begin(self.engine, self.keys) as session:
            yield session

    def _partner(self, session: Session, place: Place) -> Partner:
        row = make_partner(session, countries=[], languages=["en"], timezone=place.zone, calendar=place.country)
        return Partner(row.id, make_researcher(session, row), place)

    def _work(
        self, state: str, handed_in: bool | None = None, paused: bool | None = None, held: bool | None = None
    ) -> list[tuple[UUID, Partner]]:
        wanted = {"handed_in": handed_in, "paused_at": paused, "held_at": held}
        mine = [
            work for work, row in self.spec.works.items()
            if row.state == state and row.question_goes_on(self.spec)
            and all(value is None or bool(getattr(row, name)) == value for name, value in wanted.items())
        ][-6:]  # fmt: skip
        return [(work, self.partner_of[work]) for work in self.dice.sample(mine, min(1, len(mine)))]

    def _seen(self, session: Session, work: UUID) -> Seen:
        query = select(Revision.id).where(Revision.answer_id == self.answer_of[work]).order_by(Revision.number.desc())
        revision: Any = session.scalars(query.limit(1)).one()
        return Seen(revision)
