"""The log-in pages of desk and portal, as browsers meet them."""

import re
from datetime import timedelta
from html import unescape

import pyotp
import pytest
from sqlalchemy import text

from tests.factories import make_counsellor, make_researcher, make_staff
from tests.sites import Browser
from web_kit.app import limiter
from workflows.accounts import invitations, passwords
from workflows.core.clock import now

PASSWORD = "seven quiet herons by the lock"
MAKERS = {"desk": make_staff, "portal": make_researcher, "caseload": make_counsellor}
STEP = timedelta(seconds=30)
TARGETS = (
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example",
    "/\n/evil.example",
    "javascript:x",
)


class Guest:
    """Somebody with an invitation to one site, and what they learn on its pages."""

    def __init__(self, browser: Browser, scene, login: str) -> None:
        self.browser, self.login, self.site = browser, login, browser.site.name
        self.account_id = MAKERS[self.site](scene).id
        self.link = f"/invite/{invitations.invite(scene, self.account_id, self.site, login, now())}"
        scene.commit()
        self.secret = self.used = ""
        """The second: the code with which they enrolled."""

    def start(self) -> str:
        page = self.browser.post(self.link).text
        self.secret = re.search(r'class="mono code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        return unescape(re.search(r'name="enrolment"[^>]*value="([^"]+)"', page)[1])

    def fill(self, enrolment: str, **changed: str):
        self.used = self.code()
        typed = {"enrolment": enrolment, "password": PASSWORD, "again": PASSWORD, "code": self.used}
        return self.browser.post(self.link, typed | changed)

    def enrol(self) -> list[str]:
        page = self.fill(self.start()).text
        return re.findall(r'class="mono code">([0-9A-Z-]{29})<', page)

    def code(self, after: timedelta = timedelta()) -> str:
        return pyotp.TOTP(self.secret).at(now() + after)

    def first_step(self, password: str = PASSWORD, query: str = ""):
        return self.browser.post(f"/login{query}", {"login": self.login, "password": password})

    def second_step(self, code: str, query: str = ""):
        return self.browser.post(f"/login/factor{query}", {"code": code})


@pytest.fixture(params=["desk", "portal"])
def guest(request, scene) -> Guest:
    browser = request.getfixturevalue(request.param)
    with browser.app.app_context():
        limiter.reset()
    return Guest(browser, scene, "ilse")


def test_an_invitation_becomes_an_account_that_signs_in(guest):
    page = guest.browser.get(guest.link)
    assert page.status_code == 200
    assert "ilse" in page.text
    codes = guest.enrol()
    assert len(set(codes)) == 10
    answer = guest.first_step()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login/factor")
    assert guest.browser.get("/login/factor").status_code == 200
    answer = guest.second_step(guest.code(STEP))
    assert (answer.status_code, answer.headers["Location"]) == (303, guest.browser.site.home)
    assert guest.browser.get("/login").headers["Location"] == guest.browser.site.home


def test_a_recovery_code_signs_in(guest):
    codes = guest.enrol()
    guest.first_step()
    assert guest.second_step(codes[0]).headers["Location"] == guest.browser.site.home


def test_opening_a_link_any_number_of_times_changes_nothing(guest, house):
    for method in ("get", "head", "options"):
        for _ in range(3):
            assert getattr(guest.browser.client, method)(guest.link).status_code == 200
    with house.connect() as connection:
        assert connection.scalar(text("select used_at from authn.invitation")) is None
    assert len(guest.enrol()) == 10


@pytest.mark.parametrize("method", ["get", "post"])
def test_used_unknown_and_foreign_links_look_the_same(guest, method):
    guest.enrol()
    used, unknown = (getattr(guest.browser, method)(link) for link in (guest.link, "/invite/unknown"))
    assert (used.status_code, unknown.status_code) == (404, 404)
    assert "does not work any more" in used.text
    assert strip(used.text) == strip(unknown.text)


def test_each_form_shows_a_second_factor_of_its_own(guest):
    guest.start()
    first = guest.secret
    guest.start()
    assert guest.secret != first


def test_a_refused_form_keeps_its_second_factor_and_forgets_the_passwords(guest):
    enrolment = guest.start()
    page = guest.fill(enrolment, code="000")
    assert page.status_code == 400
    assert guest.secret in page.text.replace(" ", "")
    assert PASSWORD not in page.text
    assert "<svg" in page.text
    refused = guest.fill(enrolment, password="short", again="short", code="")
    told = ("Type both passwords again", 'password">Password</a> A password has at least', "</a> Type the six figures")
    assert (refused.status_code, *(said in refused.text for said in told)) == (400, True, True, True)
    assert guest.fill(enrolment, again="another password").status_code == 400
    assert guest.fill(enrolment).status_code == 200


def test_a_wrong_password_an_unknown_name_and_a_shut_account_get_one_page(guest, scene):
    guest.enrol()
    wrong = guest.first_step("wrong wrong wrong")
    guest.login = "nobody"
    unknown = guest.first_step("wrong wrong wrong")
    guest.login = "ilse"
    scene.execute(text("update staff set active = false"))
    scene.execute(text("update researcher set active = false"))
    scene.commit()
    shut = guest.first_step()
    assert {answer.status_code for answer in (wrong, unknown, shut)} == {400}
    pages = {strip(answer.text).replace('value="nobody"', 'value="ilse"') for answer in (wrong, unknown, shut)}
    assert len(pages) == 1


@pytest.mark.parametrize("wrong", ["unknown name", "shut account", "never enrolled"])
def test_every_refusal_is_the_same_work(guest, scene, monkeypatch, wrong):
    """One slow hash, the same statements in the same order, a page of the same length: nothing left to measure."""
    guest.enrol()
    reference, refused = [work_of(guest, monkeypatch, "wrong wrong wrong") for _ in range(2)]
    assert reference == refused
    if wrong == "unknown name":
        guest.login = "ilsa"
    elif wrong == "never enrolled":
        guest.login = Guest(guest.browser, scene, "else").login
    else:
        for table in ("staff", "researcher"):
            scene.execute(text(f"update {table} set active = false"))
        scene.commit()
    assert work_of(guest, monkeypatch, "wrong wrong wrong") == reference


def work_of(guest: Guest, monkeypatch, password: str) -> tuple:
    """How many slow hashes at which cost, which statements, and how long the page is; the counts begin anew."""
    with guest.browser.app.app_context():
        limiter.reset()
    costs, derive = [], passwords.derive

    def watched(typed, salt, cost):
        costs.append(cost)
        return derive(typed, salt, cost)

    monkeypatch.setattr(passwords, "derive", watched)
    with guest.browser.statements() as done:
        page = guest.first_step(password)
    monkeypatch.setattr(passwords, "derive", derive)
    return costs, done, page.status_code, len(strip(page.text))


def test_a_half_session_opens_nothing_and_is_replaced(guest):
    guest.enrol()
    guest.first_step()
    cookie = guest.browser.site.session_cookie
    half = guest.browser.client.get_cookie(cookie).value
    assert guest.browser.get("/login").status_code == 200
    guest.second_step(guest.code(STEP))
    full = guest.browser.client.get_cookie(cookie).value
    assert full != half
    guest.browser.client.set_cookie(cookie, half)
    assert guest.browser.get("/login").status_code == 200
    assert guest.browser.get("/login/factor").headers["Location"] == "/login"


def test_the_second_step_asks_for_the_first(guest):
    for answer in (guest.browser.get("/login/factor"), guest.second_step("123456")):
        assert (answer.status_code, answer.headers["Location"]) == (303, "/login")


def test_a_wrong_code_says_so(guest):
    guest.enrol()
    guest.first_step()
    answer = guest.second_step("000000")
    assert "Everything you wrote is still here." not in answer.text
    assert answer.status_code == 400
    assert "does not fit" in answer.text
    assert guest.second_step(guest.used).status_code == 400


def test_empty_forms_say_what_is_missing(guest):
    assert "Type your user name." in guest.browser.post("/login").text
    guest.enrol()
    guest.first_step()
    assert "Type the code." in guest.browser.post("/login/factor").text


def test_signing_out_ends_the_session_in_the_database(guest):
    guest.enrol()
    guest.first_step()
    guest.second_step(guest.code(STEP))
    cookie = guest.browser.site.session_cookie
    token = guest.browser.client.get_cookie(cookie).value
    answer = guest.browser.post("/logout")
    assert answer.headers["Location"] == "/login"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert guest.browser.client.get_cookie(cookie) is None
    guest.browser.client.set_cookie(cookie, token)
    assert guest.browser.get("/login").status_code == 200


def test_signing_out_everywhere_ends_the_other_browser_too(guest):
    guest.enrol()
    other = guest.browser.app.test_client()
    cookie = guest.browser.site.session_cookie
    guest.browser.sign_in(guest.account_id)
    other.set_cookie(cookie, guest.browser.client.get_cookie(cookie).value)
    guest.browser.sign_in(guest.account_id)
    assert other.get("/login").status_code == 303
    guest.browser.post("/logout/everywhere")
    assert other.get("/login").status_code == 200


def test_a_link_cannot_sign_anybody_out(guest):
    assert guest.browser.get("/logout").status_code in {404, 405}


def test_a_form_without_its_token_is_refused(guest):
    for path in ("/login", "/login/factor", "/logout", "/logout/everywhere", guest.link):
        assert guest.browser.client.post(path, data={}).status_code == 400


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(guest):
    guest.enrol()
    cookie = guest.first_step().headers.getlist("Set-Cookie")[0]
    assert cookie.startswith({"portal": "workspace_portal=", "desk": "terrain_desk="}[guest.site])
    assert "HttpOnly" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert f"SameSite={'Strict' if guest.site == 'portal' else 'Lax'}" in cookie


def test_signing_in_leads_back_to_the_page_that_was_asked_for(guest):
    guest.enrol()
    answer = guest.first_step(query="?next=/w/account")
    assert answer.headers["Location"] == "/login/factor?next=/w/account"
    assert guest.second_step(guest.code(STEP), "?next=/w/account").headers["Location"] == "/w/account"


@pytest.mark.parametrize("target", TARGETS)
def test_signing_in_never_leads_off_the_site(guest, target):
    guest.browser.sign_in(guest.account_id)
    answer = guest.browser.get("/login", query_string={"next": target})
    assert answer.headers["Location"] == guest.browser.site.home
    assert guest.browser.get("/language/fr", query_string={"next": target}).headers["Location"] == "/"


def test_the_portals_pages_do_not_say_what_the_work_is_about(portal, scene):
    guest = Guest(portal, scene, "nour")
    pages = [portal.get("/login").text, portal.get(guest.link).text, portal.post(guest.link).text]
    assert all("<title>" in page and "Workspace</title>" in page for page in pages)
    assert not any(word in page for page in pages for word in ("Terrain", "return", "migra"))


def test_a_page_of_the_public_site_sets_no_cookie_and_has_no_log_in(public):
    assert public.get("/login").status_code == 404


def strip(page: str) -> str:
    """A page without what differs at each rendering: form tokens and the number of the request."""
    return re.sub(r'value="[^"]{40,}"|-[0-9a-f]{8}<|/invite/[\w-]+', "", page)
