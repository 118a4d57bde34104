"""The page of a text says who did the research, of those who agreed to be named."""

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser

LINE = "Researched by:"


@pytest.mark.parametrize("address", ["/en/e/{ref}", "/en/e/{ref}/v1"])
def test_the_organisations_stand_below_the_sources(public: Browser, scene: Session, address: str) -> None:
    ref = make_published(scene, credit=["Amani", "Tumaini & Co"])
    scene.commit()
    page = public.get(address.format(ref=ref)).text
    assert f"{LINE} <bdi>Amani</bdi> · <bdi>Tumaini &amp; Co</bdi></p>" in page


@pytest.mark.parametrize("values", [{}, {"credit": ["Amani"], "state": "retracted", "notice": "It was false."}])
def test_nothing_is_said_of_those_who_stay_anonymous_or_of_a_text_that_is_gone(
    public: Browser, scene: Session, values: dict[str, object]
) -> None:
    ref = make_published(scene, **values)
    scene.commit()
    page = public.get(f"/en/e/{ref}").text
    assert LINE not in page
    assert "Amani" not in page


@pytest.mark.parametrize(("lang", "line"), [("fr", "Recherche menée par\u00a0:"), ("nl", "Onderzocht door:")])
def test_it_is_said_in_the_language_of_the_page(public: Browser, scene: Session, lang: str, line: str) -> None:
    ref = make_published(scene, credit=["Amani"])
    scene.commit()
    assert line in public.get(f"/{lang}/e/{ref}").text


def test_how_we_check_says_that_researchers_are_named_only_when_they_agreed(public) -> None:
    page = public.get("/en/method").text
    assert "So is an organisation that did the research." in page
    assert "nor the person who did the research" not in page
