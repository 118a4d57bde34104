"""Each site starts, answers for its health, and says no politely."""

import pytest

from tests.factories import make_researcher, make_staff


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
