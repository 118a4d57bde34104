"""Brings the vocabulary tables into line with the files in `data/`. Run at each release; twice is as once."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.vocabulary.models import Country, Facet, Region, Topic

DATA = Path(__file__).parent / "data"
GROUP_STEP = 100  # a group's position is 100, 200, …; its topics follow as 101, 102, …


def read(name: str) -> list[dict[str, Any]]:
    """The rows of one data file, in their order."""
    rows: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def load_vocabulary(session: Session) -> None:
    """Add what is new, correct what changed, deactivate what vanished from the files. Never deletes a row."""
    _bring_in_line(session, Region, "code", _numbered(read("regions")))
    _bring_in_line(session, Country, "iso3", read("countries"))
    _bring_in_line(session, Topic, "code", _numbered_topics(read("topics")))
    _bring_in_line(session, Facet, "code", _numbered(read("facets")))
    session.flush()


def _bring_in_line(session: Session, model: type[Any], key: str, rows: list[dict[str, Any]]) -> None:
    stored = {getattr(row, key): row for row in session.scalars(select(model))}
    awake = {"active": True} if hasattr(model, "active") else {}
    plain = {"sensitive": False} if hasattr(model, "sensitive") else {}
    for values in rows:
        row = stored.pop(values[key], None)
        if row is None:
            row = model()
            session.add(row)
        for name, value in (plain | values | awake).items():
            setattr(row, name, value)
    for vanished in stored.values():
        if awake:
            vanished.active = False


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"position": position} for position, row in enumerate(rows, start=1)]


def _numbered_topics(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    numbered, position = [], 0
    for row in rows:
        position = position + 1 if row["parent_code"] else (position // GROUP_STEP + 1) * GROUP_STEP
        numbered.append(row | {"position": position})
    return numbered
