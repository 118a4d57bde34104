"""What the desk calls the states of an assignment, and why partners do not take one or give it back."""

from datetime import date

from workflows.assignments.models import AssignmentState as S
from workflows.assignments.models import Kind
from workflows.core.badge import Badge
from workflows.core.words import mark as _

STATES = {
    S.DRAFTED: Badge("act", "edit", _("Offer to complete")),
    S.OFFERED: Badge("wait", "send", _("Offered to partner")),
    S.ACCEPTED: Badge("wait", "globe", _("In research")),
    S.COMPLETED: Badge("ok", "check", _("Completed")),
    S.DECLINED: Badge("mute", "x", _("Declined by partner")),
    S.LAPSED: Badge("mute", "clock", _("Lapsed")),
    S.RELEASED: Badge("mute", "back", _("Given back")),
    S.REVOKED: Badge("mute", "x", _("Revoked")),
}
PAUSED = Badge("act", "pause", _("Partner waits for us"))
SENT = Badge("info", "eye", _("Answer is here"))
ASKS_TIME = Badge("act", "clock", _("Asks for more time"))
KINDS = {Kind.QUESTION: _("Question"), Kind.RECHECK: _("Recheck"), Kind.SHEET_UPDATE: _("Country sheet")}


def badges_of(state: str, *, paused: bool, extension_until: date | None, sent: bool) -> tuple[Badge, ...]:
    """The state, and what the partner waits for."""
    found = [SENT if state == S.ACCEPTED and sent else STATES[S(state)]]
    if state == S.ACCEPTED and paused:
        found.append(PAUSED)
    if state == S.ACCEPTED and extension_until is not None:
        found.append(ASKS_TIME)
    return tuple(found)
