"""What the machine found in an answer, for the rail of the review."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.desk.check_lines import check_line, remark_line, wording_lines
from workflows.answers.checks import FEWEST_KINDS, Checked
from workflows.answers.wording import Remark


def machine(checked: Checked) -> list[dict[str, Any]]:
    """Every check as a line, those about people first."""
    kinds = checked.kinds >= FEWEST_KINDS or not checked.sources
    whole = checked.sources == checked.sources_complete
    return [
        remark_line(checked.personal, "stop", _("Possible personal details"), anchor),
        check_line(whole, f"{checked.sources_complete}/{checked.sources}", "act",
                   _("Sources have a name, a kind and a day")),
        check_line(not checked.without_source, len(checked.without_source), "act", _("Points without a source"),
                   _points(checked.without_source)),
        check_line(kinds, checked.kinds, "act", _("Kinds of source, two at least")),
        check_line(not checked.single_source, len(checked.single_source), "act",
                   _("Points without two independent sources"), _points(checked.single_source)),
        remark_line(checked.references, "act", _("References to a source that is not there"), anchor),
        check_line(not checked.too_old, len(checked.too_old), "act", _("Points too old for their topic"),
                   _points(checked.too_old)),
        *wording_lines(checked.wording, anchor),
    ]  # fmt: skip


def anchor(remark: Remark) -> str:
    """Where a paragraph of a point stands on the page."""
    return f"#{remark.part}-{remark.paragraph}"


def _points(codes: Sequence[str]) -> list[dict[str, str]]:
    return [{"label": code, "url": f"#point-{code}"} for code in codes]
