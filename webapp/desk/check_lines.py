"""What the machine found, as lines of the rail: a figure, words, and links to the places."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from web_kit.compared import bare
from workflows.answers.proofreading import Wording
from workflows.answers.wording import Remark
from workflows.depersonalise import Rare

SHOWN = 3
"""How many places a line leads to; the figure says how many there are."""
WORDS = 6
"""How many words of a place a link shows."""

Address = Callable[[Remark], str]
"""Where the page shows the place that a remark is about."""


def said_together(rare: Rare | None) -> str:
    """The rare combination that a text says, with what the approver has to ask; nothing otherwise."""
    if rare is None:
        return ""
    return _("Together these may tell who somebody is, so approve only if not: %(said)s", said=rare.words)


def check_line(good: bool, count: Any, tone: str, text: str, links: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """One line: green with a check when all is well, else in its tone with a warning and where to look."""
    return {
        "tone": "ok" if good else tone,
        "icon": "check" if good else "warn",
        "count": count,
        "text": text,
        "links": links,
    }


def remark_line(found: Sequence[Remark], tone: str, text: str, address: Address) -> dict[str, Any]:
    """A line about what was found at some places."""
    links = [{"label": _shortened(one.text), "url": address(one)} for one in found[:SHOWN]]
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        links.append({"label": ngettext("%(num)s more", "%(num)s more", more), "url": address(found[SHOWN])})
    return check_line(not found, len(found), tone, text, links)


def wording_lines(wording: Wording, address: Address) -> Iterator[dict[str, Any]]:
    """What was found in the words, the worst first."""
    yield remark_line(wording.advice, "stop", _("Words that advise, or say that it is safe"), address)
    yield remark_line(wording.links, "act", _("Links that are broken, shortened or tracked"), address)
    yield remark_line(wording.no_currency, "act", _("Prices without a currency"), address)
    yield remark_line(wording.no_month, "act", _("Prices without a month"), address)
    yield remark_line(wording.long, "act", _("Long sentences"), address)


def _shortened(text: str) -> str:
    words = bare(text).split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")
