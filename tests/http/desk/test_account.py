"""One's own account at the desk: single keys are turned off and on again."""

import pytest

from tests.factories import make_staff
from workflows.accounts.models import StaffAccount
from workflows.core.actors import Role


@pytest.mark.parametrize("role", list(Role))
def test_single_keys_are_turned_off_and_on_again_for_oneself_alone(desk, scene, role) -> None:
    me, colleague = make_staff(scene, role), make_staff(scene, role)
    scene.commit()
    desk.sign_in(me.id)
    assert "kit/keys.js" in desk.get("/desk/account").text
    for typed, on in (({}, False), ({"single_keys": "yes"}, True)):
        answer = desk.post("/desk/account/keys", typed)
        assert (answer.status_code, answer.location) == (303, "/desk/account")
        page = desk.get("/desk/account").text
        assert ("kit/keys.js" in page, "checked" in page) == (on, on)
        scene.expire_all()
        assert [scene.get(StaffAccount, who.id).single_keys for who in (me, colleague)] == [on, True]


def test_the_log_in_page_loads_no_script(desk) -> None:
    assert "<script" not in desk.get("/login").text
