"""Which editor answers for a country sheet: whoever wrote the edition that stands, as long as they are here."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.editors import one_editor
from workflows.sheets.models import CountrySheet, Edition, EditionState


def keeper(session: Session, sheet: CountrySheet, today: date) -> UUID | None:
    """The editor who is told that the sheet wants reviewing."""
    published = Edition.state == EditionState.PUBLISHED
    author = session.scalar(select(Edition.author_id).where(Edition.sheet_id == sheet.id, published).limit(1))
    return one_editor(session, sheet.id, today, prefer=author)
