"""Those who did not agree to be published: contacts of the answers a text is written from, and sealed sources.

What is sealed is opened here to be compared, never to be shown: a finding holds words of the text alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from workflows.answers.models import AnswerPoint, Contact, Source
from workflows.depersonalise import Finding, Kind, find, too_wide
from workflows.depersonalise.reading import CAPITAL, bare, is_common, known_given, means_something
from workflows.excerpts.folding import ANY_STOP

_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:\u0301|[\u064b-\u065f])*")
_CAPITAL = re.compile(CAPITAL)
_PLACED = re.compile(
    r"(?:^|[ ])(?:in|at|of|near|from|to|à|au|en|de|du|des|près|vers|te|uit|naar|bij)[ ]$", re.IGNORECASE
)
_APART = re.compile(r"\s[-–—]\s|[():;,.\n]")
_PARTICLES = {"", "de", "du", "des", "van", "d"}
_SHORTEST = 3
_ROLE_WORDS = 2


@dataclass(frozen=True, slots=True)
class Unagreed:
    """Whom a text may not give away: the words of each name, and the words of each role."""

    names: tuple[frozenset[str], ...]
    roles: tuple[tuple[str, ...], ...]


def unagreed(session: Session, answers: Select[UUID], language: str, today: date) -> Unagreed:
    """Everybody named or described in what did not get consent; three statements.

    Words of what may be published, a source's label or an agreed contact, and of the places of the answers name nobody.
    """
    sources = session.execute(
        select(Source.id, Source.label, Source.identity_sealed)
        .where(Source.answer_id.in_(answers), Source.keeps_identity)
    ).all()  # fmt: skip
    contacts = session.execute(
        select(Contact.id, Contact.label, Contact.reach, Contact.reach_sealed, Contact.may_publish)
        .where(Contact.answer_id.in_(answers), or_(Contact.may_publish, Contact.keeps_reach))
    ).all()  # fmt: skip
    said = [*session.scalars(select(AnswerPoint.place).where(AnswerPoint.answer_id.in_(answers)))]
    said += [one.label for one in sources]
    said += [text for one in contacts if one.may_publish for text in (one.label, one.reach)]
    open_words = frozenset(word for text in said for word in _folded(text))
    closed = [Source.identity.read(Source, one.id, one.identity_sealed) for one in sources]
    for one in contacts:
        if not one.may_publish:
            closed += [one.label, Contact.restricted_reach.read(Contact, one.id, one.reach_sealed)]
    names = (_names(text, language, today) - open_words for text in closed if text)
    labels = (part for one in contacts if not one.may_publish for part in _APART.split(one.label))
    return Unagreed(tuple(filter(None, names)), tuple(dict.fromkeys(filter(None, map(_role, labels)))))


def given_away(text: str, whom: Unagreed) -> tuple[Finding, ...]:
    """The words of a public text that name or describe one of them, in order."""
    words = list(_WORD.finditer(text))
    folded = [bare(word[0]) for word in words]
    told = {at for name in whom.names for at in _named(words, folded, name)}
    found = {(words[at].start(), words[at].end()) for at in told}
    for role in whom.roles:
        for at in range(len(folded) - len(role) + 1):
            if tuple(folded[at : at + len(role)]) == role:
                found.add((words[at].start(), words[at + len(role) - 1].end()))
    return tuple(Finding(start, end, Kind.NAME, text[start:end], "") for start, end in sorted(found))


def _named(words: list[re.Match[str]], folded: list[str], name: frozenset[str]) -> Iterator[int]:
    """A word without a capital counts beside another word of the same name, or when it can only be a name."""
    for at, word in enumerate(folded):
        if word in name and (
            _CAPITAL.match(words[at][0])
            or (known_given(word) and not means_something(word))
            or name.intersection((*folded[max(0, at - 1) : at], *folded[at + 1 : at + 2]))
        ):
            yield at


def _names(text: str, language: str, today: date) -> frozenset[str]:
    """The words of a closed text by which somebody is named, folded: with a capital, or found by the search."""
    named = [one.text for one in find(text, language, today) if one.kind is Kind.NAME]
    words = [word[0] for one in named for word in _WORD.finditer(one)]
    end = 0
    for word in _WORD.finditer(text):
        goes_on = bool(end) and text[end : word.start()].strip(" -'’").casefold() in _PARTICLES
        told = _CAPITAL.match(word[0]) and (goes_on or not _PLACED.search(text, 0, word.start()))
        if told or (known_given(word[0]) and not means_something(word[0])):
            words.append(word[0])
            end = 0 if _ordinary(word[0]) else word.end()
    return frozenset(bare(word) for word in words if len(word) >= _SHORTEST and not _ordinary(word))


def _ordinary(word: str) -> bool:
    plain = bare(word)
    known = _listed("other") | _listed("roles") | ANY_STOP | too_wide()
    return is_common(word) or not known.isdisjoint({plain, plain.removesuffix("s"), plain.removesuffix("en")})


def _role(part: str) -> tuple[str, ...] | None:
    """The words of a label that say what somebody is, if it is more than a trade: 'clerk of the registry'."""
    words = tuple(_folded(part))
    while words and words[0] in ANY_STOP:
        words = words[1:]
    telling = [word for word in words if len(word) >= _SHORTEST and word not in ANY_STOP]
    return words if len(telling) >= _ROLE_WORDS and _listed("roles").intersection(words) else None


def _folded(text: str) -> list[str]:
    return [bare(word[0]) for word in _WORD.finditer(text)]


@cache
def _listed(kind: str) -> frozenset[str]:
    lines = Path(__file__).with_name("unagreed_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(bare(word) for line in lines if line.startswith(f"{kind}:") for word in line.split()[1:])
