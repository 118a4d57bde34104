"""Which country sheets print a published text: asked before it is withdrawn or retracted."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.excerpts.translations import refs_with_translations
from workflows.sheets.models import CountrySheet, Edition, EditionState, Section, SectionPin


@dataclass(frozen=True, slots=True)
class Printing:
    """The published edition of a sheet that holds the text."""

    country: str
    language: str
    number: int


def sheets_printing(session: Session, actor: Staff, ref: str) -> tuple[Printing, ...]:
    """Published editions with this text or a translation of it, one per sheet. One statement."""
    rows = session.execute(
        select(CountrySheet.country, CountrySheet.language, Edition.number)
        .join(Edition, Edition.sheet_id == CountrySheet.id)
        .join(Section, Section.edition_id == Edition.id)
        .join(SectionPin, SectionPin.section_id == Section.id)
        .where(
            SectionPin.ref.in_(refs_with_translations(ref)),
            Edition.state == EditionState.PUBLISHED,
            Edition.visible_to(actor),
        )
        .distinct()
        .order_by(CountrySheet.country, CountrySheet.language)
    )
    return tuple(Printing(row.country, row.language, row.number or 0) for row in rows)
