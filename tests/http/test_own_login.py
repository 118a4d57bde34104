"""One's own log-in, as a browser meets it."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.http.test_login import PASSWORD, STEP, Guest
from tests.sites import Browser
from workflows.core.clock import now

CHOSEN = "nine loud geese on the roof"
PAGES = ("/w/account/password", "/w/account/app", "/w/account/recovery-codes")


@pytest.fixture
def nour(portal: Browser, scene: Session) -> Guest:
    guest = Guest(portal, scene, "nour")
    guest.enrol()
    guest.first_step()
    guest.second_step(guest.code(STEP))
    return guest


def test_the_account_says_how_one_signs_in(nour: Guest) -> None:
    page = nour.browser.get("/w/account").text
    assert "nour" in page
    assert all(f'href="{path}"' in page for path in PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_asks_for_a_code_first(nour: Guest, scene: Session, path: str) -> None:
    assert nour.browser.get(path).status_code == 200
    scene.execute(text("update authn.session set created_at = :then"), {"then": now() - timedelta(minutes=11)})
    scene.commit()
    for answer in (nour.browser.get(path), nour.browser.post(path, {})):
        assert answer.headers["Location"] == f"/login/again?next={path}"


def test_a_password_is_changed(nour: Guest) -> None:
    wrong = nour.browser.post("/w/account/password", {"present": "x", "chosen": CHOSEN, "again": CHOSEN})
    assert (wrong.status_code, 'id="present-error"' in wrong.text) == (422, True)
    typed = {"present": PASSWORD, "chosen": CHOSEN, "again": CHOSEN}
    assert nour.browser.post("/w/account/password", typed).status_code == 303
    nour.browser.post("/logout")
    assert nour.first_step(CHOSEN).headers["Location"] == "/login/factor"


def test_another_app_is_connected(nour: Guest) -> None:
    page = nour.browser.get("/w/account/app").text
    secret = re.search(r'class="mono code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    enrolment = re.search(r'name="enrolment"[^>]*value="([^"]+)"', page)[1]
    for code, present, field in (
        ("000", PASSWORD, "code"), (pyotp.TOTP(secret).at(now()), "x", "present"), ("", "", "present")
    ):  # fmt: skip
        typed = {"enrolment": enrolment, "code": code, "present": present}
        wrong = nour.browser.post("/w/account/app", typed)
        assert (wrong.status_code, secret in wrong.text.replace(" ", "")) == (422, True)
        assert f'id="{field}-error"' in wrong.text
    typed = {"enrolment": enrolment, "code": pyotp.TOTP(secret).at(now()), "present": PASSWORD}
    assert nour.browser.post("/w/account/app", typed).headers["Location"] == "/w/account"


def test_new_recovery_codes_are_shown_once(nour: Guest) -> None:
    for typed in ("", "wrong wrong wrong"):
        wrong = nour.browser.post("/w/account/recovery-codes", {"present": typed})
        assert (wrong.status_code, 'id="present-error"' in wrong.text) == (422, True)
    page = nour.browser.post("/w/account/recovery-codes", {"present": PASSWORD}).text
    codes = re.findall(r'class="mono code">([0-9A-Z-]{29})<', page)
    assert len(set(codes)) == 10
    assert codes[0] not in nour.browser.get("/w/account").text


def test_too_many_guesses_at_the_password_wait_on_every_page(nour: Guest, scene: Session) -> None:
    nour.browser.get("/language/en")
    nour.browser.post(PAGES[2], {"present": "wrong wrong wrong"})
    scene.execute(text("update authn.throttle set failures = 14"))
    scene.commit()
    for path, typed in ((PAGES[0], {"chosen": CHOSEN, "again": CHOSEN}), (PAGES[2], {})):
        answer = nour.browser.post(path, {"present": PASSWORD} | typed)
        assert (answer.status_code, "Too many tries" in answer.text) == (422, True)


def test_another_browser_is_signed_out_and_this_one_stays(nour: Guest) -> None:
    other = nour.browser.app.test_client()
    cookie = nour.browser.site.session_cookie
    other.set_cookie(cookie, nour.browser.client.get_cookie(cookie).value)
    nour.browser.sign_in(nour.account_id)
    handle = re.search(r"/w/account/sessions/([0-9a-f]{32})/end", nour.browser.get("/w/account").text)[1]
    assert nour.browser.post(f"/w/account/sessions/{handle}/end").headers["Location"] == "/w/account"
    assert nour.browser.get("/w").status_code == 200
    assert other.get("/w").status_code == 303
    assert nour.browser.post(f"/w/account/sessions/{handle}/end").status_code == 404
