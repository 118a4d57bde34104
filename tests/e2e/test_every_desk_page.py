"""Every page of the desk, from the list of addresses itself, on the narrowest screen and where words are long."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.e2e.conftest import WIDTHS, Person, Sits
from tests.factories import make_assignment, make_partner, make_question, make_request, make_staff
from tests.http.matrix import World
from tests.http.routes import SAFE, routes
from tests.http.test_matrix import no_limits, world
from tests.sheets import change_text, make_draft, make_text
from tests.sites import Browser
from workflows.core import clock
from workflows.core.actors import Role, Staff

__all__ = ["no_limits", "world"]
pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
languages = pytest.mark.parametrize("lang", ["fr", "nl"])
PAGE = "text/html"


@pytest.fixture
def staff(scene: Session, lang: str) -> Staff:
    """Somebody with every role, who reads the desk in this language."""
    one = make_staff(scene, *Role, language=lang)
    scene.commit()
    return one


@pytest.fixture
def reader(sits: Sits, staff: Staff) -> Person:
    return sits("staff", staff.id)


def is_a_page(desk: Browser, path: str) -> bool:
    answer = desk.get(path, buffered=True)
    return answer.status_code == 200 and answer.mimetype == PAGE


def too_wide(reader: Person, path: str) -> list[str]:
    """At which widths this page scrolls sideways, and how far."""
    answer = reader.page.goto(reader.home + path)
    assert answer is not None
    assert answer.status == 200, path
    found = []
    for width in WIDTHS:
        reader.page.set_viewport_size({"width": width, "height": 900})
        over = reader.page.evaluate("document.documentElement.scrollWidth") - width
        found += [f"{path} at {width}: {over} px"] if over > 0 else []
    return found


@languages
def test_no_page_among_the_addresses_scrolls_sideways(
    desk_app: Flask, desk: Browser, world: World, reader: Person, lang: str
) -> None:
    addresses = (path for route in routes(desk_app, SAFE) for path, _ in route.addresses(world))
    pages = [path for path in addresses if not path.startswith("/language/") and is_a_page(desk, path)]
    assert len(pages) > 60
    assert [one for path in pages for one in too_wide(reader, path)] == []
    assert reader.page.locator("html").get_attribute("lang") == lang


@languages
def test_a_sheet_is_composed_on_a_narrow_screen_whatever_became_of_its_texts(
    scene: Session, reader: Person, staff: Staff
) -> None:
    original = make_text(scene, language="en")
    refs = [make_text(scene, title="Que fait la pharmacie ?", versions=2) for _ in range(5)]
    make_draft(scene, staff, {"HEA": refs})
    stale, held, translation, retracted = refs[1:]
    change_text(scene, stale, information_date=clock.today() - timedelta(days=500))
    change_text(scene, original, state="on_hold")
    change_text(scene, held, state="on_hold")
    change_text(scene, translation, state="on_hold", source_ref=original, source_number=1)
    change_text(scene, retracted, state="retracted", notice="Le prix était celui d’une autre ville.")
    scene.commit()
    for path in ("", "/preview", "/compare"):
        assert too_wide(reader, f"/desk/sheets/COD{path}?language=fr") == []


@languages
def test_a_partner_is_chosen_on_a_narrow_screen_whoever_they_are(scene: Session, reader: Person) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    experienced = make_partner(scene, name="Rafiki", languages=["en"])
    for _ in range(12):
        make_assignment(scene, experienced, state="completed")
    make_partner(scene, "GIN", name="Elsewhere", languages=["fr", "en"])
    make_partner(scene, name="Away", away_until=tomorrow)
    make_partner(scene, name="Unread", read=False)
    asked = make_question(scene, make_request(scene), ("Is insulin sold?",), state="triaged")
    scene.commit()
    assert too_wide(reader, f"/desk/questions/{asked.id}/assign") == []
    assert ">12 " in reader.shown
