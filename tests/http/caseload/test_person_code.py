"""A code for the person: shown once, the same however often its form is sent, and ended by another one knowingly."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_question
from tests.http.caseload.test_caseload import a_case
from tests.http.public.conftest import code_in
from tests.http.public.test_follow_code import turn_in
from tests.sites import Browser
from workflows.core.events import Event
from workflows.requests.models import Request


@pytest.fixture
def case(scene: Session, counsellor) -> Request:
    request = a_case(scene, counsellor, code_hash=None)
    make_question(scene, request)
    scene.commit()
    return request


def spaced(page: str) -> str:
    return page.replace("\N{NO-BREAK SPACE}", " ")


def form_in(page: str) -> dict[str, str]:
    """What the button that makes a code sends along."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("once", "version")}


def opened(browser: Browser, case: Request) -> dict[str, str]:
    return form_in(browser.get(f"/en/caseload/{case.id}").text)


def press(browser: Browser, case: Request, form: dict[str, str], lang: str = "en"):
    return browser.post(f"/{lang}/caseload/{case.id}/code", form)


def works(public: Browser, code: str) -> bool:
    public.client.delete_cookie(public.site.session_cookie)
    return public.post("/en/q", {"code": code}).status_code == 303


def test_a_code_is_shown_once_and_works_on_the_public_site(signed_in: Browser, public: Browser, case: Request) -> None:
    shown = signed_in.post(f"/en/caseload/{case.id}/code").text
    code = code_in(shown)
    assert code not in spaced(signed_in.get(f"/en/caseload/{case.id}").text)
    assert public.post("/en/q", {"code": code}).status_code == 303
    assert "We received your question" in public.get("/en/q/status").text


def test_the_code_breaks_in_its_middle_alone(signed_in: Browser, case: Request) -> None:
    shown = re.search(r'class="receipt"[^>]*>([^<]+)<', press(signed_in, case, opened(signed_in, case)).text)[1]
    group = "[0-9A-HJKMNP-TV-Z]{4}"
    half = "\N{NO-BREAK SPACE}".join([group] * 3)
    assert re.fullmatch(f"{half} {half}", shown)


def test_a_page_that_is_loaded_again_shows_the_code_that_was_written_down(
    signed_in: Browser, public: Browser, case: Request, scene: Session
) -> None:
    form = opened(signed_in, case)
    code = code_in(press(signed_in, case, form).text)
    assert code_in(press(signed_in, case, form).text) == code
    assert works(public, code)
    assert scene.scalars(select(Event.kind).where(Event.object_id == case.id)).all() == ["request.give_code"]


def test_an_older_page_does_not_end_a_code_unknowingly(signed_in: Browser, public: Browser, case: Request) -> None:
    form, older = opened(signed_in, case), opened(signed_in, case)
    code = code_in(press(signed_in, case, form).text)
    refused = press(signed_in, case, older)
    assert refused.status_code == 409
    assert re.search(r"You made a code for this person at \d\d:\d\d, after this page was opened\.", refused.text)
    assert "Make a new code; the other one ends" in refused.text
    assert works(public, code)
    another = code_in(press(signed_in, case, form_in(refused.text)).text)
    assert works(public, another)
    assert not works(public, code)


def test_a_page_that_knows_of_a_code_makes_a_new_one_at_once_and_only_once(
    signed_in: Browser, public: Browser, case: Request
) -> None:
    press(signed_in, case, opened(signed_in, case))
    form, older = opened(signed_in, case), opened(signed_in, case)
    code = code_in(press(signed_in, case, form).text)
    assert press(signed_in, case, older).status_code == 409
    assert works(public, code)


def test_a_code_that_the_person_took_is_not_ended_unknowingly_either(
    signed_in: Browser, public: Browser, case: Request
) -> None:
    first = code_in(press(signed_in, case, opened(signed_in, case)).text)
    older = opened(signed_in, case)
    assert works(public, first)
    code = code_in(public.post("/en/q/code/new", {"version": turn_in(public.get("/en/q/code/new").text)}).text)
    assert "The person took a new code at " in press(signed_in, case, older).text
    assert works(public, code)


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_it_is_said_in_the_language_of_the_counsellor(signed_in: Browser, case: Request, lang: str) -> None:
    older = opened(signed_in, case)
    press(signed_in, case, opened(signed_in, case))
    refused = press(signed_in, case, older, lang)
    assert refused.status_code == 409
    for english in ("There is a code already", "You made a code", "the other one ends", "No new code was made"):
        assert english not in refused.text


def test_what_a_form_invents_makes_no_code_where_there_is_one(signed_in: Browser, case: Request) -> None:
    press(signed_in, case, opened(signed_in, case))
    for turn in ("", "x", str(uuid4())):
        assert press(signed_in, case, {"once": str(uuid4()), "version": turn}).status_code == 409
