"""Each site starts, answers for its health, and says no politely."""

import re
from uuid import UUID

import pytest
from babel.support import Translations

from config.logs import ROOT
from tests.factories import make_researcher, make_staff

SOME = UUID(int=1)
"""Of nothing that is there."""


@pytest.mark.parametrize("site", ["public", "desk", "portal", "caseload"])
def test_each_site_answers_for_its_database(site: str, request: pytest.FixtureRequest) -> None:
    answer = request.getfixturevalue(site).get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_silent_clock_is_noticed(public) -> None:
    assert public.get("/healthz/clock").status_code == 503


@pytest.mark.parametrize("site", ["public", "desk", "portal", "caseload"])
def test_an_unknown_page_is_a_calm_404_with_every_header(site: str, request: pytest.FixtureRequest) -> None:
    answer = request.getfixturevalue(site).get("/no-such-page")
    assert answer.status_code == 404
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("site", "path", "page"),
    [
        ("desk", f"/desk/reviews/{SOME}/return", "/desk/reviews/"),
        ("desk", f"/desk/sheets/editions/{SOME}/save", "/desk/sheets"),
        ("portal", f"/w/t/{SOME}/answer", "/w/t/"),
        ("public", "/en/q/code/show", "/en/q"),
    ],
)
def test_the_address_of_a_form_that_is_read_like_a_page_says_so_and_leads_to_its_page(
    site: str, path: str, page: str, request: pytest.FixtureRequest
) -> None:
    answer = request.getfixturevalue(site).get(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")
    assert "This address only takes a form that is sent." in answer.text
    assert "go back in your browser" in answer.text
    assert "the address has a mistake" not in answer.text
    way = re.search(r'<a class="btn go" href="([^"]*)"', answer.text).group(1)
    assert way.startswith(page)
    assert path.startswith(way)


@pytest.mark.parametrize("language", ["fr", "nl", "ar", "es", "ru"])
def test_what_the_address_of_a_form_says_is_said_in_each_language(language: str) -> None:
    texts = (
        "There is no page here",
        "This address only takes a form that is sent.",
        "To keep what you typed, go back in your browser. If it asks, let it send the form again.",
        "Open the form’s page",
    )
    catalogue = Translations.load(ROOT / "translations", [language])
    assert [text for text in texts if catalogue.gettext(text) == text] == []


def test_a_page_to_which_something_is_sent_is_not_called_the_address_of_a_form(desk) -> None:
    answer = desk.client.put("/login")
    assert answer.status_code == 405
    assert "This address only takes a form" not in answer.text


def test_the_desk_knows_who_signed_in(desk, scene) -> None:
    officer = make_staff(scene, language="nl")
    scene.commit()
    desk.sign_in(officer.id)
    assert 'lang="nl"' in desk.get("/no-such-page").text


def test_a_portal_session_is_worth_nothing_at_the_desk(desk, scene) -> None:
    researcher = make_researcher(scene, language="nl")
    scene.commit()
    desk.sign_in(researcher.id)
    assert 'lang="en"' in desk.get("/no-such-page").text


def test_the_language_choice_never_leads_off_the_site(desk) -> None:
    for path in ("//evil.example", "/\\evil.example", "https://evil.example"):
        assert desk.get("/language/fr", query_string={"next": path}).headers["Location"] == "/"
