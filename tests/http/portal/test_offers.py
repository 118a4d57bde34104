"""An offer in the portal: what it says at a glance, saying yes and no; and giving work back, safely."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, make_answer, make_assignment, make_partner, make_question, make_researcher
from workflows.assignments.models import AskInstead, Assignment, AssignmentMessage


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands; the log-in's is the database's own."""
    for page in ("work", "page"):
        monkeypatch.setattr(f"partner_portal.{page}.now", lambda: NOW)


@pytest.fixture
def browser(portal, scene: Session, partner):
    researcher = make_researcher(scene, partner, language="en")
    scene.commit()
    return portal.sign_in(researcher.id)


def offer(scene: Session, partner, **values) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), **values)
    scene.commit()
    return row


def working(scene: Session, partner, **values) -> Assignment:
    given = {"state": "accepted", "accepted_at": NOW, "submit_by": date(2026, 3, 24)}
    row = offer(scene, partner, **(given | values))
    make_answer(scene, row)
    scene.commit()
    return row


def state_of(scene: Session, row: Assignment) -> str:
    scene.expire_all()
    return scene.get(Assignment, row.id).state


def test_an_offer_shows_its_scope_and_a_neutral_title(scene, partner, browser) -> None:
    row = offer(scene, partner, number=318, submit_by=date(2026, 3, 24), field_visit=True)
    text = browser.get(f"/w/t/{row.id}").text
    assert "<title>Task T-0318 – Workspace</title>" in text
    for shown in (
        "insuline 30/70",
        "Trois pharmacies",
        "1 jour",
        "13 Mar 2026",
        "24 Mar 2026",
        "Kinshasa",
        "Accept",
        "French",
    ):
        assert shown in text
    assert 'action="/w/t/' + str(row.id) + '/answer"' not in text


def test_declining_goes_back_to_the_inbox(scene, partner, browser) -> None:
    row = offer(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/decline", {"reason": "no_time", "ask_again_after": ["2", "4", "2026"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/w")
    assert state_of(scene, row) == "declined"
    assert scene.get(Assignment, row.id).ask_again_after == date(2026, 4, 2)


def test_a_decline_without_a_reason_keeps_the_day(scene, partner, browser) -> None:
    row = offer(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/decline", {"ask_again_after": ["2", "4", "2026"]})
    assert answer.status_code == 422
    assert "Error:" in answer.text.split("</title>")[0]
    assert "Choose a reason." in answer.text
    assert 'value="2026"' in answer.text
    assert state_of(scene, row) == "offered"


def test_a_day_that_cannot_be_read_and_a_missing_reason_are_told_at_once(scene, partner, browser) -> None:
    row = offer(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/decline", {"ask_again_after": ["31", "2", "2026"]})
    summary = answer.text.partition('id="errors"')[2].partition("</ul>")[0]
    assert (answer.status_code, summary.count("Choose a reason.")) == (422, 1)
    assert "This date does not exist." in summary


def test_a_no_that_comes_too_late_is_told_so_even_with_an_empty_form(scene, partner, browser) -> None:
    row = working(scene, partner)
    late = browser.post(f"/w/t/{row.id}/decline", data={"ask_again_after-day": "x"})
    assert late.status_code == 409
    assert state_of(scene, row) == "accepted"


def test_a_colleague_is_named_to_the_desk_alone(scene, partner, browser) -> None:
    row = offer(scene, partner)
    page = browser.get(f"/w/t/{row.id}").text
    assert "Whom could we ask instead?" in page
    wrong = browser.post(f"/w/t/{row.id}/decline", {"ask_instead": "Ms Ilunga"})
    assert (wrong.status_code, "Ms Ilunga" in wrong.text) == (422, True)
    browser.post(f"/w/t/{row.id}/decline", {"reason": "no_time", "ask_instead": "Ms Ilunga"})
    assert scene.scalars(select(AskInstead)).one().text == "Ms Ilunga"
    assert "Ilunga" not in browser.get(f"/w/t/{row.id}").text


def test_giving_back_keeps_the_words_until_a_reason_is_chosen(scene, partner, browser) -> None:
    row = working(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/release", {"words": "Our car broke down."})
    assert (answer.status_code, "Our car broke down." in answer.text) == (422, True)
    assert browser.post(f"/w/t/{row.id}/release", {"reason": "not_safe"}).status_code == 303
    assert state_of(scene, row) == "released"


@pytest.mark.parametrize("reason", ["", "no_time"])
def test_what_was_typed_in_the_answer_is_kept_before_a_task_is_given_back(scene, partner, browser, reason) -> None:
    row = working(scene, partner)
    assert 'formaction="/w/t/' in browser.get(f"/w/t/{row.id}").text.partition('id="words"')[2]
    typed = {"version": "1", "points-0-code": "Q1", "points-0-text": "Forty dollars a month.", "reason": reason}
    answer = browser.post(f"/w/t/{row.id}/release", typed | {"words": "Our car broke down."})
    assert answer.status_code == (303 if reason else 422)
    assert "Forty dollars a month." in browser.get(f"/w/t/{row.id}").text
    assert reason or "Forty dollars a month." in answer.text


def test_stopping_for_safety_is_one_press_that_asks_nothing(scene, partner, browser) -> None:
    row = working(scene, partner)
    page = browser.get(f"/w/t/{row.id}").text
    button = page[page.index('value="not_safe"') :]
    assert "Nobody asks you why." in button
    assert page.count('value="not_safe"') == 1  # no reason among others that are to be explained
    assert browser.post(f"/w/t/{row.id}/release", {"reason": "not_safe"}).status_code == 303
    assert scene.scalars(select(AssignmentMessage)).all() == []
    scene.expire_all()
    assert (row.state, row.release_reason) == ("released", "not_safe")


def told(day: int) -> str:
    """A day of March, kept on one line."""
    return f'<time datetime="2026-03-{day:02d}" class="num">{day} Mar 2026</time>'


def test_the_inbox_says_how_much_is_in_hand_and_what_is_next(scene, partner, browser) -> None:
    for day in (13, 12):
        offer(scene, partner, respond_by=date(2026, 3, day))
    for day, paused in ((20, None), (18, None), (16, NOW)):
        working(scene, partner, submit_by=date(2026, 3, day), paused_at=paused)
    sent = offer(scene, partner, state="accepted", accepted_at=NOW, submit_by=date(2026, 3, 11))
    make_answer(scene, sent, state="submitted")
    working(scene, make_partner(scene))
    offer(scene, partner, state="declined", closed_at=NOW)
    head = browser.get("/w").text.partition("<table")[0]
    shown = [part.strip() for part in head.partition('<dl class="kpis">')[2].replace("<", ">").split(">")]
    assert [part for part in shown if part.isdigit()] == ["2", "3", "1"]
    assert (f"first by {told(12)}" in head, f"next by {told(18)}" in head) == (True, True)


def test_a_day_that_has_passed_is_said_to_be_late_and_never_to_come(scene, partner, browser) -> None:
    today = working(scene, partner, submit_by=NOW.date())
    assert f"next by {told(10)}" in browser.get("/w").text
    today.submit_by = NOW.date() - timedelta(days=1)
    offer(scene, partner, respond_by=NOW.date() - timedelta(days=3))
    scene.commit()
    head = browser.get("/w").text.partition("<table")[0]
    assert (f"was due on {told(9)}" in head, f"reply expected by {told(7)}" in head) == (True, True)
    assert ("next by" in head, "first by" in head) == (False, False)
