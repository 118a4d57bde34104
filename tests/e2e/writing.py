"""A researcher at the page of a task, on a line that the test cuts, with a clock that the test moves."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.sites import Browser as Client

EVERYTHING = """() => new Promise((yes) => {
  const opening = indexedDB.open("workspace");
  opening.onsuccess = () => {
    const base = opening.result;
    if (!base.objectStoreNames.contains("copies")) { base.close(); return yes([]); }
    const asking = base.transaction("copies").objectStore("copies").getAll();
    asking.onsuccess = () => { base.close(); yes(asking.result.map((one) => ({ ...one,
      iv: [...one.iv], text: new TextDecoder("latin1").decode(one.data) }))); };
  };
})"""


@dataclass
class Writer:
    """Whoever writes, in a browser of their own; `server` runs the site at `address`, until a test stops it."""

    context: BrowserContext
    client: Client
    address: str
    path: str
    account: UUID
    server: Iterator[str]

    def signs_in(self, account: UUID | None = None) -> None:
        cookie = self.client.site.session_cookie
        value = self.client.sign_in(account or self.account).client.get_cookie(cookie).value  # type: ignore[union-attr]
        self.context.add_cookies([{"name": cookie, "value": value, "url": self.address}])

    def opens(self, path: str | None = None) -> "Tab":
        """Open the task, or another page, in a tab whose clock stands ready."""
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.clock.install()
        page.goto(self.address + (path or self.path))
        return Tab(self, page)


@dataclass
class Tab:
    """One tab with the page of the task."""

    writer: Writer
    page: Page

    def field(self, label: str, at: int = 0) -> Locator:
        return self.page.get_by_label(label).nth(at)

    @property
    def text(self) -> Locator:
        return self.field("Your answer")

    def waits(self, seconds: float) -> None:
        """Let the clock of this tab go on; what was due by then is done."""
        self.page.clock.run_for(int(seconds * 1000))

    def reads(self, words: str) -> None:
        """The bar below says so, sooner or later."""
        expect(self.page.locator("#says")).to_contain_text(words, timeout=20_000)

    def is_saved(self, version: int) -> None:
        """The bar says when, and what was typed is this version of the answer."""
        expect(self.page.locator("#answer [name=version]")).to_have_value(str(version), timeout=20_000)
        expect(self.page.locator("#says")).to_have_text(re.compile(r"^Saved \d\d:\d\d"), timeout=20_000)

    def keeps(self, number: int = 1) -> list[dict[str, Any]]:
        """As many copies lie in this browser, sooner or later; as they lie there."""
        self.page.wait_for_function(f"async () => (await ({EVERYTHING})()).length === {number}", timeout=20_000)
        found: list[dict[str, Any]] = self.page.evaluate(EVERYTHING)
        return found

    def everything_kept(self) -> str:
        """All that this browser stores of the site, raw."""
        other = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, window.name, history.state])"
        return json.dumps(self.page.evaluate(EVERYTHING)) + str(self.page.evaluate(other))

    @contextmanager
    def without_replies(self) -> Iterator[list[int]]:
        """The site is reached, and its replies are lost on the way."""
        lost: list[int] = []

        def lose(route: Route) -> None:
            lost.append(route.fetch().status)
            route.abort()

        self.page.route("**/answer", lose)
        yield lost
        self.page.unroute("**/answer")


def sits_down(browser: Browser, client: Client, server: Iterator[str], path: str, account: UUID) -> Writer:
    """Somebody signed in, at a browser of their own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    writer = Writer(context, client, next(server), path, account, server)
    writer.signs_in()
    return writer
