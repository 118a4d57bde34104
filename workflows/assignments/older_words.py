"""Who was offered a question in words that the desk has changed since: an assignment keeps those it was offered in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workflows.assignments.models import Assignment, AssignmentMessage
from workflows.assignments.models import AssignmentState as S
from workflows.assignments.steering import TO_PARTNER
from workflows.core.actors import Staff
from workflows.core.events import Event
from workflows.requests.desk import REVISED


@dataclass(frozen=True, slots=True)
class OlderWords:
    """When the neutral text was changed last, whether a partner still has the older one, and whether we have written to
    them since.
    """

    changed_at: datetime
    held: bool
    told: bool

    @property
    def unsaid(self) -> bool:
        """A partner goes by words that are not those of the question, and nobody has said so."""
        return self.held and not self.told


def offered_in_older_words(session: Session, actor: Staff, question_id: UUID) -> dict[UUID, OlderWords]:
    """The assignments of a question, over or not, whose words the desk has changed since. One statement."""
    changed = (
        select(func.max(Event.at))
        .where(Event.question_id == question_id, Event.kind == REVISED, Event.codes["reworded"].as_boolean())
        .scalar_subquery()
    )
    told = exists().where(
        AssignmentMessage.assignment_id == Assignment.id,
        AssignmentMessage.direction == TO_PARTNER,
        AssignmentMessage.at >= changed,
    )
    query = select(Assignment.id, changed, Assignment.state.in_((S.OFFERED, S.ACCEPTED)), told)
    offered = (Assignment.visible_to(actor), Assignment.question_id == question_id, Assignment.offered_at < changed)
    return {row[0]: OlderWords(*row[1:]) for row in session.execute(query.where(*offered))}
