"""Looking for what one has in hand or in mind: a number from a paper, one word typed wrong, a country by its letter."""

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser


@pytest.mark.parametrize("typed", ["{}", " {} ", "{} v1", "{} V1"])
def test_the_number_of_a_text_as_a_paper_has_it_leads_to_the_text(public: Browser, scene: Session, typed: str) -> None:
    ref = make_published(scene)
    scene.commit()
    for words in (typed.format(ref), typed.format(ref).lower()):
        answer = public.get("/fr/search", query_string={"q": words})
        assert (answer.status_code, answer.location) == (302, f"/fr/e/{ref}")
    assert public.get("/en/search?q=COD-HEA-9999").status_code == 200


def test_of_one_word_that_is_in_no_text_it_is_said_that_others_are_like_it(public: Browser, scene: Session) -> None:
    make_published(scene)
    scene.commit()
    page = public.get("/en/search?q=insulne").text
    assert "No text has “insulne”" in page
    assert "a word that is like it" in page
    assert "most of your words" not in page


def test_countries_are_listed_as_a_reader_of_the_language_looks_for_them(public: Browser) -> None:
    page = public.get("/fr/alerts").text
    assert page.index("Albanie") < page.index("Équateur") < page.index("Géorgie")


@pytest.mark.parametrize("path", ["c/COD/HEA-medicines", "search?country=COD&topic=HEA-medicines"])
def test_who_found_nothing_asks_about_the_country_and_the_topic_of_the_page(public: Browser, path: str) -> None:
    page = public.get(f"/fr/{path}").text
    assert 'href="/fr/ask?country=COD&amp;topic=HEA-medicines"' in page
    assert 'href="/fr/ask"' in public.get("/fr/search?country=COD&country=NPL").text
