"""The kinds of personal detail a question may hold, and what a search hands back about one."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Ordered from the most telling to the least: where two findings overlap, the earlier kind names the whole."""

    EMAIL = "email"
    ONLINE_PROFILE = "online_profile"
    IBAN = "iban"
    NATIONAL_NUMBER = "national_number"
    FILE_NUMBER = "file_number"
    DOCUMENT_NUMBER = "document_number"
    PHONE = "phone"
    NUMBER = "number"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    NAME = "name"
    SCHOOL = "school"
    FLIGHT = "flight"
    DATE_OF_TRAVEL = "date_of_travel"
    TIE = "tie"
    PLACE_OF_STAY = "place_of_stay"
    PLACE_OF_CARE = "place_of_care"
    PLACE_OF_WORK = "place_of_work"
    VILLAGE = "village"
    HOUSEHOLD = "household"


STRUCTURED = frozenset(
    {
        Kind.EMAIL,
        Kind.ONLINE_PROFILE,
        Kind.IBAN,
        Kind.NATIONAL_NUMBER,
        Kind.FILE_NUMBER,
        Kind.DOCUMENT_NUMBER,
        Kind.PHONE,
        Kind.NUMBER,
        Kind.BIRTH_DATE,
    }
)
"""Kinds with a form of their own, which a search must never miss; the others are told by the words around them."""

RANK = {kind: place for place, kind in enumerate(Kind)}


class Person(StrEnum):
    """What a form of address says about the person, and all that may be kept of it."""

    WOMAN = "woman"
    MAN = "man"
    COUPLE = "couple"


@dataclass(frozen=True)
class Hit:
    """A detail in the levelled text. Ages are in whole years. `told`: the word before says who it is, "my brother"."""

    start: int
    end: int
    kind: Kind
    person: Person | None = None
    ages: tuple[int, ...] = ()
    told: bool = False


@dataclass(frozen=True)
class Finding:
    """A detail in the text as it was written: half-open, in code points, with neutral words to put in its place."""

    start: int
    end: int
    kind: Kind
    text: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Rare:
    """What met, in the words of the text: a small place, health, the family, an office that few hold.

    None is no part of it. Empty where only a facet or a topic of the question says it.
    """

    place: str | None
    health: str | None
    family: str | None
    office: str | None = None

    @property
    def words(self) -> str:
        """What met, in the words of the text."""
        return "; ".join(filter(None, (self.place, self.office, self.health, self.family)))
