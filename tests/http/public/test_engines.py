"""What the head of a page tells search engines: what it is about, its one address, and the same in other languages."""

import re

import pytest
from lxml import html
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.published import make_published
from tests.sheets import make_sheet, make_text
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.core.words import REQUESTERS

PAGES = (
    "", "countries", "c/COD", "c/COD/HEA", "topics", "dumps", "api", "help", "help/code", "method", "privacy",
    "accessibility",
)  # fmt: skip


def canonical(page: str) -> list[str]:
    return [local(address) for address in re.findall('<link rel="canonical" href="([^"]+)">', page)]


def alike(page: str) -> dict[str, str]:
    found = re.findall('<link rel="alternate" hreflang="([a-z]+)" href="([^"]+)">', page)
    assert len(dict(found)) == len(found)
    return {code: local(address) for code, address in found}


def described(page: str) -> str:
    [text] = re.findall('<meta name="description" content="([^"]*)">', page)
    return text


def local(address: str) -> str:
    assert address.startswith("http")
    return address.partition("//")[2].partition("/")[2].replace("&amp;", "&")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is_about_and_where_it_is_in_other_languages(public: Browser, path: str) -> None:
    tongues = {code: f"{code}/{path}" for code in REQUESTERS}
    said = set()
    for code in REQUESTERS:
        page = public.get(f"/{code}/{path}?utm=1").text
        assert canonical(page) == [tongues[code]]
        assert alike(page) == tongues
        said.add(described(page))
    assert len(said) == len(REQUESTERS)
    assert all(len(text) > 20 for text in said)


def test_each_address_of_the_map_of_pages_is_the_one_that_its_page_names(public: Browser, scene: Session) -> None:
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    for language in ("fr", "nl"):
        make_sheet(scene, author, approver, {"HEA": [make_text(scene, "HEA", language=language)]}, language=language)
    scene.commit()
    told = re.findall("<loc>([^<]+)</loc>", public.get("/sitemap-pages.xml").text)
    some = [local(address) for address in told if "/c/" not in address or "/c/COD" in address]
    assert {"fr/sheet/COD?language=fr", "nl/sheet/COD?language=nl", "ar/", "en/c/COD"} <= set(some)
    for address in some:
        page = public.get(f"/{address}").text
        assert canonical(page) == [address]
        assert address in alike(page).values()
        assert described(page)


def test_pages_that_engines_should_leave_alone_name_no_others(public: Browser, scene: Session) -> None:
    make_published(scene)
    scene.commit()
    for path in ("/en/alerts", "/en/ask", "/en/q", "/en/nowhere", "/en/c/XXX"):
        page = public.get(path).text
        assert (canonical(page), alike(page)) == ([], {}), path


@pytest.mark.parametrize("read_in", REQUESTERS)
def test_a_text_names_the_addresses_that_the_map_of_texts_gives_whatever_language_it_is_read_in(
    public: Browser, scene: Session, read_in: str
) -> None:
    ref = make_published(scene, language="en")
    other = make_published(scene, language="fr", source_ref=ref, source_number=1)
    alone = make_published(scene, language="nl")
    scene.commit()
    told = {local(one) for one in re.findall("<loc>([^<]+)</loc>", public.get("/sitemap-texts.xml").text)}
    assert told == {f"en/e/{ref}", f"fr/e/{other}", f"nl/e/{alone}"}
    for text, kept_at in ((ref, f"en/e/{ref}"), (other, f"fr/e/{other}"), (alone, f"nl/e/{alone}")):
        page = public.get(f"/{read_in}/e/{text}").text
        assert canonical(page) == [kept_at]
        assert alike(page) == ({} if text == alone else {"en": f"en/e/{ref}", "fr": f"fr/e/{other}"})
        [shown] = re.findall('<meta property="og:url" content="([^"]+)">', page)
        assert local(shown) == kept_at


def test_a_search_gives_one_address_whatever_it_is_for(public: Browser) -> None:
    assert canonical(public.get("/fr/search?country=COD").text) == ["fr/search"]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/en/c/COD", "DR Congo"),
        ("/en/c/COD/HEA", "Health"),
        ("/en/topics", "Topics"),
        ("/en/search?q=%22%3E%3Cb%3E", "Search"),
    ],
)
def test_whoever_shows_a_link_finds_how_the_page_is_called_and_what_it_is_about(
    public: Browser, path: str, title: str
) -> None:
    page = html.fromstring(public.get(path).text)
    [called] = page.xpath("//meta[@property='og:title']/@content")
    assert called == page.xpath("string(//title)")
    assert title in called
    [told] = page.xpath("//meta[@property='og:description']/@content")
    assert told == page.xpath("string(//meta[@name='description']/@content)")
    assert told
    assert page.xpath("//meta[@property='og:image']") == []
