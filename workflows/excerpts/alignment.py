"""What two sequences have in common, in order, anchored on what occurs only once in each."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Block = tuple[int, int, int, int]
_MOST_CELLS = 10_000  # one by the other without an anchor; more, and the whole stretch counts as replaced


def same_blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """The longest stretches (start and end in `old`, start and end in `new`) that are the same on both sides."""
    joined: Block | None = None
    for start_old, start_new, length in sorted(match for match in _matches(old, new) if match[2]):
        if joined and (joined[1], joined[3]) == (start_old, start_new):
            joined = (joined[0], start_old + length, joined[2], start_new + length)
            continue
        if joined:
            yield joined
        joined = (start_old, start_old + length, start_new, start_new + length)
    if joined:
        yield joined


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    waiting: list[Block] = [(0, len(old), 0, len(new))]
    while waiting:
        start_old, end_old, start_new, end_new = waiting.pop()
        ahead = _common(old, new, start_old, start_new, 1, min(end_old - start_old, end_new - start_new))
        yield start_old, start_new, ahead
        start_old, start_new = start_old + ahead, start_new + ahead
        behind = _common(old, new, end_old - 1, end_new - 1, -1, min(end_old - start_old, end_new - start_new))
        end_old, end_new = end_old - behind, end_new - behind
        yield end_old, end_new, behind
        if start_old < end_old and start_new < end_new:
            anchors = _anchors(old[start_old:end_old], new[start_new:end_new])
            if anchors:
                waiting += _between(anchors, (start_old, end_old, start_new, end_new))
            elif (end_old - start_old) * (end_new - start_new) <= _MOST_CELLS:
                matcher = SequenceMatcher(None, old[start_old:end_old], new[start_new:end_new], autojunk=False)
                yield from ((start_old + a, start_new + b, size) for a, b, size in matcher.get_matching_blocks())


def _common(old: Sequence[str], new: Sequence[str], at_old: int, at_new: int, step: int, most: int) -> int:
    length = 0
    while length < most and old[at_old + step * length] == new[at_new + step * length]:
        length += 1
    return length


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of what occurs once on each side, as many as keep the order of both (longest increasing run)."""
    in_old, in_new = Counter(old), Counter(new)
    place = {word: at for at, word in enumerate(new) if in_new[word] == 1}
    pairs = [(at, place[word]) for at, word in enumerate(old) if in_old[word] == 1 and word in place]
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        rank = bisect_left(tails, at)
        before.append(last[rank - 1] if rank else -1)
        tails[rank : rank + 1], last[rank : rank + 1] = [at], [number]
    run, number = [], last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _between(anchors: Sequence[tuple[int, int]], whole: Block) -> Iterator[Block]:
    """The stretches from each anchor to the next; an anchor begins its stretch."""
    first_old, end_old, first_new, end_new = whole
    start_old, start_new = first_old, first_new
    for old, new in anchors:
        yield start_old, first_old + old, start_new, first_new + new
        start_old, start_new = first_old + old, first_new + new
    yield start_old, end_old, start_new, end_new
