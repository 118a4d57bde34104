"""Corrections and the ends of texts as programs and dumps are given them."""

from dataclasses import dataclass
from datetime import date

from workflows.excerpts.described import Described, address_of
from workflows.excerpts.news import News


@dataclass(frozen=True)
class Retraction(Described):
    """A correction, also of what a translation renders, a withdrawal or a retraction."""

    kind: str
    """correction, original_corrected (of a translation: what it renders was wrong, and this version says so still),
    withdrawn or retracted."""
    ref: str
    version: int
    """The corrected version, or the last one of what is wrong or was taken back."""
    country: str
    topics: tuple[str, ...]
    language: str
    on: date
    note: str
    """Why, in the language of the text; where nobody put it into that of a translation, a sentence of ours."""
    url: str


def retraction(news: News, base: str) -> Retraction:
    """A correction, or the end of a text."""
    return Retraction(
        news.kind, news.ref, news.number, news.country, news.topics, news.language, news.on, news.told,
        address_of(base, news.ref, None if news.taken_back else news.number),
    )  # fmt: skip
