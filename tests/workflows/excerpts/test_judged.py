"""How good the search is: a floor under its figures over a hundred and seventy searches."""

from collections import Counter

import pytest
from sqlalchemy.orm import Session

from tests.database import CLEAN
from tests.factories import TODAY
from tests.judged import judge, load, searches


@pytest.fixture(scope="module")
def library(database, _cleaner):
    """The texts, gone at the end."""
    load(database.owner_url, TODAY)
    yield
    _cleaner.execute(CLEAN)


def test_there_are_fifty_searches_in_each_language_of_the_texts_and_twenty_in_arabic() -> None:
    assert Counter(search.language for search in searches(TODAY)) == {"en": 50, "fr": 50, "nl": 50, "ar": 20}


@pytest.mark.parametrize("language", ["en", "fr", "nl", "ar"])
def test_the_right_texts_are_among_the_first_ten(library, public_engine, language: str) -> None:
    asked = [search for search in searches(TODAY) if search.language == language]
    with Session(public_engine) as session:
        quality = judge(session, asked, TODAY)
    print(language, quality)
    assert quality.recall >= 0.95, quality.missed
    assert quality.mrr >= 0.85
