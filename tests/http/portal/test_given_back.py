"""A page that refuses before its form was read gives back what was typed, under the labels of that form; never a password."""

from io import BytesIO
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_researcher
from tests.http.portal.test_over import TYPED, sent_back, typed_back
from tests.http.test_login import Guest
from tests.sites import Browser
from workflows.answers.models import AnswerPoint
from workflows.assignments.models import Assignment

pytestmark = pytest.mark.usefixtures("stopped")
NO_TOKEN = {"csrf_token": ""}
LABELLED = [
    ("Q1: Your answer", "Typed while it ended."),
    ("Q1: For which place is this true?", "Kinshasa"),
    ("Q1: On which day was it true?", "9 3 2026"),
    ("Q1: How sure are you?", "Fairly sure"),
]
SHORT = {
    "ask": ({"message": "Which part of the town?"}, [("Your question to the desk", "Which part of the town?")]),
    "more-time": ({"until": ["2", "4", "2026"]}, [("I need until", "2 4 2026")]),
    "release": (
        {"reason": "no_time", "words": "We are too few."},
        [("Why?", "We have no time any more"), ("Tell the desk more", "We are too few.")],
    ),
    "decline": (
        {"ask_again_after": ["2", "4", "2026"], "ask_instead": "Amina, at the registry"},
        [("Ask us again after", "2 4 2026"), ("Whom could we ask instead?", "Amina, at the registry")],
    ),
}


def test_a_page_that_was_open_too_long_names_what_was_typed(work: Assignment, browser: Browser) -> None:
    page = browser.post(f"/w/t/{work.id}/answer", TYPED | NO_TOKEN)
    assert (page.status_code, typed_back(page.text)[:4]) == (400, LABELLED)
    assert ("May your organisation be named?", "Stay anonymous") in typed_back(page.text)


def test_whoever_was_signed_out_meanwhile_reads_the_same_labels(work: Assignment, portal: Browser) -> None:
    page = portal.post(f"/w/t/{work.id}/answer", TYPED)
    assert (page.status_code, sent_back(page.text)[:4]) == (403, LABELLED)
    assert page.text.count("This is what you typed.") == 1


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("address", SHORT)
def test_the_short_forms_name_theirs(
    work: Assignment, portal: Browser, scene: Session, partner, address: str, signed_in: bool
) -> None:
    fields, labelled = SHORT[address]
    if signed_in:
        me = make_researcher(scene, partner, language="en")
        scene.commit()
        portal.sign_in(me.id)
    page = portal.post(f"/w/t/{work.id}/{address}", fields | NO_TOKEN)
    assert (page.status_code, typed_back(page.text)) == (400, labelled)


@pytest.mark.parametrize(("language", "label"), [("es", "Q1: Su respuesta"), ("ar", "Q1: إجابتك")])
def test_the_labels_are_in_the_language_of_the_page(
    work: Assignment, browser: Browser, language: str, label: str
) -> None:
    browser.client.set_cookie(browser.site.cookie("language"), language)
    page = browser.post(f"/w/t/{work.id}/answer", TYPED | NO_TOKEN)
    assert typed_back(page.text)[0][0] == label


def test_a_day_away_is_given_back_as_it_was_typed(browser: Browser) -> None:
    page = browser.post("/w/absence", {"first_day": ["2", "4", "2026"], "last_day": ["x", "4", "2026"], **NO_TOKEN})
    assert [text for _, text in typed_back(page.text)] == ["2 4 2026", "x 4 2026"]


SECRETS: dict[str, dict[str, Any]] = {
    "/w/account/password": {
        "present": "old-old-old-old-old",
        "chosen": "new-new-new-new-new",
        "again": "new-new-new-new-x",
    },
    "/w/account/app": {"present": "old-old-old-old-old", "code": "123456", "enrolment": "sealed-enrolment"},
    "/w/account/recovery-codes": {"present": "old-old-old-old-old"},
    "/login": {"password": "old-old-old-old-old"},
    "/login/factor": {"code": "123456"},
}


@pytest.mark.parametrize("address", SECRETS)
def test_no_password_and_no_code_is_ever_given_back(browser: Browser, address: str) -> None:
    page = browser.post(address, SECRETS[address] | NO_TOKEN)
    assert page.status_code == 400
    assert [word for word in SECRETS[address].values() if word in page.text] == []


def test_nor_are_those_of_an_invitation(portal: Browser, scene: Session) -> None:
    guest = Guest(portal, scene, "nour")
    typed = {
        "password": "new-new-new-new-new",
        "again": "new-new-new-new-x",
        "code": "123456",
        "enrolment": "sealed-one",
    }
    page = portal.post(guest.link, typed | NO_TOKEN)
    assert page.status_code == 400
    assert [word for word in typed.values() if word in page.text] == []


OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("address", SECRETS)
def test_nor_is_one_carried_to_be_sent_again(browser: Browser, address: str) -> None:
    page = browser.post(address, SECRETS[address] | NO_TOKEN, headers=OURS)
    assert (page.status_code, 'method="post"' in page.text) == (400, False)
    assert [word for word in SECRETS[address].values() if word in page.text] == []


def press(browser: Browser, page: Any) -> Any:
    """The one button of a page that carries a form."""
    [form] = html.fromstring(page.text).forms
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return browser.client.post(form.get("action"), data=data, headers=OURS)


def test_an_answer_without_its_token_is_saved_with_one_press(
    scene: Session, work: Assignment, browser: Browser
) -> None:
    page = browser.post(f"/w/t/{work.id}/answer", TYPED | NO_TOKEN, headers=OURS)
    assert (page.status_code, sent_back(page.text)[:4]) == (400, LABELLED)
    assert press(browser, page).status_code == 303
    assert scene.scalars(select(AnswerPoint.text)).all() == ["Typed while it ended."]


@pytest.mark.parametrize("token", [{}, NO_TOKEN], ids=["with its token", "without its token"])
def test_whoever_was_signed_out_comes_in_beside_it_and_presses(
    scene: Session, work: Assignment, portal: Browser, partner, token: dict[str, str]
) -> None:
    me = make_researcher(scene, partner, language="en")
    scene.commit()
    page = portal.post(f"/w/t/{work.id}/answer", TYPED | token, headers=OURS)
    assert page.status_code == (400 if token else 403)
    assert "Sign in again beside this page." in page.text
    assert f'href="/login?next=/w/t/{work.id}" target="_blank"' in page.text
    assert press(portal, page).status_code == 403  # too early: it comes back once more
    portal.sign_in(me.id)
    assert press(portal, page).status_code == 303
    assert scene.scalars(select(AnswerPoint.text)).all() == ["Typed while it ended."]


def test_a_file_is_chosen_again(work: Assignment, browser: Browser) -> None:
    form = {"file": (BytesIO(b"%PDF-1.7"), "visit.pdf"), "note": "Two words.", **NO_TOKEN}
    page = browser.post(f"/w/t/{work.id}/files", form, headers=OURS)
    assert (page.status_code, 'method="post"' in page.text) == (400, False)
    assert f'href="/w/t/{work.id}/files"' in page.text
