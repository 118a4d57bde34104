"""The bar below an answer takes two lines of a phone at most, in every language of the partners."""

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Sits
from tests.e2e.scenes import at_work
from tests.factories import make_answer, make_assignment
from workflows.core.words import PARTNERS

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_the_bar_leaves_the_page_to_whoever_writes(sits: Sits, scene: Session) -> None:
    at = at_work(scene, "Relais Mokili")
    task = make_assignment(scene, at.partner, state="accepted")
    make_answer(scene, task)
    scene.commit()
    researcher = sits("bar", at.researcher.id, "portal")
    for language in PARTNERS:
        researcher.page.goto(f"{researcher.home}/language/{language}?next=/w/t/{task.id}")
        for width in (390, 320):
            researcher.page.set_viewport_size({"width": width, "height": 700})
            buttons = [one.bounding_box() for one in researcher.page.locator(".dock .row .btn").all()]
            assert len(buttons) == 2
            assert buttons[0]["y"] == buttons[1]["y"], f"{language} at {width}"
            assert researcher.page.locator(".dock").bounding_box()["height"] < 110, f"{language} at {width}"
