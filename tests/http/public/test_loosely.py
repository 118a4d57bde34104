"""A search that shows texts with most of the words says in which texts it looked for all of them, and counts truly."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from lxml import html
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from workflows.core import clock

OLD = {
    "title": "Prix du sucre",
    "summary": "Insuline absente.",
    "body": "",
    "information_date": clock.today() - timedelta(days=400),
}


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ("q=prix&country=NPL", "No text within these filters has “prix”"),
        ("q=insuline+prix&country=ARM", "No text within these filters has all of “insuline prix”"),
        ("q=insuline+absente&freshness=current", "No text within these filters has all of “insuline absente”"),
        ("q=insuline+absente", "Only expired texts have all of “insuline absente”"),
        ("q=insuline+xylophone&country=COD", "No text has all of “insuline xylophone”"),
    ],
)
def test_a_search_says_where_no_text_has_the_words(public: Browser, scene: Session, asked: str, heading: str) -> None:
    make_published(scene)
    make_published(scene, **OLD)
    make_published(scene, country="ARM", title="Antidiabétiques", summary="Prix absent.", body="")
    make_published(scene, country="NPL", title="Antidiabétiques", summary="Tarif absent.", body="")
    scene.commit()
    assert heading in public.get(f"/en/search?{asked}").text


@pytest.mark.parametrize("words", ["insuline absente", "insuline xylophone", "insuline", "prix insuline"])
@pytest.mark.parametrize("narrowed", ["", "&country=ARM", "&freshness=expired", "&topic=HEA&language=fr"])
def test_every_number_beside_a_filter_is_how_many_choosing_it_shows(
    public: Browser, scene: Session, words: str, narrowed: str
) -> None:
    for day in (0, 170, 400):
        make_published(scene, information_date=clock.today() - timedelta(days=day))
    make_published(scene, **OLD)
    make_published(scene, country="ARM", title="Prix des soins", summary="Diabète.", body="", language="en")
    scene.commit()
    address = f"/en/search?{urlencode({'q': words})}{narrowed}"
    page = html.fromstring(public.get(address).text)
    for box in page.xpath("//label[@class='opt'][span/@class='n']"):
        [field], number = box.xpath("input"), int(box.xpath("span[@class='n']/text()")[0])
        others = [part for part in address.split("&") if not part.startswith(f"{field.get('name')}=")]
        chosen = html.fromstring(public.get("&".join([*others, f"{field.get('name')}={field.get('value')}"])).text)
        shown = chosen.xpath("//*[contains(concat(' ', @class, ' '), ' hit ')]")
        assert len(shown) == number, (address, box.text_content())


def test_the_words_without_filters_are_offered_beside_what_is_like_them(public: Browser, scene: Session) -> None:
    make_published(scene)
    make_published(scene, country="ARM", title="Prix des soins", summary="Diabète.", body="")
    scene.commit()
    page = public.get("/en/search?q=prix+insuline&country=ARM").text
    assert '<a href="/en/search?q=prix+insuline">The same words without filters</a>' in page
    assert "Prix des soins" in page
