"""What search engines are told: every page and text that is to be found, in parts, and nothing else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from config import policy
from tests.published import make_published
from tests.sites import Browser
from workflows.core import clock


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


@pytest.mark.parametrize("begin", ["%00", "a" * 900, "COD%27--"])
def test_no_address_breaks_it(public: Browser, begin: str) -> None:
    assert public.get(f"/sitemap-texts.xml?begin={begin}").status_code == 200
