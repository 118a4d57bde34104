"""Pages of the desk that hold filters still fit a phone when a reader spaces letters, words and lines (WCAG 1.4.12)."""

import pytest

from tests.factories import make_staff
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SPACED = """() => { for (const node of document.querySelectorAll("body *")) {
  node.style.setProperty("letter-spacing", ".12em", "important");
  node.style.setProperty("word-spacing", ".16em", "important");
  node.style.setProperty("line-height", "1.5", "important");
} }"""


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
@pytest.mark.parametrize("path", ["/desk/freshness", "/desk/excerpts", "/desk/questions"])
def test_a_page_with_filters_does_not_scroll_sideways_with_spaced_text(opens, scene, path, language) -> None:
    person = make_staff(scene, Role.OFFICER, Role.EDITOR)
    scene.commit()
    page = opens(person.id, f"/language/{language}?next={path}")
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("main select:visible").evaluate_all(
        "all => all.every((one) => one.getBoundingClientRect().right <= 304)"
    )
