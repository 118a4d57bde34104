"""The five steps of a question, with the days on which it took them; one that nobody took is not told."""

from dataclasses import dataclass
from datetime import date

from workflows.core.words import mark as _
from workflows.requests.public_queries import FollowedQuestion
from workflows.requests.words import WORDS, Status

LABELS = {
    Status.RECEIVED: WORDS[Status.RECEIVED].label,
    Status.READ: _("We read it and remove personal details"),
    Status.RESEARCHED: WORDS[Status.RESEARCHED].label,
    Status.CHECKED: _("We check the answer"),
    Status.ANSWERED: WORDS[Status.ANSWERED].label,
}
DONE = LABELS | {
    Status.READ: _("We read it and removed personal details"),
    Status.RESEARCHED: _("A researcher in the country looked for your answer"),
    Status.CHECKED: _("We checked the answer"),
}
ICONS = {
    Status.RECEIVED: "mail",
    Status.READ: "eye",
    Status.RESEARCHED: "people",
    Status.CHECKED: "search",
    Status.ANSWERED: "doc",
}
NOT_YET = _("Not yet")
NOW = _("Now")
HAD_ALREADY = _("We had the answer already")
WAITING_FOR_YOU = _("Waiting for your reply")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `step` is done, now or todo; `day` when it was taken, or is expected when `about`."""

    label: str
    step: str
    icon: str
    note: str = ""
    day: date | None = None
    about: bool = False


def steps(question: FollowedQuestion, answered_on: date | None) -> tuple[Step, ...]:
    """The five steps; nothing for a question that ends without an answer.

    When the answer was there already, that stands where the research would.
    """
    if question.status in {Status.DECLINED, Status.CLOSED}:
        return ()
    order = list(LABELS)
    here = order.index(_reached(question))
    days = dict(zip(order, _days(question, answered_on), strict=True))
    told = (_step(question, status, place - here, days[status]) for place, status in enumerate(order))
    return tuple(step for step in told if step)


def _reached(question: FollowedQuestion) -> Status:
    """The step somebody works on now; being received is over the moment it happened."""
    if question.status is Status.ASKED:
        return Status.RESEARCHED if question.read_on and question.researched_on else Status.READ
    return Status.READ if question.status is Status.RECEIVED else question.status


def _days(question: FollowedQuestion, answered_on: date | None) -> tuple[date | None, ...]:
    return question.received_on, question.read_on, question.researched_on, question.checked_on, answered_on


def _step(question: FollowedQuestion, status: Status, distance: int, day: date | None) -> Step | None:
    answered = question.status is Status.ANSWERED
    icon = ICONS[status]
    if distance < 0 or answered:
        if day is None and status is Status.CHECKED:
            return None
        if day is None and status is Status.RESEARCHED:
            return Step(HAD_ALREADY, "done", icon)
        return Step(DONE[status], "done", icon, day=day)
    if distance == 0:
        return Step(LABELS[status], "now", icon, WAITING_FOR_YOU if question.status is Status.ASKED else NOW)
    if status is Status.ANSWERED and question.answer_by:
        return Step(LABELS[status], "todo", icon, day=question.answer_by, about=True)
    return Step(LABELS[status], "todo", icon, NOT_YET)
