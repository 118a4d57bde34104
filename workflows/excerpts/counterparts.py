"""Which paragraph of a text comes from which paragraph of an answer: by the words they share, wherever they stand."""

from collections import Counter
from collections.abc import Mapping, Sequence

from workflows.excerpts.folding import ANY_STOP, words_of

_LEAST = 0.25
"""Of the words of both, without the small ones, that are shared by a paragraph and what it comes from."""
_MOST_PAIRS = 20_000


def counterparts(answer: Sequence[str], text: Sequence[str]) -> Mapping[int, int]:
    """The place of a paragraph in `text`, and the one in `answer` it comes from; each has one counterpart at most.

    The likest find each other first; of two as alike, those that come first. None are looked for in texts too long.
    """
    if len(answer) * len(text) > _MOST_PAIRS:
        return {}
    said, written = [_telling(one) for one in answer], [_telling(one) for one in text]
    weighed = ((_shared(one, other), at, place) for at, one in enumerate(said) for place, other in enumerate(written))
    pairs = sorted((pair for pair in weighed if pair[0] >= _LEAST), key=lambda pair: (-pair[0], pair[1], pair[2]))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _share, at, place in pairs:
        if at not in taken and place not in found:
            found[place] = at
            taken.add(at)
    return found


def _telling(paragraph: str) -> Counter[str]:
    return Counter(word for word in words_of(paragraph) if word not in ANY_STOP)


def _shared(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())
