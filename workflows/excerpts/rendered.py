"""Which paragraph of an original a translation renders: two languages share no words, but figures, marks and order."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from workflows.core.paragraphs import paragraphs
from workflows.excerpts.alignment import same_blocks
from workflows.excerpts.compare import Row, Segment

_KIND = re.compile(r"#{1,6}(?= )|[-*+](?= )|\||>|\d{1,9}(?=[.)] )")
_DIGIT = re.compile(r"\d")

Pair = tuple[str, str]


def rendered(original: str, translation: str) -> list[Row]:
    """Paragraphs side by side in their order, no word marked; a side without a counterpart is empty.

    Those of one kind with the same figures find each other first, then those of one kind; what is left stands in order.
    """
    pairs = _beside(paragraphs(original), paragraphs(translation), (_figures, _kind))
    return [Row("changed", _side(left), _side(right)) for left, right in pairs]


def _beside(left: Sequence[str], right: Sequence[str], keys: Sequence[Callable[[str], str]]) -> Iterator[Pair]:
    if not keys:
        yield from zip_longest(left, right, fillvalue="")
        return
    key, *weaker = keys
    at_left = at_right = 0
    blocks = same_blocks([key(one) for one in left], [key(one) for one in right])
    for start_left, end_left, start_right, end_right in (*blocks, (len(left), len(left), len(right), len(right))):
        yield from _beside(left[at_left:start_left], right[at_right:start_right], weaker)
        yield from zip(left[start_left:end_left], right[start_right:end_right], strict=True)
        at_left, at_right = end_left, end_right


def _kind(paragraph: str) -> str:
    """A heading of its level, an item, a row of a table, a quotation, or words."""
    found = _KIND.match(paragraph)
    sign = found[0] if found else ""
    return "1" if sign.isdigit() else sign


def _figures(paragraph: str) -> str:
    """Its kind and its digits in any order, however a language writes and places its numbers."""
    return _kind(paragraph) + "".join(sorted(str(int(digit)) for digit in _DIGIT.findall(paragraph)))


def _side(paragraph: str) -> tuple[Segment, ...]:
    return (Segment("same", paragraph),) if paragraph else ()
