"""What the page of a text says of itself: how sure we are, which version it is, in which language what stands."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from workflows.core import clock


@pytest.mark.parametrize("path", ["", "/v1"])
def test_nobody_says_how_sure_we_are_of_a_text_that_was_taken_back(public: Browser, scene: Session, path: str) -> None:
    gone = make_published(scene, state="withdrawn", notice="A price in this text was wrong.")
    sound = make_published(scene)
    scene.commit()
    assert "Fairly sure" in public.get(f"/en/e/{sound}{path}").text
    page = public.get(f"/en/e/{gone}{path}").text
    assert "A price in this text was wrong." in page
    assert "How sure are we?" not in page
    assert "Fairly sure" not in page


def test_every_version_of_the_history_is_a_link_but_the_one_on_the_page(public: Browser, scene: Session) -> None:
    ref = make_published(scene, versions=3)
    scene.commit()

    def linked(path: str) -> list[str]:
        return html.fromstring(public.get(f"/en/e/{ref}{path}").text).xpath("//ol[@class='hist']//b/a/@href")

    assert linked("") == [f"/en/e/{ref}/v2", f"/en/e/{ref}/v1"]
    assert linked("/v2") == [f"/en/e/{ref}", f"/en/e/{ref}/v1"]


@pytest.mark.parametrize("days", [0, 200, 400])
def test_an_older_version_says_so_and_not_how_fresh_it_is(public: Browser, scene: Session, days: int) -> None:
    ref = make_published(scene, versions=2, information_date=clock.today() - timedelta(days=days))
    scene.commit()
    older, newest = (public.get(f"/en/e/{ref}{path}").text for path in ("/v1", "/v2"))
    told = html.fromstring(older).xpath("string(//dl[@class='facts']/div[1])")
    assert " ".join(told.split()) == "Is it up to date? Older version"
    assert f'href="/en/e/{ref}">Read the newest version' in older
    assert "alid until" not in older.split('id="cite"')[0]
    assert '"expires"' not in older
    assert "<title>Insuline 30/70 à Kinshasa (version 1) – " in older
    assert "Older version" not in newest


def test_an_older_version_of_what_was_taken_back_tells_that_first(public: Browser, scene: Session) -> None:
    ref = make_published(scene, versions=2, state="withdrawn", notice="A price in this text was wrong.")
    scene.commit()
    page = public.get(f"/en/e/{ref}/v1").text
    assert page.index("A price in this text was wrong.") < page.index("<h1")


def test_the_place_is_called_one(public: Browser, scene: Session) -> None:
    somewhere, anywhere = make_published(scene), make_published(scene, place="")
    scene.commit()
    assert "<small>Place: Kinshasa</small>" in public.get(f"/en/e/{somewhere}").text
    assert "Place:" not in public.get(f"/en/e/{anywhere}").text


def test_on_paper_nothing_stands_that_is_to_be_pressed(public: Browser, scene: Session) -> None:
    ref = make_published(scene)
    scene.commit()
    page = html.fromstring(public.get(f"/en/e/{ref}").text)
    assert len(page.xpath("//*[@class='unprinted'][contains(., 'As a file:')]/a")) == 3
    assert page.xpath("//p[not(@class='unprinted')]/a[.='Link to this version']")
