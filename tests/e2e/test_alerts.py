"""Letters about news in a real browser, in both directions: asked for, agreed to, changed and ended; every page examined."""

import pytest
from sqlalchemy.orm import Session

from tasks.world import World
from tests.e2e.conftest import Make, Person
from tests.published import make_published
from tests.subscribers import letters, link_in
from web_kit.app import limiter
from workflows.core import clock
from workflows.subscribers.models import Subscriber, Subscription

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
ways = pytest.mark.parametrize(("lang", "scripts"), [("en", True), ("ar", True), ("fr", False)])


@pytest.fixture
def reader(person: Make, sites: dict[str, str], scene: Session, lang: str) -> Person:
    """Somebody at the public site, where something about Guinea was published today."""
    limiter.reset()
    make_published(scene, country="GIN", language="en", title="Rooms in Conakry", published_on=clock.today())
    scene.commit()
    one = person(f"reader-{lang}")
    one.home = sites["public"]
    return one


def sends(reader: Person) -> None:
    reader.clicks(reader.page.locator("main form button[type=submit]").last)


def followed(scene: Session) -> set[tuple[str, str, bool]]:
    scene.rollback()
    scene.expire_all()
    return {(one.country, one.topic, one.confirmed_at is not None) for one in scene.query(Subscription)}


@ways
def test_letters_are_asked_for_agreed_to_changed_and_ended(
    reader: Person, scene: Session, world: World, lang: str
) -> None:
    asks(reader, lang)
    assert followed(scene) == {("GIN", "", False)}
    [letter] = letters(world)
    reader.goes_to(link_in(letter))
    assert reader.page.locator("html").get_attribute("lang") == lang
    sends(reader)
    assert followed(scene) == {("GIN", "", True)}
    reader.reads("Rooms in Conakry")

    reader.page.locator("select[name=topic]").select_option("HEA")
    sends(reader)
    assert followed(scene) == {("GIN", "", True), ("", "HEA", True)}
    reader.page.locator("input[name=kept]").first.uncheck()
    sends(reader)
    assert len(followed(scene)) == 1

    reader.clicks(reader.page.locator("main a[href$='/stop']"))
    sends(reader)
    assert scene.query(Subscriber).count() == 0


def asks(reader: Person, lang: str) -> None:
    """Fill in the form that a country's page leads to, after having left the address out."""
    reader.goes_to(f"/{lang}/c/GIN")
    reader.clicks(reader.page.locator("main a[href*='/alerts']").first)
    assert reader.page.locator("select[name=country]").input_value() == "GIN"
    sends(reader)
    assert reader.page.locator("#errors").is_visible()
    reader.page.locator("input[name=email]").fill("amina@example.org")
    reader.takes_time()
    sends(reader)
    assert reader.page.url.endswith("/alerts/sent")


@pytest.mark.parametrize(("lang", "scripts"), [("en", True), ("ar", True)])
def test_nothing_left_ticked_ends_the_letters_too(reader: Person, scene: Session, world: World, lang: str) -> None:
    asks(reader, lang)
    [letter] = letters(world)
    reader.goes_to(link_in(letter))
    reader.page.locator("input[name=kept]").uncheck()
    sends(reader)
    assert scene.query(Subscriber).count() == 0
    reader.page.goto(reader.home + link_in(letter))
    reader.looks()
