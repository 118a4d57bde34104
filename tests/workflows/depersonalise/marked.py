"""Reads the marked texts: ⟦…⟧ is told by the words around it, ⟪…⟫ has a form of its own and may never be missed."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workflows.depersonalise import Finding, find

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Marked:
    language: str
    text: str
    spans: tuple[tuple[int, int], ...]
    structured: tuple[tuple[int, int], ...]

    def findings(self) -> tuple[Finding, ...]:
        return find(self.text, self.language, TODAY)

    def missed(self, span: tuple[int, int]) -> str:
        """The letters and digits of a span which no finding covers."""
        covered = {place for finding in self.findings() for place in range(finding.start, finding.end)}
        return "".join(self.text[at] for at in range(*span) if self.text[at].isalnum() and at not in covered)

    def spilt(self) -> int:
        """How many letters and digits outside the marks the findings take with them."""
        wanted = {place for span in self.spans for place in range(*span)}
        taken = {place for finding in self.findings() for place in range(finding.start, finding.end)}
        return sum(self.text[place].isalnum() for place in taken - wanted)


def marked_texts(name: str) -> list[Marked]:
    rows = json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return [_marked(row["language"], row["text"]) for row in rows]


def _marked(language: str, written: str) -> Marked:
    plain: list[str] = []
    opened = 0
    spans: list[tuple[int, int]] = []
    structured: list[tuple[int, int]] = []
    for character in written:
        if character in "⟦⟪":
            opened = len(plain)
        elif character in "⟧⟫":
            spans.append((opened, len(plain)))
            structured += [spans[-1]] if character == "⟫" else []
        else:
            plain.append(character)
    return Marked(language, "".join(plain), tuple(spans), tuple(structured))
