"""The one search: every family of details over one text, merged so that no two findings overlap."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from workflows.depersonalise.arabic_names import arabic_names
from workflows.depersonalise.bare_names import bare_names
from workflows.depersonalise.care import places_of_care
from workflows.depersonalise.dates import births, journeys, plain_dates
from workflows.depersonalise.kinds import Finding, Hit, Kind
from workflows.depersonalise.levelled import Levelled, level
from workflows.depersonalise.merging import merged
from workflows.depersonalise.names import names
from workflows.depersonalise.numbers import numbers
from workflows.depersonalise.phones import phones
from workflows.depersonalise.places import again, places, villages
from workflows.depersonalise.reading import WORD, is_common
from workflows.depersonalise.small_letters import known_in_small_letters
from workflows.depersonalise.stays import host_towns, stays, workplaces
from workflows.depersonalise.ties import households, ties
from workflows.depersonalise.typed_names import typed_names
from workflows.depersonalise.typed_places import typed_places
from workflows.depersonalise.wording import suggest
from workflows.depersonalise.words import PEOPLE, found

_GONE = "\ufffc"
_PLACE = "@"
"""Before the name of a place among the words to look for: no word begins so."""
_WORD_SHORTEST = 3
_ROUNDS = 4
_PERSON_WORD = found(PEOPLE)


def find(text: str, language: str, today: date, known: Collection[str] = ()) -> tuple[Finding, ...]:
    """What points to a person, in order and without overlaps; `known` are name words to look for as well."""
    levelled = level(text)
    told = _hits(levelled.text, today)
    names, there = _apart(known)
    hits = [*told, *_repeated(levelled.text, told, names), *known_in_small_letters(levelled.text, names)]
    hits += again(levelled.text, there | villages(levelled.text))
    # A detail taken out brings together what stood around it: look once more, as the neutral text will be looked at.
    left = _without(levelled.text, merged(levelled.text, hits))
    return _findings(levelled, [*hits, *_structured(left, today)], language)


def find_in_points(
    points: Sequence[str], language: str, today: date, known: Collection[str] = ()
) -> tuple[tuple[Finding, ...], ...]:
    """The same for the points of one question: a name given away in one of them is found in all."""
    shared = set(known)
    for point in points:
        shared |= name_words(find(point, language, today)) | place_words(point)
    return tuple(find(point, language, today, shared) for point in points)


def name_words(findings: Iterable[Finding]) -> frozenset[str]:
    """The words of the names found, to look for them in another text about the same person."""
    return frozenset(
        word for finding in findings if finding.kind is Kind.NAME for word in _telling(level(finding.text).text)
    )


def place_words(text: str) -> frozenset[str]:
    """The villages of a text, marked as places, to look for them in another text about the same person."""
    return frozenset(f"{_PLACE}{name}" for name in villages(level(text).text))


def village_names(text: str) -> frozenset[str]:
    """The same names as they are, in small letters."""
    return villages(level(text).text)


def _apart(known: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of names, and the names of places, of what is to be looked for as well."""
    there = frozenset(word.removeprefix(_PLACE) for word in known if word.startswith(_PLACE))
    return frozenset(word for word in known if not word.startswith(_PLACE)), there


def _telling(name: str) -> Iterator[str]:
    for match in WORD.finditer(name):
        word = match[0].strip("'-").removesuffix("'s")
        if (
            len(word) >= _WORD_SHORTEST
            and not is_common(word)
            and not _PERSON_WORD.fullmatch(word)
            and _starts_a_word(name, match.start())
        ):
            yield word.casefold()


def _starts_a_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _hits(text: str, today: date) -> list[Hit]:
    structured = _structured(text, today)
    named = [*names(text), *bare_names(text), *typed_names(text), *arabic_names(text)]
    return [
        *structured,
        *named,
        *households(text, named),
        *journeys(text),
        *places(text),
        *typed_places(text),
        *stays(text),
        *host_towns(text),
        *workplaces(text),
        *places_of_care(text),
        *ties(text),
    ]


def _structured(text: str, today: date) -> list[Hit]:
    """Looked for again in what is left, since one number may stand in the way of the next."""
    hits: list[Hit] = []
    for _ in range(_ROUNDS):
        more = _structured_once(_without(text, hits), today)
        if not more:
            break
        hits += more
    return hits


def _structured_once(text: str, today: date) -> list[Hit]:
    """Numbers first, then dates, then telephone numbers in what is left: a date must not pass for a telephone."""
    hits = list(numbers(text))
    rest = _without(text, hits)
    born = list(births(rest, today))
    dated = _without(rest, [Hit(match.start(), match.end(), Kind.BIRTH_DATE) for match in plain_dates(rest)])
    return [*hits, *born, *phones(_without(dated, born))]


def _without(text: str, hits: Iterable[Hit]) -> str:
    characters = list(text)
    for hit in hits:
        characters[hit.start : hit.end] = _GONE * (hit.end - hit.start)
    return "".join(characters)


def _repeated(text: str, hits: Sequence[Hit], known: Collection[str]) -> Iterator[Hit]:
    """The same name said again with nothing to announce it."""
    wanted = {word.casefold() for word in known}
    for hit in hits:
        if hit.kind is Kind.NAME:
            wanted.update(_telling(text[hit.start : hit.end]))
    for match in WORD.finditer(text) if wanted else ():
        word = match[0].strip("'-").removesuffix("'s")
        if word.casefold() in wanted and _starts_a_word(text, match.start()):
            yield Hit(match.start(), match.start() + len(word), Kind.NAME)


def _findings(levelled: Levelled, hits: list[Hit], language: str) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    at = 0
    for hit in merged(levelled.text, hits):
        start, end = levelled.span(hit.start, hit.end)
        start = max(start, at)  # two hits may share one character of the original, such as a fraction
        if end > start:
            words = suggest(levelled.text, hit, language)
            findings.append(Finding(start, end, hit.kind, levelled.original[start:end], words))
            at = end
    return tuple(findings)
