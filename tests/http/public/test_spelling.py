"""An address in small letters leads to the one that is ours, for people and for programs; what is none stays not found."""

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser

PAGES = ["/fr/e/{ref}", "/en/e/{ref}/v1", "/en/e/{ref}/diff/1..2", "/en/report/{ref}", "/en/e/{ref}/v1.ris",
         "/api/v1/excerpts/{ref}", "/api/v1/excerpts/{ref}/versions?limit=2"]  # fmt: skip
COUNTRIES = [
    "/nl/c/{iso3}?x=1&x=2&endpoint=y&ref=z",
    "/en/c/{iso3}/HEA-medicines",
    "/feeds/{iso3}.atom",
    "/fr/feeds/{iso3}.json",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_reference_in_small_letters_leads_to_its_text(public: Browser, scene: Session, address: str) -> None:
    ref = make_published(scene, versions=2)
    scene.commit()
    answer = public.get(address.format(ref=ref.lower()))
    assert (answer.status_code, answer.headers["Location"]) == (308, address.format(ref=ref))
    assert public.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("address", COUNTRIES)
def test_so_does_a_country_with_what_was_asked_for(public: Browser, address: str) -> None:
    answer = public.get(address.format(iso3="cod"))
    assert (answer.status_code, answer.headers["Location"]) == (308, address.format(iso3="COD"))
    assert public.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/en/e/cod-hea-9999", "/en/c/xxx", "/api/v1/excerpts/cod-hea-9999"])
def test_what_is_none_is_not_found_under_its_right_address(public: Browser, path: str) -> None:
    answer = public.get(path)
    assert answer.status_code == 308
    assert public.get(answer.headers["Location"]).status_code == 404


@pytest.mark.parametrize("path", ["/en/e/cod-hea", "/en/e/COD-HEA-9999", "/en/c/cod-1", "/feeds/hea-medicines.atom"])
def test_what_looks_like_no_code_is_not_found_at_once(public: Browser, path: str) -> None:
    assert public.get(path).status_code == 404


def test_a_report_that_was_sent_is_not_sent_elsewhere(public: Browser, scene: Session) -> None:
    ref = make_published(scene)
    scene.commit()
    assert public.post(f"/en/report/{ref.lower()}", {"text": "Wrong."}).status_code in {404, 422}
