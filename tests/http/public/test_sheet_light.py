"""However much a country sheet says, no page of it is heavy, and no word of it is lost between two of them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ops.demo import texts
from tests.factories import make_staff
from tests.html_rules import faults, links_nowhere
from tests.sheets import GROUPS, make_sheet, make_text
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now

TODAY = HELPDESK.local_day(now())
LIGHT = 12_000
MOST_PINS = 4
SAID = ("country", "topics", "facets", "place", "language", "title", "summary", "body", "unknown", "confidence")
LONG = {"COD": "fr", "NPL": "en"}
"""The two longest sheets of the demonstration, by country."""


@pytest.fixture(scope="module")
def library() -> dict[str, list[dict[str, Any]]]:
    """What the demonstration knows of these countries, in the words in which it does."""
    known = texts.excerpts(TODAY)
    return {country: [one for one in known if one["country"] == country] for country in LONG}


@pytest.fixture
def long_sheet(scene: Session, library) -> str:
    """The country of the longest sheet."""
    make_long_sheet(scene, "COD", library["COD"])
    return "COD"


def make_long_sheet(scene: Session, country: str, known: list[dict[str, Any]]) -> None:
    pins: dict[str, list[str]] = {group: [] for group in GROUPS}
    for row in known:
        group = row["topics"][0][:3]
        if len(pins[group]) < MOST_PINS:
            pins[group].append(make_text(scene, group, sources=sources_of(row), **{name: row[name] for name in SAID}))
    [sections] = [one["sections"] for one in texts.read("sheets") if one["country"] == country]
    intros = {one["topic_group"]: one["intro"] for one in sections}
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    make_sheet(scene, author, approver, pins, intros, country=country, language=LONG[country])
    scene.commit()


def sources_of(row: dict[str, Any]) -> list[dict[str, str]]:
    day = {"dated": (TODAY - timedelta(days=40)).isoformat()}
    return [{"label": one["label"], "kind": one["kind"], **day} for one in row["sources"]]


def parts_of(public: Browser, address: str) -> Iterator[tuple[str, str]]:
    """Each page of a sheet and its address, from the first one on, as its buttons lead."""
    seen = 0
    while address and seen < len(GROUPS):
        page = public.get(address).text
        yield address, page
        led = re.search(r'rel="next" href="([^"#]+)#', page)
        address, seen = (led[1].replace("&amp;", "&") if led else ""), seen + 1


@pytest.mark.parametrize("country", LONG)
def test_every_page_of_a_long_sheet_is_light_in_every_language_and_compression(
    public: Browser, scene: Session, library, country: str
) -> None:
    make_long_sheet(scene, country, library[country])
    for language in ("en", "fr", "nl", "ar"):
        addresses = [address for address, _ in parts_of(public, f"/{language}/sheet/{country}")]
        assert len(addresses) == 2
        for address, encoding in product(addresses, ("gzip", "br")):
            answer = public.get(address, headers={"Accept-Encoding": encoding})
            assert answer.headers["Content-Encoding"] == encoding
            assert len(answer.data) <= LIGHT, (address, encoding)


def test_all_that_a_sheet_says_stands_on_one_of_its_pages_once(public: Browser, long_sheet: str, library) -> None:
    pages = [page for _, page in parts_of(public, f"/en/sheet/{long_sheet}")]
    whole = "".join(pages)
    assert re.findall(r'<section class="stack mt6" id="([A-Z]{3})"', whole) == list(GROUPS)
    shown = re.findall(r'<article class="stack-s mt5" id="([^"]+)"(.*?)</article>', whole, re.S)
    assert len({ref for ref, _ in shown}) == len(shown) == len(library[long_sheet])
    for ref, text in shown:
        assert f"/en/e/{ref}/v1" in text
        assert "#f-current" in text
        assert "Checked <time" in text
        assert re.search(r'href="#s\d+"', text)
    numbers = {int(number) for number in re.findall(r'<li id="s(\d+)"', whole)}
    assert numbers == set(range(1, max(numbers) + 1))
    for number in numbers:
        assert any(f'href="#s{number}"' in text for _, text in shown)
    assert all('id="about"' in page for page in pages)


def test_no_link_of_a_page_leads_nowhere_and_each_leads_to_the_other(public: Browser, long_sheet: str) -> None:
    """Contents lead to sections on the page itself or on the other one; marks, to sources on the page itself."""
    (start, first), (further, second) = parts_of(public, f"/en/sheet/{long_sheet}")
    for number, page in ((1, first), (2, second)):
        assert links_nowhere(page) == []
        assert faults(page) == []
        assert f" – Part {number} of 2</title>" in page
        contents = re.search(r'<ol class="toc.*?</ol>', page, re.S)[0]
        led = re.findall(r'<a href="([^"#]*)#([A-Z]{3})"', contents)
        assert [group for _, group in led] == list(GROUPS)
        for elsewhere, group in led:
            there = page if not elsewhere else first if page is second else second
            assert f'<section class="stack mt6" id="{group}">' in there
            assert not elsewhere or f"section={group}" in elsewhere
    assert f'rel="prev" href="{start}?language=fr&amp;section=ACC#ACC"' in second
    assert f'{start}?language=fr">' in re.search("<link rel=.canonical.*", first)[0]
    assert further.replace("&", "&amp;") in re.search("<link rel=.canonical.*", second)[0]


def test_a_section_that_is_unknown_leads_to_the_first_page(public: Browser, long_sheet: str) -> None:
    for odd in ("XXX", "", "%00", "soc"):
        assert "Part 1 of 2" in public.get(f"/en/sheet/{long_sheet}?section={odd}").text
    assert "Part 2 of 2" in public.get(f"/en/sheet/{long_sheet}/editions/1?section=SOC").text
