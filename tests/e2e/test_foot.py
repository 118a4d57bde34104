"""The foot of a public page begins where the page begins, on any width."""

import pytest

from tests.e2e.conftest import Make
from web_kit.app import limiter

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]

START = """() => { const rtl = document.dir === "rtl", box = document.querySelector(".foot .wrap").getBoundingClientRect();
  return [...document.querySelectorAll(".foot .wrap > *")].map((one) => { const at = one.getBoundingClientRect();
    return {line: Math.round(at.top), in: Math.round(rtl ? box.right - at.right : at.left - box.left),
            out: Math.round(rtl ? at.left - box.left : box.right - at.right)}; }); }"""


@pytest.mark.parametrize("language", ["en", "fr", "nl", "ar"])
def test_a_line_of_the_foot_that_stands_alone_begins_at_the_start(
    person: Make, sites: dict[str, str], language: str
) -> None:
    limiter.reset()
    reader = person("foot")
    reader.page.goto(f"{sites['public']}/{language}/")
    reader.page.set_viewport_size({"width": 390, "height": 700})
    links, sentence = reader.page.evaluate(START)
    assert links["line"] < sentence["line"]
    assert links["in"] == sentence["in"]
    reader.page.set_viewport_size({"width": 1280, "height": 700})
    links, sentence = reader.page.evaluate(START)
    assert sentence["in"] > links["in"]
    assert sentence["out"] == links["in"]
