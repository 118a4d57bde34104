"""What keeps a text from being approved, and what an approver should look at: both asked of every public field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.answers.wording import advice, long_sentences
from workflows.core.words import mark as _
from workflows.depersonalise import Finding, find_in_points
from workflows.excerpts.markdown import plain
from workflows.excerpts.models import Change, ExcerptVersion

PERSONAL = _("This may point to a person. Take it out; nobody can override this.")
TOO_OLD = _("This would be out of date already. Ask the partner whether it is still true.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the machine read in a version. `findings` per public field, those without any left out."""

    findings: Mapping[str, tuple[Finding, ...]]
    long: tuple[str, ...]
    advice: tuple[str, ...]

    @property
    def personal(self) -> int:
        """How many places may point to a person."""
        return sum(len(found) for found in self.findings.values())


def public_fields(version: ExcerptVersion) -> dict[str, str]:
    """Every text of a version that readers see, by the name of its field; sources one per line."""
    fields = {name: getattr(version, name) for name in ("title", "summary", "body", "unknown", "place", "public_note")}
    return fields | {"sources": "\n".join(source["label"] for source in version.sources)}


def read_version(version: ExcerptVersion, language: str, today: date) -> Reading:
    """Look for personal details, long sentences and advice in all public fields of a version."""
    fields = public_fields(version)
    prose = [plain(fields[name]) for name in ("summary", "body", "unknown")]
    return Reading(
        findings=personal_details(fields, language, today),
        long=tuple(sentence for text in prose for sentence in long_sentences(text)),
        advice=tuple(phrase for text in [fields["title"], *prose] for phrase in advice(text)),
    )


def personal_details(fields: Mapping[str, str], language: str, today: date) -> dict[str, tuple[Finding, ...]]:
    """The fields in which something points to a person; a name given away in one is looked for in all.

    Markdown is read as written and as it will be shown, so that a mark inside a name does not hide it.
    """
    shown = [plain(text) for text in fields.values()]
    found = find_in_points([*fields.values(), *shown], language, today)
    written, rendered = found[: len(fields)], found[len(fields) :]
    return {name: one or other for name, one, other in zip(fields, written, rendered, strict=True) if one or other}


def keeps_from_approval(version: ExcerptVersion, reading: Reading, today: date) -> dict[str, str]:
    """One marked text for each field that must be mended before the version is sent for approval or published."""
    return dict(_missing(version, today)) | dict.fromkeys(reading.findings, PERSONAL)


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
