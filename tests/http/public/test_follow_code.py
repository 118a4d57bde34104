"""The receipt code of a request that is followed: hidden until asked for, replaced at once, burnt for good."""

import re
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories import make_request
from tests.http.public.conftest import code_in, fresh
from tests.http.public.test_follow import without
from tests.sites import Browser
from workflows.core.clock import now
from workflows.core.events import Event
from workflows.requests.receipts import DESK_KEY_VERSION, fingerprint, new_code


@pytest.fixture
def asked(public, asking):
    """Somebody who asked on the public site and came back with the code."""
    code = code_in(public.post("/en/ask", asking()).text)
    public.post("/en/q", {"code": code})
    return code


def turn_in(page: str) -> str:
    [turn] = re.findall(r'name="version" value="([^"]*)"', page)
    return turn


def replaced(browser) -> str:
    turn = turn_in(browser.get("/en/q/code/new").text)
    return code_in(browser.post("/en/q/code/new", {"version": turn}).text)


def opens(public_app, house, code: str) -> bool:
    return Browser(public_app, house).post("/en/q", {"code": code}).status_code == 303


def test_the_code_is_on_no_page_until_it_is_asked_for(public, asked):
    pages = [public.get(f"/en/q/{page}").text for page in ("status", "code/new", "code/burn", "delete")]
    assert asked not in "".join(pages).replace("\N{NO-BREAK SPACE}", " ")
    shown = public.post("/en/q/code/show")
    assert code_in(shown.text) == asked
    assert shown.headers["Cache-Control"] == "no-store"
    assert asked not in str(shown.headers)
    assert public.get("/en/q/code/show").status_code == 405


def test_a_new_code_is_shown_and_the_old_one_is_dead_at_once(public, asked, public_app, house):
    elsewhere = Browser(public_app, house)
    elsewhere.post("/en/q", {"code": asked})
    code = replaced(public)
    assert code != asked
    assert not opens(public_app, house, asked)
    assert opens(public_app, house, code)
    assert public.get("/en/q/status").status_code == 200
    assert elsewhere.get("/en/q/status").headers["Location"] == "/en/q"
    assert code_in(public.post("/en/q/code/show").text) == code
    assert replaced(public) not in (code, asked)


def test_the_form_of_an_earlier_code_brings_nothing_back(public, asked, public_app, house):
    turn = turn_in(public.get("/en/q/code/new").text)
    code = code_in(public.post("/en/q/code/new", {"version": turn}).text)
    again = public.post("/en/q/code/new", {"version": turn})
    assert again.status_code == 409
    assert "This is done already" in again.text
    assert opens(public_app, house, code)


def test_of_two_who_ask_at_once_exactly_one_gets_the_new_code(public, asked, public_app, house):
    other = Browser(public_app, house)
    other.post("/en/q", {"code": asked})
    turn, together, answers = turn_in(public.get("/en/q/code/new").text), Barrier(2), []
    token = other.token(), public.token()

    def press(browser, token) -> None:
        together.wait()
        answers.append(browser.client.post("/en/q/code/new", data={"version": turn, "csrf_token": token}))

    threads = [Thread(target=press, args=pair) for pair in zip((other, public), token, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [one for one in answers if one.status_code == 200]
    assert opens(public_app, house, code_in(winner.text))
    assert not opens(public_app, house, asked)


def test_a_code_from_the_desk_is_not_shown_and_can_be_replaced(public, scene, public_app, house):
    code = new_code(public.site.desk_receipt_key, uuid4())
    hashed = fingerprint(public.site.desk_receipt_key, code)
    request = make_request(scene, channel="phone", code_hash=hashed, code_key_version=DESK_KEY_VERSION)
    fresh(scene, request)
    scene.commit()
    public.post("/en/q", {"code": code})
    page = public.post("/en/q/code/show").text
    assert "We cannot show it here." in page
    assert 'class="receipt"' not in page
    another = replaced(public)
    assert opens(public_app, house, another)
    assert not opens(public_app, house, code)


def test_a_burnt_code_opens_nothing_and_the_question_goes_on(public, request_with_code, scene, public_app, house):
    request, code = request_with_code
    question = fresh(scene, request, state="triaged")
    scene.commit()
    public.post("/en/q", {"code": code})
    assert "You cannot undo this." in public.get("/en/q/code/burn").text
    answer = public.post("/en/q/code/burn")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/q")
    assert public.get("/en/q/status").headers["Location"] == "/en/q"
    assert not opens(public_app, house, code)
    scene.expire_all()
    assert (request.code_hash, request.contact_sealed, question.state) == (None, None, "triaged")
    assert scene.scalars(select(Event.kind).where(Event.object_id == request.id)).all() == ["request.burn_code"]


def test_replaced_burnt_erased_and_unknown_codes_get_the_same_answer_after_the_same_statements(
    public, scene, public_app, house
):
    codes = {name: new_code(public.site.receipt_key, uuid4()) for name in ("replaced", "burnt", "erased", "unknown")}
    rows = {name: make_request(scene, code_hash=fingerprint(public.site.receipt_key, code)) for name, code in codes.items()
            if name != "unknown"}  # fmt: skip
    scene.commit()
    for name in ("replaced", "burnt"):
        browser = Browser(public_app, house).sign_in(rows[name].id)
        replaced(browser) if name == "replaced" else browser.post("/en/q/code/burn")
    rows["erased"].code_hash, rows["erased"].erased_at = None, now()
    scene.commit()
    pages, work = set(), set()
    for code in codes.values():
        with public.statements() as statements:
            answer = public.post("/en/q", {"code": code})
        assert answer.status_code == 422
        pages.add(without(answer.text, code))
        work.add(tuple(statements))
    assert len(pages) == len(work) == 1
