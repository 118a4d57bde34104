"""Why a letter was given up, and how its reader was reached instead, in words for the desk."""

from workflows.core.words import mark as _
from workflows.notices.standing import NO_ADDRESS

UNFINISHED = "unfinished"
"""Every attempt ended with the death of the process that made it."""

WHYS = {
    NO_ADDRESS: _("There is no address to write to."),
    UNFINISHED: _("Every attempt broke off before its end."),
    "smtp_550": _("The mail server says that this address does not exist."),
    "smtp_551": _("The mail server says that this address does not exist."),
    "smtp_552": _("The mailbox is full."),
    "smtp_553": _("The mail server does not accept the way this address is written."),
    "smtp_554": _("The mail server does not want this letter."),
}
REFUSED = _("The mail server refused the letter for good.")
PUT_OFF = _("The mail server put the letter off too many times.")
OTHERWISE = _("The letter could not be handed over.")

HOW = {
    "by_phone": _("By telephone"),
    "by_post": _("By post"),
    "in_person": _("In person"),
    "by_somebody": _("Through somebody they trust"),
    "address_corrected": _("Their address was corrected by an administrator"),
    "not_reached": _("Nobody could reach them"),
}
"""How the news reached somebody to whom the letter did not get."""


def ways_to_reach(*, a_requester: bool) -> dict[str, str]:
    """Those of the list that are possible; the address of whoever asked is theirs alone to change."""
    return {code: text for code, text in HOW.items() if not (a_requester and code == "address_corrected")}


def why(code: str | None) -> str:
    """The reason in words; what a mail server answered is `smtp_` and its number."""
    code = code or ""
    if code in WHYS or not code.startswith("smtp_"):
        return WHYS.get(code, OTHERWISE)
    return REFUSED if code.startswith("smtp_5") else PUT_OFF
