"""A workspace left alone covers itself, keeps what was typed, and opens for the same person only."""

import os

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import AXE_SCRIPT, SHOTS, serving
from tests.factories import make_assignment, make_researcher
from tests.sites import Browser as Client
from workflows.accounts.models import PartnerOrganisation

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
TYPED = "Two of three pharmacies had it on Monday."


class Desk:
    """A researcher at a page with a form, and a clock that the test moves."""

    def __init__(self, browser: Browser, portal: Client, address: str) -> None:
        self.portal, self.address = portal, address
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()

    def signs_in(self, account_id) -> None:
        token = self.portal.sign_in(account_id).client.get_cookie(self.portal.site.session_cookie).value
        self.context.add_cookies([{"name": self.portal.site.session_cookie, "value": token, "url": self.address}])

    def opens(self, path: str) -> None:
        self.page.clock.install()
        self.page.goto(self.address + path)
        self.page.get_by_label("Tell the desk more").or_(self.page.locator("textarea")).first.wait_for(state="attached")

    @property
    def covered(self) -> bool:
        return self.page.locator(".cover").is_visible()

    def comes_back(self) -> None:
        with self.page.expect_response("**/w/awake*"):
            self.page.evaluate("dispatchEvent(new Event('focus'))")
        self.page.wait_for_timeout(100)


@pytest.fixture
def desk(browser: Browser, portal: Client, portal_app, scene):
    me, other = make_researcher(scene, language="en"), make_researcher(scene, language="en")
    task = make_assignment(scene, scene.get_one(PartnerOrganisation, me.partner_id))
    scene.commit()
    server = serving(portal_app)
    desk = Desk(browser, portal, next(server))
    desk.me, desk.other, desk.path = me.id, other.id, f"/w/t/{task.id}"
    desk.signs_in(me.id)
    desk.opens(desk.path)
    yield desk
    desk.context.close()
    next(server, None)


def written(desk: Desk):
    for fold in desk.page.locator("main details:not([open]) > summary").all():
        fold.click()
    return desk.page.locator("main textarea").first


def test_it_covers_itself_and_keeps_what_was_typed(desk: Desk) -> None:
    written(desk).fill(TYPED)
    desk.page.clock.run_for(14 * 60 * 1000)
    assert not desk.covered
    desk.page.clock.run_for(70 * 1000)
    assert desk.covered
    assert not written(desk).is_visible()
    desk.page.keyboard.press("Escape")
    assert desk.covered
    look(desk.page, "cover")
    desk.comes_back()
    assert desk.covered
    desk.signs_in(desk.other)
    desk.comes_back()
    assert desk.covered
    desk.signs_in(desk.me)
    desk.comes_back()
    assert not desk.covered
    assert written(desk).input_value() == TYPED


def test_whoever_types_is_not_interrupted(desk: Desk) -> None:
    box = written(desk)
    for _ in range(3):
        desk.page.clock.run_for(10 * 60 * 1000)
        box.press("x")
    assert not desk.covered


def test_a_laptop_that_slept_is_covered_before_its_first_key_counts(desk: Desk) -> None:
    desk.page.clock.pause_at(desk.page.evaluate("Date.now()") + 20 * 60 * 1000)
    desk.page.keyboard.press("x")
    assert desk.covered


def look(page: Page, name: str) -> None:
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run('.cover', {resultTypes: ['violations']})")
    assert found["violations"] == []
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if os.environ.get("SHOTS"):
            SHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SHOTS / f"{name}-{width}.png")
