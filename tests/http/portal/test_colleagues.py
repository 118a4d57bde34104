"""Colleagues, as the browser of somebody who keeps an organisation's accounts meets them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import make_partner, make_researcher
from tests.sites import Browser
from workflows.accounts import invitations
from workflows.core.clock import now

TYPED = {"name": "Amal Osman", "email": "", "language": "fr"}


@pytest.fixture
def keeper(portal: Browser, scene: Session) -> Browser:
    portal.partner = make_partner(scene)
    portal.me = make_researcher(scene, portal.partner, keeps_accounts=True, language="en")
    portal.colleague = make_researcher(scene, portal.partner, name="Yusuf")
    invitations.invite(scene, portal.colleague.id, "portal", "yusuf", now())
    invitations.invite(scene, portal.me.id, "portal", "nour", now())
    scene.execute(text("update authn.credential set active = true where account_id = :me"), {"me": portal.me.id})
    scene.commit()
    return portal.sign_in(portal.me.id)


def grow_old(scene: Session, browser: Browser) -> None:
    scene.execute(text("update authn.session set created_at = :then"), {"then": now() - timedelta(minutes=11)})
    scene.commit()


def test_only_who_keeps_the_accounts_finds_the_way_there(keeper: Browser) -> None:
    assert 'href="/w/colleagues"' in keeper.get("/w").text
    assert keeper.get("/w/colleagues").status_code == 200
    keeper.sign_in(keeper.colleague.id)
    assert 'href="/w/colleagues"' not in keeper.get("/w").text
    assert keeper.get("/w/colleagues").status_code == 403


def test_an_invitation_shows_its_link_once(keeper: Browser) -> None:
    page = keeper.post("/w/colleagues/new", TYPED)
    token = re.search(rf"{keeper.site.base_url}/invite/([\w-]+)", page.text)[1]
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert re.search(r"amal-\d{4}", page.text)
    assert keeper.get(f"/invite/{token}").status_code == 200
    listed = keeper.get("/w/colleagues").text
    assert "Amal Osman" in listed
    assert token not in listed


def test_a_wrong_invitation_keeps_what_was_typed(keeper: Browser) -> None:
    page = keeper.post("/w/colleagues/new", TYPED | {"email": "amal"})
    assert (page.status_code, 'value="Amal Osman"' in page.text) == (422, True)
    assert "Please write one e-mail address" in page.text


def test_an_old_session_shows_a_second_factor_first(keeper: Browser, scene: Session) -> None:
    grow_old(scene, keeper)
    assert keeper.get("/w/colleagues/new").headers["Location"] == "/login/again?next=/w/colleagues/new"
    assert "Workspace</title>" in keeper.get("/login/again").text
    again = keeper.post(f"/w/colleagues/{keeper.colleague.id}/invite")
    assert again.headers["Location"] == "/login/again?next=/w/colleagues"


def test_a_form_that_stayed_open_keeps_its_text_while_the_factor_is_shown(keeper: Browser, scene: Session) -> None:
    grow_old(scene, keeper)
    page = keeper.post("/w/colleagues/new", TYPED)
    assert (page.status_code, 'value="Amal Osman"' in page.text) == (422, True)
    assert "/login/again?next=/w/colleagues/new" in page.text


def test_a_second_press_on_new_link_says_that_one_was_made(keeper: Browser) -> None:
    seen = re.search(r'name="seen" value="([^"]+)"', keeper.get("/w/colleagues").text)[1]
    path = f"/w/colleagues/{keeper.colleague.id}/invite"
    assert keeper.post(path, {"seen": seen}).status_code == 200
    assert [keeper.post(path, {"seen": value}).status_code for value in (seen, "", "nonsense")] == [409] * 3


def test_a_shut_colleague_is_out_at_once(keeper: Browser, portal_app, house) -> None:
    theirs = Browser(portal_app, house).sign_in(keeper.colleague.id)
    assert theirs.get("/w").status_code == 200
    assert keeper.post(f"/w/colleagues/{keeper.colleague.id}/shut").status_code == 303
    assert theirs.get("/w").status_code == 303
    assert keeper.post(f"/w/colleagues/{keeper.colleague.id}/shut").status_code == 409


def test_somebody_of_another_organisation_is_not_found(keeper: Browser, scene: Session) -> None:
    stranger = make_researcher(scene)
    scene.commit()
    for deed in ("invite", "shut"):
        assert keeper.post(f"/w/colleagues/{stranger.id}/{deed}").status_code == 404


@pytest.mark.parametrize("size", [3, 300])
def test_the_page_has_a_budget_of_statements(keeper: Browser, scene: Session, size: int) -> None:
    for number in range(size):
        account = make_researcher(scene, keeper.partner)
        invitations.invite(scene, account.id, "portal", f"someone-{number}", now())
    scene.commit()
    with keeper.statements() as seen:
        assert keeper.get("/w/colleagues").text.count("<tr>") > size
    assert len(seen) == 2
