"""A button of a question that is not open any more: whoever presses it learns that it was not done, and nothing else."""

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from tests.http.public.conftest import fresh
from tests.http.public.test_follow import without
from tests.http.public.test_follow_code import turn_in
from tests.sites import Browser
from workflows.accounts.models import LoginSession
from workflows.core.clock import now

NOT_DONE = "What you pressed just now was not done"
BUTTONS = ("delete", "withdraw/{}", "reopen/{}", "code/show", "code/new", "code/burn")


@pytest.fixture
def question(request_with_code, scene):
    request, _ = request_with_code
    asked = fresh(scene, request)
    scene.commit()
    return asked


def burn(other: Browser, question_id: UUID) -> None:
    other.post("/en/q/code/burn")


def replace(other: Browser, question_id: UUID) -> None:
    other.post("/en/q/code/new", {"version": turn_in(other.get("/en/q/code/new").text)})


def pressed(browser: Browser, button: str, question_id: UUID, lang: str = "en") -> str:
    """What whoever presses it reads at last."""
    answer = browser.post(f"/{lang}/q/{button.format(question_id)}", follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def beside_the_form(page: str) -> str:
    """The page up to the field for the code."""
    return page[: page.index('name="code"')]


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("elsewhere", [burn, replace])
def test_whoever_presses_after_the_code_ended_elsewhere_reads_that_it_was_not_done(
    public, public_app, house, question, request_with_code, scene, elsewhere, button
):
    _, code = request_with_code
    other = Browser(public_app, house)
    for browser in (public, other):
        browser.post("/en/q", {"code": code})
    elsewhere(other, question.id)
    said = beside_the_form(pressed(public, button, question.id))
    assert NOT_DONE in said
    assert "Type your code again, or the newer one." in said
    scene.expire_all()
    assert question.state == "received"
    assert NOT_DONE not in public.get("/en/q").text


def test_what_is_said_tells_nothing_of_what_became_of_the_code(public_app, house, question, request_with_code, scene):
    _, code = request_with_code
    burnt, over, stranger, liar = (Browser(public_app, house) for _ in range(4))
    over.post("/en/q", {"code": code})
    scene.execute(update(LoginSession).values(revoked_at=now()))
    scene.commit()
    burnt.post("/en/q", {"code": code})
    burn(Browser(public_app, house).sign_in(question.request_id), question.id)
    liar.client.set_cookie(liar.site.session_cookie, "made-up")
    pages = {without(pressed(one, "delete", uuid4())) for one in (burnt, over, stranger, liar)}
    assert len(pages) == 1
    assert NOT_DONE in pages.pop()


@pytest.mark.parametrize("lang", ["fr", "nl", "ar"])
def test_it_is_said_in_every_language_of_requesters(public, lang):
    said = re.findall(r'class="note act">([^<]+)<', beside_the_form(pressed(public, "delete", uuid4(), lang)))
    assert len(said) == 1
    assert "pressed" not in said[0]


def test_who_only_comes_by_is_told_nothing(public):
    assert NOT_DONE not in public.get("/en/q/delete", follow_redirects=True).text


def test_who_leaves_what_was_closed_meanwhile_has_left(public):
    page = pressed(public, "leave", uuid4())
    assert "You left." in page
    assert NOT_DONE not in page
