"""The lives of all rows as the contract tells them, written down apart from the declarations that must agree with it.

Each move: from where, to where, and who may make it.
"""

from dataclasses import dataclass

LIVE = "received clarification_asked triaged answered"
TRIED = "received clarification_asked triaged"


@dataclass(frozen=True)
class Told:
    """One move as it is told here."""

    sources: frozenset[str]
    target: str
    by: frozenset[str]


def _told(sources: str, target: str, by: str) -> Told:
    return Told(frozenset(sources.split()), target, frozenset(by.split()))


LIVES: dict[str, dict[str, Told]] = {
    "question": {
        "ask_clarification": _told("received triaged", "clarification_asked", "officer"),
        "clarify": _told("clarification_asked", "received", "requester"),
        "clarify_triaged": _told("clarification_asked", "triaged", "requester"),
        "give_up_waiting": _told("clarification_asked", "closed", "clock"),
        "triage": _told("received", "triaged", "officer"),
        "answer": _told("triaged", "answered", "officer editor author"),
        "correct": _told("answered", "answered", "officer editor author"),
        "take_back": _told("answered triaged closed", "triaged", "officer editor author"),
        "decline": _told(TRIED, "declined", "officer"),
        "withdraw": _told(LIVE + " merged", "withdrawn", "requester"),
        "merge": _told(TRIED, "merged", "officer"),
        "unmerge": _told("merged", "triaged", "officer clock"),
        "unmerge_unread": _told("merged", "received", "officer clock"),
        "unmerge_asked": _told("merged", "clarification_asked", "officer"),
        "close": _told("answered declined", "closed", "officer clock"),
        "finish": _told("received triaged", "closed", ""),  # only of what nobody asked, and this one was asked
        "reopen": _told("closed", "triaged", "officer requester"),
        "reopen_unread": _told("closed", "received", "officer requester"),
        "dispute": _told("answered closed", "triaged", "requester"),
    },
    "assignment": {
        "offer": _told("drafted", "offered", "officer"),
        "accept": _told("offered", "accepted", "researcher"),
        "decline": _told("offered", "declined", "researcher"),
        "lapse": _told("offered", "lapsed", "clock"),
        "clarify": _told("accepted", "accepted", "researcher"),
        "explain": _told("accepted", "accepted", "officer"),
        "ask_extension": _told("accepted", "accepted", "researcher"),
        "extend": _told("accepted", "accepted", "officer"),
        "refuse_extension": _told("accepted", "accepted", "officer"),
        "release": _told("accepted", "released", "researcher"),
        "revoke": _told("drafted offered accepted", "revoked", "officer clock"),
        "drop": _told("drafted", "revoked", "editor author"),
        "complete": _told("accepted", "completed", "officer clock"),
    },
    "answer": {
        "submit": _told("draft returned", "submitted", "researcher"),
        "return": _told("submitted", "returned", "editor author"),
        "accept": _told("submitted", "accepted", "editor author"),
        "reject": _told("submitted", "rejected", "editor author"),
        "withdraw": _told("draft submitted returned", "withdrawn", "researcher clock"),
    },
    "attachment": {
        "clean": _told("quarantined", "clean", "clock"),
        "refuse": _told("quarantined", "refused", "clock"),
        "release": _told("clean", "released", "editor author"),
        "turn_down": _told("clean released", "refused", "editor author"),
    },
    "excerpt_version": {
        "send_for_approval": _told("draft", "in_review", "editor author"),
        "ask_changes": _told("in_review", "changes_asked", "editor"),
        "rework": _told("changes_asked in_review scheduled", "draft", "editor author"),
        "discard": _told("draft changes_asked", "discarded", "editor author"),
        "approve": _told("in_review", "in_review", "editor"),
        "publish": _told("in_review", "published", "editor"),
        "schedule": _told("in_review", "scheduled", "editor"),
        "publish_on_the_day": _told("scheduled", "published", "clock"),
        "miss_the_day": _told("scheduled", "draft", "clock"),
        "cancel_the_day": _told("scheduled", "in_review", "editor author"),
        "supersede": _told("published", "superseded", "editor author clock"),
    },
    "excerpt": {
        "publish": _told("unpublished published on_hold withdrawn", "published", "editor author clock"),
        "discard": _told("unpublished", "discarded", "editor author"),
        "confirm": _told("published", "published", "editor author"),
        "hold": _told("published", "on_hold", "editor author"),
        "resume": _told("on_hold", "published", "editor author"),
        "withdraw": _told("published on_hold", "withdrawn", "editor author"),
        "retract": _told("published on_hold withdrawn", "retracted", "editor author"),
        "archive": _told("withdrawn retracted", "archived", "editor author"),
        "restore": _told("archived", "withdrawn", "editor author"),
        "restore_retracted": _told("archived", "retracted", "editor author"),
    },
    "excerpt_confirmation": {
        "agree": _told("proposed", "agreed", "editor"),
        "refuse": _told("proposed", "refused", "editor"),
        "take_back": _told("proposed", "taken_back", "author"),
        "lapse": _told("proposed", "lapsed", "editor author clock"),
    },
    "reader_report": {
        "recheck": _told("received", "checking", "editor author"),
        "clear": _told("received checking", "cleared", "editor author"),
        "agree": _told("cleared", "closed", "editor"),
        "close": _told("received checking cleared", "closed", "editor author"),
    },
    "edition": {
        "send_for_approval": _told("draft", "in_review", "editor author"),
        "rework": _told("in_review", "draft", "editor author"),
        "publish": _told("in_review", "published", "editor"),
        "discard": _told("draft in_review", "discarded", "editor author"),
        "supersede": _told("published", "superseded", "editor author"),
    },
}
"""`author` is an editor who wrote in the text, `editor` one who did not; nobody but the clock lets time pass."""

BEGINNINGS = {
    "question": "received",
    "assignment": "drafted",
    "answer": "draft",
    "attachment": "quarantined",
    "excerpt_version": "draft",
    "excerpt": "unpublished",
    "excerpt_confirmation": "proposed",
    "reader_report": "received",
    "edition": "draft",
}
