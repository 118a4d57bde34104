"""What was typed in the neutral form or as a note survives every other button of the page."""

import re

import pytest
from sqlalchemy import func, select

from tests.factories import make_staff
from tests.http.desk.triaging import POINT, TELLING, kinds, make, points, stored, typed, url
from workflows.core.actors import Role
from workflows.requests.models import InternalNote, Message

HALF = "Où trouver de l’insu"
NOTE = "Parler à Amina."


def page_with(question, **values) -> dict:
    """Everything that a browser sends when a button outside the neutral form's box is pressed."""
    sent = typed(question, text="", **values)
    del sent["do"]
    return sent


@pytest.mark.parametrize(
    ("go", "there"),
    [("match", "match"), ("clarify", "clarify"), ("decline", "decline"), ("split", "split")],
)
def test_what_was_typed_is_saved_before_a_button_leads_elsewhere(desk, scene, officer, go, there) -> None:
    question = make(scene)
    answer = desk.post(url(question, "go"), page_with(question, go=go, **{"points-0": HALF}))
    assert (answer.status_code, answer.location) == (303, url(question, there))
    assert points(scene, question) == [HALF]


@pytest.mark.parametrize(
    ("go", "there"), [("offer", "/assign"), ("reply", "/reply"), ("merge", "/desk/questions/merge?")]
)
def test_a_triaged_question_leads_on_too(desk, scene, officer, go, there) -> None:
    question = make(scene, state="triaged", points=(POINT,), country="COD", topics=["HEA-medicines"], place="Kinshasa")
    answer = desk.post(url(question, "go"), page_with(question, go=go))
    assert (answer.status_code, there in answer.location) == (303, True)
    assert kinds(scene, question) == []


def test_a_button_that_leads_nowhere_leads_back(desk, scene, officer) -> None:
    question = make(scene)
    assert desk.post(url(question, "go"), page_with(question, go="nowhere")).location == url(question)


def test_assigning_saves_what_was_typed_and_nothing_when_nothing_was(desk, scene, officer) -> None:
    question = make(scene)
    assert desk.post(url(question, "take"), page_with(question, **{"points-0": HALF})).status_code == 303
    assert (points(scene, question), stored(scene, question).officer_id) == ([HALF], officer.id)
    again = stored(scene, question)
    same = page_with(again, **{"points-0": f" {HALF}\r\n", "points-1": ""})
    assert desk.post(url(question, "take"), same).status_code == 303
    assert kinds(scene, question).count("question.draft") == 1


def test_the_contact_is_shown_after_saving(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(url(question, "contact"), page_with(question, **{"points-0": HALF}))
    assert (answer.status_code, points(scene, question)) == (200, [HALF])


def test_a_note_is_kept_together_with_the_text(desk, scene, officer) -> None:
    question = make(scene)
    sent = page_with(question, to="internal", **{"points-0": HALF}) | {"text": NOTE}
    assert desk.post(url(question, "messages"), sent).status_code == 303
    assert (points(scene, question), scene.scalars(select(InternalNote)).one().text) == ([HALF], NOTE)


def test_a_message_is_shown_before_it_goes_and_goes_with_the_version_after_saving(desk, scene, officer) -> None:
    question = make(scene)
    sent = page_with(question, to="requester", **{"points-0": HALF}) | {"text": "Nous cherchons encore."}
    page = desk.post(url(question, "messages"), sent)
    assert (page.status_code, "Whoever asked will read this." in page.text) == (200, True)
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    confirmed = {"version": version, "to": "requester", "text": "Nous cherchons encore.", "confirmed": "1"}
    assert desk.post(url(question, "messages"), confirmed).status_code == 303
    assert (points(scene, question), scene.scalar(select(func.count()).select_from(Message))) == ([HALF], 1)


@pytest.mark.parametrize(("where", "status"), [("take", 200), ("", 200), ("go", 422), ("contact", 422)])
def test_a_note_that_was_begun_is_still_there(desk, scene, officer, where, status) -> None:
    question = make(scene)
    sent = page_with(question, go="match", **{"points-0": HALF}) | {"text": NOTE}
    answer = desk.post(url(question, *filter(None, [where])), sent)
    assert (answer.status_code, points(scene, question)) == (status, [HALF])
    assert re.search(rf'<textarea[^>]*name="text"[^>]*>\s*{NOTE}</textarea>', answer.text)
    assert ("You began a message below." in answer.text) == (status == 422)


def test_a_triaged_text_that_may_not_be_kept_is_shown_again_and_nothing_is_done(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,), country="COD", topics=["HEA-medicines"])
    for where in ("go", "take", "contact", "messages"):
        answer = desk.post(url(question, where), page_with(question, go="match", **{"points-0": TELLING}))
        assert (answer.status_code, TELLING in answer.text) == (422, True)
    assert (points(scene, question), stored(scene, question).officer_id) == ([POINT], None)


def test_when_somebody_saved_first_both_texts_are_shown(desk, scene, officer) -> None:
    question = make(scene)
    desk.post(url(question), typed(question, **{"points-0": "Leur texte ?"}))
    answer = desk.post(url(question, "go"), page_with(question, go="match", **{"points-0": "Mon texte ?"}))
    assert (answer.status_code, "Q1: Leur texte ?" in answer.text, "Q1: Mon texte ?" in answer.text) == (
        409,
        True,
        True,
    )


def test_whoever_changes_a_rare_text_does_not_clear_it_with_the_same_press(desk, scene, officer) -> None:
    rare = {"place": "Boma", "points-0": "Une mère de cinq enfants, épileptique, peut-elle être suivie ?"}
    question = make(scene)
    desk.post(url(question), typed(question, do="triage", **rare))
    desk.sign_in(make_staff(scene, Role.OFFICER).id)
    scene.commit()
    question = stored(scene, question)
    changed = page_with(question, **(rare | {"place": "Matadi"}))
    answer = desk.post(url(question, "clear"), changed)
    assert (answer.status_code, "You changed the text." in answer.text) == (422, True)
    assert desk.post(url(question, "clear"), page_with(question, **rare)).status_code == 303


def test_every_button_of_the_page_that_sends_a_form_sends_the_neutral_one(desk, scene, officer) -> None:
    page = desk.get(url(make(scene))).text
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r'<form[^>]* id="([^"]*)"', main) == ["neutral-form"]
    assert main.count("<form") == 1
