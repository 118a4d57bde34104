"""How many texts of which age there are: the counts of one page never deny those of another."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from workflows.core import clock

TODAY = clock.today()


def test_a_search_that_is_narrowed_by_freshness_says_no_count_that_its_heading_denies(
    public: Browser, scene: Session
) -> None:
    old = make_published(scene, information_date=TODAY - timedelta(days=600))
    make_published(scene)
    scene.commit()
    assert "1 current, 0 to check soon, 0 out of date." in public.get("/en/search").text
    for kind, word in (("expired", "Expired"), ("current", "Current")):
        page = public.get(f"/en/search?freshness={kind}").text
        assert "<h1>1 answer</h1>" in page
        assert "to check soon, " not in page
        assert f"</svg>{word}</b>" in page
    expired = public.get("/en/search?freshness=expired").text
    assert f'href="/en/e/{old}"' in expired
    assert "was valid until" in expired
    assert "Out of date</b>" not in expired


@pytest.mark.parametrize(("old", "said"), [(0, "0 périmé."), (1, "1 périmé."), (2, "2 périmés.")])
def test_a_count_of_texts_that_are_out_of_date_agrees_with_its_noun_in_french(
    public: Browser, scene: Session, old: int, said: str
) -> None:
    make_published(scene)
    for _ in range(old):
        make_published(scene, information_date=TODAY - timedelta(days=100), validity=90)
    scene.commit()
    assert f"1 à jour, 0 à vérifier bientôt, {said}" in public.get("/fr/search").text


def test_a_tile_and_the_search_that_it_leads_to_count_the_same_texts(public: Browser, scene: Session) -> None:
    make_published(scene)
    make_published(scene, information_date=TODAY - timedelta(days=600))
    make_published(scene, country="ARM", information_date=TODAY - timedelta(days=600))
    scene.commit()
    for country, said in (("COD", "1 answer"), ("ARM", "0 answers")):
        tile = re.search(rf'<a href="/en/c/{country}".*?</a>', public.get("/en/countries").text)
        assert tile
        assert said in tile[0]
        assert f"<h1>{said}</h1>" in public.get(f"/en/search?country={country}").text


def test_what_has_expired_has_another_sign_than_what_is_out_of_date(public: Browser, scene: Session) -> None:
    make_published(scene, information_date=TODAY - timedelta(days=200), topics=["HEA-medicines"])
    make_published(scene, information_date=TODAY - timedelta(days=600), topics=["HEA-treatments"])
    scene.commit()

    def sign(page: str, around: str) -> str:
        [found] = re.findall(around, page)
        return str(found)

    country = public.get("/en/c/COD").text
    assert sign(country, r'#f-(\w+)"/></svg><span class="vh">[^<]*</span><a href="/en/c/COD/HEA-medicines"') == "stale"
    assert (
        sign(country, r'#f-(\w+)"/></svg><span class="vh">[^<]*</span><a href="/en/c/COD/HEA-treatments"') == "expired"
    )
    for kind, word in (("out_of_date", "Out of date"), ("expired", "Expired")):
        shown = "stale" if kind == "out_of_date" else kind
        assert sign(public.get(f"/en/search?freshness={kind}").text, rf'#f-(\w+)"/></svg>{word}</b>') == shown
        assert sign(public.get("/en/help/freshness").text, rf'#f-(\w+)"/></svg> <b>{word}</b>') == shown
