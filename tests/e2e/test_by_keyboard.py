"""A whole task without a mouse: taken up, answered, saved and sent with the keys alone, every stop ringed and in sight."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests.e2e.conftest import Person, Sits
from tests.e2e.scenes import POINT, asked, at_work, offered
from tests.e2e.steps import is_saved
from workflows.core import clock

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
MOST_STOPS = 150
STOP = """() => {
  const one = document.activeElement, labels = [...(one.labels || [])], box = one.getBoundingClientRect()
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2)
  const itself = [one, ...labels]
  return {
    tag: one.tagName,
    words: (labels[0]?.innerText || one.innerText || one.value || '').trim(),
    legend: (one.closest('fieldset')?.querySelector('legend')?.innerText || '').trim(),
    ringed: itself.some(each => getComputedStyle(each).outlineStyle !== 'none'),
    seen: !!top && itself.some(each => each.contains(top) || top.contains(each)),
  }
}"""


def tab_to(page: Page, words: str, legend: str = "") -> None:
    """Press Tab until what is called so has the focus; every stop on the way must be ringed and not covered."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(STOP)
        if stop["tag"] == "BODY":
            continue
        stops.append(stop["words"])
        assert stop["ringed"], f"no ring around {stop}"
        assert stop["seen"], f"hidden, though it has the focus: {stop}"
        if stop["words"].partition("\n")[0] == words and stop["legend"].startswith(legend):
            return
    raise AssertionError(f"no stop is called “{words}” in “{legend}”: {stops}")


def types(page: Page, label: str, text: str, legend: str = "") -> None:
    tab_to(page, label, legend)
    page.keyboard.type(text)


def types_the_day(page: Page, legend: str) -> None:
    day = clock.today() - timedelta(days=2)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        types(page, label, str(value), legend)


def enters(person: Person, words: str, size: dict[str, int]) -> None:
    """Walk to a link or button, press Enter, and look at the page it leads to."""
    tab_to(person.page, words)
    with person.page.expect_navigation(wait_until="load"):
        person.page.keyboard.press("Enter")
    person.looks()
    person.page.set_viewport_size(size)


@pytest.mark.parametrize("size", [(1280, 900), (390, 700)], ids=["wide", "phone"])
def test_a_task_is_answered_with_the_keys_alone(sits: Sits, scene: Session, size: tuple[int, int]) -> None:
    at = at_work(scene, "Maison Ndako")
    task = offered(scene, at, asked(scene, POINT))
    scene.commit()
    researcher, window = sits("researcher", at.researcher.id, "portal"), {"width": size[0], "height": size[1]}
    researcher.goes_to("/w")
    page = researcher.page
    page.set_viewport_size(window)
    enters(researcher, f"T-{task.number}", window)
    enters(researcher, "Accept", window)
    types(page, "Your answer", "Two of three pharmacies had it.")
    types(page, "For which place is this true?", "Kinshasa")
    types_the_day(page, "On which day was it true?")
    tab_to(page, "Sure")
    page.keyboard.press("ArrowDown")
    types(page, "What it is, without names", "Visit to three pharmacies")
    types(page, "Kind", "Vis")
    types_the_day(page, "When you saw or heard it")
    types(page, "How", "In")
    types(page, "What may be published", "Only the role")
    tab_to(page, "Save now")
    page.keyboard.press("Enter")
    is_saved(researcher)
    page.set_viewport_size(window)
    enters(researcher, "Send for review", window)
    researcher.reads("Thank you. An editor reads your answer now.")
