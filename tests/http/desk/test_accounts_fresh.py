"""A stolen session of an administrator does not become the account: each change of accounts wants a code shown lately."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

from flask import url_for
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import make_researcher, make_staff
from tests.http.desk.test_accounts import SOMEBODY
from tests.http.desk.test_one_account import path_of, typed
from tests.sites import Browser
from workflows.accounts.models import ResearcherAccount, StaffAccount
from workflows.core.actors import Role
from workflows.core.clock import now


def shown_ago(scene: Session, age: timedelta) -> None:
    """Since when the session has shown no second factor."""
    scene.execute(text("update authn.session set created_at = :then"), {"then": now() - age})
    scene.commit()


def stale(scene: Session) -> None:
    shown_ago(scene, timedelta(minutes=11))


def posts(browser: Browser) -> list[str]:
    """The address of each form of the accounts pages, about some account."""
    kinds = {"kind": "staff", "account_id": uuid4(), "counsellor_id": uuid4()}
    with browser.app.test_request_context():
        rules = [one for one in browser.app.url_map.iter_rules() if one.rule.startswith("/desk/accounts")]
        return [
            url_for(one.endpoint, **{name: kinds[name] for name in one.arguments})
            for one in rules
            if one.methods and "POST" in one.methods
        ]


def test_every_form_of_the_accounts_asks_for_a_code_first(administrator: Browser, scene: Session) -> None:
    stale(scene)
    paths = posts(administrator)
    assert len(paths) == 8
    for path in paths:
        answer = administrator.post(path)
        led = answer.headers.get("Location", "") + answer.text
        assert (answer.status_code in {303, 403}, "/login/again?next=/desk/accounts" in led) == (True, True), path


def test_a_press_leads_to_the_page_of_its_button_by_way_of_the_code(administrator: Browser, scene: Session) -> None:
    person = scene.get_one(ResearcherAccount, make_researcher(scene).id)
    scene.commit()
    stale(scene)
    path = path_of(person)
    for button, page in (("invite", path), ("keeper", path), ("shut", f"{path}/shut")):
        answer = administrator.post(f"{path}/{button}", {"keeps": "yes"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/login/again?next={page}")
        assert administrator.get(page).status_code == 200
    scene.expire_all()
    assert (person.active, person.keeps_accounts) == (True, False)


def test_what_was_typed_waits_for_the_code_and_is_sent_with_one_press(administrator: Browser, scene: Session) -> None:
    person = scene.get_one(StaffAccount, make_staff(scene, Role.OFFICER).id)
    scene.commit()
    stale(scene)
    page = administrator.post(path_of(person), typed(person, name="Lena Peeters", roles=["editor", "manager"]))
    assert page.status_code == 403
    assert f'href="/login/again?next={path_of(person)}"' in page.text
    assert re.search(r"Name</dt><dd[^>]*>Lena Peeters<", page.text)
    scene.refresh(person)
    assert person.name != "Lena Peeters"
    shown_ago(scene, timedelta(0))
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text):
        sent.setdefault(name, []).append(unescape(value))
    del sent["csrf_token"]
    assert administrator.post(path_of(person), sent).status_code == 303
    scene.refresh(person)
    assert (person.name, sorted(person.roles)) == ("Lena Peeters", ["editor", "manager"])


def test_an_invitation_waits_for_the_code_too(administrator: Browser, scene: Session) -> None:
    stale(scene)
    page = administrator.post("/desk/accounts/staff", SOMEBODY)
    assert (page.status_code, 'name="staff-login" value="lena"' in page.text) == (403, True)
    assert "Lena" not in administrator.get("/desk/accounts").text


def test_nobody_makes_a_link_for_themselves_even_with_a_code(administrator: Browser, scene: Session) -> None:
    me = scene.get_one(StaffAccount, administrator.me.id)
    answer = administrator.post(f"{path_of(me)}/invite")
    assert (answer.status_code, answer.headers["Location"]) == (303, path_of(me))
    assert "Ask another administrator" in administrator.get(path_of(me)).text
    links = scene.scalar(text("select count(*) from authn.invitation where account_id = :me"), {"me": me.id})
    assert links == 1, "the one of the fixture"


def test_nobody_changes_their_own_address(administrator: Browser, scene: Session) -> None:
    me = scene.get_one(StaffAccount, administrator.me.id)
    before = me.email
    assert re.search(r"<input[^>]+name=\"email\"[^>]+readonly", administrator.get(path_of(me)).text)
    for email in ("thief@evil.example", ""):
        page = administrator.post(path_of(me), typed(me, email=email))
        assert (page.status_code, page.text.count("Ask another administrator")) == (422, 2)
    scene.refresh(me)
    assert me.email == before
