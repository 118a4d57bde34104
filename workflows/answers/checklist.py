"""What an editor looks at before an answer is accepted: thirteen points, a closed list in its order."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.core.words import mark as _

YES, NO, NOT_APPLICABLE = "yes", "no", "na"
VERDICTS = {YES: _("Yes"), NO: _("No"), NOT_APPLICABLE: _("n.a.")}

STANDS_IN_THE_WAY = _("This point keeps the answer from being accepted. Send the answer back, or change the verdict.")
STILL_OPEN = _("Choose yes, no or n.a. before you accept.")


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the list. A `blocking` one must be yes or n.a. before an answer is accepted; the others warn."""

    number: int
    text: str
    hint: str
    blocking: bool = True


CHECKS = (
    Check(1, _("Every point is answered"), _("Or it says what was not found, and where somebody looked.")),
    Check(2, _("Place and people are named"), _("What is true in the capital is not said of the whole country.")),
    Check(3, _("Every statement has a source"), _("Nothing stands there without one.")),
    Check(4, _("Key statements rest on two sources"), _("Independent of each other, or marked as a single source.")),
    Check(5, _("Sources do not repeat each other"), _("Two papers that quote the same notice are one source.")),
    Check(6, _("Each point says when it was true"), _("And that day lies within the validity of the topic.")),
    Check(7, _("Facts, opinions and observations are kept apart"), _("One can tell who says what.")),
    Check(8, _("The words are neutral"), _("No advice to go or to stay, no word that it is safe.")),
    Check(9, _("Whoever asked cannot be recognised"), _("No name, no date, no mix of village, work and family.")),
    Check(10, _("Sources and researchers are protected"), _("Consent is kept; place, day and role give nobody away.")),
    Check(11, _("Both sides are heard"), _("Official and other sources; what contradicts is shown."), blocking=False),
    Check(12, _("Health: there, and within reach"),
          _("Whether it exists, and apart from that its price, distance and waiting time."), blocking=False),
    Check(13, _("Figures and contacts are usable"),
          _("Unit, currency, day; contacts were tried; the translation was read; plain words."), blocking=False),
)  # fmt: skip
TWO_SOURCES = 4
"""The point of which the machine counts as well."""
BLOCKING = tuple(check.number for check in CHECKS if check.blocking)


def obstacles(verdicts: Mapping[int, str]) -> dict[int, str]:
    """Why the answer cannot be accepted yet: one marked text for each point that says no or was not looked at."""
    found: dict[int, str] = {}
    for number in BLOCKING:
        verdict = verdicts.get(number, "")
        if verdict == NO:
            found[number] = STANDS_IN_THE_WAY
        elif verdict not in VERDICTS:
            found[number] = STILL_OPEN
    return found


def looked_at(verdicts: Mapping[int, str]) -> int:
    """How many of the thirteen have a verdict."""
    return sum(verdicts.get(check.number, "") in VERDICTS for check in CHECKS)
