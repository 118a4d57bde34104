"""Makes one row of hits out of many: whole words only, in order, none over another."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workflows.depersonalise.kinds import RANK, Hit

_RUN = re.compile(r"[^\W_]+")


def merged(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Where hits overlap they become one, named after the most telling kind."""
    held: Hit | None = None
    for hit in sorted(_whole_words(text, hits), key=lambda one: (one.start, -one.end, RANK[one.kind])):
        if held is None or hit.start >= held.end:
            if held:
                yield held
            held = hit
        else:
            held = _joined(held, hit)
    if held:
        yield held


def _whole_words(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Half a word left standing could still be read, or be taken for a number of its own."""
    runs = [match.span() for match in _RUN.finditer(text)]
    starts = [start for start, _ in runs]
    for hit in hits:
        first, last = bisect_right(starts, hit.start) - 1, bisect_right(starts, hit.end - 1) - 1
        start = runs[first][0] if first >= 0 and hit.start < runs[first][1] else hit.start
        end = runs[last][1] if last >= 0 and hit.end - 1 < runs[last][1] else hit.end
        yield replace(hit, start=start, end=end)


def _joined(one: Hit, other: Hit) -> Hit:
    leading = min(one, other, key=lambda hit: (RANK[hit.kind], hit.start))
    ages = one.ages + other.ages
    person = one.person or other.person
    told = one.told or (other.told and other.start == one.start)
    return Hit(one.start, max(one.end, other.end), leading.kind, person, tuple(dict.fromkeys(ages)), told)
