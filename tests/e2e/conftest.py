"""The sites as real servers, people who can log in, and a browser that looks at each page it is shown."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright.sync_api import Browser, Download, Locator, Page, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from config import policy
from tests.sites import Browser as Client
from tests.skips import chromium
from web_kit.app import limiter
from workflows.accounts.models import Credential
from workflows.accounts.passwords import Cost, new_verifier
from workflows.accounts.second_factor import new_secret, place_of
from workflows.core.sealed import encrypt

SHOTS = Path(__file__).parent / "shots"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
       "resultTypes": ["violations"]}  # fmt: skip
FACTOR_KEYS = {"desk": b"d" * 32, "portal": b"p" * 32, "caseload": b"c" * 32}
PASSWORD = "amber-river-lantern-plum"
CHEAP = Cost(1, 8, 1)
WIDTHS = (1280, 390, 320)
ENLARGED = """() => { const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px"; }"""
AS_IT_WAS = "document.documentElement.style.fontSize = ''"


@dataclass(frozen=True)
class Login:
    """How one person gets into one site."""

    site: str
    user: str
    secret: str


def give_login(scene: Session, account_id: UUID, site: str, user: str) -> Login:
    """A password and a second factor, as an accepted invitation leaves them."""
    secret, verifier = new_secret(), new_verifier(PASSWORD, CHEAP)
    scene.add(
        Credential(
            account_id=account_id,
            site=site,
            login=user,
            salt=verifier.salt,
            parameters=verifier.parameters,
            verifier=verifier.digest,
            factor_sealed=encrypt(FACTOR_KEYS[site], place_of(account_id), secret),
            factor_counter=0,
            active=True,
        )
    )
    return Login(site, user, secret)


def serving(app: Flask, port: int = 0) -> Iterator[str]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sites(
    public_app: Flask, desk_app: Flask, portal_app: Flask, caseload_app: Flask, clean: None
) -> Iterator[dict[str, str]]:
    """The address of each site."""
    apps = {"public": public_app, "desk": desk_app, "portal": portal_app, "caseload": caseload_app}
    running = {name: serving(app) for name, app in apps.items()}
    yield {name: next(server) for name, server in running.items()}
    for server in running.values():
        next(server, None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; it is gone before another file starts its own."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield opened
        opened.close()


class Person:
    """Somebody at a browser of their own. With scripts off the page cannot be examined, only used."""

    def __init__(self, name: str, browser: Browser, *, scripts: bool) -> None:
        self.name = name
        self.home = ""
        self.scripts = scripts
        self.context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.seen = 0
        self.enlarges = False
        """Whether pages are also read with letters twice as large, and at twice the size."""

    def goes_to(self, address: str) -> None:
        """Open an address; one without a site is of the site where this person sits."""
        answer = self.page.goto(self.home + address if address.startswith("/") else address)
        assert answer is not None
        assert answer.status < 400, address
        self.looks()

    def reloads(self) -> None:
        """Ask for the page anew, past what the browser kept."""
        self.page.reload()
        self.looks()

    def downloads(self, words: str) -> Download:
        """Take the file home that stands behind a link."""
        with self.page.expect_download() as file:
            self.page.get_by_role("link", name=words).click()
        return file.value

    def presses(self, words: str, *, exact: bool = True) -> None:
        self.clicks(self.page.get_by_role("button", name=words, exact=exact).first)

    def follows(self, words: str, *, exact: bool = True) -> None:
        self.clicks(self.page.get_by_role("link", name=words, exact=exact).first)

    def clicks(self, thing: Locator) -> None:
        """Click what leads to another page, and wait until that page is there."""
        with self.page.expect_navigation(wait_until="load"):
            thing.click()
        self.looks()

    def takes_time(self) -> None:
        """Wait as long as a form waits at least for somebody to have read it, however fast this machine is."""
        self.page.wait_for_timeout(policy.FORM_FILL_SHORTEST / timedelta(milliseconds=1))

    def writes(self, label: str, text: str, at: int = 0) -> None:
        self.page.locator("input, textarea").and_(self.page.get_by_label(label)).nth(at).fill(text)

    def chooses(self, label: str, at: int = 0) -> None:
        self.page.get_by_label(label, exact=True).nth(at).check()

    def dates(self, legend: str, day: str, month: str, year: str, at: int = 0) -> None:
        group = self.page.get_by_role("group", name=legend).nth(at)
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            group.get_by_label(label).fill(value)

    @property
    def shown(self) -> str:
        """The page as it stands, with ordinary spaces for those that never break (`together`)."""
        return self.page.content().replace("&nbsp;", " ")

    def reads(self, words: str) -> None:
        assert words in self.shown, f"{self.name} does not read “{words}” at {self.page.url}"

    def logs_in(self, address: str, login: Login) -> None:
        self.goes_to(f"{address}/login")
        self.writes("User name", login.user)
        self.writes("Password", PASSWORD)
        self.presses("Continue")
        self.page.locator("main input[type=text]").fill(pyotp.TOTP(login.secret).now())
        self.clicks(self.page.locator("main button[type=submit]"))

    def misses(self, words: str) -> None:
        assert words not in self.shown, f"{self.name} reads “{words}” at {self.page.url}"

    def enters(self, site: str, code: str) -> None:
        """Come to the public site with a receipt code."""
        self.home = site
        self.goes_to("/en/q")
        self.writes("Your code", code)
        self.presses("Show my question")

    def looks(self) -> None:
        """Take a picture of the page; with scripts, let axe examine it and see that nothing scrolls sideways."""
        self.seen += 1
        if os.environ.get("SHOTS"):
            SHOTS.mkdir(exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{self.name}-{self.seen:02d}.png", full_page=True)
        if not self.scripts:
            return
        self.page.evaluate(AXE_SCRIPT)
        if self.enlarges:
            self.enlarged()
        for width in WIDTHS:
            self.fits(width)
            if width != WIDTHS[-1]:
                self.is_examined(width)
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    def enlarged(self) -> None:
        """See that nothing scrolls sideways with letters twice as large, nor on a wide screen that is zoomed in."""
        self.fits(WIDTHS[0] // 2)
        self.page.evaluate(ENLARGED)
        for width in WIDTHS:
            self.fits(width, " with large letters")
        self.page.evaluate(AS_IT_WAS)

    def fits(self, width: int, how: str = "") -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(sideways) <= 0, f"{self.page.url} scrolls sideways at {width}{how}"

    def is_examined(self, width: int) -> None:
        """Let axe look at the whole page at once: a bar that sticks to the window covers what one can scroll free."""
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": max(900, height)})
        found = AxeResults(self.page.evaluate(f"axe.run({json.dumps(AXE)})"))
        assert found.violations_count == 0, f"{self.page.url} at {width}: {found.generate_report()}"

    def leaves(self) -> None:
        self.context.close()


@pytest.fixture
def scripts() -> bool:
    """With scripts; a test that is marked `both_ways` runs without them too."""
    return True


both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
Make = Callable[[str], Person]
Sits = Callable[..., Person]


@pytest.fixture
def person(scripts: bool, browser: Browser) -> Iterator[Make]:
    """Make somebody at a browser of their own."""
    made: list[Person] = []

    def make(name: str) -> Person:
        made.append(Person(f"{name}-{'scripts' if scripts else 'plain'}", browser, scripts=scripts))
        return made[-1]

    yield make
    for one in made:
        one.leaves()


@pytest.fixture
def sits(person: Make, sites: dict[str, str], desk: Client, portal: Client, caseload: Client) -> Sits:
    """Sit somebody down at the desk or at another site, as after the log-in."""
    limiter.reset()

    def sit(name: str, account_id: UUID, site: str = "desk") -> Person:
        client = {"desk": desk, "portal": portal, "caseload": caseload}[site].sign_in(account_id)
        one, cookie = person(name), client.site.session_cookie
        one.home = sites[site]
        value = client.client.get_cookie(cookie).value  # type: ignore[union-attr]
        one.context.add_cookies([{"name": cookie, "value": value, "url": one.home}])
        return one

    return sit


@pytest.fixture
def opens(browser: Browser, desk_app: Flask, desk: Client) -> Iterator[Callable[..., Page]]:
    """Sit down at the desk as somebody, at a page."""
    made, server = [], serving(desk_app)
    address = next(server)

    def sit(account: UUID, path: str, **options: bool) -> Page:
        desk.sign_in(account)
        name = desk.site.session_cookie
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        context.add_cookies([{"name": name, "value": desk.client.get_cookie(name).value, "url": address}])
        made.append(context)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield sit
    for context in made:
        context.close()
    next(server, None)
