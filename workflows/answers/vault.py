"""The vault: who a source is and how to reach a contact who did not consent. Editors open it, each opening is noted.

The portal closes these texts and holds no key and no grant to read them again; whoever opens one notes it before.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.answers.models import Answer, Contact, Source
from workflows.core.access import find_visible
from workflows.core.actors import Staff
from workflows.core.errors import NotAllowed, NotFound
from workflows.core.parties import editors


def source_of(session: Session, actor: Staff, answer_id: UUID, source_id: UUID) -> Source:
    """One source of an answer, its identity still closed. Refuses: NotFound, NotAllowed (editors only)."""
    source: Source = _closed(session, actor, answer_id, Source, source_id)
    if not source.keeps_identity:
        raise NotFound("source")
    return source


def contact_of(session: Session, actor: Staff, answer_id: UUID, contact_id: UUID) -> Contact:
    """One contact of an answer, still closed. Refuses: NotFound, NotAllowed (editors only)."""
    contact: Contact = _closed(session, actor, answer_id, Contact, contact_id)
    if not contact.keeps_reach:
        raise NotFound("contact")
    return contact


def _closed(session: Session, actor: Staff, answer_id: UUID, model: Any, row_id: UUID) -> Any:
    answer = find_visible(session, actor, Answer, answer_id)
    if not editors.includes(actor, answer):
        raise NotAllowed("the vault is for editors")
    row = session.scalar(select(model).where(model.id == row_id, model.answer_id == answer.id))
    if row is None:
        raise NotFound(model.__tablename__)
    return row
