"""Which introductions of a sheet point to a person: to anybody, or to somebody who did not agree to be published.

The second is asked of the answers behind the texts in the sheet, as it is of the texts themselves.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflows.core.markdown import plain
from workflows.depersonalise import find_in_points
from workflows.excerpts.agreed import answers_behind
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.unagreed import given_away, unagreed
from workflows.sheets.composition import SectionDraft
from workflows.sheets.models import CountrySheet, Edition


def telling_intros(session: Session, edition: Edition, sections: Sequence[SectionDraft], today: date) -> frozenset[int]:
    """The places of the sections whose introduction has to be written without somebody; four statements.

    A name given away in one introduction is looked for in all. What is sealed is opened to be compared, never shown.
    """
    language = session.scalars(select(CountrySheet.language).where(CountrySheet.id == edition.sheet_id)).one()
    pins = [pin for section in sections for pin in section.pins]
    behind = answers_behind(tuple_(Excerpt.ref, ExcerptVersion.number).in_(pins))
    intros = [section.intro for section in sections]
    shown = [plain(intro) for intro in intros]
    found = find_in_points([*intros, *shown], language, today)
    whom = unagreed(session, behind, language, today)
    return frozenset(
        place
        for place in range(len(intros))
        if found[place] or found[place + len(intros)] or any(given_away(one[place], whom) for one in (intros, shown))
    )
