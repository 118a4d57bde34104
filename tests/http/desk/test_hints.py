"""What a partner wrote on declining stands where an officer chooses the next one, and its opening in the history."""

import pytest
from sqlalchemy import select

from tests.factories import NOW, make_partner, make_question
from tests.http.desk.commissioning import POINTS, assign, assignment, partner_in, url
from workflows.assignments.models import AskInstead
from workflows.core.events import Event

WORDS = "Ms Ilunga of the parish"


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=POINTS)
    scene.commit()
    return row


@pytest.fixture
def declined(scene, question):
    row = assignment(scene, question, make_partner(scene, name="Relais"), state="declined", closed_at=NOW)
    scene.add(AskInstead(assignment_id=row.id, text=WORDS, at=NOW))
    scene.commit()
    return row


def readings(scene) -> list:
    rows = scene.execute(select(Event.object_id, Event.question_id).where(Event.kind == "reading.ask_instead"))
    return [tuple(row) for row in rows]


def test_it_stands_beside_the_choice_and_over_the_offer_and_every_opening_is_noted(
    desk, scene, question, declined
) -> None:
    partner = partner_in(scene)
    for address in (assign(question), assign(question, partner), url(declined, "reassign")):
        page = desk.get(address).text
        assert WORDS in page
        assert "Relais" in page
    assert readings(scene) == [(question.id, question.id)] * 3


def test_without_a_hint_nothing_is_shown_or_noted(desk, scene, question) -> None:
    assert "Whom to ask instead" not in desk.get(assign(question)).text
    assert readings(scene) == []


def test_the_page_of_the_assignment_does_not_show_it(desk, scene, declined) -> None:
    assert WORDS not in desk.get(url(declined)).text


def test_nobody_asks_why_it_was_not_safe(desk, scene, question) -> None:
    row = assignment(scene, question, make_partner(scene), state="released", release_reason="not_safe", closed_at=NOW)
    assert "Nobody asks why." in desk.get(url(row)).text
