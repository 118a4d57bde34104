"""Where a journey begins: a question with its code, a partner at work on it, an answer that was sent for review."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from tests.environment import SECRETS
from tests.factories import make_assignment, make_partner, make_question, make_request, make_researcher
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.drafts import AnswerDraft, PointDraft, SourceDraft
from workflows.answers.models import Answer
from workflows.answers.partner import save_answer, submit_answer
from workflows.answers.partner_task import accept_assignment
from workflows.assignments.models import Assignment
from workflows.core import clock
from workflows.core.actors import Researcher
from workflows.core.calendars import HELPDESK
from workflows.requests.models import Question
from workflows.requests.receipts import fingerprint, new_code

POINT = "Is premixed insulin sold in Kinshasa, and at what price?"
FOUND = "Two of three pharmacies had it.\n\nIt costs 24 dollars a month."


@dataclass(frozen=True)
class Asked:
    """A question about DR Congo in English, and the code of whoever asked it."""

    question: Question
    code: str

    @property
    def desk(self) -> str:
        return f"/desk/questions/{self.question.id}"


@dataclass(frozen=True)
class AtWork:
    """A partner in DR Congo with one researcher."""

    partner: PartnerOrganisation
    researcher: Researcher


def asked(scene: Session, *points: str, original: str = "My sister Rose needs insulin.", **values: Any) -> Asked:
    """Asked just now; with points it is triaged and was looked at for what we have already."""
    now, submission = clock.now(), uuid4()
    key = SECRETS["SECRET_RECEIPT"].encode()
    code = new_code(key, submission)
    request = make_request(
        scene, language="en", submission_id=submission, code_hash=fingerprint(key, code), consented_at=now,
        received_at=now,
    )  # fmt: skip
    given = {"state": "triaged" if points else "received", "language": "en", "original": original,
             "received_at": now, "triage_by": HELPDESK.local_day(now) + timedelta(days=2),
             "promised_by": HELPDESK.local_day(now) + timedelta(days=28)}  # fmt: skip
    return Asked(make_question(scene, request, points, **given | values), code)


def at_work(scene: Session, name: str) -> AtWork:
    partner = make_partner(scene, name=name, languages=["en"])
    return AtWork(partner, make_researcher(scene, partner, language="en"))


def offered(scene: Session, to: AtWork, about: Asked, text: str = POINT) -> Assignment:
    """One point offered in English, to be answered within two weeks."""
    now = clock.now()
    return make_assignment(
        scene, to.partner, about.question, (text,), language="en", terms="Three pharmacies at least.",
        created_at=now, offered_at=now, respond_by=HELPDESK.local_day(now) + timedelta(days=3),
        submit_by=HELPDESK.local_day(now) + timedelta(days=14),
    )  # fmt: skip


def sent_for_review(scene: Session, to: AtWork, about: Asked, text: str = FOUND) -> Answer:
    """Accepted, answered in two paragraphs with one source, and sent."""
    now, assignment = clock.now(), offered(scene, to, about)
    scene.commit()
    answer = accept_assignment(scene, to.researcher, assignment.id, now)
    scene.flush()
    day = HELPDESK.local_day(now) - timedelta(days=3)
    source = SourceDraft("Q1", None, "visit", "Visit to three pharmacies", day, "in_person", "role", "Gisele M.")
    draft = AnswerDraft([PointDraft("Q1", text, "Kinshasa", day, "fairly_sure")], [source])
    save_answer(scene, to.researcher, assignment.id, answer.version, draft, now)
    submit_answer(scene, to.researcher, assignment.id, now)
    scene.commit()
    return answer
