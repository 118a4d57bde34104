"""Words for searching: folded, stemmed by language, and the same on both sides of the search."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, pairwise

from workflows.excerpts.compounds import parts_of
from workflows.excerpts.folding import ANY_STOP, STEMMERS, STOPS, WORD, folded, stem, words_as_written, words_of
from workflows.excerpts.same_words import arabic_forms, in_our_texts

_MOST_QUERY_WORDS = 16
_LEAD = 60
_MOST_WRITTEN = 8192
_QUERY_PART = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^"“”„«»]+)')


def lexemes(text: str, language: str) -> str:
    """What `to_tsvector('simple', …)` indexes: the text's words in order, folded, stemmed, without stop words."""
    return " ".join(stems(text, language))


def stems(text: str, language: str) -> Iterator[str]:
    """The words of a text as they are indexed; a language without a stemmer only has its words folded."""
    language = language.partition("-")[0]
    stops = STOPS.get(language, frozenset())
    return (stem(word, language) for word in words_of(text) if word not in stops)


def parts(text: str, language: str) -> str:
    """The parts of its compound words, for the index beside the words themselves: who looks for one finds the other."""
    if language.partition("-")[0] != "nl":
        return ""
    return " ".join(dict.fromkeys(part for word in words_of(text) for part in parts_of(word)))


def query_lexemes(text: str, *, prefix: bool = False) -> str:
    """A query for `to_tsquery('simple', …)` from whatever was typed; empty when it holds no word.

    Every word must occur, in the form of any language we stem, or both parts of a compound; a phrase in quotation
    marks must occur as it stands. With `prefix` a last word outside quotation marks may be the beginning of one.
    At most 16 words count.
    """
    asked = _counting_parts(text)
    terms = [_phrase(part) if len(part) > 1 else one_word(part[0]) for part in asked]
    if prefix and asked and len(asked[-1]) == 1:
        terms[-1] = one_word(asked[-1][0], ":*")
    return " & ".join(dict.fromkeys(terms))


def counting_words(text: str) -> list[tuple[str, str]]:
    """The words of a question that say something, as written and folded: no small words of any of our languages."""
    return [(written, word) for written, word in words_as_written(text) if word not in ANY_STOP]


def one_word(word: str, suffix: str = "") -> str:
    """What one folded word is looked for by: its forms, what it is called in our texts, or both parts of it."""
    whole, both = _sought(word, suffix), " & ".join(f"'{part}'" for part in parts_of(word))
    return f"({whole} | ({both}))" if both else whole


def _sought(word: str, suffix: str = "") -> str:
    """A suffix is only of what was typed."""
    typed, meant = any_of(_forms(word), suffix), any_of(in_our_texts(word))
    return f"{typed[:-1]} | {meant[1:]}" if meant != "()" else typed


def forms(word: str) -> frozenset[str]:
    """A folded word as it may stand in an index, whatever the language of the text."""
    return frozenset(_forms(word))


def any_of(words: Iterable[str], suffix: str = "") -> str:
    """Quoted for tsquery: a word holds only letters, digits and marks, so nothing in it can end the quotation."""
    return "(" + " | ".join(f"'{word}'{suffix}" for word in sorted(words)) + ")"


def snippet(text: str, query: str, language: str, size: int = 220) -> list[tuple[str, bool]]:
    """About `size` characters of the text where most words of the query stand together: (piece, is it a hit)."""
    text = " ".join(text.split())
    hits = list(_hits(text, query, language.partition("-")[0]))
    start, end = _window(text, hits, size)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for hit_start, hit_end, _ in hits:
        if start <= hit_start and hit_end <= end:
            pieces += [(text[at:hit_start], False), (text[hit_start:hit_end], True)]
            at = hit_end
    pieces += [(text[at:end], False), ("…" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def _hits(text: str, query: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Where words of the query stand in a text without double spaces, and which word of the query each is."""
    hits, at = _hits_in(query, language), 0
    for chunk in text.split(" ") if query else ():
        for start, end, number in hits[chunk]:
            yield at + start, at + end, number
        at += len(chunk) + 1


class _Hits(dict[str, tuple[tuple[int, int, int], ...]]):
    """The same of what stands between two spaces; worked out once for each, not once for each text."""

    def __init__(self, query: str, language: str) -> None:
        self._wanted, self._language = _wanted(query), language

    def __missing__(self, chunk: str) -> tuple[tuple[int, int, int], ...]:
        if len(self) >= _MOST_WRITTEN:
            self.clear()
        self[chunk] = tuple(
            (match.start(), match.end(), number)
            for match in (WORD.finditer(chunk) if self._wanted else ())
            if (number := self._number(match[0])) is not None
        )
        return self[chunk]

    def _number(self, written: str) -> int | None:
        return next((self._wanted[form] for form in _indexed(written, self._language) if form in self._wanted), None)


@lru_cache(maxsize=64)
def _hits_in(query: str, language: str) -> _Hits:
    return _Hits(query, language)


@lru_cache(maxsize=64)
def _wanted(query: str) -> Mapping[str, int]:
    return {
        form: number
        for number, word in enumerate(word for part in _counting_parts(query) for word in part)
        for form in (*_forms(word), *in_our_texts(word), *parts_of(word))
    }


@lru_cache(maxsize=65536)
def _indexed(written: str, language: str) -> tuple[str, ...]:
    """What one written word of a text is found by."""
    words = folded(written)
    inside = [part for word in words for part in parts_of(word)] if language == "nl" else []
    return (*(stem(word, language) for word in words), *inside)


def _window(text: str, hits: list[tuple[int, int, int]], size: int) -> tuple[int, int]:
    """The stretch with the most different words of the query, then the most hits, then the first; cut between words."""
    best, best_start, first = (0, 0), 0, 0
    for last, (_, end, _) in enumerate(hits):
        while end - hits[first][0] > size - _LEAD and first < last:
            first += 1
        inside = hits[first : last + 1]
        score = (len({number for _, _, number in inside}), len(inside))
        if score > best:
            best, best_start = score, hits[first][0]
    if len(text) <= size or best_start <= _LEAD:
        start = 0
    else:
        start = text.find(" ", best_start - _LEAD, best_start) + 1 or best_start
    if start + size >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", start, start + size + 1), start) or start + size


def _counting_parts(text: str) -> list[list[str]]:
    """The query's words as lists of one, its phrases as longer lists. Stop words count only where there is no other."""
    parts = [part for part in _parts(text) if part]
    if all(word in ANY_STOP for part in parts for word in part):
        return [[word] for part in parts for word in part]
    return [part for part in parts if any(word not in ANY_STOP for word in part)]


def _parts(text: str) -> Iterator[list[str]]:
    left = _MOST_QUERY_WORDS
    for quoted, loose in _QUERY_PART.findall(text):
        found = list(islice(words_of(quoted or loose), left))
        left -= len(found)
        if quoted:
            yield found
        else:
            yield from ([word] for word in found)


def _phrase(words: list[str]) -> str:
    """The words one after the other, whether or not the text's own language left the small words out of its index."""
    kept = [(at, word) for at, word in enumerate(words) if word not in ANY_STOP] or list(enumerate(words))
    close = spaced = _sought(kept[0][1])
    for (before, _), (at, word) in pairwise(kept):
        close += f" <-> {_sought(word)}"
        spaced += f" <{at - before}> {_sought(word)}"
    return f"({close})" if len(kept) == len(words) else f"({close} | {spaced})"


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(sorted({word, *arabic_forms(word), *(stem(word, language) for language in STEMMERS)}))
