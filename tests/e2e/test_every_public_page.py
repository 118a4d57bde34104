"""Every public page that needs no code, from the list of addresses itself: examined wide and narrow, in both directions."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.e2e.conftest import Make, Person
from tests.http.matrix import Variant, World
from tests.http.routes import SAFE, routes
from tests.http.test_matrix import no_limits, world
from tests.published import make_published
from tests.sites import Browser
from workflows.core import clock

__all__ = ["no_limits", "world"]
pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
directions = pytest.mark.parametrize("lang", ["en", "ar"])
PAGE = "text/html"


@pytest.fixture
def reader(person: Make, sites: dict[str, str], lang: str) -> Person:
    one = person(f"reader-{lang}")
    one.home = sites["public"]
    one.enlarges = True
    return one


def is_a_page(public: Browser, path: str) -> bool:
    answer = public.get(path, buffered=True)
    return answer.status_code == 200 and answer.mimetype == PAGE


@pytest.fixture
def pages(public_app: Flask, public: Browser, world: World, lang: str) -> list[str]:
    world.variants["lang"] = world.variants["entry.speak.code"] = [Variant(lang, lang)]
    addresses = (path for route in routes(public_app, SAFE) for path, _ in route.addresses(world))
    found = [path for path in addresses if is_a_page(public, path)]
    assert f"/{lang}/" in found
    assert len(found) > 25
    return found


@directions
def test_every_page_among_the_addresses_is_examined(reader: Person, pages: list[str]) -> None:
    for path in pages:
        reader.goes_to(path)


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_no_page_scrolls_sideways_where_words_are_long_and_letters_large(reader: Person, pages: list[str]) -> None:
    for path in pages:
        reader.page.goto(reader.home + path)
        reader.enlarged()


@directions
def test_a_search_is_examined_whatever_it_finds(reader: Person, scene: Session, no_limits: None, lang: str) -> None:
    make_published(scene)
    scene.commit()
    for asked, said in (
        ("q=insuline", 'class="hit'),
        ("q=insuline&country=ARM&topic=SOC", 'class="empty'),
        ("q=insulinne&country=ARM", 'class="empty'),
        ("q=insuline+xylophone", 'class="hit'),
        ("q=xylophone", 'class="empty'),
    ):
        reader.goes_to(f"/{lang}/search?{asked}")
        reader.reads(said)


@directions
def test_a_text_is_examined_whatever_became_of_it(reader: Person, scene: Session, no_limits: None, lang: str) -> None:
    today, given = clock.today(), {"language": lang}
    refs = [
        make_published(scene, **given, information_date=today - timedelta(days=150)),
        make_published(scene, **given, information_date=today - timedelta(days=200)),
        make_published(scene, **given, information_date=today - timedelta(days=400)),
        *(make_published(scene, **given, state=state) for state in ("on_hold", "withdrawn", "archived")),
        make_published(scene, **given, state="retracted", notice="The price was of another town."),
    ]
    scene.commit()
    for ref in refs:
        reader.goes_to(f"/{lang}/e/{ref}")


@directions
def test_what_cannot_be_shown_or_taken_is_examined_too(
    reader: Person, scene: Session, no_limits: None, lang: str
) -> None:
    ref = make_published(scene)
    scene.commit()
    for path in (f"/{lang}/e/COD-HEA-0999", f"/{lang}/c/XXX", "/nowhere"):
        answer = reader.page.goto(reader.home + path)
        assert answer is not None
        assert answer.status == 404
        reader.looks()
    reader.goes_to(f"/{lang}/report/{ref}")
    reader.takes_time()
    reader.clicks(reader.page.locator("main form button[type=submit]").last)
    assert reader.page.locator("#errors").is_visible()
