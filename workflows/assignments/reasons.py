"""Why a partner says no or gives a commission back: closed lists, with the words that people choose from."""

from workflows.core.words import mark as _

NOT_SAFE = "not_safe"

DECLINE = {
    "no_time": _("We have no time now"),
    "not_our_field": _("We do not know this subject"),
    "not_our_area": _("We do not work in this place"),
    "dates_too_short": _("The dates are too short"),
    NOT_SAFE: _("It is not safe for us"),
    "other": _("Another reason"),
}

RELEASE = {
    NOT_SAFE: _("It is not safe"),
    "no_access": _("We cannot reach the people or offices we need"),
    "no_time": _("We have no time any more"),
    "source_stepped_back": _("A source does not want to be used any more"),
    "other": _("Another reason"),
}
"""`not_safe` needs no words; every other one is explained in a sentence to the desk."""

EXPLAINED = {code: words for code, words in RELEASE.items() if code != NOT_SAFE}


def worded(state: str, reason: str) -> str:
    """The very words that were chosen from, marked; the lists share codes. What is no code comes back as it is."""
    return (DECLINE if state == "declined" else RELEASE).get(reason, reason)
