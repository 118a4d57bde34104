"""The public site without a mouse: asked, followed, stopped, and found, every stop ringed and in sight."""

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Make, Person
from tests.e2e.test_by_keyboard import enters, tab_to, types
from tests.published import make_published
from web_kit.app import limiter

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
sizes = pytest.mark.parametrize("size", [(1280, 900), (390, 700)], ids=["wide", "phone"])
QUESTION = "What does a room cost in Goma, and is there a school nearby?"


@pytest.fixture
def window(size: tuple[int, int]) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}


@pytest.fixture
def reader(person: Make, sites: dict[str, str], scene: Session, window: dict[str, int]) -> Person:
    limiter.reset()
    make_published(scene)
    make_published(scene, country="ARM", place="Gyumri", title="Insuline à Gyumri")
    scene.commit()
    one = person(f"keys-{window['width']}")
    one.home = sites["public"]
    one.goes_to("/en/")
    one.page.set_viewport_size(window)
    return one


def presses_enter(reader: Person, window: dict[str, int]) -> None:
    with reader.page.expect_navigation(wait_until="load"):
        reader.page.keyboard.press("Enter")
    reader.looks()
    reader.page.set_viewport_size(window)


@sizes
def test_a_question_is_asked_followed_and_stopped_with_the_keys_alone(reader: Person, window: dict[str, int]) -> None:
    page = reader.page
    tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    for words in ("Ask a question", "Start", "Continue"):
        enters(reader, words, window)
    tab_to(page, "Country")
    page.keyboard.type("DR")
    types(page, "Which town or area? (optional)", "Goma")
    for words in ("Continue", "Continue"):
        enters(reader, words, window)
    types(page, "Your question", QUESTION)
    for _ in range(3):
        enters(reader, "Continue", window)
    reader.reads(QUESTION)
    tab_to(page, "Yes, you may read my question and look for an answer")
    page.keyboard.press("Space")
    reader.takes_time()
    enters(reader, "Send my question", window)
    code = page.locator(".receipt").inner_text()

    enters(reader, "Use my code", window)
    types(page, "Your code", code)
    presses_enter(reader, window)
    reader.reads("We received your question")
    enters(reader, "I do not need the answer any more", window)
    enters(reader, "Yes, stop it", window)
    reader.reads("This question is closed")


@sizes
def test_a_search_is_made_and_narrowed_with_the_keys_alone(reader: Person, window: dict[str, int]) -> None:
    page = reader.page
    tab_to(page, "What do you want to know?")
    page.keyboard.type("insuline")
    presses_enter(reader, window)
    assert page.locator(".hit").count() == 2
    if window["width"] < 400:
        tab_to(page, "Filters")
        page.keyboard.press("Space")
    tab_to(page, "Armenia", "Country")
    page.keyboard.press("Space")
    enters(reader, "Show results", window)
    assert page.locator(".hit").count() == 1
    enters(reader, "Insuline à Gyumri", window)
    assert page.locator("h1").inner_text() == "Insuline à Gyumri"
