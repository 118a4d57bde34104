"""What the desk calls the states of an assignment, and why partners do not take one or give it back."""

from datetime import date

from workflows.assignments.models import AssignmentState as S
from workflows.assignments.models import Kind
from workflows.core.words import mark as _
from workflows.requests.desk_words import Badge

STATES = {
    S.DRAFTED: Badge(_("Offer to complete"), "act", "edit"),
    S.OFFERED: Badge(_("Offered to partner"), "wait", "send"),
    S.ACCEPTED: Badge(_("In research"), "wait", "globe"),
    S.COMPLETED: Badge(_("Completed"), "ok", "check"),
    S.DECLINED: Badge(_("Declined by partner"), "mute", "x"),
    S.LAPSED: Badge(_("Lapsed"), "mute", "clock"),
    S.RELEASED: Badge(_("Given back"), "mute", "back"),
    S.REVOKED: Badge(_("Revoked"), "mute", "x"),
}
PAUSED = Badge(_("Partner waits for us"), "act", "pause")
SENT = Badge(_("Answer is here"), "info", "eye")
ASKS_TIME = Badge(_("Asks for more time"), "act", "clock")
KINDS = {Kind.QUESTION: _("Question"), Kind.RECHECK: _("Recheck"), Kind.SHEET_UPDATE: _("Country sheet")}


def badges_of(state: str, *, paused: bool, extension_until: date | None, sent: bool) -> tuple[Badge, ...]:
    """The state, and what the partner waits for."""
    found = [SENT if state == S.ACCEPTED and sent else STATES[S(state)]]
    if state == S.ACCEPTED and paused:
        found.append(PAUSED)
    if state == S.ACCEPTED and extension_until is not None:
        found.append(ASKS_TIME)
    return tuple(found)
