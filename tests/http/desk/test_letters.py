"""Letters that did not arrive: why, one more try, another way; and the clock's silence on every page."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from config.settings import DeskSettings
from tests.factories import make_letter, make_question, make_request, make_staff
from tests.sites import Browser, running
from webapp.desk.app import create_desk
from workflows.core import clock
from workflows.core.actors import CLOCK, Role
from workflows.core.events import Event, record
from workflows.core.heartbeat import Heartbeat
from workflows.notices.models import Delivery, Letter
from workflows.requests.models import Question


@pytest.fixture
def lost(scene, officer) -> Letter:
    request = make_request(scene, contact="nobody@example.org")
    make_question(scene, request)
    letter = make_letter(scene, request)
    scene.commit()
    return letter


def test_the_list_says_why_in_words_and_holds_no_address_and_no_text(desk, lost) -> None:
    page = desk.get("/desk/letters").text
    assert "The mail server says that this address does not exist." in page
    assert "nobody@example.org" not in page
    assert "insuline" not in page
    assert re.search(r'Letters\s*<span class="count">1</span>', page)


def told(page: str) -> list[str]:
    """What the figures of a line are called where there is no head of the table."""
    return re.findall(r'<td[^>]*><span class="told">([^<]+)</span> (?=\S)', page)


def test_on_a_narrow_screen_each_figure_says_what_it_is_and_none_is_nothing(desk, scene, lost) -> None:
    page = desk.get("/desk/letters").text
    assert told(page) == ["For", "Why", "Times sent", "Written"]
    event = record(scene, CLOCK, "question.close", scene.scalars(select(Question)).one(), clock.now())
    scene.flush()
    scene.add(
        Delivery(event_id=event.id, notice="news", recipient_kind="request", recipient_id=lost.recipient_id, alone=True,
                 due_at=clock.now(), letter_id=lost.id)
    )  # fmt: skip
    scene.commit()
    assert told(desk.get("/desk/letters").text) == ["For", "Why", "Pieces of news in it", "Times sent", "Written"]


@pytest.mark.parametrize(("code", "words"), [
    ("no_address", "There is no address"), ("smtp_552", "The mailbox is full."), ("smtp_571", "refused the letter for good"),
    ("smtp_451", "put the letter off"), ("ConnectionError", "could not be handed over"), ("unfinished", "broke off"),
])  # fmt: skip
def test_every_reason_is_said_in_words(desk, scene, lost, code, words) -> None:
    lost.last_error = code
    scene.commit()
    assert words in desk.get("/desk/letters").text


def test_another_try_puts_the_letter_back_in_the_post(desk, scene, lost) -> None:
    assert desk.post(f"/desk/letters/{lost.id}/again").status_code == 303
    scene.refresh(lost)
    assert (lost.state, lost.attempts, lost.last_error) == ("waiting", 0, None)
    assert scene.scalars(select(Event.kind)).all() == ["letter.try_again"]
    assert desk.post(f"/desk/letters/{lost.id}/again").status_code == 409
    assert "No letter waits here" in desk.get("/desk/letters").text


def test_the_contact_is_opened_only_once_that_is_noted(desk, scene, lost) -> None:
    page = desk.post(f"/desk/letters/{lost.id}/reach").text
    assert "nobody@example.org" in page
    assert scene.scalars(select(Event.kind)).all() == ["reading.contact"]


def test_how_the_person_was_reached_is_a_code_and_takes_the_letter_off_the_list(desk, scene, lost) -> None:
    refused = desk.post(f"/desk/letters/{lost.id}/handled", data={"how": "by magic"})
    assert (refused.status_code, "Choose how you reached them." in refused.text) == (422, True)
    assert desk.post(f"/desk/letters/{lost.id}/handled", data={"how": "by_phone"}).status_code == 303
    scene.refresh(lost)
    assert (lost.state, lost.handled_how) == ("gave_up", "by_phone")
    assert scene.scalars(select(Event.codes).where(Event.kind == "letter.handle")).all() == [{"how": "by_phone"}]
    assert desk.post(f"/desk/letters/{lost.id}/reach").status_code == 409


def test_the_address_of_whoever_asked_is_nobody_elses_to_correct(desk, scene, lost) -> None:
    assert "corrected by an administrator" not in desk.post(f"/desk/letters/{lost.id}/reach").text
    refused = desk.post(f"/desk/letters/{lost.id}/handled", data={"how": "address_corrected"})
    assert (refused.status_code, "Choose how you reached them." in refused.text) == (422, True)


def test_a_manager_sees_the_list_and_opens_nothing(desk, scene, lost) -> None:
    manager = make_staff(scene, Role.MANAGER)
    scene.commit()
    desk.sign_in(manager.id)
    page = desk.get("/desk/letters").text
    assert "An officer sees to it" in page
    assert "/desk/questions/" not in page
    assert desk.post(f"/desk/letters/{lost.id}/reach").status_code == 403


@pytest.mark.parametrize("rows", [3, 300])
def test_it_asks_the_database_little_and_is_paged(desk, scene, officer, rows) -> None:
    for number in range(rows):
        make_letter(scene, make_request(scene), created_at=clock.now() - timedelta(minutes=number))
    scene.commit()
    with desk.statements() as seen:
        page = desk.get("/desk/letters").text
    assert len(seen) == 2
    address, found = "/desk/letters", 0
    while address:
        page = desk.get(address).text
        found += page.count("/again")
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert found == rows


def test_a_clock_that_never_ran_has_a_few_minutes_to_begin(environment, house, officer) -> None:
    for app in running(create_desk(DeskSettings.from_environment(environment))):
        page = Browser(app, house).sign_in(officer.id)
        assert "The clock has" not in page.get("/desk/letters").text
        assert page.get("/healthz/clock").status_code == 503


def test_every_page_says_since_when_the_clock_is_silent(desk, scene, officer) -> None:
    assert "The clock has never run." in desk.get("/desk/letters").text
    for job, minutes in (("tasks.clock.sweep", 30), ("tasks.outbox.send", 1)):
        scene.add(Heartbeat(job=job, at=clock.now() - timedelta(minutes=minutes)))
    scene.commit()
    for address in ("/desk/letters", "/desk/questions", "/desk/assignments"):
        assert "The clock has been silent since" in desk.get(address).text
    words = desk.get("/healthz/clock")
    assert (words.status_code, "tasks.clock.sweep last ran at" in words.text) == (503, True)
    assert "30 minutes ago" in words.text
    scene.query(Heartbeat).update({"at": clock.now()})
    scene.commit()
    assert "The clock has" not in desk.get("/desk/letters").text
    assert desk.get("/healthz/clock").status_code == 200
