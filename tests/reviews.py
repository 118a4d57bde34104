"""Scenes at the review desk: an answer that was submitted, and an editor's notes about it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.factories import (
    NOW,
    TODAY,
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_researcher,
    make_revision,
    make_staff,
)
from workflows.answers.checklist import CHECKS, TWO_SOURCES
from workflows.answers.desk import Notes, Seen, accept_answer
from workflows.answers.lifecycle import REVIEW_LADDER
from workflows.answers.models import Answer, Contact, Revision, Source
from workflows.assignments.models import Assignment
from workflows.core.actors import Researcher, Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.reminders import climb

ONE_WILL_DO = "Marked as a single source."
ALL_YES = Notes(verdicts={check.number: "yes" for check in CHECKS}, remarks={TWO_SOURCES: ONE_WILL_DO})
IDENTITY = "Pharmacist Mbuyi, 2nd counter"
REACH = "Nurse Mbombo, 0998 44 55 66"


@dataclass
class Submitted:
    """One answer under review and everybody around it."""

    editor: Staff
    researcher: Researcher
    assignment: Assignment
    answer: Answer
    revision: Revision
    source: Source
    contact: Contact

    @property
    def seen(self) -> Seen:
        return Seen(self.revision.id)


def submitted(session: Session, **values: Any) -> Submitted:
    """An accepted assignment of two points with its answer submitted, one source with a sealed identity."""
    partner = make_partner(session)
    researcher = make_researcher(session, partner)
    question = make_question(session, state="triaged", points=("Is insulin sold in Kinshasa?", "At what price?"))
    assignment = make_assignment(
        session, partner, question, points=("L’insuline est-elle vendue à Kinshasa ?", "À quel prix ?"),
        state="accepted", accepted_at=NOW, submit_by=TODAY + timedelta(days=10),
        requester_date=TODAY + timedelta(days=14),
    )  # fmt: skip
    given = {"state": "submitted", "submitted_at": NOW, "review_by": TODAY + timedelta(days=3)}
    answer = make_answer(session, assignment, **given | values)
    source = Source(
        answer_id=answer.id, position=1, point_code="Q1", kind="talk", label="Pharmacists of three shops",
        dated=TODAY - timedelta(days=2), mode="in_person", consent="role", keeps_identity=True, dropped=False,
        identity=IDENTITY,
    )  # fmt: skip
    contact = Contact(
        answer_id=answer.id, position=1, point_code="Q1", label="A nurse of the ward", may_publish=False, reach="",
        keeps_reach=True, dropped=False, restricted_reach=REACH,
    )  # fmt: skip
    session.add_all([source, contact])
    revision = make_revision(session, answer, researcher.id, content=frozen(source) | listed(contact))
    climb(session, REVIEW_LADDER, answer, HELPDESK, NOW)
    editor = make_staff(session, Role.EDITOR)
    session.commit()
    return Submitted(editor, researcher, assignment, answer, revision, source, contact)


def accepted(session: Session) -> Submitted:
    """The same, accepted although it rests on one source, with the reason."""
    made = submitted(session)
    accept_answer(session, made.editor, made.answer.id, ALL_YES, made.seen, NOW)
    session.commit()
    return made


def frozen(source: Source, text: str = "Deux pharmacies sur trois en avaient.") -> dict[str, Any]:
    """The content of a revision with two points, the second one not found."""
    point = {"code": "Q1", "text": text, "place": "Kinshasa", "information_date": "2026-03-09",
             "confidence": "fairly_sure", "not_found": False, "searched_where": ""}  # fmt: skip
    other = {"code": "Q2", "text": "", "place": "Kinshasa", "information_date": "2026-03-09",
             "confidence": "not_sure", "not_found": True, "searched_where": "Three shops"}  # fmt: skip
    cited = {"id": str(source.id), "position": 1, "point_code": "Q1", "kind": source.kind, "label": source.label,
             "dated": source.dated.isoformat() if source.dated else None, "mode": source.mode,
             "consent": source.consent, "keeps_identity": True}  # fmt: skip
    return {"points": [point, other], "sources": [cited]}


def listed(contact: Contact) -> dict[str, Any]:
    """The rest of that content: one price, one contact who did not consent, and who may be named."""
    price = {"position": 1, "point_code": "Q1", "what": "Un flacon", "amount": "24 000 – 38 000", "currency": "CDF",
             "unit": "10 ml", "day": "2026-03-09"}  # fmt: skip
    sealed = {"id": str(contact.id), "position": 1, "point_code": "Q1", "label": contact.label, "may_publish": False,
              "reach": "", "keeps_reach": True}  # fmt: skip
    return {"prices": [price], "contacts": [sealed], "credit": "organisation"}
