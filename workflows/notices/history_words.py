"""The groups of the history and those who act in it, in words."""

from workflows.core.words import mark as _
from workflows.lifecycles import LIFECYCLES
from workflows.requests.desk_words import HISTORY

_SHARED = {"open": _("Begun"), "remind": _("Reminder")}
_MOVES = {f"{one.name}.{move.name}": move.label for one in LIFECYCLES for move in one.moves}

GROUPS = {
    "reading": _("Openings of restricted text"),
    "question": _("Questions"),
    "request": _("Requests"),
    "assignment": _("Assignments"),
    "answer": _("Answers"),
    "excerpt": _("Excerpts"),
    "edition": _("Country sheets"),
    "letter": _("Letters"),
    "staff": _("Accounts"),
}
"""The first word of a kind of event; `excerpt` is also the beginning of `excerpt_version`."""

ACTORS = {
    "visitor": _("A visitor"),
    "requester": _("Requester"),
    "clock": _("The clock"),
    "staff": _("Desk"),
    "researcher": _("Researcher"),
    "counsellor": _("Counsellor"),
}


def deed_of(kind: str) -> str:
    """What happened, as a marked text; nothing for a deed that only its code tells."""
    return HISTORY.get(kind) or _MOVES.get(kind) or _SHARED.get(kind.rpartition(".")[2], "")
