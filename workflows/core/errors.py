"""Refusals of the domain. Each site turns them into one page: what happened, and what to do now."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID


class Refusal(Exception):
    """Something the domain will not do."""


class NotFound(Refusal):
    """Unknown, somebody else's, or deleted: a stranger cannot tell which."""


class OutOfTurn(Refusal):
    """The move does not start from the state the row is in now; `done`: that is where it would have led; `said`: what
    happened, as whoever came too late may know it (a marked text).
    """

    def __init__(self, why: str, *, done: bool = False, said: str = "") -> None:
        super().__init__(why)
        self.done = done
        self.said = said


class DoneMeanwhile(OutOfTurn):
    """Somebody did the same while the form was open. It may still be done, by whoever has seen that."""


class NotAllowed(Refusal):
    """This actor may see the row and may not make this move."""


class EditConflict(Refusal):
    """Somebody saved first. Carries the version that stands now, so that both texts can be shown.

    `own`: it was the same person, who pressed twice or has the page open twice. `by` and `at`: who saved, and when, as
    far as whoever is told may know.
    """

    def __init__(
        self, current_version: int, *, own: bool = False, by: UUID | None = None, at: datetime | None = None
    ) -> None:
        super().__init__("this was saved before")
        self.current_version = current_version
        self.own = own
        self.by = by
        self.at = at


class Incomplete(Refusal):
    """What was asked for is missing or wrong; one message (a marked text) for each field.

    `quoted`: what the messages say as %(name)s, such as words of the text that is refused.
    """

    def __init__(self, problems: Mapping[str, str], **quoted: str) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems, self.quoted = dict(problems), quoted
