"""An unattended workspace: it leads away where nothing is being written, never where something is, and keeps nothing once ended."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import make_assignment, make_researcher
from tests.sites import Browser
from workflows.accounts.models import PartnerOrganisation
from workflows.core import clock
from workflows.core.clock import now

WIPED = '"cache", "storage"'


@pytest.fixture
def browser(portal: Browser, scene: Session) -> Browser:
    portal.me = make_researcher(scene, language="en", keeps_accounts=True)
    partner = scene.get_one(PartnerOrganisation, portal.me.partner_id)
    portal.task = make_assignment(scene, partner, respond_by=clock.today() + timedelta(days=3)).id
    scene.commit()
    return portal.sign_in(portal.me.id)


def test_a_page_without_a_form_leads_to_the_log_in_when_its_session_is_over(browser: Browser) -> None:
    assert browser.get("/w").headers["Refresh"] == "905; url=/login?next=/w"


def test_a_page_on_which_something_is_written_stays(browser: Browser) -> None:
    for path in (f"/w/t/{browser.task}", "/w/account"):
        page = browser.get(path)
        assert (page.status_code, page.headers.get("Refresh")) == (200, None)


def test_a_stranger_is_led_nowhere_and_sees_no_cover(portal: Browser) -> None:
    page = portal.get("/login")
    assert "Refresh" not in page.headers
    assert "data-after" not in page.text


def test_every_page_carries_its_cover(browser: Browser) -> None:
    page = browser.get(f"/w/t/{browser.task}").text
    assert 'data-after="900"' in page
    assert "kit/lock.js" in page


def test_the_cover_opens_for_the_same_person_only(browser: Browser, scene: Session) -> None:
    ask = re.search(r'data-ask="([^"]+)"', browser.get("/w").text)[1]
    other = make_researcher(scene)
    scene.commit()
    assert str(browser.me.id) not in ask
    assert browser.get(ask).status_code == 204
    browser.sign_in(other.id)
    assert browser.get(ask).status_code == 409
    browser.post("/logout")
    assert browser.get(ask).status_code == 303
    assert browser.sign_in(browser.me.id).get("/w/awake").status_code == 200


def test_a_covered_page_leaves_its_session_and_the_browser_keeps_its_texts(browser: Browser) -> None:
    assert browser.post("/w/lock").headers["Location"] == "/login"
    answer = browser.get("/w")
    assert (answer.status_code, "Clear-Site-Data" in answer.headers) == (303, False)


def end(scene: Session, how: str) -> None:
    scene.execute(text(f"update authn.session set {how}"), {"now": now(), "then": now() - timedelta(minutes=16)})
    scene.commit()


def test_a_browser_whose_session_somebody_ended_keeps_nothing(browser: Browser, scene: Session) -> None:
    end(scene, "revoked_at = :now")
    answer = browser.get("/w")
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, WIPED)
    assert browser.client.get_cookie(browser.site.session_cookie) is None
    assert "Clear-Site-Data" not in browser.get("/w").headers


def test_a_browser_that_was_left_alone_keeps_its_texts(browser: Browser, scene: Session) -> None:
    end(scene, "seen_at = :then")
    answer = browser.get("/w")
    assert (answer.status_code, "Clear-Site-Data" in answer.headers) == (303, False)


def test_signing_out_wipes_the_browser_in_every_way(browser: Browser) -> None:
    handle = None
    for path in ("/logout", "/logout/everywhere", "/w/account/sessions/{}/end"):
        browser.sign_in(browser.me.id)
        if "{}" in path:
            with Session(browser._house) as session:
                query = text(
                    "select encode(substr(sha256(digest), 1, 16), 'hex') from authn.session where revoked_at is null"
                )
                handle = session.scalar(query)
        assert browser.post(path.format(handle)).headers["Clear-Site-Data"] == WIPED, path
