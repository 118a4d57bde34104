"""One question at the desk: who may read what of it, and what is noted."""

import html
import re
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from tests.factories import make_assignment, make_partner, make_staff
from tests.http.desk.triaging import POINT, TELLING, kinds, make, url
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.events import Event
from workflows.requests.desk import ask_requester, take_question
from workflows.requests.models import Message, Request
from workflows.requests.words import (
    ANOTHER_NOT_PUBLISHED_VERSION,
    COUNSELLOR_CONSENT_VERSION,
    COUNSELLOR_NOT_PUBLISHED_VERSION,
    NOT_PUBLISHED_VERSION,
    WEB_CONSENT_VERSION,
)

OLDER = re.compile(r'href="([^"]+/history\?after=[^"]+)"')


def test_opening_a_question_is_noted_once_before_it_is_shown(desk, scene, officer) -> None:
    question = make(scene)
    page = desk.get(url(question))
    assert page.status_code == 200
    assert "0470 12 34 56" in page.text
    assert kinds(scene, question) == ["reading.original"]
    assert scene.scalars(select(Event)).one().actor_id == officer.id


def test_every_personal_detail_of_the_original_is_marked(desk, scene, officer) -> None:
    page = desk.get(url(make(scene))).text
    assert re.findall(r"<mark>([^<]+)<", page) == ["Je m’appelle Zawadi Bahati", "tél. 0470 12 34 56"]
    assert "2 personal details" in page


def test_what_a_requester_wrote_is_never_markup(desk, scene, officer) -> None:
    question = make(scene, original="<script>alert(1)</script> Où acheter de l’insuline, Zawadi Bahati ?")
    page = desk.get(url(question)).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_unknown_question_is_not_found_and_leaves_no_reading(desk, scene, officer) -> None:
    assert desk.get("/desk/questions/00000000-0000-4000-8000-000000000000").status_code == 404
    assert scene.scalars(select(Event)).all() == []


def test_an_editor_reads_the_neutral_text_and_nothing_else(desk, scene) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    question = make(scene, state="triaged", points=(POINT,), urgency="urgent", urgency_reason="Raison de la personne.")
    page = desk.get(url(question))
    assert page.status_code == 200
    assert POINT in page.text
    for hidden in (
        "Zawadi",
        "0470",
        "someone@example.org",
        "Raison de la personne",
        '<form method="post" action="/desk/questions',
    ):
        assert hidden not in page.text
    assert scene.scalars(select(Event)).all() == []
    assert desk.get(url(make(scene))).status_code == 404


def test_an_editor_reads_no_point_that_triage_never_let_through(desk, scene) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    question = make(scene, state="closed", points=(TELLING,), closed_at=clock.now())
    assert "Mabiala" not in desk.get(url(question)).text


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_nobody_else_opens_a_question(desk, scene, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    assert desk.get(url(make(scene, state="triaged"))).status_code == 403


def test_the_messages_and_the_history_stand_beside_it(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    ask_requester(scene, officer, question.id, "Quel dosage prenez-vous ?", clock.now(), question.version)
    scene.add(Message(question_id=question.id, direction="from_requester", from_requester="30/70.", at=clock.now()))
    scene.commit()
    page = desk.get(url(question)).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Quel dosage prenez-vous ?" in page
    assert "30/70." in page
    assert "The requester was asked" in page
    assert officer.name in page


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_asks_the_database_little_however_long_its_story(desk, scene, officer, rows) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    for _number in range(rows):
        make_assignment(scene, make_partner(scene), question, state="lapsed")
        take_question(scene, officer, question.id, clock.now())
        scene.add(Message(question_id=question.id, direction="from_requester", from_requester="Oui.", at=clock.now()))
    scene.commit()
    with desk.statements() as seen:
        desk.get(url(question))
    assert len(seen) == 20


def test_a_long_history_goes_on_for_pages_without_losing_a_line(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    colleague = make_staff(scene, Role.OFFICER)
    for number in range(120):
        take_question(scene, (officer, colleague)[number % 2], question.id, clock.now())
    scene.commit()
    page = desk.get(url(question)).text
    assert '<span class="num faint">50+</span>' in page
    counts, older = [], OLDER.search(page)
    while older:
        page = desk.get(html.unescape(older[1])).text
        counts.append(page[page.index('<ol class="hist">') :].count("<li"))
        older = OLDER.search(page)
    assert (counts, "Back" in page) == ([50, 21], True)


def test_what_was_done_many_times_in_a_row_is_one_line_with_its_hour(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    with time_machine.travel(datetime(2026, 3, 2, 9, 5, tzinfo=UTC)):
        for _number in range(3):
            take_question(scene, officer, question.id, clock.now())
    scene.commit()
    page = desk.get(url(question)).text
    told = page[page.index('<ol class="hist">') :]
    assert (told.count("<li"), " × 3<br>" in told, "2 Mar 2026, 10:05" in told) == (2, True, True)


def test_the_contact_is_shown_only_when_pressed_and_noted(desk, scene, officer) -> None:
    question = make(scene)
    assert "someone@example.org" not in desk.get(url(question)).text
    answer = desk.post(url(question, "contact"))
    assert "someone@example.org" in answer.text
    assert kinds(scene, question) == ["reading.original", "reading.contact"]
    assert desk.get(url(question, "contact")).status_code == 405


def test_an_erased_question_still_opens(desk, scene, officer) -> None:
    question = make(scene, original=None, state="closed", closed_at=clock.now())
    page = desk.get(url(question))
    assert page.status_code == 200
    assert "The original was erased." in page.text


@pytest.mark.parametrize("state", ["received", "triaged", "answered"])
@pytest.mark.parametrize(
    ("version", "private"),
    [
        (NOT_PUBLISHED_VERSION, True),
        (ANOTHER_NOT_PUBLISHED_VERSION, True),
        (COUNSELLOR_NOT_PUBLISHED_VERSION, True),
        (WEB_CONSENT_VERSION, False),
        (COUNSELLOR_CONSENT_VERSION, False),
    ],
)
def test_it_says_at_the_top_that_whoever_asked_did_not_agree_to_publishing(
    desk, scene, officer, state, version, private
) -> None:
    question = make(scene, state=state, points=(POINT,))
    scene.get_one(Request, question.request_id).consent_version = version
    scene.commit()
    page = desk.get(url(question)).text
    assert ("The answer will stay private." in page.partition('id="neutral')[0]) is private
    said = "Whoever asked did not agree" if private else "Whoever asked agreed"
    assert f"<dt>Publishing</dt><dd>{said}</dd>" in page


@pytest.mark.parametrize(("version", "private"), [(NOT_PUBLISHED_VERSION, True), (WEB_CONSENT_VERSION, False)])
def test_an_editor_reads_too_whether_whoever_asked_agreed_to_publishing(desk, scene, version, private) -> None:
    editor = make_staff(scene, Role.EDITOR)
    question = make(scene, state="triaged", points=(POINT,))
    scene.get_one(Request, question.request_id).consent_version = version
    scene.commit()
    page = desk.sign_in(editor.id).get(url(question)).text
    assert ("The answer will stay private." in page) is private
    said = "Whoever asked did not agree" if private else "Whoever asked agreed"
    assert f"<dt>Publishing</dt><dd>{said}</dd>" in page
