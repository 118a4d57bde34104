"""The look keeps its promises: small, mirrored, labelled, readable, and nothing the policy header would refuse."""

import gzip
import re
import shutil
import threading
from html.parser import HTMLParser
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.html_rules import faults
from tests.web_kit.gallery import ERRORS, KIT, ROOT, SHELLS, gallery_app

CSS = (KIT / "static/kit/terrain.css").read_text()
SPRITE = (KIT / "static/kit/icons.svg").read_text()
SYMBOLS = set(re.findall(r'<symbol id="([a-z-]+)"', SPRITE))
SITES = ("web_kit", "webapp", "partner_portal")
TEMPLATES = sorted(path for site in SITES for path in (ROOT / site).glob("templates/**/*.html"))
OWN = [*TEMPLATES, Path(__file__).parent / "templates/kit/gallery.html"]
PAGES = [f"/gallery/{shell}{query}" for shell in SHELLS for query in ("", "?errors=1", "?dir=rtl")]
PAGES += [f"/error/{code}" for code in ERRORS]


class Reader(HTMLParser):
    """What a page says about its controls, ids and pictures."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.controls, self.labels, self.pointed, self.icons = [], [], set(), set(), set()
        self.headings, self.in_label = [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if "id" in at:
            self.ids.append(at["id"])
        if tag == "label":
            self.in_label += 1
            self.labels.add(at.get("for"))
        if tag in {"input", "select", "textarea"} and at.get("type") != "hidden":
            self.controls.append((at, self.in_label > 0))
        if tag == "use":
            self.icons.add(at["href"].partition("#")[2])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name in ("aria-describedby", "aria-labelledby"):
            self.pointed.update((at.get(name) or "").split())

    def handle_endtag(self, tag):
        if tag == "label":
            self.in_label -= 1


COMPONENTS = ("icons", "forms", "state", "page", "queue")
MACRO = re.compile(r"{%-? *macro ([a-z]\w*)\(")


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_in_the_gallery_and_in_the_page_about_the_look(name):
    """Shown by itself, or with the component that is made of it."""
    text = (KIT / f"templates/kit/{name}.html").read_text()
    shown = (Path(__file__).parent / "templates/kit/gallery.html").read_text()
    inside = "".join(path.read_text() for path in (KIT / "templates/kit").glob("*.html"))
    said = (ROOT / "docs/look.md").read_text()
    for macro in MACRO.findall(text):
        calls = re.compile(rf"(?<!macro )\b{macro}\(")
        assert calls.search(shown) or calls.search(inside), f"{macro} is in no gallery"
        assert re.search(rf"\b{macro}\b", said), f"{macro} is not in docs/look.md"


@pytest.mark.parametrize("address", PAGES)
def test_the_gallery_has_no_error_of_html(client, address):
    """Where a shell shows a part of the form only, its summary names the rest too."""
    found = faults(client.get(address).text)
    assert [fault for fault in found if "errors" not in address or not fault.startswith("href")] == []


@pytest.fixture(scope="module")
def client():
    return gallery_app().test_client()


def _read(client, address):
    answer = client.get(address)
    assert answer.status_code in {200, *ERRORS}
    return Reader(answer.text)


def test_the_stylesheet_is_small():
    assert len(gzip.compress(CSS.encode(), 9)) <= 10_000
    assert len(gzip.compress(SPRITE.encode(), 9)) <= 3_000


def test_no_heading_of_a_text_stands_alone_at_the_foot_of_a_printed_page() -> None:
    assert "h2,h3,h4{break-after:avoid}" in CSS.split("@media print{")[1]


def test_the_scripts_of_the_desk_are_small():
    """All that its pages name, with what those name themselves; those of the workspace are weighed where it is."""
    pages = [KIT / "templates/kit/desk.html", *(ROOT / "webapp/templates/desk").glob("**/*.html")]
    named = {name for page in pages for name in re.findall(r"kit/([a-z]+\.js)", page.read_text())}
    texts: dict[str, str] = {}
    while named:
        name = named.pop()
        texts[name] = (KIT / "static/kit" / name).read_text()
        named |= set(re.findall(r'from "\./([a-z]+\.js)"', texts[name])) - texts.keys()
    assert {"keys.js", "unsaved.js"} <= texts.keys()
    assert len(gzip.compress("".join(texts.values()).encode(), 9)) <= 4_000


def test_the_stylesheet_mirrors_by_direction_alone():
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
    physical = re.findall(
        r"\b(?:margin|padding|border|inset)-(?:top|bottom)\b|(?<![\w-])(?:top|bottom)\s*:|\b(?:left|right)\b", rules
    )
    assert physical == []


def test_the_stylesheet_stays_on_the_browser_floor():
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
    assert not re.search(r"@layer|@container|:has\(|:is\(|:where\(|aspect-ratio|(?<![\w-])&", rules)
    assert rules.count("{") == rules.count("}")


def test_nothing_is_fetched_from_elsewhere():
    assert "url(" not in CSS
    assert "@import" not in CSS


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_template_writes_what_the_policy_header_forbids(path):
    assert not re.search(r"\|\s*safe\b", path.read_text())
    text = re.sub(r"\{([%{#]).*?[%}#]\}", "", path.read_text(), flags=re.S)
    assert not re.search(r"\sstyle\s*=", text), "an inline style: use a class"
    assert "<style" not in text
    assert not re.search(r'<script(?![^>]*\ssrc=)(?! type="application/ld\+json">)', text), "an inline script"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an inline handler"


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_every_icon_named_in_a_template_is_in_the_sprite(path):
    named = re.findall(r"\bicon\(\s*[\"']([a-z-]+)[\"']|icon_name=[\"']([a-z-]+)[\"']", path.read_text())
    assert {first or second for first, second in named} <= SYMBOLS


@pytest.mark.parametrize("address", PAGES)
def test_every_control_has_a_label_and_every_reference_a_target(client, address):
    page = _read(client, address)
    bare = [at for at, wrapped in page.controls if not (wrapped or at.get("id") in page.labels or at.get("aria-label"))]
    assert bare == []
    assert len(page.ids) == len(set(page.ids))
    assert page.pointed <= set(page.ids)
    assert page.icons <= SYMBOLS
    assert page.headings.count(1) == 1


def test_an_error_is_announced_tied_to_its_field_and_keeps_what_was_typed(client):
    text = client.get("/gallery/public?errors=1").text
    assert "<title>Error: Gallery</title>" in text
    assert '<a href="#title">' in text
    assert '<a href="#sure-0">' in text
    assert re.search(r'id="title"[^>]*|aria-invalid="true"[^>]*id="title"', text)
    assert 'value="31"' in text
    assert 'value="inge@example.org"' in text
    assert "csrf_token</a>" not in text.lower()


def test_the_workspace_title_says_nothing_about_the_work(client):
    text = (KIT / "templates/kit/workspace.html").read_text()
    assert not re.search("return|country|migra|refugee|asylum", text, re.I)


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_says_what_to_do_and_needs_nothing(client, code):
    text = client.get(f"/error/{code}").text
    assert str(code) in text
    assert "Go back to the start" in text
    assert len(gzip.compress(text.encode())) < 3_000


# ---- in a real browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
CONTRAST = """() => {
  const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); };
  const rgba = text => { const n = text.match(/[0-9.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const ground = node => { for (let n = node; n; n = n.parentElement) {
    const c = rgba(getComputedStyle(n).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const poor = [];
  for (const node of document.querySelectorAll('input, select, textarea, button, .btn, summary, .seg span')) {
    if (node.type === 'hidden' || node.disabled) continue;
    const a = light(rgba(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${node.tagName} ${node.id || node.className} ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


@pytest.fixture(scope="module")
def site():
    server = make_server("127.0.0.1", 0, gallery_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium on this machine: the look was not checked in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def tab(browser):
    page = browser.new_page(reduced_motion="reduce")
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    yield page
    page.close()


@pytest.mark.e2e
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("shell", SHELLS)
def test_the_gallery_fits_is_accessible_and_readable(site, tab, shell, width, direction):
    from axe_playwright_python.sync_playwright import Axe

    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{site}/gallery/{shell}?dir={direction}{'&errors=1' if direction == 'rtl' else ''}")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CONTRAST) == []
    # the whole page at once: what a sticky bar lies over by chance can be scrolled away, and is tested below
    tab.set_viewport_size({"width": width, "height": tab.evaluate("document.documentElement.scrollHeight")})
    found = Axe().run(tab, options=RULES).response["violations"]
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found] == []
    assert tab.complaints == []


@pytest.mark.e2e
def test_nothing_that_has_focus_is_hidden_below_a_sticky_bar(site, tab):
    tab.set_viewport_size({"width": 1280, "height": 700})
    tab.goto(f"{site}/gallery/workspace")
    hidden = []
    for _press in range(60):
        tab.keyboard.press("Tab")
        covered = tab.evaluate(
            """() => { const n = document.activeElement, b = n.getBoundingClientRect();
            if (n.closest('.strip, .dock, .bar, .skip') || n === document.body || !b.width) return null;
            const top = document.elementFromPoint(b.left + b.width / 2, b.top + Math.min(b.height, 700) / 2);
            return top && top.closest('.strip, .dock') ? n.outerHTML.slice(0, 120) : null; }"""
        )
        hidden += [covered] if covered else []
    assert hidden == []


@pytest.mark.e2e
def test_an_error_summary_takes_the_focus_without_any_script(site, tab):
    tab.goto(f"{site}/gallery/public?errors=1")
    assert tab.evaluate("document.activeElement.id") == "errors"


@pytest.mark.e2e
def test_filters_fold_on_a_phone_and_open_by_keyboard(site, tab):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(f"{site}/gallery/public")
    box = tab.locator(".fold input").first
    assert not box.is_visible()
    tab.locator(".fold>summary").focus()
    tab.keyboard.press("Space")
    assert box.is_visible()
    tab.keyboard.press("Space")
    tab.set_viewport_size({"width": 1280, "height": 800})
    assert (box.is_visible(), tab.locator(".fold>summary").is_visible()) == (True, False)
