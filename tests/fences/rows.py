"""Two partners with one piece of work each, and two requests: what row security must keep apart."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import (
    NOW,
    TODAY,
    make_absence,
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_researcher,
    make_revision,
)
from workflows.accounts.models import LoginSession
from workflows.answers.models import Contact, Price, ReviewComment, Source
from workflows.answers.word_upload_models import WordUpload
from workflows.assignments.models import AssignmentMessage
from workflows.core.clock import now
from workflows.core.reminders import Reminder
from workflows.replies.models import Recall, Reply, ReplyPin
from workflows.requests.models import Message

PARTNER_TABLES = {
    "partner_organisation": "id", "researcher": "id", "assignment": "id", "assignment_point": "id",
    "assignment_message": "id", "answer": "id", "answer_point": "id", "source": "id", "answer_price": "id",
    "answer_contact": "id", "revision": "id", "word_upload": "id",
    "review_comment": "id", "partner_absence": "id", "reminder": "object_id",
}  # fmt: skip
REQUEST_TABLES = {
    "request": "id", "question": "id", "question_point": "id", "message": "id", "reply": "id",
    "reply_pin": "reply_id", "recall": "id",
}  # fmt: skip


@dataclass
class Own:
    """Everything that belongs to one party: per table the ids of its rows, and the hash of its live session."""

    ids: dict[str, set[UUID]]
    session: str

    def one(self, table: str) -> UUID:
        return min(self.ids[table])


def log_in(session: Session, site: str, account: UUID, **values: Any) -> str:
    """A full session; what it is given can end it or date it."""
    token = sha256(uuid4().bytes)
    given = {"site": site, "account_id": account, "level": "full", "created_at": now(), "seen_at": now(),
             "expires_at": now() + timedelta(hours=1), "revoked_at": None}  # fmt: skip
    session.add(LoginSession(digest=token.digest(), **given | values))
    session.flush()
    return token.hexdigest()


def partner_with_work(session: Session) -> Own:
    """A partner with an answer under way: one row in every table of the portal."""
    before = _ids(session, PARTNER_TABLES)
    partner = make_partner(session, read=False)
    researcher = make_researcher(session, partner)
    make_absence(session, partner, TODAY, TODAY)
    question = make_question(session, state="triaged", points=("Is there a school?",))
    assignment = make_assignment(session, partner, question, state="accepted", accepted_at=NOW)
    answer = make_answer(session, assignment)
    make_revision(session, answer, researcher.id)
    row = {"position": 1, "point_code": "Q1", "dropped": False}
    source = row | {"kind": "talk", "label": "A teacher", "dated": TODAY, "mode": "in_person", "consent": "role",
                    "keeps_identity": True}  # fmt: skip
    message = {"direction": "from_partner", "text": "Which quarter?", "author_id": researcher.id, "at": NOW}
    comment = {"round": 1, "point_code": "Q1", "text": "Please date it.", "at": NOW}
    session.add_all([
        Source(answer_id=answer.id, identity="Ms Ilunga", **source),
        Price(answer_id=answer.id, what="A place", amount="40", currency="USD", unit="a month", day=TODAY, **row),
        Contact(answer_id=answer.id, label="The office", may_publish=False, reach="", keeps_reach=True,
                restricted_reach="Ms Ilunga, 0998", **row),
        WordUpload(answer_id=answer.id, partner_id=partner.id, found={}, closed=[], uploaded_at=NOW,
                   uploaded_by=researcher.id, kept_until=NOW),
        AssignmentMessage(assignment_id=assignment.id, **message),
        ReviewComment(answer_id=answer.id, **comment),
        Reminder(object_id=assignment.id, ladder="assignment.submission", rung="due", due_at=NOW, anchor=TODAY,
                 country="CD", timezone="Africa/Kinshasa"),
    ])  # fmt: skip
    session.flush()
    return Own(_since(session, PARTNER_TABLES, before), log_in(session, "portal", researcher.id))


def request_with_reply(session: Session) -> Own:
    """A request whose question was answered: one row in every table a requester may follow."""
    before = _ids(session, REQUEST_TABLES)
    request = make_request(session)
    question = make_question(session, request, state="answered", points=("Is there a school?",))
    reply = Reply(question_id=question.id, language="en", text="There is.", from_database=False, author_id=uuid4(),
                  sent_at=NOW)  # fmt: skip
    session.add_all([
        reply,
        ReplyPin(reply_id=reply.id, ref="COD-SOC-0001", number=1, position=1),
        Recall(reply_id=reply.id, question_id=question.id, ref="COD-SOC-0001", kind="corrected", at=NOW),
        Message(question_id=question.id, direction="to_requester", to_requester="Which town?", at=NOW),
    ])  # fmt: skip
    session.flush()
    return Own(_since(session, REQUEST_TABLES, before), log_in(session, "public", request.id))


def _ids(session: Session, tables: dict[str, str]) -> dict[str, set[UUID]]:
    return {table: set(session.scalars(text(f"select {key} from {table}"))) for table, key in tables.items()}


def _since(session: Session, tables: dict[str, str], before: dict[str, set[UUID]]) -> dict[str, set[UUID]]:
    return {table: found - before[table] for table, found in _ids(session, tables).items()}
