"""The text as the searches read it: hidden characters dropped, digits and dashes made alike, every offset kept."""

import unicodedata
from dataclasses import dataclass

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u00b4`\uff07", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00ba\u02da", "°"),
        **dict.fromkeys("\u2028\u2029\u0085\r\v\f", "\n"),
    }
)
_HIDDEN = {"Cf", "Cc", "Cs"}


@dataclass(frozen=True)
class Levelled:
    """`text[i]` stands for `original[starts[i]:ends[i]]`."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a non-empty span of the levelled text stands for."""
        return self.starts[start], self.ends[end - 1]


def level(original: str) -> Levelled:
    """Bidirectional controls, zero-width characters and other people's digits cannot hide a number from a search."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(original):
        if letters and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", letters[-1] + character)
            if len(joined) == 1:
                letters[-1], ends[-1] = joined, place + 1
                continue
        for plain in _plain(character):
            letters.append(plain)
            starts.append(place)
            ends.append(place + 1)
    return Levelled(original, "".join(letters), tuple(starts), tuple(ends))


def _plain(character: str) -> str:
    if " " <= character <= "_" or "a" <= character <= "~":
        return character
    replaced = character.translate(_ALIKE)
    if replaced != character or character == "\n":
        return replaced
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs" or character == "\t":
        return " "
    if category in _HIDDEN or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    return _compatible(character, category)


def _compatible(character: str, category: str) -> str:
    """Full-width and ornamental letters and signs as the plain ones they imitate."""
    plain = unicodedata.normalize("NFKC", character)
    imitates = category[0] == "L" or (len(plain) == 1 and (category[0] == "N" or 0xFF01 <= ord(character) <= 0xFF5E))
    return plain if imitates and category != "Lo" else character
