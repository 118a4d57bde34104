"""A hundred and seventy searches, each with the texts that answer it, among the demonstration's and thousands of others.

The searches are written as people type: single words, whole questions, without accents, in other forms of a word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from ops.demo import texts
from tests.paraphrases import Shelf
from tests.published import make_published
from workflows.core.db import make_engine
from workflows.excerpts.search import Filters, search_page

LIST = Path(__file__).parent / "workflows/excerpts/judged.txt"
OTHERS = 2_000
FIRST = 10


@dataclass(frozen=True)
class Search:
    """What somebody types, and the references of what answers it."""

    language: str
    words: str
    right: frozenset[str]


@dataclass(frozen=True)
class Quality:
    """recall: the share of right texts among the first ten. mrr: the mean of 1 / place of the first right one."""

    recall: float
    mrr: float
    missed: Sequence[str]


def load(url: str, today: date) -> None:
    """Publish the demonstration's texts, all of them current, and two thousand others that are nearly alike."""
    shelf, engine = Shelf(), make_engine(url)
    shelf.subjects = shelf.subjects[:OTHERS]
    shelf.load(url, today)
    with Session(engine) as session, session.begin():
        for ref, row in _demonstration(today):
            words = {name: row[name] for name in ("country", "topics", "language", "place", "title", "summary", "body")}
            given = words | {"topic_group": row["topics"][0][:3], "information_date": today - timedelta(days=20)}
            make_published(session, ref=ref, **given)
    engine.dispose()


def searches(today: date) -> list[Search]:
    """All of them. A piece of a title that is in no text, or in several, is a mistake in the list."""
    titles = {ref: row["title"] for ref, row in _demonstration(today)}
    found = []
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, words, pieces = (part.strip() for part in line.split("|"))
        right = [[ref for ref, title in titles.items() if piece.strip() in title] for piece in pieces.split(";")]
        assert all(len(refs) == 1 for refs in right), line
        found.append(Search(language, words, frozenset(ref for [ref] in right)))
    return found


def judge(session: Session, asked: Sequence[Search], today: date) -> Quality:
    """Search for each, as the page does."""
    recall, reciprocal, missed = 0.0, 0.0, []
    for search in asked:
        refs = [hit.ref for hit in search_page(session, Filters(words=search.words), today).hits][:FIRST]
        recall += len(search.right & set(refs)) / len(search.right)
        reciprocal += next((1 / place for place, ref in enumerate(refs, 1) if ref in search.right), 0.0)
        if not search.right <= set(refs):
            missed.append(search.words)
    return Quality(recall / len(asked), reciprocal / len(asked), missed)


def _demonstration(today: date) -> Iterator[tuple[str, dict]]:
    for number, row in enumerate(texts.excerpts(today)):
        yield f"{row['country']}-{row['topics'][0][:3]}-{90_000 + number}", row
