"""What a published text is found by: one search column, made the same way wherever a text is published."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from workflows.core.markdown import plain
from workflows.core.words import REQUESTERS
from workflows.excerpts.analysis import lexemes, parts
from workflows.vocabulary.models import Country, Topic

SIMPLE: ColumnElement[Any] = literal_column("'simple'::regconfig")
BODY_WORDS = 4000
ANALYSIS = 2
"""Grows when texts are to be found by something else than before: the upkeep then indexes those that are there anew."""


def search_vector(title: str, summary: str, body: str, language: str, beside: str = "") -> ColumnElement[Any]:
    """The SQL value of the search column: words of the title weigh most, then the summary, the body, what is beside."""
    whole: ColumnElement[Any] = _weighed("A", lexemes(title, language))
    inside = parts(f"{title} {summary} {body}", language)
    for weight, words in (
        ("B", lexemes(summary, language)), ("C", lexemes(plain(body), language)), ("D", f"{beside} {inside}")
    ):  # fmt: skip
        whole = whole.op("||")(_weighed(weight, words))
    return whole


def beside(session: Session, country: str, topics: Sequence[str], place: str, language: str) -> str:
    """What a text is found by that its words need not say: its country and topics in each language, its place."""
    named = [
        session.get(Country, country),
        *session.scalars(select(Topic).where(Topic.code.in_(topics)).order_by(Topic.code)),
    ]
    return lexemes(place, language) + " " + names_as_found(row for row in named if row)


def names_as_found(rows: Iterable[Any]) -> str:
    """The names of countries or topics in every language, as they are indexed: the same word once."""
    said = [lexemes(getattr(row, f"name_{language}"), language) for row in rows for language in REQUESTERS]
    return " ".join(dict.fromkeys(" ".join(said).split()))


def _weighed(weight: str, words: str) -> ColumnElement[Any]:
    kept = " ".join(words.split()[:BODY_WORDS])
    return func.setweight(func.to_tsvector(SIMPLE, kept), literal_column(f"'{weight}'::\"char\""))
