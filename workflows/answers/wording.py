"""What a machine can tell about wording, paragraph by paragraph: each check names what it found."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from config import policy
from workflows.answers.link_hosts import SHORTENERS, TRACKERS, TRACKING
from workflows.core.paragraphs import paragraphs

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”\")]+|\n+|\t")
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_ADDRESS = re.compile(r"\]\(\s*<?([^\s)>]+)|((?:[a-z][a-z0-9+.-]*://|www\.|javascript:|data:)[^\s<>()\[\]\"“”]+)", re.I)
_REFERENCE = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3}){0,9})\](?!\()")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something found, and where: the part of the text by its name, and the number of the paragraph in it (from 0)."""

    part: str
    paragraph: int
    text: str


def look(
    parts: Mapping[str, str], check: Callable[[str], Iterable[str]], read: Callable[[str], str] = str
) -> tuple[Remark, ...]:
    """What a check finds in each paragraph of each part, as `read` shows it (Markdown as plain words, say)."""
    return tuple(
        Remark(name, number, found)
        for name, text in parts.items()
        for number, paragraph in enumerate(paragraphs(text))
        for found in check(read(paragraph))
    )


def long_sentences(text: str) -> list[str]:
    """The sentences of a plain text with more words than a reader of a second language follows at once."""
    return [one for one in _sentences(text) if len(_WORD.findall(one)) > policy.SENTENCE_WORDS_MAX]


def unfit_links(text: str) -> list[str]:
    """Addresses that readers should not be given: no plain http(s), no whole host, shortened, or made to follow them.

    Nothing is fetched.
    """
    found = (match[1] or match[2].rstrip(".,;:!?") for match in _ADDRESS.finditer(text))
    return [address for address in dict.fromkeys(found) if _unfit(address)]


def unknown_references(text: str, sources: int) -> list[str]:
    """The marks, such as `[7]`, that name a source which is not there."""
    marks = _REFERENCE.finditer(text)
    return [mark[0] for mark in marks if any(not 1 <= number <= sources for number in _numbers(mark))]


def unused_sources(texts: Iterable[str], sources: int) -> list[int]:
    """The numbers of the sources that no text refers to."""
    named = {number for text in texts for mark in _REFERENCE.finditer(text) for number in _numbers(mark)}
    return [number for number in range(1, sources + 1) if number not in named]


def without_references(text: str) -> str:
    """The text without its marks of sources, whose numbers are no figures."""
    return _REFERENCE.sub(" ", text)


def _sentences(text: str) -> Iterator[str]:
    return (part.strip() for part in _SENTENCE_END.split(text) if part and part.strip())


def _numbers(mark: re.Match[str]) -> list[int]:
    return [int(number) for number in mark[1].split(",")]


def _unfit(address: str) -> bool:
    if address.lower().startswith(("mailto:", "tel:", "#s")):
        return False
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return True
    whole = parts.scheme in {"http", "https"} and "." in host and not parts.username
    return not whole or host in SHORTENERS or _tracks(host, parts.query)


def _tracks(host: str, query: str) -> bool:
    named = any(host == one or host.endswith(f".{one}") for one in TRACKERS)
    return named or any(name.lower().startswith(TRACKING) for name, _ in parse_qsl(query, keep_blank_values=True))
