"""One's own account at the desk: away and back, single keys off and on again."""

from datetime import timedelta

import pytest

from config import policy
from tests.factories import make_staff
from workflows.accounts.models import StaffAccount
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK


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


def test_one_says_until_when_one_is_away_and_is_back_again(desk, scene) -> None:
    me, colleague = make_staff(scene), make_staff(scene)
    scene.commit()
    desk.sign_in(me.id)
    until = HELPDESK.local_day(clock.now()) + timedelta(days=12)
    for typed, kept in (([str(until.day), str(until.month), str(until.year)], until), (["", "", ""], None)):
        answer = desk.post("/desk/account/away", {"away_until": typed})
        assert (answer.status_code, answer.location) == (303, "/desk/account")
        assert (f'value="{until.year}"' in desk.get("/desk/account").text) == (kept is not None)
        scene.expire_all()
        assert [scene.get(StaffAccount, who.id).away_until for who in (me, colleague)] == [kept, None]


@pytest.mark.parametrize("days", [-1, policy.AWAY_DAYS_MAX + 2])
def test_nobody_is_away_in_the_past_or_for_ever(desk, scene, days) -> None:
    me = make_staff(scene)
    scene.commit()
    until = HELPDESK.local_day(clock.now()) + timedelta(days=days)
    answer = desk.sign_in(me.id).post("/desk/account/away", {"away_until": until.isoformat()})
    assert (answer.status_code, f'value="{until.year}"' in answer.text) == (422, True)
    scene.expire_all()
    assert scene.get(StaffAccount, me.id).away_until is None


def test_the_log_in_page_loads_no_script(desk) -> None:
    assert "<script" not in desk.get("/login").text
