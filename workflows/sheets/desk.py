"""What editors do with an edition before it is published: begin, compose, send for approval, take back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, selectinload

from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotAllowed
from workflows.core.events import record
from workflows.core.parties import editors
from workflows.core.words import mark as _
from workflows.requests.outgoing import ADVISES
from workflows.sheets.composition import (
    Pin,
    Press,
    SectionDraft,
    Verb,
    drafts_of,
    field_of,
    fingerprint,
    rearranged,
    shape_problems,
    told_to_readers,
    typed,
)
from workflows.sheets.intros import telling_intros
from workflows.sheets.lifecycle import EDITION
from workflows.sheets.models import CountrySheet, Edition, EditionState, Section, SectionPin
from workflows.sheets.pinning import Pinnable, pinnable, readable_refs, usable_pins
from workflows.sheets.words import LANGUAGES
from workflows.vocabulary.queries import country as find_country
from workflows.vocabulary.queries import topics

OPEN = (EditionState.DRAFT, EditionState.IN_REVIEW)
WITH_PINS = (selectinload(Edition.sections).selectinload(Section.pins),)
NOT_OFFERED = _("Choose one of the answers offered.")
CANNOT_BE_ADDED = _("This text cannot be used: it is not published for this country, or it has expired.")
NOTHING_PINNED = _("Put at least one text in the sheet.")
GAPS = _("Some sections are empty. Fill them, or say that readers may see the gaps.")
PERSONAL = _("These words may point to a person. Write them without names, numbers or addresses.")
WITHDRAWN_PINNED = _("A text of this section was withdrawn or retracted. Remove it.")


def begin_edition(session: Session, actor: Staff, country: str, language: str, now: datetime) -> Edition:
    """Start the next edition of a country's sheet in one language, from the published one if there is one.

    Gives back the edition already under work when somebody began before. Refuses: NotAllowed, Incomplete (country,
    language).
    """
    if not editors.includes(actor, None):
        raise NotAllowed("only editors compose sheets")
    problems = {} if find_country(session, country) else {"country": NOT_OFFERED}
    _refuse(problems | ({} if language in LANGUAGES else {"language": NOT_OFFERED}))
    sheet = _lock_sheet(session, country, language)
    standing = _editions_of(session, sheet)
    under_work = next((edition for edition in standing if edition.state in OPEN), None)
    if under_work:
        return under_work
    edition = Edition(sheet_id=sheet.id, state=EditionState.DRAFT, author_id=actor.id, saved_at=now)
    edition.sections = _first_sections(session, standing)
    EDITION.open(session, actor, edition, now, country=country, language=language)
    return edition


def save_edition(
    session: Session,
    actor: Staff,
    edition_id: UUID,
    version: int,
    sections: Sequence[SectionDraft],
    now: datetime,
    presses: Sequence[Press] = (),
) -> Edition:
    """Keep the intros and pins as typed, after the texts chosen to be added and what the pressed button does.

    An edition that waits for approval goes back to being a draft: what was sent is no longer what stands. Refuses:
    NotFound, EditConflict, NotAllowed, OutOfTurn (published), Incomplete (fields as in `composition.field_of`).
    """
    edition = lock_visible(session, actor, Edition, edition_id, version, WITH_PINS)
    stored = drafts_of(edition)
    wanted = typed(stored, sections)
    texts = _texts(session, edition, wanted, presses, HELPDESK.local_day(now))
    for press in presses:
        wanted = rearranged(wanted, press, {ref: text.current for ref, text in texts.items() if text.usable})
    if wanted == stored and not _unusable(presses, texts) and edition.state in OPEN:
        return edition
    if edition.state in OPEN:
        _refuse(shape_problems(wanted) | _pin_problems(session, stored, wanted, presses, texts))
    _reopen(session, actor, edition, now)
    _write(edition, wanted, texts)
    edition.saved_at = now
    if actor.id not in {edition.author_id, *edition.co_author_ids}:
        edition.co_author_ids = [*edition.co_author_ids, actor.id]
    record(session, actor, "edition.save", edition, now)
    return edition


def send_edition(
    session: Session, actor: Staff, edition_id: UUID, version: int, now: datetime, *, gaps_known: bool = False
) -> Edition:
    """Ask another editor to approve exactly what stands now. `gaps_known`: readers may see that sections are empty.

    Refuses: NotFound, EditConflict, OutOfTurn, NotAllowed, Incomplete (no text at all, a withdrawn text, words that
    may point to a person or advise, empty sections that nobody stands for).
    """
    edition = lock_visible(session, actor, Edition, edition_id, version, WITH_PINS)
    sections = drafts_of(edition)
    gaps = [section.group for section in sections if not section.pins]
    if EDITION.may(actor, edition, "send_for_approval"):
        problems = publishing_problems(session, edition, sections, HELPDESK.local_day(now))
        _refuse(problems | ({"gaps_known": GAPS} if gaps and not gaps_known else {}))
    EDITION.fire(session, actor, edition, "send_for_approval", now, gaps=len(gaps))
    edition.approved_hash = fingerprint(sections)
    return edition


def rework_edition(session: Session, actor: Staff, edition_id: UUID, version: int, now: datetime) -> Edition:
    """Take an edition back from approval to work on it. Refuses: NotFound, EditConflict, OutOfTurn, NotAllowed."""
    edition = lock_visible(session, actor, Edition, edition_id, version)
    EDITION.fire(session, actor, edition, "rework", now)
    edition.approved_hash = None
    return edition


def discard_edition(session: Session, actor: Staff, edition_id: UUID, version: int, now: datetime) -> Edition:
    """Give an edition up before it is published; the published one, if any, stays as it is.

    Refuses: NotFound, EditConflict, OutOfTurn, NotAllowed.
    """
    edition = lock_visible(session, actor, Edition, edition_id, version)
    EDITION.fire(session, actor, edition, "discard", now)
    return edition


def publishing_problems(
    session: Session, edition: Edition, sections: Sequence[SectionDraft], today: date
) -> dict[str, str]:
    """What keeps an edition from being sent and from being published, by field."""
    pins = [pin for section in sections for pin in section.pins]
    readable = readable_refs(session, pins)
    telling = telling_intros(session, edition, sections, today)
    problems = {} if pins else {"sections": NOTHING_PINNED}
    for place, section in enumerate(sections):
        if any(pin.ref not in readable for pin in section.pins):
            problems[field_of(place, "pins")] = WITHDRAWN_PINNED
        if told_to_readers(section.intro):
            problems[field_of(place, "intro")] = ADVISES
        if place in telling:
            problems[field_of(place, "intro")] = PERSONAL
    return problems


def _lock_sheet(session: Session, country: str, language: str) -> CountrySheet:
    """The sheet's row, made when it is the first time; whoever comes second waits."""
    new = insert(CountrySheet).values(id=uuid4(), country=country, language=language)
    session.execute(new.on_conflict_do_nothing())
    where = (CountrySheet.country == country, CountrySheet.language == language)
    return session.scalars(select(CountrySheet).where(*where).with_for_update()).one()


def _editions_of(session: Session, sheet: CountrySheet) -> Sequence[Edition]:
    """The one under work and the published one, as far as there are any."""
    states = (*OPEN, EditionState.PUBLISHED)
    query = select(Edition).where(Edition.sheet_id == sheet.id, Edition.state.in_(states)).options(*WITH_PINS)
    return session.scalars(query).all()


def _first_sections(session: Session, standing: Sequence[Edition]) -> list[Section]:
    """Ten sections in the order of the taxonomy, filled from the published edition."""
    kept = {section.topic_group: section for edition in standing for section in edition.sections}
    groups = [group.code for group in topics(session, sleeping_too=True)]
    return [
        Section(
            topic_group=group,
            position=place,
            intro=kept[group].intro if group in kept else "",
            pins=_copies(kept[group].pins) if group in kept else [],
        )
        for place, group in enumerate(groups)
    ]


def _copies(pins: Sequence[SectionPin]) -> list[SectionPin]:
    return [
        SectionPin(excerpt_id=pin.excerpt_id, ref=pin.ref, number=pin.number, position=pin.position) for pin in pins
    ]


def _texts(
    session: Session, edition: Edition, sections: Sequence[SectionDraft], presses: Sequence[Press], today: date
) -> Mapping[str, Pinnable]:
    """Every excerpt that the form or its buttons name."""
    country = session.scalars(select(CountrySheet.country).where(CountrySheet.id == edition.sheet_id)).one()
    refs = {pin.ref for section in sections for pin in section.pins} | {press.ref for press in presses}
    return pinnable(session, country, refs, today)


def _unusable(presses: Sequence[Press], texts: Mapping[str, Pinnable]) -> set[str]:
    """The sections to which a text was to be added that may not be."""
    added = [press for press in presses if press.verb is Verb.ADD]
    return {press.group for press in added if not (press.ref in texts and texts[press.ref].usable)}


def _pin_problems(
    session: Session,
    stored: Sequence[SectionDraft],
    wanted: Sequence[SectionDraft],
    presses: Sequence[Press],
    texts: Mapping[str, Pinnable],
) -> dict[str, str]:
    """What is pinned may stay; what is new must be usable."""
    before = {pin for section in stored for pin in section.pins}
    fresh = {pin for section in wanted for pin in section.pins} - before
    may_stand = before | usable_pins(session, fresh, texts)
    return dict(_refused_pins(wanted, may_stand, _unusable(presses, texts)))


def _refused_pins(
    sections: Sequence[SectionDraft], may_stand: set[Pin], refused: set[str]
) -> Iterator[tuple[str, str]]:
    for place, section in enumerate(sections):
        if section.group in refused or not set(section.pins) <= may_stand:
            yield field_of(place, "add"), CANNOT_BE_ADDED


def _write(edition: Edition, sections: Sequence[SectionDraft], texts: Mapping[str, Pinnable]) -> None:
    """Intros as typed; pins are replaced only where they changed."""
    wanted = {section.group: section for section in sections}
    pinned = {pin.ref: pin.excerpt_id for section in edition.sections for pin in section.pins}
    ids = pinned | {ref: text.excerpt_id for ref, text in texts.items()}
    for section in edition.sections:
        draft = wanted[section.topic_group]
        section.intro = draft.intro
        if tuple(Pin(pin.ref, pin.number) for pin in section.pins) != draft.pins:
            section.pins = [
                SectionPin(excerpt_id=ids[pin.ref], ref=pin.ref, number=pin.number, position=place)
                for place, pin in enumerate(draft.pins)
            ]


def _reopen(session: Session, actor: Staff, edition: Edition, now: datetime) -> None:
    """Whatever was sent for approval is a draft again. Refuses: OutOfTurn for what is published, NotAllowed."""
    if edition.state != EditionState.DRAFT:
        EDITION.fire(session, actor, edition, "rework", now)
        edition.approved_hash = None
    elif not editors.includes(actor, edition):
        raise NotAllowed("only editors compose sheets")


def _refuse(problems: Mapping[str, str]) -> None:
    if problems:
        raise Incomplete(problems)
