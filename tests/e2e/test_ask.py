"""Asking a page at a time, in a real browser: without scripts on a small phone, and in Arabic; every page examined."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Make, Person
from tests.published import make_published
from web_kit.app import limiter

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
QUESTION = "My child has epilepsy. Can we get insulin in Kinshasa, and at what price?"


@pytest.fixture(autouse=True)
def something_is_published(scene: Session) -> None:
    limiter.reset()
    make_published(scene)
    scene.commit()


def walks(asker: Person, on: str, answers: dict[int, str]) -> None:
    """Press the main button of page after page; what is filled in where is by the number of the page."""
    for number in range(1, 8):
        asker.looks()
        for control in filter(None, answers.get(number, "").split("|")):
            name, _, value = control.partition("=")
            field = asker.page.locator(f"main [name='{name}']:not([type=hidden])")
            field.select_option(value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
        asker.clicks(asker.page.locator("main button.go"))
        if asker.page.locator("main button[name=ref]").count():
            asker.looks()
            asker.clicks(asker.page.locator("main button.go"))
    asker.reads(on)


ANSWERS = {
    3: "questions-0-country=COD|questions-0-place=Kinshasa",
    4: "questions-0-topic=HEA-medicines",
    5: f"questions-0-text={QUESTION}",
    7: "contact=me@example.org",
}


@pytest.mark.parametrize("scripts", [False], ids=["without scripts"])
def test_without_scripts_on_a_phone_a_question_is_asked_changed_and_followed(
    person: Make, sites: dict[str, str], scripts: bool
) -> None:
    asker = person("asker")
    asker.page.set_viewport_size({"width": 390, "height": 760})
    asker.home = sites["public"]
    asker.goes_to("/en/ask")
    walks(asker, "Is everything right?", ANSWERS)
    asker.clicks(asker.page.locator("button[value='country.0.change']"))
    asker.writes("Which town or area?", "Goma")
    asker.presses("Continue")
    asker.reads("Goma")
    asker.reads(QUESTION)
    asker.chooses("Yes, you may read my question and look for an answer")
    asker.takes_time()
    asker.presses("Send my question")
    code = asker.page.locator(".receipt").inner_text()
    assert len(re.sub(r"\W", "", code)) == 24
    asker.enters(sites["public"], code)
    asker.reads("We received your question")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_is_examined_in_both_directions(person: Make, sites: dict[str, str], lang: str) -> None:
    asker = person(f"asker-{lang}")
    asker.home = sites["public"]
    asker.enlarges = True
    asker.goes_to(f"/{lang}/ask")
    walks(asker, "formaction", ANSWERS)
    asker.looks()
    asker.clicks(asker.page.locator("main button.go"))
    asker.looks()
    assert asker.page.locator("#errors").is_visible()
    asker.page.locator("input[name=consent]").check()
    asker.clicks(asker.page.locator("main button.go"))
    asker.looks()
    assert asker.page.locator(".receipt").is_visible()
    asker.goes_to(f"/{lang}/ask/found")
    asker.looks()


def test_the_key_enter_goes_on_and_changes_no_language(person: Make, sites: dict[str, str]) -> None:
    asker = person("typist")
    asker.home = sites["public"]
    asker.goes_to("/fr/ask")
    for _ in range(2):
        asker.clicks(asker.page.locator("main button.go"))
    asker.page.locator("input[name=questions-0-place]").press("Enter")
    asker.page.wait_for_load_state()
    assert asker.page.locator("html").get_attribute("lang") == "fr"
    assert asker.page.locator("select[name=questions-0-topic]").is_visible()
