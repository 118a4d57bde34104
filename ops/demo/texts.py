"""Reads the invented texts in `content/`, with dates that are right on whatever day the demonstration is loaded."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from babel.dates import format_date

CONTENT = Path(__file__).parent / "content"
MONTH = "{month}"
_DATED = ("summary", "body", "unknown", "public_note")


def read(name: str) -> list[dict[str, Any]]:
    """The rows of one content file: partners, staff, requests, excerpts or sheets, as they were written."""
    rows: list[dict[str, Any]] = json.loads((CONTENT / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def excerpts(today: date) -> list[dict[str, Any]]:
    """The excerpts as they read today: `{month}` in a text is the month in which that version was true.

    `days_ago` fields stay numbers of days before today. `earlier` holds the older versions, the first one first.
    """
    return [_dated(row, row["language"], today) for row in read("excerpts")]


def _dated(version: dict[str, Any], language: str, today: date) -> dict[str, Any]:
    month = format_date(today - timedelta(days=version["information_days_ago"]), "MMMM yyyy", locale=language)
    texts = {key: _with_month(version[key], month, language) for key in _DATED if key in version}
    earlier = [_dated(older, language, today) for older in version.get("earlier", [])]
    return version | texts | ({"earlier": earlier} if "earlier" in version else {})


def _with_month(text: str, month: str, language: str) -> str:
    if language != "fr" or month[0] not in "ao":
        return text.replace(MONTH, month)
    return re.sub(r"\bde \{month\}", f"d’{month}", text).replace(MONTH, month)
