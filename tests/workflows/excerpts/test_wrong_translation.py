"""A translation of what was wrong: in no list, count, feed or answer is it current, whatever its dates say."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import TODAY
from tests.published import correct, make_published
from workflows.excerpts.matching import Asked, matching_excerpts
from workflows.excerpts.open_data import briefly, every_excerpt, how_they_stand, open_excerpt
from workflows.excerpts.public import coverage_by_group, newest_texts, published_page
from workflows.excerpts.search import Filters, search_page

KNOWN = TODAY - timedelta(days=2)
BASE = "https://terrain.example"


@pytest.fixture
def wrong(scene: Session) -> str:
    """The French of an English text whose second version corrected the first."""
    known = {"published_on": KNOWN}
    original = make_published(scene, versions=2, language="en", title="Insulin", country="ARM", **known)
    french = make_published(scene, source_ref=original, source_number=1)
    correct(scene, original, 2, "The price was per week.")
    return french


def test_a_search_counts_and_shows_it_as_corrected_and_as_nothing_else(scene: Session, wrong: str) -> None:
    found = search_page(scene, Filters(words="insuline", languages=("fr",)), TODAY)
    assert [(hit.ref, hit.freshness, hit.corrected_on) for hit in found.hits] == [(wrong, "corrected", KNOWN)]
    assert dict(found.by_freshness) == {"corrected": 1, "current": 0}
    for freshness, refs in (("current", []), ("corrected", [wrong]), ("expired", [])):
        hits = search_page(scene, Filters(languages=("fr",), freshness=(freshness,)), TODAY).hits
        assert [hit.ref for hit in hits] == refs


def test_an_expired_one_leaves_searches_as_any_other_and_is_still_not_called_by_its_dates(scene: Session) -> None:
    original = make_published(scene, versions=2, language="en")
    old = make_published(scene, source_ref=original, source_number=1, information_date=TODAY - timedelta(days=300))
    correct(scene, original, 2, "The price was per week.")
    assert search_page(scene, Filters(languages=("fr",)), TODAY).hits == ()
    [hit] = search_page(scene, Filters(languages=("fr",), freshness=("expired",)), TODAY).hits
    assert (hit.ref, hit.freshness) == (old, "corrected")


def test_lists_beside_a_text_and_of_a_country_say_so(scene: Session, wrong: str) -> None:
    beside = published_page(scene, make_published(scene), TODAY).related
    assert [(one.ref, one.freshness) for one in beside] == [(wrong, "corrected")]
    newest = newest_texts(scene, TODAY, "COD")
    assert {one.ref: one.freshness for one in newest}[wrong] == "corrected"


def test_alone_it_makes_no_topic_current(scene: Session) -> None:
    original = make_published(scene, versions=2, language="en", topic_group="HOU", topics=["HOU-rent"])
    make_published(scene, source_ref=original, source_number=1)
    assert coverage_by_group(scene, TODAY)["HEA"].freshness == "current"
    correct(scene, original, 2, "The price was per week.")
    assert coverage_by_group(scene, TODAY)["HEA"].freshness == "out_of_date"


def test_nobody_is_offered_it_as_an_answer_to_rely_on(scene: Session, wrong: str) -> None:
    asked = Asked(country="COD", topics=["HEA-medicines"], language="fr", points=["insuline"])
    [match] = matching_excerpts(scene, asked, TODAY)
    assert (match.ref, match.freshness, match.reliable) == (wrong, "corrected", False)


def test_programs_and_dumps_are_told_since_when_and_no_dates(scene: Session, wrong: str) -> None:
    [hit] = search_page(scene, Filters(languages=("fr",)), TODAY).hits
    told = [
        briefly(hit, BASE), open_excerpt(scene, wrong, BASE, TODAY), *how_they_stand(scene, [wrong], BASE, TODAY),
        *(one for one in every_excerpt(scene, BASE, TODAY) if one.ref == wrong),
    ]  # fmt: skip
    assert [(one.corrected_on, one.freshness) for one in told] == [(KNOWN, None)] * 4
