"""Whom partners that declined a question say to ask instead: for officers, where they choose the next partner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.models import AskInstead, Assignment, reference_of
from workflows.core.actors import Staff


@dataclass(frozen=True, slots=True)
class Hint:
    """What one partner wrote on declining. The text is sealed until `row.text` is read."""

    row: AskInstead
    number: int
    partner: str

    @property
    def reference(self) -> str:
        return reference_of(self.number)


def hints_for(session: Session, actor: Staff, question_id: UUID) -> Sequence[Hint]:
    """What was written about one question, the newest first, still closed. One statement."""
    rows = session.execute(
        select(AskInstead, Assignment.number, PartnerOrganisation.name)
        .join(Assignment, Assignment.id == AskInstead.assignment_id)
        .join(PartnerOrganisation, PartnerOrganisation.id == Assignment.proposed_partner_id)
        .where(AskInstead.visible_to(actor), Assignment.question_id == question_id)
        .order_by(AskInstead.at.desc(), Assignment.number)
    )
    return tuple(Hint(*row) for row in rows)


def forget_hints(session: Session, now: datetime) -> None:
    """Throw away what is older than ERASURE_DAYS: by then somebody else was asked, or nobody will be."""
    session.execute(delete(AskInstead).where(AskInstead.at < now - timedelta(days=policy.ERASURE_DAYS)))
