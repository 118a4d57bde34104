"""A session that ended while somebody was writing: they sign in where they are, and their text is sent."""

import pyotp
import pytest
from playwright.sync_api import expect
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.e2e.conftest import PASSWORD, Login, give_login
from tests.e2e.test_saving import TYPED, stored
from tests.e2e.test_saving import writer as writer  # noqa: PLC0414 -- a fixture
from tests.e2e.writing import Tab, Writer
from tests.factories import make_researcher
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def ended(scene: Session, writer: Writer) -> Tab:
    """Something was typed after the session was over, and nothing of it got through."""
    tab = writer.opens()
    expect(tab.page.locator("#strip")).to_be_hidden()
    scene.execute(text("update authn.session set expires_at = now() - interval '1 second'"))
    scene.commit()
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.reads("Paused: sign in again")
    return tab


def log_in(tab: Tab, login: Login, password: str = PASSWORD) -> None:
    tab.page.get_by_role("button", name="Sign in here").click()
    dialog = tab.page.get_by_role("dialog")
    dialog.get_by_label("User name").fill(login.user)
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Continue").click()


def type_code(tab: Tab, code: str) -> None:
    dialog = tab.page.get_by_role("dialog")
    dialog.get_by_label("Code").fill(code)
    dialog.get_by_role("button", name="Sign in").click()


def mine(scene: Session, writer: Writer) -> Login:
    login = give_login(scene, writer.account, "portal", "writer")
    scene.commit()
    return login


def test_the_text_stays_and_is_sent_after_signing_in_in_place(scene, writer, ended) -> None:
    login = mine(scene, writer)
    assert stored(scene) != TYPED
    ended.keeps(1)
    log_in(ended, login)
    type_code(ended, pyotp.TOTP(login.secret).now())
    ended.is_saved(2)
    expect(ended.page.get_by_role("dialog")).to_be_hidden()
    expect(ended.page.locator("#strip")).to_be_hidden()
    assert stored(scene) == TYPED
    ended.keeps(0)
    with ended.page.expect_navigation():
        ended.page.get_by_role("button", name="Add a source").click()
    assert ended.page.url.endswith("?more=points-0-sources&rows=2#points-0-sources-1")


def test_a_wrong_password_and_a_wrong_code_are_said_in_place(scene, writer, ended) -> None:
    login = mine(scene, writer)
    log_in(ended, login, "not-the-password")
    alert = ended.page.get_by_role("dialog").get_by_role("alert")
    expect(alert).to_contain_text("do not fit together")
    ended.page.get_by_label("Password").fill(PASSWORD)
    ended.page.get_by_role("button", name="Continue").click()
    type_code(ended, "000000")
    expect(alert).to_contain_text("This code does not fit")
    type_code(ended, pyotp.TOTP(login.secret).now())
    ended.is_saved(2)
    assert PASSWORD not in ended.everything_kept()


def test_the_sign_in_in_place_answers_in_the_language_of_the_page(scene, writer) -> None:
    """The account speaks French, the browser English; nobody is signed in when the password is refused."""
    scene.get_one(ResearcherAccount, writer.account).language = "fr"
    scene.commit()
    tab = writer.opens()
    expect(tab.page.locator("html")).to_have_attribute("lang", "fr")
    tab.page.evaluate("document.getElementById('enter').showModal()")
    dialog = tab.page.locator("#enter")
    dialog.get_by_label("Nom d’utilisateur").fill("writer")
    dialog.get_by_label("Mot de passe").fill("not-the-password")
    writer.context.clear_cookies(name="workspace_portal")
    dialog.get_by_role("button", name="Continuer").click()
    expect(dialog.get_by_role("alert")).to_contain_text("ne vont pas ensemble")


def test_somebody_else_who_signs_in_does_not_send_it(scene, writer, ended) -> None:
    me = scene.get_one(ResearcherAccount, writer.account)
    colleague = make_researcher(scene, scene.get_one(PartnerOrganisation, me.partner_id), language="en")
    login = give_login(scene, colleague.id, "portal", "colleague")
    scene.commit()
    log_in(ended, login)
    type_code(ended, pyotp.TOTP(login.secret).now())
    ended.reads("Somebody else is signed in.")
    assert stored(scene) != TYPED
    expect(ended.text).to_have_value(TYPED)
    writer.signs_in()
    ended.page.evaluate("dispatchEvent(new Event('focus'))")
    ended.is_saved(2)


def test_a_page_whose_token_is_worth_nothing_any_more_gets_another(scene, writer) -> None:
    tab = writer.opens()
    expect(tab.page.locator("#strip")).to_be_hidden()
    writer.context.clear_cookies(name="workspace_portal_form")
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.is_saved(2)
    assert stored(scene) == TYPED
