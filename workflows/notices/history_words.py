"""The groups of the history and those who act in it, in words."""

from workflows.core.words import mark as _

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
