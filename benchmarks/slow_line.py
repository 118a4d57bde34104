"""Pages on a bad line: Chromium at 400 kbit/s with 400 ms to every answer, nothing kept, until the main text is seen.

The floor is a page of one word from the same server on the same line: what is above it, our pages add.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from config.settings import EVERY_PORT, LOOPBACK
from ops.environment import ambient
from ops.whole import ROOT
from tests.ports import free_ports

ROUNDS = 5
GOAL_MS = 2500
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SEEN = """() => new Promise(done =>
    new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
        .observe({type: "largest-contentful-paint", buffered: true}))"""
SIZES = """() => ["navigation", "resource"]
    .flatMap(kind => performance.getEntriesByType(kind)).map(one => one.transferSize)"""


@dataclass(frozen=True)
class Running:
    """A whole Terrain with demonstration data."""

    ports: dict[str, int]
    data: Path

    def at(self, site: str, path: str) -> str:
        return f"http://{LOOPBACK}:{self.ports[site]}{path}"


def main() -> None:
    """Print one line for each page."""
    program = shutil.which("chromium")
    if program is None:
        print("\nPages on a bad line: not measured, there is no Chromium here")
        return
    with _terrain() as terrain, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        floor = _line(browser.new_context(), terrain.at("PORTAL", "/healthz"))[0]
        print(f"\nPages on a bad line (400 kbit/s, 400 ms), median of {ROUNDS} rounds")
        print(f"A page of one word is seen after {floor:.0f} ms; the goal is {GOAL_MS}")
        print(f"{'':<26}{'seen ms':>8}{'ratio':>7}{'requests':>10}{'kB':>7}")
        for name, context, address in _pages(terrain, browser):
            seen, requests, kilobytes = _line(context, address)
            print(f"{name:<26}{seen:8.0f}{seen / floor:7.1f}{requests:10}{kilobytes:7.1f}")


def _pages(terrain: Running, browser: Browser) -> Iterator[tuple[str, BrowserContext, str]]:
    anybody = browser.new_context()
    yield "public start", anybody, terrain.at("PUBLIC", "/en/")
    yield "public search", anybody, terrain.at("PUBLIC", "/en/search?q=insulin")
    yield "public question form", anybody, terrain.at("PUBLIC", "/en/ask")
    yield "workspace sign-in", anybody, terrain.at("PORTAL", "/login")
    researcher = _signed_in(terrain, browser)
    yield "workspace tasks", researcher, terrain.at("PORTAL", "/w")
    for number, task in enumerate(_tasks(terrain, researcher), 1):
        yield f"workspace task {number}", researcher, task


def _line(context: BrowserContext, address: str) -> tuple[float, int, float]:
    """Milliseconds until the main text is seen, requests, kilobytes, with nothing kept from before."""
    rounds = []
    for _ in range(ROUNDS):
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Network.emulateNetworkConditions", LINE)
        page.goto(address, wait_until="load")
        sizes = page.evaluate(SIZES)
        rounds.append((page.evaluate(SEEN), len(sizes), sum(sizes) / 1000))
        page.close()
    return statistics.median(seen for seen, *_ in rounds), rounds[-1][1], rounds[-1][2]


def _signed_in(terrain: Running, browser: Browser) -> BrowserContext:
    """A researcher of the demonstration, past both steps of the log-in."""
    logins = json.loads((terrain.data / "demo-logins.json").read_text())
    login = next(each for each in logins if each.get("site") == "portal")
    context = browser.new_context()
    page = context.new_page()
    page.goto(terrain.at("PORTAL", "/login"))
    page.fill("[name=login]", login["user"])
    page.fill("[name=password]", login["password"])
    page.locator("main [type=submit]").click()
    page.fill("[name=code]", pyotp.TOTP(login["totp_secret"]).now())
    page.locator("main [type=submit]").first.click()
    page.wait_for_url("**/w")
    page.close()
    return context


def _tasks(terrain: Running, context: BrowserContext) -> list[str]:
    """The first tasks of the inbox: an offer, one in hand, one done, as they come."""
    page = context.new_page()
    page.goto(terrain.at("PORTAL", "/w"))
    links = page.locator("main a[href^='/w/t/']").evaluate_all("links => links.map(link => link.href)")
    page.close()
    return list(dict.fromkeys(links))[:3]


@contextmanager
def _terrain() -> Iterator[Running]:
    """`make run` on ports and in a folder of its own, stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="terrain-line-", dir="/var/tmp") as name:
        Path(name).chmod(0o755)
        ports = dict(zip(EVERY_PORT, free_ports(len(EVERY_PORT)), strict=True))
        env = ambient(os.environ) | {"DATA_DIR": name} | {f"{site}_PORT": str(port) for site, port in ports.items()}
        command = [sys.executable, "-m", "ops.run"]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        try:
            if process.stdout is None or not any("Terrain is running" in line for line in process.stdout):
                raise RuntimeError("the set-up to measure did not start")
            yield Running(ports, Path(name))
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


if __name__ == "__main__":
    main()
