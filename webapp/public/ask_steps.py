"""The steps of asking: which fields each has, and where one goes from it. What was typed is never looked at here."""

from dataclasses import dataclass, replace
from enum import StrEnum

from config import policy


class Step(StrEnum):
    """The pages between the start and the code, in their order."""

    WHO = "who"
    COUNTRY = "country"
    TOPIC = "topic"
    QUESTION = "question"
    DETAILS = "details"
    CONTACT = "contact"
    CHECK = "check"


class Way(StrEnum):
    """Why somebody is at a step: on the way through, to change one line, or to add one more question."""

    THROUGH = ""
    CHANGE = "change"
    ADD = "add"


ORDER = tuple(Step)
OF_ONE_QUESTION = (Step.COUNTRY, Step.TOPIC, Step.QUESTION, Step.DETAILS)
FIELDS = {
    Step.WHO: ("requester_kind",),
    Step.COUNTRY: ("country", "place"),
    Step.TOPIC: ("topic",),
    Step.QUESTION: ("text",),
    Step.DETAILS: ("facets",),
    Step.CONTACT: ("language", "contact"),
    Step.CHECK: ("consent", "publishing"),
}
"""By step; those of one question by their name within it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: a step, for the steps of one question which, counted from 0, and why."""

    step: Step
    number: int = 0
    way: Way = Way.THROUGH

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What a button said; None for what none of ours says."""
        step, _, rest = text.partition(".")
        number, _, way = rest.partition(".")
        if step not in ORDER or way not in set(Way) or number not in map(str, range(policy.QUESTIONS_PER_REQUEST)):
            return None
        return cls(Step(step), int(number), Way(way))

    def __str__(self) -> str:
        return f"{self.step}.{self.number}.{self.way}"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that this page shows."""
        names = FIELDS[self.step]
        return tuple(f"questions-{self.number}-{name}" for name in names) if self.step in OF_ONE_QUESTION else names

    @property
    def following(self) -> "Place":
        """Where "Continue" leads."""
        over = self.way is Way.CHANGE or (self.way is Way.ADD and self.step is Step.DETAILS)
        if over or self.step is Step.CHECK:
            return Place(Step.CHECK)
        return replace(self, step=ORDER[ORDER.index(self.step) + 1])

    @property
    def before(self) -> "Place | None":
        """Where "Back" leads; None from the first one, which has the start before it."""
        if self.way is Way.CHANGE or (self.way is Way.ADD and self.step is Step.COUNTRY):
            return Place(Step.CHECK)
        return None if self.step is ORDER[0] else replace(self, step=ORDER[ORDER.index(self.step) - 1])


def place_of(field: str) -> Place:
    """The page on which a field stands, to mend it."""
    _, _, rest = field.partition("questions-")
    number, _, name = rest.partition("-")
    step = next((step for step in ORDER if (name or field) in FIELDS[step]), Step.CHECK)
    if step is Step.CHECK:
        return Place(step)
    return Place(step, int(number) if number.isdecimal() else 0, Way.CHANGE)
