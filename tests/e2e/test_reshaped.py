"""Buttons that add or remove a row at the desk lead to that row, without a script too."""

import pytest

from tests.factories import make_staff
from tests.http.desk.triaging import make
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_point_that_was_added_is_where_one_types_next(opens, scene, scripts) -> None:
    officer = make_staff(scene, Role.OFFICER)
    question = make(scene, points=("Eins ?", "Zwei ?"))
    page = opens(officer.id, f"/desk/questions/{question.id}", java_script_enabled=scripts)
    page.set_viewport_size({"width": 390, "height": 500})
    with page.expect_navigation():
        page.get_by_role("button", name="Add a point").click()
    page.keyboard.type("Drei ?")
    assert page.locator("#points-2").input_value() == "Drei ?"
    assert 0 <= page.locator("#points-2").bounding_box()["y"] < 500
    with page.expect_navigation():
        page.get_by_role("button", name="Remove Q1").click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    assert page.locator("#points-0").input_value() == "Zwei ?!"
