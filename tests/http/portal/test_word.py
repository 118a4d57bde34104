"""The Word form in the portal: taken away as a file, filled in anywhere, brought back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_answer, make_assignment, make_partner, make_question, make_researcher
from tests.word_forms import read
from workflows.answers.models import Answer, AnswerPoint
from workflows.assignments.models import Assignment


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def task(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="accepted", number=42)
    make_answer(scene, row)
    scene.commit()
    return row


@pytest.fixture
def browser(portal, scene: Session, partner, task):
    researcher = make_researcher(scene, partner, language="en")
    scene.commit()
    return portal.sign_in(researcher.id)


def test_the_form_comes_under_a_name_that_tells_nothing_with_what_is_written(scene, task, browser) -> None:
    scene.scalars(select(AnswerPoint)).one().text = "Two of three sell it."
    scene.commit()
    answer = browser.get(f"/w/t/{task.id}.docx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="task-0042.docx"'
    assert read(answer.data).fields["Q1.text"] == "Two of three sell it."


def test_it_is_in_the_language_of_its_reader(scene, task, partner, portal) -> None:
    reader = make_researcher(scene, partner, language="ar")
    scene.commit()
    others = read(portal.sign_in(reader.id).get(f"/w/t/{task.id}.docx").data).others
    assert any("إجابتك" in line for line in others), others


def test_there_is_no_form_of_an_answer_that_was_sent(scene, task, browser) -> None:
    scene.scalars(select(Answer)).one().state = "submitted"
    scene.commit()
    assert browser.get(f"/w/t/{task.id}.docx").status_code == 409


def test_nor_of_an_offer_that_nobody_took_on(scene, partner, browser) -> None:
    offer = make_assignment(scene, partner, make_question(scene, state="triaged", number=2), number=43)
    scene.commit()
    assert browser.get(f"/w/t/{offer.id}.docx").status_code == 409


def test_a_stranger_finds_no_form(scene, task, portal) -> None:
    stranger = portal.sign_in(make_researcher(scene, make_partner(scene)).id)
    scene.commit()
    assert stranger.get(f"/w/t/{task.id}.docx").status_code == 404
