"""Matching a question with the library: how often the right text is among the first, and what one question takes."""

import statistics
import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from benchmarks.world import BenchWorld
from tests.paraphrases import FIRST, QUESTIONS, TEXTS, Shelf, Subject, another_language, found
from workflows.core import clock
from workflows.core.db import make_engine
from workflows.excerpts.matching import matching_excerpts


def main(world: BenchWorld) -> None:
    """Add the texts that are nearly alike to those that are there, and ask."""
    print(f"\nMatching: {QUESTIONS} questions in other words, {TEXTS} texts of which many are nearly alike")
    shelf, engine = Shelf(), make_engine(world.owner_url)
    shelf.load(world.owner_url, clock.today())
    try:
        with Session(engine) as session:
            _measure(session, shelf, "in the language of the text", lambda subject: subject.language)
            _measure(session, shelf, "in another language", another_language)
            _measure(session, shelf, "of their group alone", another_language, close=True)
    finally:
        engine.dispose()


def _measure(
    session: Session, shelf: Shelf, name: str, language_of: Callable[[Subject], str], *, close: bool = False
) -> None:
    answers, rights, taken, today = [], [], [], clock.today()
    for subject, asked in shelf.questions(language_of):
        started = time.perf_counter()
        answers.append([match.ref for match in matching_excerpts(session, asked, today, close=close)])
        taken.append(1000 * (time.perf_counter() - started))
        rights.append(subject.ref)
    firsts = ", ".join(f"{found(answers, rights, first):.1%} among the first {first}" for first in (1, FIRST, 10))
    print(f"  {name:<30} {firsts}; {statistics.median(taken):.0f} ms")
