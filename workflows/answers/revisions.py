"""The frozen form of a submission: points and rows as they stand, without what is sealed, under a digest."""

import hashlib
import json
from datetime import date
from typing import Any

from workflows.answers.models import AnswerState
from workflows.answers.written import Written

POINT = ("code", "text", "place", "information_date", "confidence", "not_found", "searched_where")
SOURCE = (
    "id", "position", "point_code", "kind", "label", "dated", "mode", "consent", "keeps_identity", "assessment_who",
    "assessment_what", "assessment_how", "assessment_why", "assessment_when", "independence",
)  # fmt: skip
PRICE = ("position", "point_code", "what", "amount", "currency", "unit", "day")
CONTACT = ("id", "position", "point_code", "label", "may_publish", "reach", "keeps_reach")

NOTHING: dict[str, Any] = {"points": [], "sources": [], "prices": [], "contacts": [], "credit": "anonymous"}
"""The content of a revision that was erased."""

SHOWN = {
    name: tuple(one for one in names if one not in {"id", "position"})
    for name, names in (("sources", SOURCE), ("prices", PRICE), ("contacts", CONTACT))
}
"""What its writer may see of a row."""


def freeze(written: Written) -> dict[str, Any]:
    """The content of a revision. Sources and contacts are named by id, under which their sealed part is kept."""
    return {
        "points": [_frozen(point, POINT) for point in written.points],
        "sources": [_frozen(source, SOURCE) for source in written.sources],
        "prices": [_frozen(price, PRICE) for price in written.prices],
        "contacts": [_frozen(contact, CONTACT) for contact in written.contacts],
        "credit": written.credit,
    }


def stands_as_sent(work: Any, code: str) -> bool:
    """Whether one point, with its lists, is still as it was sent last."""
    if work.state != AnswerState.RETURNED or not work.sent:
        return False
    now = [_frozen(point, POINT) for point in work.points if point.code == code]
    if now != [point for point in work.sent["points"] if point["code"] == code]:
        return False
    return all(
        [_frozen(row, names) for row in work.rows_of(name, code)]
        == [{one: row[one] for one in names} for row in work.sent.get(name, []) if row["point_code"] == code]
        for name, names in SHOWN.items()
    )


def digest_of(content: dict[str, Any]) -> bytes:
    """SHA-256 of the content as canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).digest()


def _frozen(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _json(getattr(row, name)) for name in names}


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bool | int) else str(value)
