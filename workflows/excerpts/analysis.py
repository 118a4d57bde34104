"""Words for searching: folded, stemmed by language, and the same on both sides of the search."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

_STEMMERS = {"en": "english", "fr": "french", "nl": "dutch"}
_STOP_LISTS = {
    "en": "a an and are as at be by can do does for from has have how i if in is it its my of on or our that the their"
    " there this to was what when where which who will with you your",
    "fr": "a au aux avec c ce ces cette comment d dans de des du elle en es et il ils j je l la le les leur lui ma"
    " mais mes mon n ne nos notre nous on ou par pas pour qu que quel quelle qui quoi s sa se ses son sont sur t un une"
    " vos votre vous y",
    "nl": "aan als bij dat de deze die dit door een en er ge geen haar heb heeft het hij hoe hun ik in is je kan maar"
    " me met mijn na naar niet nog of om onze ook op te tot u uit van voor waar wat we wel welke wie wij ze zich zijn",
}
_STOPS = {language: frozenset(words.split()) for language, words in _STOP_LISTS.items()}
_ANY_STOP = frozenset().union(*_STOPS.values())
_LONGEST_WORD = 64
_MOST_QUERY_WORDS = 16

# Marks that a reader may leave out: Latin, Greek and Cyrillic accents, Arabic vowels, Hebrew points, tatweel.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c\u200d]")
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647"}  # Arabic and Persian spellings
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
)
# A word keeps the vowel signs of the scripts that write them as marks.
_IN_WORD = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u200c\u200d"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_IN_WORD}])*")
_SPACES = re.compile(r"\s+")
_LEAD = 60
_QUERY_PART = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^"“”„«»]+)')


def fold(text: str) -> str:
    """Lower case without accents, ligatures or apostrophes, digits as 0–9: two spellings of one word become one."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", decomposed)).translate(_LETTERS)
    return letters.replace("'", " ").replace("’", " ").replace("ʼ", " ")


def lexemes(text: str, language: str) -> str:
    """What `to_tsvector('simple', …)` indexes: the text's words in order, folded, stemmed, without stop words."""
    return " ".join(stems(text, language))


def stems(text: str, language: str) -> Iterator[str]:
    """The words of a text as they are indexed; a language without a stemmer only has its words folded."""
    language = language.partition("-")[0]
    stops = _STOPS.get(language, frozenset())
    return (_stem(word, language) for word in _words(text) if word not in stops)


def query_lexemes(text: str, *, prefix: bool = False) -> str:
    """A query for `to_tsquery('simple', …)` from whatever was typed; empty when it holds no word.

    Every word must occur, in the form of any language we stem; a phrase in quotation marks must occur as it stands.
    With `prefix` a last word outside quotation marks may be the beginning of one. At most 16 words count.
    """
    parts = _counting_parts(text)
    terms = [_phrase(part) if len(part) > 1 else _any_form(part[0]) for part in parts]
    if prefix and parts and len(parts[-1]) == 1:
        terms[-1] = _any_form(parts[-1][0], ":*")
    return " & ".join(dict.fromkeys(terms))


def counting_words(text: str) -> list[tuple[str, str]]:
    """The words of a question that say something, as written and folded: no small words of any of our languages."""
    return [(match[0], word) for match in _WORD.finditer(text) for word in _words(match[0]) if word not in _ANY_STOP]


def forms(word: str) -> frozenset[str]:
    """A folded word as it may stand in an index, whatever the language of the text."""
    return frozenset(_forms(word))


def any_of(words: Iterable[str], suffix: str = "") -> str:
    """Quoted for tsquery: a word holds only letters, digits and marks, so nothing in it can end the quotation."""
    return "(" + " | ".join(f"'{word}'{suffix}" for word in sorted(words)) + ")"


def snippet(text: str, query: str, language: str, size: int = 220) -> list[tuple[str, bool]]:
    """About `size` characters of the text where most words of the query stand together: (piece, is it a hit)."""
    text = _SPACES.sub(" ", text).strip()
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
    """Where words of the query stand in the text, and which word of the query it is."""
    wanted = {
        form: number
        for number, word in enumerate(word for part in _counting_parts(query) for word in part)
        for form in _forms(word)
    }
    for match in _WORD.finditer(text) if wanted else ():
        for word in _words(match[0]):
            number = wanted.get(_stem(word, language))
            if number is not None:
                yield match.start(), match.end(), number
                break


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
    if all(word in _ANY_STOP for part in parts for word in part):
        return [[word] for part in parts for word in part]
    return [part for part in parts if any(word not in _ANY_STOP for word in part)]


def _parts(text: str) -> Iterator[list[str]]:
    left = _MOST_QUERY_WORDS
    for quoted, loose in _QUERY_PART.findall(text):
        found = list(islice(_words(quoted or loose), left))
        left -= len(found)
        if quoted:
            yield found
        else:
            yield from ([word] for word in found)


def _phrase(words: list[str]) -> str:
    """The words one after the other, whether or not the text's own language left the small words out of its index."""
    kept = [(at, word) for at, word in enumerate(words) if word not in _ANY_STOP] or list(enumerate(words))
    close = spaced = _any_form(kept[0][1])
    for (before, _), (at, word) in pairwise(kept):
        close += f" <-> {_any_form(word)}"
        spaced += f" <{at - before}> {_any_form(word)}"
    return f"({close})" if len(kept) == len(words) else f"({close} | {spaced})"


def _any_form(word: str, suffix: str = "") -> str:
    return any_of(_forms(word), suffix)


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(sorted({word, *(_stem(word, language) for language in _STEMMERS)}))


def _words(text: str) -> Iterator[str]:
    return (match[:_LONGEST_WORD] for match in _WORD.findall(fold(text)))


class _Stemmers(threading.local):
    """Snowball's stemmers keep their state in themselves, so each thread has its own."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def stem(self, word: str, language: str) -> str:
        if language not in self._made:
            import snowballstemmer  # here: it loads thirty languages, and most processes never search

            self._made[language] = snowballstemmer.stemmer(_STEMMERS[language])
        return str(self._made[language].stemWord(word))


_LOCAL = _Stemmers()


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    stemmed = language in _STEMMERS and word.isascii() and word.isalpha()
    return _LOCAL.stem(word, language) if stemmed else word
