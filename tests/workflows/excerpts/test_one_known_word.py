"""A search of which only one word is known, a common one, finds what that word alone finds."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import TODAY
from tests.published import make_published
from workflows.excerpts import search_help
from workflows.excerpts.search import Filters, listed_page, search_page

UNKNOWN = "insuline xyzzyq"


@pytest.fixture
def library(scene: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(search_help, "COUNTED", 30)
    refs = [make_published(scene, information_date=TODAY - timedelta(days=days)) for days in range(30)]
    make_published(scene, title="Loyer", summary="Loyer", body="Loyer", topics=["HOU-rental"], topic_group="HOU")
    scene.commit()
    return refs


def test_it_says_that_no_text_has_all_words(scene: Session, library: list[str]) -> None:
    alone = search_page(scene, Filters(words="insuline"), TODAY)
    both = search_page(scene, Filters(words=UNKNOWN), TODAY)
    assert both.loosely
    assert not alone.loosely
    assert both.total == alone.total == len(library)
    assert [hit.ref for hit in both.hits] == [hit.ref for hit in alone.hits]
    assert both.facets == alone.facets


def test_its_pages_follow_each_other(scene: Session, library: list[str]) -> None:
    first = search_page(scene, Filters(words=UNKNOWN), TODAY)
    second = search_page(scene, Filters(words=UNKNOWN, after=first.next_after), TODAY)
    assert sorted(hit.ref for hit in (*first.hits, *second.hits)) == sorted(library)


def test_a_program_is_told_the_same(scene: Session, library: list[str]) -> None:
    listed = listed_page(scene, Filters(words=UNKNOWN), TODAY, 100)
    assert listed.loosely
    assert sorted(hit.ref for hit in listed.hits) == sorted(library)


def test_filters_narrow_it(scene: Session, library: list[str]) -> None:
    narrowed = search_page(scene, Filters(words=UNKNOWN, groups=("HOU",)), TODAY)
    assert narrowed.total == 0
    assert narrowed.known == "insuline"
    assert not narrowed.words_elsewhere
