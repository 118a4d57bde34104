"""Which texts of the desk's list say what somebody typed: in the reference, the title, or what is published."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from workflows.excerpts.analysis import query_lexemes
from workflows.excerpts.models import Excerpt, ExcerptState, PublishedExcerpt
from workflows.excerpts.search_text import SIMPLE

MOST_WORDS = 16


def says(words: str, newest: Any) -> ColumnElement[bool]:
    """Of a text under work, whose title readers may not have yet."""
    begins = Excerpt.ref.istartswith(words.strip(), autoescape=True)
    return or_(begins, _in_title(words, newest), _published(words))


def says_at_rest(words: str, newest: Any) -> ColumnElement[bool]:
    """Of a text whose newest version is the published one: what is published says it, and no version of the others is
    looked into. Only of a retracted text nothing is left there. What is cheap to see comes first.
    """
    text = PublishedExcerpt
    gone = and_(text.state == ExcerptState.RETRACTED, _in_title(words, newest))
    begins = text.ref.startswith(words.strip().upper(), autoescape=True)
    return or_(begins, _published(words), _in_title(words, text), gone)


def _in_title(words: str, text: Any) -> ColumnElement[bool]:
    return and_(*(text.title.icontains(word, autoescape=True) for word in words.split()[:MOST_WORDS]))


def _published(words: str) -> ColumnElement[bool]:
    """As the public finds it."""
    query = query_lexemes(words, prefix=True)
    return PublishedExcerpt.search.op("@@")(func.to_tsquery(SIMPLE, query)) if query else false()
