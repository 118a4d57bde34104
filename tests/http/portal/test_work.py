"""The inbox and a task in the portal: what is seen, what each form does, what is kept when it was wrong."""

import gzip
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, make_answer, make_assignment, make_question, make_researcher
from workflows.assignments.models import Assignment, AssignmentMessage


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands; the log-in's is the database's own."""
    for page in ("work", "answers", "page"):
        monkeypatch.setattr(f"partner_portal.{page}.now", lambda: NOW)


@pytest.fixture
def researcher(scene: Session, partner):
    return make_researcher(scene, partner, language="en")


@pytest.fixture
def browser(portal, scene: Session, researcher):
    scene.commit()
    return portal.sign_in(researcher.id)


def offer(scene: Session, partner, **values) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), **values)
    scene.commit()
    return row


def working(scene: Session, partner, written: str = "draft", **values) -> Assignment:
    given = {"state": "accepted", "accepted_at": NOW, "submit_by": date(2026, 3, 24)}
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), **(given | values))
    make_answer(scene, row, state=written)
    scene.commit()
    return row


def state_of(scene: Session, row: Assignment) -> str:
    scene.expire_all()
    return scene.get(Assignment, row.id).state


@pytest.mark.parametrize(("values", "urgent"), [({}, True), ({"state": "revoked", "closed_at": NOW}, False)])
def test_a_task_is_urgent_until_it_is_over(scene, partner, browser, values, urgent: bool) -> None:
    row = working(scene, partner, urgency="urgent", **values)
    assert ("Urgent</span>" in browser.get(f"/w/t/{row.id}").text) == urgent


@pytest.mark.parametrize(("written", "late"), [("draft", True), ("returned", True), ("submitted", False)])
def test_a_task_is_late_only_while_its_writer_can_do_something(
    scene, partner, browser, written: str, late: bool
) -> None:
    row = working(scene, partner, written, submit_by=date(2026, 3, 5))
    assert ("Late</span>" in browser.get(f"/w/t/{row.id}").text) == late


def test_a_stranger_is_sent_to_the_log_in(portal) -> None:
    assert portal.get("/").headers["Location"] == "/w"
    assert portal.get("/w").headers["Location"].startswith("/login")


def test_the_inbox_orders_and_marks_the_work_and_names_nothing(scene, partner, browser) -> None:
    offer(scene, partner, number=1, respond_by=date(2026, 3, 13))
    offer(scene, partner, number=2, respond_by=date(2026, 3, 9), urgency="urgent")
    working(scene, partner, number=3, submit_by=date(2026, 3, 20))
    working(scene, partner, "returned", number=4, submit_by=date(2026, 3, 6))
    working(scene, partner, "submitted", number=5, submit_by=date(2026, 3, 5))
    offer(scene, partner, number=6, state="declined", closed_at=NOW)
    offer(scene, partner, number=7, state="drafted", partner_id=None)
    offer(scene, None, number=8)
    page = browser.get("/w")
    text = page.text
    order = [text.index(f"T-000{number}") for number in (2, 1, 5, 4, 3, 6)]
    assert order == sorted(order)
    assert "T-0007" not in text
    assert "T-0008" not in text
    assert (text.count("Late:"), text.count("Sent back to you"), text.count("Being reviewed")) == (2, 1, 2)
    assert "<title>Workspace</title>" in text
    for word in ("Kinshasa", "Congo", "insulin", "return", "migra"):
        assert word not in text.replace("Sent back to you", "")
    assert page.headers["Cache-Control"] == "no-store"


def test_a_full_page_of_the_inbox_is_light(scene, partner, browser) -> None:
    for _ in range(60):
        make_assignment(scene, partner, respond_by=date(2026, 3, 13))
    scene.commit()
    assert len(gzip.compress(browser.get("/w").data)) <= 12_000


def test_an_empty_inbox_says_what_happens_next(browser) -> None:
    assert "Nothing waits for you" in browser.get("/w").text


def test_the_inbox_goes_on_where_the_page_ended(scene, partner, browser) -> None:
    for number in range(1, 54):
        make_assignment(scene, partner, number=number, respond_by=date(2026, 3, 13), points=())
    for number in range(54, 60):
        make_assignment(
            scene, partner, number=number, state="declined", closed_at=NOW - timedelta(days=number), points=()
        )
    scene.commit()
    first = browser.get("/w")
    assert ("T-0050" in first.text, "T-0051" in first.text) == (True, False)
    after = first.text.split("after=")[1].split('"')[0]
    second = browser.get(f"/w?after={after}").text
    order = [second.index(f"T-00{number}") for number in (51, 52, 53, 54, 59)]
    assert order == sorted(order)
    assert browser.get("/w?after=nonsense.0").status_code == 200


@pytest.mark.parametrize("many", [3, 300])
def test_the_inbox_costs_the_same_at_any_length(scene, partner, browser, many) -> None:
    for _ in range(many):
        row = make_assignment(scene, partner, state="accepted", submit_by=date(2026, 3, 24))
        make_answer(scene, row)
    scene.commit()
    with browser.statements() as seen:
        assert browser.get("/w").status_code == 200
    assert len(seen) == 2


@pytest.mark.parametrize("many", [3, 300])
def test_a_task_costs_the_same_with_many_beside_it(scene, partner, browser, many) -> None:
    rows = [make_assignment(scene, partner, state="accepted", submit_by=date(2026, 3, 24)) for _ in range(many)]
    for row in rows:
        make_answer(scene, row)
    scene.commit()
    with browser.statements() as seen:
        assert browser.get(f"/w/t/{rows[0].id}").status_code == 200
    assert len(seen) == 11


def test_anothers_task_looks_like_an_unknown_one(scene, browser) -> None:
    theirs = offer(scene, None)
    foreign = browser.get(f"/w/t/{theirs.id}")
    unknown = browser.get("/w/t/00000000-0000-4000-8000-000000000000")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    strip = lambda page: page.text.split("Code for the helpdesk")[0]  # noqa: E731
    assert strip(foreign) == strip(unknown)
    assert browser.post(f"/w/t/{theirs.id}/accept").status_code == 404


def test_accepting_opens_the_answer(scene, partner, browser) -> None:
    row = offer(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/accept")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/w/t/{row.id}")
    assert state_of(scene, row) == "accepted"
    assert "Send for review" in browser.get(f"/w/t/{row.id}").text


def test_opening_a_page_changes_nothing(scene, partner, browser) -> None:
    row = offer(scene, partner)
    for path in ("accept", "decline", "release", "withdraw", "ask", "more-time", "answer"):
        assert browser.get(f"/w/t/{row.id}/{path}").status_code in {404, 405}
    assert state_of(scene, row) == "offered"


def test_accepting_after_the_lapse_is_a_conflict(scene, partner, browser) -> None:
    row = offer(scene, partner, state="lapsed")
    answer = browser.post(f"/w/t/{row.id}/accept")
    assert (answer.status_code, "Something changed meanwhile" in answer.text) == (409, True)


def test_accepting_twice_says_that_it_is_done_and_leads_back_to_the_task(scene, partner, browser) -> None:
    row = offer(scene, partner)
    assert browser.post(f"/w/t/{row.id}/accept").status_code == 303
    again = browser.post(f"/w/t/{row.id}/accept")
    assert (again.status_code, "This is done already" in again.text) == (409, True)
    assert f'href="/w/t/{row.id}"' in again.text


def test_a_half_typed_day_stays_with_an_error(scene, partner, browser) -> None:
    row = offer(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/decline", {"reason": "no_time", "ask_again_after": ["2", "", "2026"]})
    assert answer.status_code == 422
    assert "Write the day, the month and the year in numbers" in answer.text
    assert 'value="2026"' in answer.text
    assert 'value="no_time" checked' in answer.text or 'checked id="reason-0"' in answer.text
    assert state_of(scene, row) == "offered"


@pytest.mark.parametrize(
    ("day", "said"),
    [(("1", "1", "2090"), "too far away"), (("1", "1", "2026"), "still to come"), (("1", "", ""), "Write the day")],
)
def test_a_wrong_day_to_ask_again_is_told_beside_the_missing_reason(scene, partner, browser, day, said: str) -> None:
    row = offer(scene, partner)
    page = browser.post(f"/w/t/{row.id}/decline", {"ask_again_after": list(day)})
    assert (page.status_code, said in page.text, "Choose a reason." in page.text) == (422, True, True)
    assert state_of(scene, row) == "offered"


def test_a_question_to_the_desk_is_shown_and_stops_the_clock(scene, partner, browser) -> None:
    row = working(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/ask", {"message": "Which part of the town?"}, follow_redirects=True)
    assert "Which part of the town?" in answer.text
    assert "stands still until the desk replies" in answer.text
    assert "Waiting for the desk" in browser.get("/w").text


def test_an_endless_question_keeps_its_text(scene, partner, browser) -> None:
    row = working(scene, partner)
    answer = browser.post(f"/w/t/{row.id}/ask", {"message": "long " * 500})
    assert (answer.status_code, "long long long" in answer.text) == (422, True)
    assert scene.scalars(select(AssignmentMessage)).all() == []


def test_more_time_is_asked_and_shown(scene, partner, browser) -> None:
    row = working(scene, partner)
    assert "Choose a day after" in browser.post(f"/w/t/{row.id}/more-time", {"until": ["1", "3", "2026"]}).text
    answer = browser.post(f"/w/t/{row.id}/more-time", {"until": ["2", "4", "2026"]}, follow_redirects=True)
    assert "2 April 2026" in answer.text
    assert state_of(scene, row) == "accepted"


def test_who_gets_no_more_time_reads_that_the_desk_kept_the_date(scene, partner, browser) -> None:
    row = working(scene, partner, extension_refused=date(2026, 4, 2))
    kept = "2 April 2026</time> – the desk kept your date"
    assert kept in browser.get(f"/w/t/{row.id}").text
    browser.post(f"/w/t/{row.id}/more-time", {"until": ["3", "4", "2026"]})
    again = browser.get(f"/w/t/{row.id}").text
    assert (kept in again, "3 April 2026</time> – the desk decides" in again) == (False, True)


def test_a_sent_answer_can_be_withdrawn(scene, partner, browser) -> None:
    row = working(scene, partner, "submitted", submit_by=date(2026, 3, 24))
    assert "Withdraw my answer" in browser.get(f"/w/t/{row.id}").text
    assert browser.post(f"/w/t/{row.id}/withdraw", {"reason": "not_safe"}).status_code == 303
    assert state_of(scene, row) == "released"
    assert browser.post(f"/w/t/{row.id}/withdraw", {"reason": "not_safe"}).status_code == 409


def test_a_finished_task_offers_nothing(scene, partner, browser) -> None:
    row = working(scene, partner, "accepted", state="completed", closed_at=NOW)
    text = browser.get(f"/w/t/{row.id}").text
    assert "Finished" in text
    for word in ("Save now", "Give the task back", "Ask for more time"):
        assert word not in text


def test_the_bar_says_saved_once_something_was_saved(scene: Session, partner, browser) -> None:
    task = offer(scene, partner)
    assert browser.post(f"/w/t/{task.id}/accept").status_code == 303

    def bar() -> str:
        return browser.get(f"/w/t/{task.id}").text.partition('<div class="dock"')[2]

    assert "Nothing typed yet" in bar()
    assert 'data-last="–"' in bar()
    assert "Saved here:" not in bar()
    browser.post(f"/w/t/{task.id}/answer", {"version": "1", "points-0-code": "Q1", "points-0-text": "Yes."})
    assert "Saved here:" in bar()
    assert "Nothing typed yet" not in bar()
