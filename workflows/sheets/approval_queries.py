"""What an approver reads of an edition under work: how it would look, and what it changes."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.core.links import Links
from workflows.excerpts.compare import Row, compare
from workflows.excerpts.models import PublishedVersion
from workflows.sheets.beyond import texts_beyond
from workflows.sheets.composition import Pin, drafts_of
from workflows.sheets.desk import OPEN, WITH_PINS
from workflows.sheets.desk_queries import editions_of_sheet
from workflows.sheets.models import CountrySheet, Edition, EditionState
from workflows.sheets.publishing import freeze, next_number, published_now
from workflows.sheets.reading import Reading, read


def preview(session: Session, actor: Staff, country: str, language: str, today: date, links: Links) -> Reading:
    """The edition under work as it would be published today. Refuses: NotFound."""
    edition = _under_work(session, actor, country, language)
    sheet = session.get_one(CountrySheet, edition.sheet_id)
    sections = drafts_of(edition)
    number = next_number(session, sheet.id)
    frozen = freeze(session, sheet, sections, number, today, links)
    return read(frozen, published_now(session, sections), today, texts_beyond(session, frozen, today))


def changes(session: Session, actor: Staff, country: str, language: str) -> dict[str, list[Row]]:
    """What the edition under work changes in the published one, by topic group; an empty one begins from nothing.

    Refuses: NotFound.
    """
    after = _under_work(session, actor, country, language)
    before = session.scalar(
        editions_of_sheet(actor, country, language).where(Edition.state == EditionState.PUBLISHED).options(*WITH_PINS)
    )
    titles = _titles(session, [edition for edition in (before, after) if edition])
    old, new = (_section_texts(edition, titles) if edition else {} for edition in (before, after))
    rows = {group: compare(old.get(group, ""), text) for group, text in new.items()}
    return {group: found for group, found in rows.items() if any(row.kind != "same" for row in found)}


def _under_work(session: Session, actor: Staff, country: str, language: str) -> Edition:
    query = editions_of_sheet(actor, country, language).where(Edition.state.in_(OPEN)).options(*WITH_PINS)
    edition = session.scalar(query)
    if edition is None:
        raise NotFound(country)
    return edition


def _titles(session: Session, editions: Iterable[Edition]) -> dict[Pin, str]:
    pins = {pin for edition in editions for section in drafts_of(edition) for pin in section.pins}
    key = tuple_(PublishedVersion.ref, PublishedVersion.number)
    query = select(PublishedVersion.ref, PublishedVersion.number, PublishedVersion.title).where(key.in_(pins))
    return {Pin(row.ref, row.number): row.title for row in session.execute(query)} if pins else {}


def _section_texts(edition: Edition, titles: Mapping[Pin, str]) -> dict[str, str]:
    """Each section as text to compare: its intro, then a line for each pinned version."""
    return {
        section.group: "\n\n".join([section.intro, *(_line(pin, titles.get(pin, "")) for pin in section.pins)])
        for section in drafts_of(edition)
    }


def _line(pin: Pin, title: str) -> str:
    """What was retracted has its reference for a title, which is said once."""
    return " · ".join((*([title] if title not in {"", pin.ref} else []), f"{pin.ref} v{pin.number}"))
