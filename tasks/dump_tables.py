"""What stands in a dump: the fields of the interface for programs, and how they lie flat in a table."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tasks.dump_files import Table
from workflows.excerpts.described import Source
from workflows.excerpts.news import every_correction_and_retraction
from workflows.excerpts.open_data import Excerpt, Text, every_excerpt
from workflows.excerpts.open_news import Retraction, retraction
from workflows.sheets.open_data import Sheet, every_sheet

TEXT = ("title", "summary", "body", "unknown", "confidence", "place", "sources")
DAYS = ("information_date", "check_soon_from", "valid_until", "expires_on")
EXCERPT = ("ref", "version", "state", "country", "topic_group", "topics", "language", "published_on", "changed_on",
           "translation_of", "translation_of_version", "corrected_on", "freshness", *DAYS, *TEXT, "files", "notice",
           "url")  # fmt: skip
SHEET = ("country", "country_name", "language", "edition", "published_on", "review_on", "sheet_freshness",
         "topic_group", "section", "intro", "ref", "version", "newer_version", "text_language", "state", "freshness",
         "information_date", "valid_until", *TEXT, "notice", "url")  # fmt: skip
RETRACTION = ("kind", "ref", "version", "country", "topics", "language", "on", "note", "url")


def tables(session: Session, base: str, today: date) -> Iterator[Table]:
    """The three of them; `base` is the address of the public site."""
    yield Table("excerpts", every_excerpt(session, base, today), Excerpt, EXCERPT, flat_excerpt)
    yield Table("sheets", every_sheet(session, base, today), Sheet, SHEET, flat_sheet)
    news = (retraction(one, base) for one in every_correction_and_retraction(session))
    yield Table("retractions", news, Retraction, RETRACTION, flat_retraction)


def flat_excerpt(row: Excerpt) -> Iterator[dict[str, Any]]:
    """One line."""
    fresh, of = row.freshness, row.translation_of
    yield {
        **vars(row),
        **_text(row.text),
        **{name: getattr(fresh, name, None) for name in DAYS},
        "freshness": fresh.kind if fresh else None,
        "topics": _many(row.topics),
        "files": json.dumps([asdict(one) for one in row.files], ensure_ascii=False),
        "translation_of": of.ref if of else None,
        "translation_of_version": of.version if of else None,
    }


def flat_sheet(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """One line for each text of each section."""
    for section in sheet.sections:
        around = {"topic_group": section.topic_group, "section": section.title, "intro": section.intro}
        around |= {"language": sheet.language, "sheet_freshness": sheet.freshness}
        for item in section.items:
            yield {**vars(sheet), **vars(item), **_text(item.text), **around, "text_language": item.language}


def flat_retraction(row: Retraction) -> Iterator[dict[str, Any]]:
    """One line."""
    yield {**vars(row), "topics": _many(row.topics)}


def _text(text: Text | None) -> dict[str, Any]:
    if text is None:
        return dict.fromkeys(TEXT)
    return {**vars(text), "sources": json.dumps([_source(one) for one in text.sources], ensure_ascii=False)}


def _source(one: Source) -> dict[str, Any]:
    return asdict(one) | {"dated": one.dated.isoformat() if one.dated else None}


def _many(codes: tuple[str, ...]) -> str:
    return " ".join(codes)
