"""What a published text is found by: one search column, made the same way wherever a text is published."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column

from workflows.excerpts.analysis import lexemes
from workflows.excerpts.markdown import plain

SIMPLE: ColumnElement[Any] = literal_column("'simple'::regconfig")
BODY_WORDS = 4000


def search_vector(title: str, summary: str, body: str, language: str) -> ColumnElement[Any]:
    """The SQL value of the search column: words of the title weigh most, then the summary, then the body."""
    parts = (("A", title), ("B", summary), ("C", plain(body)))
    vectors = [_weighed(weight, lexemes(text, language)) for weight, text in parts]
    whole: ColumnElement[Any] = vectors[0].op("||")(vectors[1]).op("||")(vectors[2])
    return whole


def _weighed(weight: str, words: str) -> ColumnElement[Any]:
    kept = " ".join(words.split()[:BODY_WORDS])
    return func.setweight(func.to_tsvector(SIMPLE, kept), literal_column(f"'{weight}'::\"char\""))
