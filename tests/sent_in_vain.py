"""An answer that was sent and never accepted, with words of everybody around it in every place that can hold any."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from tests.factories import NOW, make_attachment, make_kept_draft, make_revision
from tests.reviews import Submitted, submitted
from workflows.answers.models import AnswerNote, Price, Review, ReviewComment
from workflows.assignments.models import AssignmentMessage


def sent_in_vain(
    session: Session, closed_at: datetime | None, state: str = "revoked", written: str = "rejected", **values: Any
) -> Submitted:
    """Its task ended; of the two submissions the first one went back."""
    made = submitted(session, note_for_editor="Not the street.", **values)
    made.assignment.state, made.assignment.closed_at = state, closed_at
    made.answer.state, made.answer.reject_reason = written, "The nurse cannot be named."
    session.add_all(_around(made))
    make_revision(session, made.answer, number=2)
    make_kept_draft(session, made.answer, saved_at=NOW)
    make_attachment(session, made.answer, state="released", sent_in=1, clean=b"%PDF", public_title="A list")
    session.commit()
    return made


def _around(made: Submitted) -> list[Any]:
    of_answer = {"answer_id": made.answer.id}
    row = {"position": 1, "point_code": "Q1", "dropped": False, **of_answer}
    said = {"author_id": uuid4(), "at": NOW}
    return [
        Price(what="Insulin", amount="2", currency="USD", unit="a box", **row),
        Review(revision_id=made.revision.id, editor_id=made.editor.id, decision="reject", decided_at=NOW, saved_at=NOW,
               checklist={"1": {"verdict": "no", "comment": "Who is Amina?"}}, comments={"Q1": "Who is Amina?"},
               **of_answer),
        ReviewComment(round=1, point_code="Q1", text="Who is Amina?", quote="Amina says", at=NOW, **of_answer),
        AnswerNote(round=1, for_partner=True, part="Q1", paragraph="-", quote="Amina says", text="Who?", **of_answer,
                   **said),
        AssignmentMessage(assignment_id=made.assignment.id, direction="from_partner", text="Ask Amina?", **said),
        AssignmentMessage(assignment_id=made.assignment.id, direction="to_partner", text="Not Amina.", **said),
    ]  # fmt: skip
