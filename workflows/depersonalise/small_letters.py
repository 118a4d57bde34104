"""Names that are known from another text about the same person, typed without a capital: "it is for imran"."""

from collections.abc import Collection, Iterator

from workflows.depersonalise.bare_names import is_state
from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.reading import LOWER_WORD, bare, is_common, known_given, means_something
from workflows.depersonalise.words import PEOPLE, any_of, found

_BEFORE = any_of(
    "for with to from of about by and is that pour avec à de d' chez par et est que",
    "voor met aan van over door en is dat",
)
_BEFORE_A_NAME = found(_BEFORE + r"[ ]\Z")
_LONGEST_BEFORE = 8
_PERSON = found(PEOPLE)
_ELISIONS = ("d'", "qu'", "l'", "j'")


def known_in_small_letters(text: str, known: Collection[str]) -> Iterator[Hit]:
    """Each word that is a known name, whatever its accents, unless it may be an ordinary word.

    A given name of our list that means nothing else is always one; any other beside another known name, or after a word
    such as "for" that has no article behind it.
    """
    wanted = frozenset(map(bare, known))
    words = [_bare_word(match.group(), match.start()) for match in LOWER_WORD.finditer(text)] if wanted else []
    is_known = [bare(word) in wanted for word, _start in words]
    for at, (word, start) in enumerate(words):
        if not is_known[at] or not word.islower() or _is_word(word):
            continue
        beside = any(is_known[max(0, at - 1) : at] + is_known[at + 1 : at + 2])
        announced = _BEFORE_A_NAME.search(text, max(0, start - _LONGEST_BEFORE), start)
        if known_given(word) or beside or announced:
            yield Hit(start, start + len(word), Kind.NAME)


def _bare_word(word: str, start: int) -> tuple[str, int]:
    """The word without what clings to it, and where it begins."""
    stripped = word.lstrip("'-")
    for elision in _ELISIONS:
        if stripped.casefold().startswith(elision):
            stripped = stripped[len(elision) :]
    start += len(word) - len(stripped)
    return stripped.rstrip("'-").removesuffix("'s"), start


def _is_word(word: str) -> bool:
    return means_something(word) or is_common(word) or is_state(word) or bool(_PERSON.fullmatch(word))
