"""What the machine found in a version of an excerpt, for the rail of its page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from flask_babel import gettext as _

from webapp.desk.check_lines import Address, check_line, remark_line, said_together, wording_lines
from workflows.answers.checks import FEWEST_KINDS
from workflows.answers.wording import Remark
from workflows.excerpts.checks import Reading
from workflows.excerpts.desk_page import Working, Written


class Read(Protocol):
    """A version that the machine has read: the one under work, or the one that readers have."""

    @property
    def reading(self) -> Reading: ...

    @property
    def text(self) -> Written: ...

    @property
    def problems(self) -> Mapping[str, str]: ...


def on_page(remark: Remark) -> str:
    """Where a paragraph of a field stands on the page."""
    return f"#{remark.part}-{remark.paragraph}"


def wrong_as_saved(working: Working, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """For the form in which it is mended: what is not well in the text that was saved last, leading to the fields."""
    lines = checks(working, labels, (), lambda remark: f"#{remark.part}")
    return [line for line in lines if line["tone"] != "ok"]


def checks(
    read: Read, labels: Mapping[str, str], same: Sequence[str], anchor: Address = on_page
) -> Iterator[dict[str, Any]]:
    """Every check as a line, those that keep the text from readers first; `same` are fields that nobody translated."""
    reading, sources, problems = read.reading, read.text.sources, read.problems
    yield _personal(reading.personal, labels, anchor)
    if agreed := reading.agreed:
        links = [{"label": one.text, "url": anchor(one)} for one in agreed]
        yield check_line(True, len(agreed), "ok", _("Agreed to be published: how to reach a contact"), links)
    if reading.houses:
        links = [{"label": one.text, "url": anchor(one)} for one in reading.houses]
        yield check_line(
            False, len(links), "act", _("Read as a public place or institution; approve only if it is no person"), links
        )
    if rare := said_together(reading.rare):
        yield check_line(False, 1, "act", rare)
    if same:
        where = ", ".join(labels[name] for name in same)
        yield check_line(False, len(same), "act", _("Word for word as in the original: %(where)s", where=where))
    whole = sum(all(one.get(part) for part in ("label", "kind", "dated")) for one in sources)
    good = bool(sources) and whole == len(sources)
    yield check_line(good, f"{whole}/{len(sources)}", "stop", _("Sources with description, kind and day"))
    kinds = len({one["kind"] for one in sources if one.get("kind")})
    yield check_line(kinds >= FEWEST_KINDS, kinds, "act", _("Kinds of source, two at least"))
    yield remark_line(reading.references, "stop", _("References to a source that is not there"), anchor)
    unused = [{"label": str(one), "url": anchor(Remark("sources", one - 1, str(one)))} for one in reading.unused]
    yield check_line(not unused, len(unused), "act", _("Sources that the text never refers to"), unused)
    old = "valid_until" in problems
    yield check_line(not old, int(old), "stop", _("Out of date already, by the day it was true"))
    yield from wording_lines(reading.wording, anchor)


def _personal(found: tuple[Remark, ...], labels: Mapping[str, str], anchor: Address) -> dict[str, Any]:
    if not found:
        return check_line(True, 0, "stop", _("Places that may point to a person"))
    where = ", ".join(dict.fromkeys(labels.get(one.part, one.part) for one in found))
    return remark_line(found, "stop", _("May point to a person, in: %(where)s", where=where), anchor)
