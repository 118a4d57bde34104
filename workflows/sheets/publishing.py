"""Publishing an edition: numbered, frozen as JSON, as a Word file and as a PDF, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from config import policy
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete
from workflows.core.links import Links
from workflows.core.reminders import climb
from workflows.excerpts.corrected import corrections_of
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.excerpts.tongues import state_of_original
from workflows.sheets import words
from workflows.sheets.beyond import texts_beyond
from workflows.sheets.composition import Pin, SectionDraft, drafts_of, fingerprint
from workflows.sheets.desk import WITH_PINS, publishing_problems
from workflows.sheets.files import file_of
from workflows.sheets.frozen import FrozenEdition, FrozenItem, FrozenSection, freeze_item, to_json
from workflows.sheets.lifecycle import EDITION, SHEET_LADDER
from workflows.sheets.models import CountrySheet, Edition, EditionState, PublishedEdition
from workflows.sheets.paper import fonts_for
from workflows.sheets.reading import Places, Reading, document, read
from workflows.sheets.states import Published, sheet_expires_on
from workflows.vocabulary.queries import country as find_country
from workflows.vocabulary.queries import topics


def publish_edition(
    session: Session, actor: Staff, edition_id: UUID, version: int, now: datetime, links: Links
) -> PublishedEdition:
    """Approve and publish what was sent: the next number, frozen, in place of the edition before it.

    `links` says where a question can be asked, for the front matter. Starts the sheet's year
    (`policy.SHEET_REVIEW_DAYS`) and its reminders. Refuses: NotFound, EditConflict, OutOfTurn, NotAllowed (whoever
    wrote in it), Incomplete (a text was withdrawn since, or an introduction advises).
    """
    edition = lock_visible(session, actor, Edition, edition_id, version, WITH_PINS)
    sections = drafts_of(edition)
    today = HELPDESK.local_day(now)
    if EDITION.may(actor, edition, "publish"):
        _refuse_changed(session, edition, sections, today)
    EDITION.fire(session, actor, edition, "publish", now)
    sheet = session.scalars(select(CountrySheet).where(CountrySheet.id == edition.sheet_id).with_for_update()).one()
    _supersede(session, actor, sheet, edition, now)
    edition.number, edition.approver_id, edition.published_at = next_number(session, sheet.id), actor.id, now
    sheet.review_on = today + timedelta(days=policy.SHEET_REVIEW_DAYS)
    climb(session, SHEET_LADDER, sheet, HELPDESK, now)
    frozen = freeze(session, sheet, sections, edition.number, today, links)
    reading = read(frozen, published_now(session, sections), today, texts_beyond(session, frozen, today))
    row = _published(reading, links)
    session.add(row)
    return row


def next_number(session: Session, sheet_id: UUID) -> int:
    """The number that the next edition of this sheet gets; settled only under the sheet's lock."""
    return (session.scalar(select(func.max(Edition.number)).where(Edition.sheet_id == sheet_id)) or 0) + 1


def freeze(
    session: Session, sheet: CountrySheet, sections: Sequence[SectionDraft], number: int, today: date, links: Links
) -> FrozenEdition:
    """Everything a reader would see of these sections, published on this day; three statements."""
    country = find_country(session, sheet.country)
    items = _pinned(session, [pin for section in sections for pin in section.pins])
    titles = {group.code: group.name(sheet.language) for group in topics(session, sleeping_too=True)}
    review_on = today + timedelta(days=policy.SHEET_REVIEW_DAYS)
    return FrozenEdition(
        country=sheet.country,
        country_name=country.name(sheet.language) if country else sheet.country,
        language=sheet.language,
        number=number,
        month_year=words.month_in(today, sheet.language),
        published_on=today,
        review_on=review_on,
        front=words.front_matter(sheet.language, number, today, review_on, links.to("ask", language=sheet.language)),
        sections=tuple(_frozen(section, titles, items) for section in sections),
    )


def published_now(session: Session, sections: Sequence[SectionDraft]) -> dict[str, Published]:
    """How the pinned excerpts stand in public, by reference; one statement."""
    refs = {pin.ref for section in sections for pin in section.pins}
    rows = session.execute(
        select(PublishedExcerpt.ref, PublishedExcerpt.state, PublishedExcerpt.number, PublishedExcerpt.notice,
               PublishedExcerpt.information_date, PublishedExcerpt.valid_until, corrections_of(PublishedExcerpt.ref),
               PublishedExcerpt.published_on, PublishedExcerpt.source_ref,
               state_of_original(PublishedExcerpt.source_ref))
        .where(PublishedExcerpt.ref.in_(refs))
    )  # fmt: skip
    return {ref: Published(*facts) for ref, *facts in rows}


def _refuse_changed(session: Session, edition: Edition, sections: Sequence[SectionDraft], today: date) -> None:
    """Only what was sent is published, and only while its texts may be read."""
    if edition.approved_hash != fingerprint(sections):
        raise EditConflict(edition.version)
    if problems := publishing_problems(session, edition, sections, today):
        raise Incomplete(problems)


def _supersede(session: Session, actor: Staff, sheet: CountrySheet, edition: Edition, now: datetime) -> None:
    """The edition before steps back, in the history and in public."""
    others = (Edition.sheet_id == sheet.id, Edition.id != edition.id)
    query = select(Edition).where(*others, Edition.state == EditionState.PUBLISHED)
    for before in session.scalars(query.with_for_update()):
        EDITION.fire(session, actor, before, "supersede", now)
    session.execute(
        update(PublishedEdition)
        .where(PublishedEdition.country == sheet.country, PublishedEdition.language == sheet.language)
        .values(current=False)
    )


def _pinned(session: Session, pins: Sequence[Pin]) -> Mapping[Pin, FrozenItem]:
    key = tuple_(PublishedVersion.ref, PublishedVersion.number)
    rows = session.scalars(select(PublishedVersion).where(key.in_(pins))) if pins else ()
    return {Pin(row.ref, row.number): freeze_item(row) for row in rows}


def _frozen(section: SectionDraft, titles: Mapping[str, str], items: Mapping[Pin, FrozenItem]) -> FrozenSection:
    title = titles.get(section.group, section.group)
    return FrozenSection(
        section.group, title[:1].upper() + title[1:], section.intro, tuple(items[pin] for pin in section.pins)
    )


def _places(frozen: FrozenEdition, links: Links) -> Places:
    page = links.to("edition", language=frozen.language, iso3=frozen.country, number=str(frozen.number))
    return Places(lambda ref: links.to("excerpt", language=frozen.language, ref=ref), page)


def _published(reading: Reading, links: Links) -> PublishedEdition:
    frozen = reading.edition
    paper = document(reading, _places(frozen, links))
    docx, pdf = file_of(paper, "docx"), file_of(paper, "pdf") if fonts_for(paper.direction) else None
    return PublishedEdition(
        country=frozen.country,
        language=frozen.language,
        number=frozen.number,
        current=True,
        content=to_json(frozen),
        published_on=frozen.published_on,
        review_on=frozen.review_on,
        expires_on=sheet_expires_on(frozen.review_on),
        docx=docx,
        docx_size=len(docx),
        pdf=pdf,
        pdf_size=None if pdf is None else len(pdf),
    )
