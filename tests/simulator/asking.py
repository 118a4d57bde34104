"""The requesters of the simulated year, and the officers who read, ask back, decline, open again and reply."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.policy import REOPEN_DAYS
from tests.simulator.specification import Specification
from workflows.core.actors import Requester, Staff, Visitor
from workflows.excerpts.question_match import settle_match
from workflows.replies.desk import send_reply
from workflows.requests.desk import (
    ask_requester,
    close_question,
    decline_question,
    read_reply,
    reopen_question,
    triage_question,
)
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.models import Question, Request
from workflows.requests.neutral import NeutralDraft
from workflows.requests.public import clarify_question, file_request, withdraw_question
from workflows.requests.public import reopen_question as open_own_again
from workflows.requests.words import CONSENT_VERSION


class Asking:
    """What happens to questions before and after research; `People` holds the names and the dice."""

    spec: Specification
    dice: Random
    officer: Staff
    names: dict[UUID, str]

    def _unit(self) -> AbstractContextManager[Session]:
        raise NotImplementedError

    def _file(self, now: datetime) -> None:
        draft = Draft(uuid4(), "self", "en", (QuestionDraft("Is insulin sold in the town, and at what price?"),),
                      "someone@example.org", CONSENT_VERSION)  # fmt: skip
        with self._unit() as session:
            file_request(session, Visitor(), draft, uuid4().bytes * 2, 1, now)
            request = session.scalars(select(Request).where(Request.submission_id == draft.submission_id)).one()
            question = session.scalars(select(Question.id).where(Question.request_id == request.id)).one()
        self.names[question] = f"question {sum(1 for name in self.names.values() if name.startswith('question')) + 1}"
        self.spec.filed(question, now)

    def _triage(self, now: datetime) -> None:
        for question, row in self._question("received"):
            with self._unit() as session:
                draft = NeutralDraft(country="COD", topics=("HEA-medicines",), points=("Is insulin sold there?",))
                triage_question(session, self.officer, question, draft, "", now, row(session).version)
                session.flush()
                settle_match(session, self.officer, question, now, row(session).version)
            self.spec.triaged(question)

    def _ask_back(self, now: datetime) -> None:
        for question, row in self._question("received", "triaged"):
            with self._unit() as session:
                ask_requester(session, self.officer, question, "Every day?", now, row(session).version)
            self.spec.asked_back(question, now)

    def _reply_to_us(self, now: datetime) -> None:
        for question, row in self._question("asked"):
            with self._unit() as session:
                clarify_question(session, Requester(row(session).request_id), question, "Every day.", now)
            self.spec.replied(question, now)

    def _read_reply(self, now: datetime) -> None:
        for question, _ in self._question("triaged"):
            if self.spec.questions[question].unread:
                with self._unit() as session:
                    read_reply(session, self.officer, question, now)
                self.spec.reply_read(question)

    def _withdraw(self, now: datetime) -> None:
        for question, row in self._question("received", "asked", "triaged"):
            with self._unit() as session:
                withdraw_question(session, Requester(row(session).request_id), question, now)
            self.spec.over(question, "withdrawn")

    def _decline_question(self, now: datetime) -> None:
        for question, row in self._question("received", "asked"):
            with self._unit() as session:
                version = row(session).version
                decline_question(session, self.officer, question, "about_one_person", "Ask the embassy.", now, version)
            self.spec.over(question, "declined")

    def _open_again(self, now: datetime) -> None:
        for question, row in self._question("declined", "unanswered"):
            researched = any(one.question == question and one.state != "ended" for one in self.spec.works.values())
            with self._unit() as session:
                found = row(session)
                if researched or (found.closed_at and now - found.closed_at > timedelta(days=REOPEN_DAYS)):
                    return
                if found.state == "declined":
                    close_question(session, self.officer, question, now, found.version)
                    session.flush()
                if self.dice.random() < 0.5:
                    reopen_question(session, self.officer, question, now, found.version)
                else:
                    open_own_again(session, Requester(found.request_id), question, now)
            self.spec.opened_again(question, now)

    def _send_reply(self, now: datetime) -> None:
        for question, row in self._question("triaged"):
            with self._unit() as session:
                send_reply(session, self.officer, question, "Two shops have it.", (), now, version=row(session).version)
            self.spec.over(question, "answered")

    def _question(self, *states: str) -> list[tuple[UUID, Callable[[Session], Question]]]:
        """One of the newest in these states, and how to read it; an old one is left lying, as happens."""
        mine = [question for question, asked in self.spec.questions.items() if asked.state in states][-6:]
        if not mine:
            return []
        question = self.dice.choice(mine)
        return [(question, lambda session: session.get_one(Question, question))]
