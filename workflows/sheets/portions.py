"""A long sheet is read in parts of whole sections, each light enough for a cheap phone on a bad line."""

from collections.abc import Sequence
from dataclasses import dataclass

from config import policy
from workflows.sheets.frozen import FrozenSource
from workflows.sheets.reading import Reading, ReadSection


@dataclass(frozen=True, slots=True)
class Part:
    """Some sections of an edition, in their order, and what they lean on."""

    number: int
    total: int
    sections: tuple[ReadSection, ...]
    sources: tuple[tuple[int, FrozenSource], ...]
    """Each with its number in the whole sheet."""
    before: ReadSection | None
    """The first section of the part before, if there is one."""
    after: ReadSection | None
    """The first section of the part after, if there is one."""

    @property
    def groups(self) -> frozenset[str]:
        """Of its sections."""
        return frozenset(section.group for section in self.sections)


def part_with(reading: Reading, group: str | None) -> Part:
    """The part in which this section stands; the first when no section of the taxonomy has that name.

    It is asked for by a section, so that an address keeps leading there when a later edition is parted elsewhere.
    """
    parts = _parted(reading.sections)
    at = next((place for place, part in enumerate(parts) if any(one.group == group for one in part)), 0)
    used = {number for section in parts[at] for item in section.items for number in item.sources}
    return Part(
        number=at + 1,
        total=len(parts),
        sections=parts[at],
        sources=tuple((number, source) for number, source in reading.numbered if number in used),
        before=parts[at - 1][0] if at else None,
        after=parts[at + 1][0] if at + 1 < len(parts) else None,
    )


def _parted(sections: Sequence[ReadSection]) -> list[tuple[ReadSection, ...]]:
    """Each part as full as the policy allows; a section is never taken apart, however long."""
    parts: list[list[ReadSection]] = [[]]
    room = policy.SHEET_PART_MAX
    for section in sections:
        weight = _weight(section)
        if parts[-1] and weight > room:
            parts.append([])
            room = policy.SHEET_PART_MAX
        parts[-1].append(section)
        room -= weight
    return [tuple(part) for part in parts]


def _weight(section: ReadSection) -> int:
    """Bytes of all that it says, sources included."""
    said = [section.title, section.intro, *(text.title for text in section.beyond)]
    for item in section.items:
        text = item.text
        said += [text.title, text.summary, text.body, text.unknown, item.standing.notice]
        said += [source.label for source in text.sources]
    return sum(len(words.encode()) for words in said)
