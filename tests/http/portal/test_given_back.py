"""A page that refuses before its form was read gives back what was typed, under the labels of that form; never a password."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_researcher
from tests.http.portal.test_over import TYPED, typed_back
from tests.http.test_login import Guest
from tests.sites import Browser
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
    assert (page.status_code, typed_back(page.text)[:4]) == (403, LABELLED)
    assert page.text.count("What you typed is below.") == 1


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
