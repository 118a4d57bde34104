"""Colleagues, as the browser of somebody who keeps an organisation's accounts meets them."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from tests.factories import make_partner, make_researcher
from tests.sites import Browser
from workflows.accounts import invitations
from workflows.accounts.models import ResearcherAccount
from workflows.core.clock import now

TYPED = {"name": "Amal Osman", "email": "", "language": "fr"}


@pytest.fixture
def keeper(portal: Browser, scene: Session) -> Browser:
    portal.partner = make_partner(scene)
    portal.me = make_researcher(scene, portal.partner, keeps_accounts=True, language="en")
    portal.other_keeper = make_researcher(scene, keeps_accounts=True)
    portal.colleague = make_researcher(scene, portal.partner, name="Yusuf")
    invitations.invite(scene, portal.colleague.id, "portal", "yusuf", now())
    for one, login in ((portal.me, "nour"), (portal.other_keeper, "rima")):
        invitations.invite(scene, one.id, "portal", login, now())
        scene.execute(text("update authn.credential set active = true where account_id = :one"), {"one": one.id})
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


@pytest.mark.parametrize("way", ["new", "again"])
def test_until_when_a_link_works_is_said_in_the_time_of_whoever_gets_it(
    keeper: Browser, scene: Session, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    scene.execute(update(ResearcherAccount).values(timezone="Asia/Kathmandu"))
    scene.commit()
    moment = now()
    monkeypatch.setattr("partner_portal.colleagues.now", lambda: moment)
    path = "/w/colleagues/new" if way == "new" else f"/w/colleagues/{keeper.colleague.id}/invite"
    seen = re.search(
        rf'{keeper.colleague.id}/invite".*?name="seen" value="([^"]+)"', keeper.get("/w/colleagues").text, re.S
    )
    page = keeper.post(path, TYPED | {"seen": seen[1]}).text
    until = (moment + timedelta(hours=72)).astimezone(ZoneInfo("Asia/Kathmandu"))
    said = f"{format_date(until, 'medium', 'en_GB')}, {until:%H:%M}"
    assert f"It works until {said}. Times are those of Kathmandu." in page


def test_an_invitation_that_is_sent_again_invites_nobody_else(keeper: Browser, scene: Session) -> None:
    """A browser on a bad line asks whether to send it again; the link of the first time may never have arrived."""
    once = [re.search(r'name="once"[^>]+value="([^"]+)"', keeper.get("/w/colleagues/new").text)[1] for _ in range(2)]
    made = keeper.post("/w/colleagues/new", TYPED | {"once": once[0]})
    again = keeper.post("/w/colleagues/new", TYPED | {"once": once[0]})
    assert (made.status_code, again.status_code, again.headers["Location"]) == (200, 303, "/w/colleagues")
    listed = keeper.get("/w/colleagues").text
    assert ("was made already" in listed, listed.count('<b dir="auto">Amal Osman</b>')) == (True, 1)
    assert keeper.get(re.search(r"/invite/[\w-]+", made.text)[0]).status_code == 200
    assert keeper.post("/w/colleagues/new", TYPED | {"once": once[1]}).status_code == 200
    assert keeper.get("/w/colleagues").text.count('<b dir="auto">Amal Osman</b>') == 2


def test_a_refused_invitation_keeps_the_key_of_its_form(keeper: Browser) -> None:
    page = keeper.post("/w/colleagues/new", TYPED | {"email": "amal", "once": "the first"})
    assert re.search(r'name="once"[^>]+value="the first"', page.text)


def test_nobody_chooses_what_an_account_is_called(keeper: Browser, portal_app, house) -> None:
    """Two keepers with one key make two accounts, neither of them found by its key."""
    other = Browser(portal_app, house).sign_in(keeper.other_keeper.id)
    assert [one.post("/w/colleagues/new", TYPED | {"once": "x"}).status_code for one in (keeper, other)] == [200, 200]


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
    for value in (seen, "", "nonsense"):
        again = keeper.post(path, {"seen": value})
        assert (again.status_code, again.headers["Location"]) == (303, "/w/colleagues")
        page = keeper.get("/w/colleagues").text
        assert "If you do not have it, make a new one below." in page
    now_seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert keeper.post(path, {"seen": now_seen}).status_code == 200


def test_a_shut_colleague_is_out_at_once(keeper: Browser, portal_app, house) -> None:
    theirs = Browser(portal_app, house).sign_in(keeper.colleague.id)
    assert theirs.get("/w").status_code == 200
    assert keeper.post(f"/w/colleagues/{keeper.colleague.id}/shut").status_code == 303
    assert theirs.get("/w").status_code == 303
    assert keeper.post(f"/w/colleagues/{keeper.colleague.id}/shut").status_code == 409


def test_the_list_says_why_an_account_that_the_desk_shut_is_not_opened_here(keeper: Browser, scene: Session) -> None:
    invite = f"/w/colleagues/{keeper.colleague.id}/invite"
    assert keeper.post(f"/w/colleagues/{keeper.colleague.id}/shut").status_code == 303
    listed = keeper.get("/w/colleagues").text
    assert (invite in listed, "Only the helpdesk opens it" in listed) == (True, False)
    scene.execute(update(ResearcherAccount).where(~ResearcherAccount.active).values(shut_by_keeper=False))
    scene.commit()
    listed = keeper.get("/w/colleagues").text
    assert (invite in listed, listed.count("Only the helpdesk opens it")) == (False, 1)
    answer = keeper.post(invite, {"seen": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/w/colleagues")
    assert keeper.get("/w/colleagues").text.count("Only the helpdesk opens it") == 2, "once as the answer"
    scene.expire_all()
    assert not scene.get_one(ResearcherAccount, keeper.colleague.id).active


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


def test_a_shut_account_is_called_shut_in_french_too(keeper: Browser, scene: Session) -> None:
    scene.execute(update(ResearcherAccount).where(ResearcherAccount.id == keeper.me.id).values(language="fr"))
    scene.execute(update(ResearcherAccount).where(ResearcherAccount.id == keeper.colleague.id).values(active=False))
    scene.commit()
    page = keeper.get("/w/colleagues").text
    assert "Fermé</span>" in re.sub(r"<svg.*?</svg>", "", page)
    assert "Fermer</span>" not in page
