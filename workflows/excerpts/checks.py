"""What keeps a text from being approved, and what an approver should look at: both asked of every public field."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflows.answers.proofreading import Wording, places_of, read_wording
from workflows.answers.wording import Remark, look, unknown_references, unused_sources
from workflows.core.markdown import plain
from workflows.core.words import mark as _
from workflows.depersonalise import Finding, Rare, find_in_points, rare_combination
from workflows.excerpts.agreed import agreed_ways, feeding, way_of
from workflows.excerpts.draft import note_in
from workflows.excerpts.models import Change, Excerpt, ExcerptState, ExcerptVersion
from workflows.excerpts.nothing_new import brings_nothing, is_untranslated
from workflows.excerpts.public_places import is_public_place
from workflows.excerpts.unagreed import Unagreed, given_away, unagreed
from workflows.excerpts.whoever_asked import names_of_whoever_asked
from workflows.requests.outgoing import ADVISES

PERSONAL = _("This may point to a person. Take it out; nobody can override this.")
TOO_OLD = _("This would be out of date already. Ask the partner whether it is still true.")
NO_SUCH_SOURCE = _("It refers to a source that is not there. Change the number, or add the source.")
UNTRANSLATED = _("This is still the original, word for word. Translate it first.")
NOTHING_NEW = _("Nothing is different from what readers have. Change the text, or discard this version.")
TAKEN_BACK = {
    ExcerptState.RETRACTED: _("This text was retracted. Nothing is published in its place; begin a new text."),
    ExcerptState.ARCHIVED: _("This text is archived. Bring it back first."),
}
"""States in which no version of a text can be published."""
PROSE = ("title", "summary", "body", "unknown", "public_note")
"""The parts that are read for their wording."""
CITES = ("summary", "body", "unknown", "public_note")
"""The parts in which [2] means the second source."""
_Found = tuple[str, tuple[Finding, ...], tuple[Finding, ...]]
"""The name of a field, what was found in it as it is written, and as it is shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine read in a version. `findings` per public field, those without any left out.

    `rare`: what is said together is rare; whoever approves decides whether anybody can be recognised.
    """

    findings: Mapping[str, tuple[Finding, ...]]
    personal: tuple[Remark, ...]
    agreed: tuple[Remark, ...]
    """How somebody is reached who agreed that it is published."""
    houses: tuple[Remark, ...]
    """Hospitals, schools, streets and villages that bear a name; whoever approves sees that they are no persons."""
    references: tuple[Remark, ...]
    """Marks such as [7] without a seventh source."""
    unused: tuple[int, ...]
    """The numbers of the sources that the text never refers to."""
    wording: Wording
    rare: Rare | None
    nothing_new: bool
    """Readers have all of it already."""
    untranslated: bool
    """A translation that is its original still."""


def public_fields(version: ExcerptVersion) -> dict[str, str]:
    """Every text of a version that readers see, by the name of its field; sources a paragraph each."""
    fields = {name: getattr(version, name) for name in ("title", "summary", "body", "unknown", "place", "public_note")}
    fields |= {note_in(language): note for language, note in version.translated_notes.items()}
    return fields | {"sources": "\n\n".join(source["label"] for source in version.sources)}


def read_version(
    session: Session, version: ExcerptVersion, language: str, today: date, *, sealed: bool = True
) -> Reading:
    """Look for personal details and references that lead nowhere in all public fields, and at the wording of prose.

    A number or an address that a contact agreed to publish is no personal detail; who did not agree is, and whoever
    asked, unless the process may not read what is `sealed`. Ten statements at most.
    """
    fields, sources = public_fields(version), len(version.sources)
    notes = {note_in(code): code for code in version.translated_notes}
    ways = agreed_ways(session, version, language, today)
    cites = {name: fields[name] for name in (*CITES, *notes)}
    known = names_of_whoever_asked(session, feeding(version), today) if sealed else frozenset()
    found, houses = _found({name: text for name, text in fields.items() if name not in notes}, language, today, known)
    for name, code in notes.items():
        in_note, houses_in_note = _found({name: fields[name]}, code, today, known)
        found, houses = found + in_note, houses + houses_in_note
    findings = _details(found, lambda one: way_of(one) not in ways)
    if sealed:
        findings = _with(findings, fields, unagreed(session, feeding(version), language, today))
    return Reading(
        findings=findings,
        personal=places_of(fields, findings),
        agreed=places_of(fields, _details(found, lambda one: way_of(one) in ways)),
        houses=places_of(fields, _details(houses, lambda _one: True)),
        references=look(cites, lambda text: unknown_references(text, sources)),
        unused=tuple(unused_sources(cites.values(), sources)),
        wording=read_wording({name: fields[name] for name in (*PROSE, *notes)}, plain, {"summary": "body"}),
        # In words only: the facets of a public text say whom it is for, not whom it is about.
        rare=rare_combination([plain(fields[name]) for name in PROSE], version.place),
        nothing_new=brings_nothing(session, version),
        untranslated=is_untranslated(session, version),
    )


def _with(
    findings: Mapping[str, tuple[Finding, ...]], fields: Mapping[str, str], whom: Unagreed
) -> dict[str, tuple[Finding, ...]]:
    """The findings, and what gives somebody away who did not agree, as it is written or else as it is shown."""
    told = {name: given_away(text, whom) or given_away(plain(text), whom) for name, text in fields.items()}
    known = {name: {one.text for one in several} for name, several in findings.items()}
    every = {
        name: (*findings.get(name, ()), *(one for one in told[name] if one.text not in known.get(name, ())))
        for name in fields
    }
    return {name: several for name, several in every.items() if several}


def personal_details(fields: Mapping[str, str], language: str, today: date) -> dict[str, tuple[Finding, ...]]:
    """The fields in which something points to a person; a name given away in one is looked for in all."""
    found, _houses = _found(fields, language, today)
    return _details(found, lambda _one: True)


def _found(
    fields: Mapping[str, str], language: str, today: date, known: Collection[str] = ()
) -> tuple[list[_Found], list[_Found]]:
    """What points to a person in each piece of text, by the name of its field; and what names a public place.

    Names that are `known` are looked for as well. Markdown is read as written and as it will be shown, so that a mark
    inside a name does not hide it.
    """
    texts = [(name, text) for name, field in fields.items() for text in _read_apart(name, field)]
    written = [text for _name, text in texts]
    read = [*written, *map(plain, written)]
    found = list(zip(read, find_in_points(read, language, today, known), strict=True))
    people = [tuple(one for one in several if not is_public_place(text, one)) for text, several in found]
    houses = [tuple(one for one in several if is_public_place(text, one)) for text, several in found]
    names, half = [name for name, _text in texts], len(texts)
    return (
        list(zip(names, people[:half], people[half:], strict=True)),
        list(zip(names, houses[:half], houses[half:], strict=True)),
    )


def _details(found: Sequence[_Found], counts: Callable[[Finding], bool]) -> dict[str, tuple[Finding, ...]]:
    """The findings that count, by field; as the text is shown only where nothing was found as it is written."""
    details: dict[str, tuple[Finding, ...]] = {}
    for name, written, shown in found:
        if several := tuple(filter(counts, written)) or tuple(filter(counts, shown)):
            details[name] = (*details.get(name, ()), *several)
    return details


def _read_apart(name: str, field: str) -> list[str]:
    """Each source is a text of its own: one word at the end of their list is no signature under a letter."""
    return field.split("\n\n") if name == "sources" else [field]


def obstacles(version: ExcerptVersion, reading: Reading, today: date) -> tuple[tuple[str, str], ...]:
    """All that must be mended before the version is sent for approval or published: a field and a marked text each."""
    nowhere = [(mark.part, NO_SUCH_SOURCE) for mark in reading.references]
    advises = [(mark.part, ADVISES) for mark in reading.wording.advice]
    personal = [(name, PERSONAL) for name in reading.findings]
    same = [("change", NOTHING_NEW)] if reading.nothing_new else []
    same += [("body", UNTRANSLATED)] if reading.untranslated else []
    return tuple(dict.fromkeys([*_missing(version, today), *same, *nowhere, *advises, *personal]))


def keeps_from_approval(version: ExcerptVersion, reading: Reading, today: date) -> dict[str, str]:
    """The gravest of the obstacles of each field, which is named last."""
    return dict(obstacles(version, reading, today))


def taken_back(excerpt: Excerpt) -> dict[str, str]:
    """Why no version of this text is sent on any more; nothing while one may be."""
    return {"state": TAKEN_BACK[ExcerptState(excerpt.state)]} if excerpt.state in TAKEN_BACK else {}


def _missing(version: ExcerptVersion, today: date) -> Iterator[tuple[str, str]]:
    wanted = {
        "summary": _("Say it in short."),
        "body": _("Write the text."),
        "confidence": _("Say how sure we are."),
        "place": _("Say for which place this is true."),
    }
    for name, text in wanted.items():
        if not getattr(version, name):
            yield name, text
    if not version.sources:
        yield "sources", _("Name at least one source.")
    elif not all(source["label"] and source["kind"] and source["dated"] for source in version.sources):
        yield "sources", _("Each source needs a description, a kind and a day.")
    if version.change != Change.FIRST and not version.public_note:
        yield "public_note", _("Tell readers what changed.")
    if version.valid_until < today:
        yield "valid_until", TOO_OLD
