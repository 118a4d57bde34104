"""Whoever said no to an offer reads again what was said; whom they named instead stays closed."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_assignment, make_question
from tests.sites import Browser

pytestmark = pytest.mark.usefixtures("stopped")
NAMED = "Amina, at the registry"


def declined(scene: Session, partner, browser: Browser, **form: object) -> str:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"))
    scene.commit()
    assert browser.post(f"/w/t/{row.id}/decline", {"reason": "not_our_area", **form}).status_code == 303
    return browser.get(f"/w/t/{row.id}").text


def test_the_reason_and_the_day_stand_on_the_page_and_no_name(scene: Session, partner, browser: Browser) -> None:
    page = declined(scene, partner, browser, ask_again_after=["2", "4", "2026"], ask_instead=NAMED)
    for said in ("What you told the desk", "We do not work in this place", "Ask us again after",
                 "If you named somebody to ask instead, only the desk can read it."):  # fmt: skip
        assert said in page
    assert 'datetime="2026-04-02"' in page
    assert NAMED not in page


def test_without_a_day_it_says_so(scene: Session, partner, browser: Browser) -> None:
    assert "<dd>No day</dd>" in declined(scene, partner, browser)


def test_a_task_that_ended_otherwise_says_nothing_of_it(scene: Session, partner, browser: Browser) -> None:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="revoked")
    scene.commit()
    assert "What you told the desk" not in browser.get(f"/w/t/{row.id}").text
