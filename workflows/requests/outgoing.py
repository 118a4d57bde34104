"""What the desk may say to whoever asked: never what to do, and nobody's name or number without a second look."""

import re
from datetime import datetime

from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete
from workflows.core.words import mark as _
from workflows.depersonalise import find
from workflows.requests.advice_words import PHRASES

ADVISES = _("This sounds like advice to go or to stay, or like a promise of safety. Say what is known, in other words.")
MAY_POINT = _("Some words may point to a person. Take them out, or say that they are meant.")
_ADVICE = re.compile(rf"\b(?:{'|'.join(one for phrases in PHRASES.values() for one in phrases)})", re.IGNORECASE)


def advice(text: str) -> list[str]:
    """The phrases that sound like advice to go or to stay, or like a promise of safety, each once, as written."""
    spaced = " ".join(text.split())
    return list(dict.fromkeys(match[0] for match in _ADVICE.finditer(spaced)))


def refuse_advice(field: str, words: str) -> None:
    """Refuses: Incomplete (the field) for words that advise, or say that it is safe."""
    if advice(words):
        raise Incomplete({field: ADVISES})


def refuse_unread(words: str, language: str, now: datetime, *, read_again: bool) -> None:
    """Refuses: Incomplete (`read_again`) for what `unread` finds."""
    if problems := unread(words, language, now, read_again=read_again):
        raise Incomplete(problems)


def unread(words: str, language: str, now: datetime, *, read_again: bool) -> dict[str, str]:
    """A number or a name may be what was asked for, a ministry's or a clinic's: so somebody says that it is meant.

    One marked text under `read_again` until they do, or nothing.
    """
    pointing = not read_again and find(words, language, HELPDESK.local_day(now))
    return {"read_again": MAY_POINT} if pointing else {}
