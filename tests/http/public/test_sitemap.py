"""What search engines are told: every page and text that is to be found, in parts, and nothing else."""

import re
from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy.orm import Session

from config import policy
from tests.factories import make_staff
from tests.published import make_published
from tests.sheets import make_sheet, make_text
from tests.sites import Browser
from webapp.public.words import LANGUAGES
from workflows.core import clock
from workflows.core.actors import Role

XHTML = "{http://www.w3.org/1999/xhtml}"


def located(browser: Browser, path: str) -> list[str]:
    return [one.partition("//")[2].partition("/")[2] for one in re.findall("<loc>(.*?)</loc>", browser.get(path).text)]


def test_the_parts_hold_each_text_once_in_its_own_language(
    public: Browser, scene: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "SITEMAP_PART", 3)
    french = {f"fr/e/{make_published(scene)}" for _ in range(5)}
    dutch = {f"nl/e/{make_published(scene, language='nl')}" for _ in range(2)}
    scene.commit()
    pages, *parts = located(public, "/sitemap.xml")
    assert pages == "sitemap-pages.xml"
    assert len(parts) == 3
    found = [one for part in parts for one in located(public, f"/{part}")]
    assert sorted(found) == sorted(french | dutch)


def test_what_is_expired_or_taken_back_is_not_told(public: Browser, scene: Session) -> None:
    make_published(scene, state="withdrawn")
    make_published(scene, information_date=clock.today() - timedelta(days=300))
    scene.commit()
    assert located(public, "/sitemap.xml") == ["sitemap-pages.xml"]
    assert located(public, "/sitemap-texts.xml") == []


def test_the_pages_are_told_in_each_language(public: Browser) -> None:
    told = located(public, "/sitemap-pages.xml")
    assert {"en/", "fr/countries", "nl/topics", "en/c/COD", "nl/c/COD"} <= set(told)
    assert len(told) == len(set(told))


def told(browser: Browser, path: str) -> dict[str, dict[str, str]]:
    """By address: the same in other languages."""
    urls = etree.fromstring(browser.get(path).data).findall("{*}url")
    return {
        _path(url.findtext("{*}loc")): {
            one.get("hreflang"): _path(one.get("href")) for one in url.findall(f"{XHTML}link")
        }
        for url in urls
    }


def _path(address: str) -> str:
    return address.partition("//")[2].partition("/")[2]


def test_each_page_names_itself_and_the_same_page_in_the_other_languages(public: Browser) -> None:
    pages = told(public, "/sitemap-pages.xml")
    assert pages["fr/c/COD"] == {lang: f"{lang}/c/COD" for lang in ("en", "fr", "nl", "ar")}
    assert pages["ar/privacy"] == {lang: f"{lang}/privacy" for lang in ("en", "fr", "nl", "ar")}
    for address, tongues in pages.items():
        assert address in tongues.values()
        assert all(pages[other] == tongues for other in tongues.values()), address


def test_a_sheet_in_two_languages_names_both_and_one_in_a_single_language_none(public: Browser, scene: Session) -> None:
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    for country, language in (("COD", "fr"), ("COD", "nl"), ("GIN", "fr")):
        pins = {"HEA": [make_text(scene, "HEA", country=country, language=language)]}
        make_sheet(scene, author, approver, pins, country=country, language=language)
    scene.commit()
    pages = told(public, "/sitemap-pages.xml")
    both = {lang: f"{lang}/sheet/COD?language={lang}" for lang in ("fr", "nl")}
    assert pages[both["fr"]] == pages[both["nl"]] == both
    assert pages["fr/sheet/GIN?language=fr"] == {}


@pytest.mark.parametrize("size", [2, 100])
def test_a_text_names_its_translations_wherever_the_parts_begin(
    public: Browser, scene: Session, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(policy, "SITEMAP_PART", size)
    original, alone = make_published(scene), make_published(scene)
    made = {"fr": original} | {
        lang: make_published(scene, language=lang, source_ref=original, source_number=1) for lang in ("en", "nl")
    }
    make_published(scene, language="ar", source_ref=original, source_number=1, state="withdrawn")
    scene.commit()
    parts = located(public, "/sitemap.xml")[1:]
    texts = {address: tongues for part in parts for address, tongues in told(public, f"/{part}").items()}
    family = {lang: f"{lang}/e/{ref}" for lang, ref in made.items()}
    assert texts == dict.fromkeys(family.values(), family) | {f"fr/e/{alone}": {}}


def test_a_full_part_with_all_its_languages_is_smaller_than_search_engines_take() -> None:
    """Three languages of texts with the longest names, from an address as long as any."""
    link = len('<xhtml:link rel="alternate" hreflang="nl" href=""/>')
    address = len("https://a-rather-long-host-name.example.org/nl/e/COD-HEA-99999999")
    one = len("<url><loc></loc><lastmod>2026-01-01</lastmod></url>") + address + len(LANGUAGES) * (link + address)
    assert policy.SITEMAP_PART * one < 50_000_000
    assert policy.SITEMAP_PART <= 50_000


@pytest.mark.parametrize("begin", ["%00", "a" * 900, "COD%27--"])
def test_no_address_breaks_it(public: Browser, begin: str) -> None:
    assert public.get(f"/sitemap-texts.xml?begin={begin}").status_code == 200
