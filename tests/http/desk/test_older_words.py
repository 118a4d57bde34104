"""A neutral text that is changed while partners have it: nobody changes it without reading who keeps the older one."""

import pytest
from sqlalchemy import func, select

from tests.factories import make_answer, make_staff
from tests.http.desk.commissioning import POINTS, assignment, partner_in
from tests.http.desk.commissioning import url as url_of
from tests.http.desk.triaging import POINT, make, stored, typed, url
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.second_partner import OLDER
from workflows.core import clock
from workflows.core.actors import Role

CHANGED = "This text was changed after it was offered."
OTHERWISE = {"points-0": "Où l’insuline est-elle vendue à Kinshasa, et à quel prix ?", "do": "revise"}


@pytest.fixture
def question(scene, officer):
    return make(scene, state="triaged", points=(POINT,), country="COD", topics=["HEA-medicines"], place="Kinshasa")


def held_by(scene, question, name, **values):
    return assignment(scene, question, partner_in(scene, "COD", name=name), **values)


def save(desk, scene, question, **values):
    return desk.post(url(question), typed(stored(scene, question), **values))


def note(page) -> str:
    """What the page says about the older words."""
    return page.partition('id="older-words"')[2].partition("</div>")[0]


def test_before_saving_it_says_who_has_the_text_already(desk, scene, question):
    assert "Offered already" not in desk.get(url(question)).text
    held_by(scene, question, "Ubuntu Clinic")
    held_by(scene, question, "Former Partner", state="declined")
    page = desk.get(url(question)).text
    assert "Offered already: Ubuntu Clinic. A change here does not reach them" in page


def test_a_changed_text_says_who_keeps_the_older_one_and_what_can_be_done(desk, scene, question):
    offered = held_by(scene, question, "Ubuntu Clinic")
    accepted = held_by(scene, question, "Bukavu Watch", state="accepted")
    held_by(scene, question, "Former Partner", state="declined")
    assert save(desk, scene, question, **OTHERWISE).status_code == 303
    said = note(desk.get(url(question)).text)
    assert [name in said for name in ("Ubuntu Clinic", "Bukavu Watch", "Former Partner")] == [True, True, False]
    assert f'href="{url_of(offered, "revoke")}">Take the offer back, then offer the new text' in said
    assert "Write to them what has changed" in said
    assert f'href="{url_of(accepted, "revoke")}">Revoke it' in said
    kept = select(AssignmentPoint.text).where(AssignmentPoint.assignment_id.in_((offered.id, accepted.id)))
    assert set(scene.scalars(kept)) == set(POINTS)


def test_a_partner_who_was_written_to_since_is_not_named_any_more(desk, scene, question):
    row = held_by(scene, question, "Bukavu Watch", state="accepted")
    save(desk, scene, question, **OTHERWISE)
    assert "The partner still reads the words below." in desk.get(url_of(row)).text
    told = {"version": row.version, "message": "Nous demandons aussi le prix."}
    assert desk.post(url_of(row, "explain"), told).status_code == 303
    assert CHANGED not in desk.get(url(question)).text
    assert "The partner was written to since." in desk.get(url_of(row)).text


def test_an_answer_that_is_here_is_said_to_be_to_the_older_words(desk, scene, question):
    row = held_by(scene, question, "Bukavu Watch", state="accepted")
    make_answer(scene, row, state="submitted")
    scene.commit()
    save(desk, scene, question, **OTHERWISE)
    said = note(desk.get(url(question)).text)
    assert ("Their answer is to the older words" in said, "Revoke it" in said) == (True, False)


@pytest.mark.parametrize("same", [{}, {"points-1": ""}, {"urgency": "urgent", "urgency_reason": "Départ demain."}])
def test_saving_the_same_words_says_nothing(desk, scene, question, same):
    held_by(scene, question, "Bukavu Watch", state="accepted")
    assert save(desk, scene, question, **{"do": "revise"} | same).status_code == 303
    assert CHANGED not in desk.get(url(question)).text


def test_what_was_offered_after_the_change_has_the_new_words(desk, scene, question):
    save(desk, scene, question, **OTHERWISE)
    held_by(scene, question, "Bukavu Watch", offered_at=clock.now())
    assert CHANGED not in desk.get(url(question)).text


def test_a_change_saved_by_another_button_is_said_where_that_leads(desk, scene, question):
    held_by(scene, question, "Bukavu Watch", state="accepted")
    sent = typed(stored(scene, question), **OTHERWISE) | {"go": "clarify"}
    del sent["do"]
    assert desk.post(url(question, "go"), sent).location == url(question, "clarify")
    assert "A partner has the older text" in desk.get(url(question, "clarify")).text


def test_an_editor_reads_it_too_and_is_offered_nothing(desk, scene, question):
    held_by(scene, question, "Bukavu Watch", state="accepted")
    save(desk, scene, question, **OTHERWISE)
    editor = make_staff(scene, Role.EDITOR)
    scene.commit()
    desk.sign_in(editor.id)
    said = note(desk.get(url(question)).text)
    assert ("Bukavu Watch" in said, "Revoke it" in said) == (True, False)


def test_nobody_else_is_asked_in_the_older_words_with_one_press(desk, scene, question):
    row = held_by(scene, question, "Bukavu Watch", state="accepted")
    other = partner_in(scene, "COD", name="Ubuntu Clinic")
    assert "Ask Ubuntu Clinic as well" in desk.get(url_of(row)).text
    save(desk, scene, question, **OTHERWISE)
    assert "Ask Ubuntu Clinic as well" not in desk.get(url_of(row)).text
    page = desk.get(url_of(row, "second")).text
    assert ("Ask Ubuntu Clinic as well" in page, "Write the offer" in page, OLDER in page) == (False, True, True)
    late = desk.post(f"{url_of(row, 'second')}?partner={other.id}", {"others": 1})
    assert (late.status_code, OLDER in desk.get(late.location).text) == (303, True)
    assert scene.scalar(select(func.count()).select_from(Assignment)) == 1


@pytest.mark.parametrize("rows", [1, 60])
def test_the_page_asks_for_it_once(desk, scene, question, rows):
    for _ in range(rows):
        assignment(scene, question)
    save(desk, scene, question, **OTHERWISE)
    with desk.statements() as seen:
        desk.get(url(question))
    assert sum("max(event.at)" in one for one in seen) == 1
