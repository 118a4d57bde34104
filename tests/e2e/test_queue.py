"""On a phone the first question of the queue is on the first screen; the filters open above it, without a script."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_question, make_request, make_staff
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.heartbeat import beat
from workflows.core.words import EVERYWHERE

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def officer(scene: Session):
    for country in ("COD", "GIN", "ARM", "SEN", "MAR", "ALB", "UKR", "GEO"):
        make_question(scene, make_request(scene), points=(f"{country} ?",), country=country)
    actor = make_staff(scene, Role.OFFICER)
    beat(scene, "tasks.clock", clock.now())  # a clock that stands still would be told of above everything
    scene.commit()
    return actor


@pytest.mark.parametrize("language", EVERYWHERE)
def test_the_first_question_is_on_the_first_screen_and_the_filters_open_without_a_script(
    opens, officer, language
) -> None:
    page = opens(officer.id, f"/language/{language}?next=/desk/questions", java_script_enabled=False)
    page.set_viewport_size({"width": 390, "height": 700})
    assert page.locator(".queue tbody tr").first.bounding_box()["y"] < 600
    assert not page.locator("#q").is_visible()
    page.locator(".fold>summary").click()
    assert page.locator("#q").is_visible()
    page.locator("#country").select_option("GIN")
    page.locator(".fold form button").click()
    assert page.locator(".queue tbody tr").count() == 1
    assert page.locator(".fold>summary").inner_text().strip().endswith("(1)")


def test_on_a_wide_screen_the_filters_stand_open(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator("#q").is_visible()
    assert not page.locator(".fold>summary").is_visible()


COVERED = """() => {
  const node = document.activeElement, box = node.getBoundingClientRect();
  if (node === document.body || node.closest(".bulk, .vh, .skip")) return null;
  const inside = [box.top + 1, box.bottom - 1].map((y) => Math.max(0, Math.min(innerHeight - 1, y)));
  const seen = inside.some((y) => {
    const top = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2, y);
    return top && (node.contains(top) || top.contains(node));
  });
  return seen ? null : node.outerHTML.slice(0, 120);
}"""
"""What has the focus and lies below something else, at its upper and its lower edge."""


@pytest.mark.parametrize("size", [(320, 256), (320, 640), (1280, 500)], ids=["zoomed in", "phone", "wide"])
def test_nothing_that_has_the_focus_is_covered_however_far_one_zooms_in(opens, officer, size) -> None:
    page = opens(officer.id, "/desk/questions")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    covered, reached = [], 0
    for key in ("Tab", "Shift+Tab"):
        for _press in range(60):
            page.keyboard.press(key)
            reached += page.evaluate("document.activeElement.closest('.queue tbody') !== null")
            covered += [page.evaluate(COVERED)]
    assert reached > 30
    assert [one for one in covered if one] == []
