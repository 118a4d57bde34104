"""One's own log-in on the three sites with accounts, as a browser meets it."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.http.test_login import PASSWORD, STEP, Guest
from tests.sites import Browser
from web_kit.app import limiter
from workflows.core.clock import now

CHOSEN = "nine loud geese on the roof"
ACCOUNT = {"portal": "/w/account", "desk": "/desk/account", "caseload": "/en/account"}
PAGES = ("password", "app", "recovery-codes")


class Member(Guest):
    """A guest who took the invitation, signed in, and looks at their account."""

    @property
    def account(self) -> str:
        return ACCOUNT[self.site]

    def opens(self, page: str = ""):
        return self.browser.get(f"{self.account}/{page}".rstrip("/"))

    def sends(self, page: str, typed: dict | None = None):
        return self.browser.post(f"{self.account}/{page}", typed or {})


@pytest.fixture(params=ACCOUNT)
def browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    with found.app.app_context():
        limiter.reset()
    return found


@pytest.fixture
def nour(browser: Browser, scene: Session) -> Member:
    member = Member(browser, scene, "nour")
    member.enrol()
    member.first_step()
    member.second_step(member.code(STEP))
    browser.get("/language/en")
    return member


def test_the_account_stands_in_the_menu_and_says_how_one_signs_in(nour: Member) -> None:
    page = nour.opens()
    assert page.status_code == 200
    assert page.text.count(f'href="{nour.account}"') >= 1
    assert ">nour<" in page.text
    assert all(f'href="{nour.account}/{path}"' in page.text for path in PAGES)


def test_each_change_is_told_its_holder_and_no_refused_one(nour: Member, scene: Session) -> None:
    told = text("select kind from event join outbox on event_id = id where done_at is null and kind like '%.renew'")
    table = {"portal": "researcher", "desk": "staff", "caseload": "counsellor"}[nour.site]
    page = nour.opens("app").text
    secret = re.search(r'class="mono code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    enrolment = re.search(r'name="enrolment"[^>]*value="([^"]+)"', page)[1]
    app = {"enrolment": enrolment, "code": pyotp.TOTP(secret).at(now()), "present": PASSWORD}
    password = {"present": PASSWORD, "chosen": CHOSEN, "again": CHOSEN}
    for path, typed in (("app", app), ("recovery-codes", {"present": PASSWORD}), ("password", password)):
        before = scene.scalars(told).all()
        nour.sends(path, typed | {"present": "wrong wrong wrong"})
        scene.rollback()
        assert scene.scalars(told).all() == before
        nour.sends(path, typed)
        scene.rollback()
        assert scene.scalars(told).all() == [*before, f"{table}.renew"]


def test_the_app_on_the_same_device_is_opened_with_the_key_which_no_header_and_no_log_repeats(
    nour: Member, scene: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    guest, site = Guest(nour.browser, scene, "rima"), nour.browser.site
    for login, page in (("rima", nour.browser.post(guest.link)), ("nour", nour.opens("app"))):
        address = unescape(re.search(r'<a class="btn" href="(otpauth://[^"]+)" rel="noreferrer">', page.text)[1])
        shown = re.search(r'class="mono code">((?:[A-Z2-7]{4} ?){8})<', page.text)[1]
        assert unquote(address).startswith(f"otpauth://totp/{site.title}:{login}?")
        told = {"secret": [shown.replace(" ", "")], "issuer": [site.title]}
        assert parse_qs(urlsplit(address).query) == told
        assert told["secret"][0] not in f"{page.headers}{capsys.readouterr()}"


@pytest.mark.parametrize("path", PAGES)
def test_each_page_asks_for_a_code_first(nour: Member, scene: Session, path: str) -> None:
    assert nour.opens(path).status_code == 200
    scene.execute(text("update authn.session set created_at = :then"), {"then": now() - timedelta(minutes=11)})
    scene.commit()
    assert "and for a code when your last one is more than ten minutes old." in nour.opens().text
    for answer in (nour.opens(path), nour.sends(path)):
        assert answer.headers["Location"] == f"/login/again?next={nour.account}/{path}"


def test_a_code_of_the_app_leads_back_to_the_page(nour: Member, scene: Session) -> None:
    scene.execute(text("update authn.session set created_at = :then"), {"then": now() - timedelta(minutes=11)})
    scene.execute(text("update authn.credential set factor_counter = 0"))
    scene.commit()
    back = f"{nour.account}/app"
    assert nour.browser.post(f"/login/again?next={back}", {"code": nour.code()}).headers["Location"] == back
    assert nour.opens("app").status_code == 200


def test_a_password_is_changed_and_other_browsers_are_signed_out(nour: Member) -> None:
    other = elsewhere(nour)
    wrong = nour.sends("password", {"present": "x", "chosen": CHOSEN, "again": CHOSEN})
    assert (wrong.status_code, 'id="present-error"' in wrong.text) == (422, True)
    assert other.get(nour.account).status_code == 200
    typed = {"present": PASSWORD, "chosen": CHOSEN, "again": CHOSEN}
    assert nour.sends("password", typed).headers["Location"] == nour.account
    assert (nour.opens().status_code, other.get(nour.account).status_code) == (200, 303)
    nour.browser.post("/logout")
    assert nour.first_step(CHOSEN).headers["Location"] == "/login/factor"


def test_another_app_is_connected_and_other_browsers_are_signed_out(nour: Member) -> None:
    other, page = elsewhere(nour), nour.opens("app").text
    secret = re.search(r'class="mono code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    enrolment = re.search(r'name="enrolment"[^>]*value="([^"]+)"', page)[1]
    for code, present, field in (
        ("000", PASSWORD, "code"), (pyotp.TOTP(secret).at(now()), "x", "present"), ("", "", "present")
    ):  # fmt: skip
        wrong = nour.sends("app", {"enrolment": enrolment, "code": code, "present": present})
        assert (wrong.status_code, secret in wrong.text.replace(" ", "")) == (422, True)
        assert f'id="{field}-error"' in wrong.text
    assert other.get(nour.account).status_code == 200
    typed = {"enrolment": enrolment, "code": pyotp.TOTP(secret).at(now()), "present": PASSWORD}
    assert nour.sends("app", typed).headers["Location"] == nour.account
    assert other.get(nour.account).status_code == 303


def test_new_recovery_codes_are_shown_once(nour: Member) -> None:
    for typed in ("", "wrong wrong wrong"):
        wrong = nour.sends("recovery-codes", {"present": typed})
        assert (wrong.status_code, 'id="present-error"' in wrong.text) == (422, True)
    page = nour.sends("recovery-codes", {"present": PASSWORD}).text
    codes = re.findall(r'class="mono code">([0-9A-Z-]{29})<', page)
    assert len(set(codes)) == 10
    assert codes[0] not in nour.opens().text
    nour.browser.post("/logout")
    nour.first_step()
    assert nour.second_step(codes[0]).headers["Location"] == nour.browser.site.home


def test_too_many_guesses_at_the_password_wait_on_every_page(nour: Member, scene: Session) -> None:
    nour.sends("recovery-codes", {"present": "wrong wrong wrong"})
    scene.execute(text("update authn.throttle set failures = 14"))
    scene.commit()
    for path, typed in (("password", {"chosen": CHOSEN, "again": CHOSEN}), ("recovery-codes", {})):
        answer = nour.sends(path, {"present": PASSWORD} | typed)
        assert (answer.status_code, "Too many tries" in answer.text) == (422, True)


def elsewhere(nour: Member):
    """Another browser of theirs, signed in."""
    other, cookie = nour.browser.app.test_client(), nour.browser.site.session_cookie
    mine = nour.browser.client.get_cookie(cookie).value
    nour.browser.sign_in(nour.account_id)
    other.set_cookie(cookie, nour.browser.client.get_cookie(cookie).value)
    nour.browser.client.set_cookie(cookie, mine)
    return other


def test_another_browser_is_signed_out_and_this_one_stays(nour: Member) -> None:
    other = elsewhere(nour)
    handle = re.search(rf"{nour.account}/sessions/([0-9a-f]{{32}})/end", nour.opens().text)[1]
    assert nour.sends(f"sessions/{handle}/end").headers["Location"] == nour.account
    assert (nour.opens().status_code, other.get(nour.account).status_code) == (200, 303)
    assert nour.sends(f"sessions/{handle}/end").status_code == 404


def test_every_browser_is_signed_out(nour: Member) -> None:
    other = elsewhere(nour)
    assert 'action="/logout/everywhere"' in nour.opens().text
    nour.browser.post("/logout/everywhere")
    assert (nour.opens().status_code, other.get(nour.account).status_code) == (303, 303)


@pytest.mark.parametrize("many", [3, 300])
def test_a_long_list_of_browsers_asks_the_database_no_more(nour: Member, scene: Session, many: int) -> None:
    scene.execute(
        text(
            "insert into authn.session (digest, site, account_id, level, created_at, seen_at, expires_at)"
            " select sha256(uuid_send(gen_random_uuid())), site, account_id, level, created_at, seen_at, expires_at"
            " from authn.session cross join generate_series(1, :more) where level = 'full'"
        ),
        {"more": many - 1},
    )
    scene.commit()
    with nour.browser.statements() as statements:
        assert nour.opens().text.count("<tr><td>") == many
    assert len(statements) <= 5, statements
