"""What the pages of one sheet show at the desk: after reading, after a refusal, and on an edit conflict."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import Clash
from web_kit.language import current
from webapp.desk.check_lines import said_together
from webapp.desk.sheets_forms import EditionForm
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.sheets.composition import SectionDraft, rare_intro, told_to_readers
from workflows.sheets.desk_queries import ComposePage, SectionRow, compose_page, pin_rows
from workflows.sheets.models import EditionState
from workflows.sheets.reading import ReadSection
from workflows.sheets.states import SectionState
from workflows.sheets.words import BEFORE_ANY, DISC_WORDS, LANGUAGES, OF_DOUBT, OF_EDITION, OF_SECTION
from workflows.vocabulary.queries import TopicGroup


def read_page(session: Session, actor: Staff, iso3: str, language: str) -> ComposePage:
    """The page as it stands today. Refuses: NotFound."""
    return compose_page(session, actor, iso3, language, HELPDESK.local_day(clock.now()))


def with_form(
    session: Session, page: ComposePage, form: EditionForm | None = None, *, typed: bool = False
) -> dict[str, Any]:
    """The page with a form: as it was `typed`, which may then be saved over what stands, or as the edition stands."""
    work = page.heads.under_work
    editable = typed or (work is not None and work.state == EditionState.DRAFT)
    form = form or EditionForm.of(page.sections, version_of(page))
    titles = titles_of(page.groups)
    form.offer(titles, dict(page.candidates), choice_words(page.heads.language))
    return {
        "page": page,
        "heads": page.heads,
        "form": form,
        "editable": editable,
        "gaps": [titles.get(section.group, section.group) for section in page.sections if not section.pins],
        "titles": titles,
        "taken_back": taken_back(page.sections, titles) if work else [],
        "refused": any(section.form.pins.errors for section in form.sections),
        "rare": [
            (section.group, titles.get(section.group, section.group), said)
            for section in page.sections
            if (said := said_together(rare_intro(section.intro)))
        ],
        "advises": {section.group: told for section in page.sections if (told := told_to_readers(section.intro))},
        "names": LANGUAGES,
        "shown": _shown(session, page, form) if editable else page.sections,
        "states": OF_EDITION,
        "section_states": OF_SECTION if work or page.heads.published else BEFORE_ANY,
        "section_doubts": OF_DOUBT,
        "today": HELPDESK.local_day(clock.now()),
        "clashes": (),
    }


def version_of(page: ComposePage) -> int:
    """The version of the edition under work; 0, which no row has, without one."""
    return page.heads.under_work.version if page.heads.under_work else 0


def titles_of(groups: Iterable[TopicGroup]) -> dict[str, str]:
    """The ten groups by name, with a capital, in the language of the desk."""
    names = {group.code: group.name(current()) for group in groups}
    return {code: name[:1].upper() + name[1:] for code, name in names.items()}


def taken_back(sections: Iterable[SectionRow | ReadSection], titles: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Each section with a text that was taken back: its code, its title, and what became of the text."""
    return [
        (one.group, titles.get(one.group, one.group), _(OF_DOUBT[one.doubt] if one.doubt else OF_SECTION[one.state]))
        for one in sections
        if one.state is SectionState.SOURCE_WITHDRAWN
    ]


def clashes_of(page: ComposePage, form: EditionForm) -> list[Clash]:
    """The sections in which what stands and what was typed differ, in words."""
    stands = {section.group: _said(section.intro, [row.pin for row in section.pins]) for section in page.sections}
    typed = {draft.group: _said(draft.intro, draft.pins) for draft in form.drafts()}
    titles = titles_of(page.groups)
    return [
        Clash(titles.get(group, group), text, typed[group])
        for group, text in stands.items()
        if group in typed and typed[group] != text
    ]


def _said(intro: str, pins: Any) -> str:
    lines = [intro.replace("\r\n", "\n").strip(), *(f"{pin.ref} v{pin.number}" for pin in pins)]
    return "\n".join(filter(None, lines))


def _shown(session: Session, page: ComposePage, form: EditionForm) -> tuple[SectionRow, ...]:
    """The sections with the pins of the form, which need not be those that stand."""
    known = {row.pin: row for section in page.sections for row in section.pins}
    drafts = form.drafts()
    unknown = {pin for draft in drafts for pin in draft.pins} - set(known)
    known |= pin_rows(session, unknown, HELPDESK.local_day(clock.now())) if unknown else {}
    return tuple(_row(draft, known) for draft in drafts)


def _row(draft: SectionDraft, known: dict[Any, Any]) -> SectionRow:
    return SectionRow(draft.group, draft.intro, tuple(known[pin] for pin in draft.pins if pin in known))


def choice_words(language: str) -> dict[str, str]:
    """What a choice says besides its title; nothing for the sheet's own language and for what is fresh."""
    said = {kind: _(word) for kind, word in DISC_WORDS.items() if kind != "current"}
    others = {code: name for code, name in LANGUAGES.items() if code != language}
    return {**said, **others, "none": _("Choose a text"), "add": _("Add a text"), "intro": _("Introduction")}
