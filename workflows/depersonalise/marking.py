"""What a page does with findings: the text cut at its marks, and the text with the marks replaced."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.depersonalise.kinds import Finding


@dataclass(frozen=True)
class Segment:
    """A piece of the text, to be escaped by the template like any other; marked when it has a finding."""

    text: str
    finding: Finding | None = None


def mark_up(text: str, findings: Sequence[Finding]) -> list[Segment]:
    """The whole text in order, cut at the findings; joined again it is the text. Findings are those of this text."""
    segments: list[Segment] = []
    at = 0
    for finding in findings:
        if finding.start > at:
            segments.append(Segment(text[at : finding.start]))
        segments.append(Segment(text[finding.start : finding.end], finding))
        at = finding.end
    if at < len(text):
        segments.append(Segment(text[at:]))
    return segments


def with_suggestions(text: str, findings: Sequence[Finding]) -> str:
    """A first draft of the neutral text: every finding replaced by its suggestion, the rest untouched."""
    return in_other_words(mark_up(text, findings))


def in_other_words(pieces: Sequence[Segment], only: str | None = None) -> str:
    """The text with its findings replaced, all of them or those whose words are `only`; nothing leaves no gap."""
    said: list[str] = []
    for piece in pieces:
        replaced = piece.finding is not None and only in (None, piece.text)
        words = piece.finding.suggestion if piece.finding and replaced else piece.text
        if replaced and not words and said:
            said[-1] = said[-1].rstrip(" ")
        said.append(words)
    return "".join(said)
