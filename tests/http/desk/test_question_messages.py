"""Three audiences of one thread, kept apart: a note is the default, sending is confirmed."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import ProgrammingError

from tests.factories import (
    NOW,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_staff,
    requester_of,
)
from tests.http.desk.triaging import kinds, make, stored, url
from tests.requesters import the_card
from workflows.assignments.models import AssignmentMessage
from workflows.core.actors import Role
from workflows.core.events import Outbox
from workflows.requests.messages import keep_note
from workflows.requests.models import InternalNote, Message, Request
from workflows.requests.public import delete_request

NOTE = "Parler à Amina avant de décliner."


def send(desk, question, text, to="internal", **more):
    return desk.post(url(question, "messages"), {"version": question.version, "text": text, "to": to, **more})


def count(scene, model) -> int:
    return scene.scalar(select(func.count()).select_from(model))


def test_what_is_written_is_a_note_unless_somebody_is_chosen(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(url(question, "messages"), {"version": question.version, "text": NOTE})
    assert answer.status_code == 303
    note = scene.scalars(select(InternalNote)).one()
    assert (note.text, NOTE.encode() in note.text_sealed, count(scene, Message)) == (NOTE, False, 0)
    assert (NOTE in desk.get(url(question)).text, count(scene, Outbox)) == (True, 0)


def test_nothing_goes_to_the_requester_before_it_is_confirmed(desk, scene, officer, page) -> None:
    question = make(scene)
    first = send(desk, question, "Nous cherchons encore.", "requester")
    assert (first.status_code, "Whoever asked will read this." in first.text, count(scene, Message)) == (200, True, 0)
    sent = send(desk, question, "Nous cherchons encore.", "requester", confirmed="1")
    assert (sent.status_code, stored(scene, question).state, count(scene, Outbox)) == (303, "received", 1)
    card = the_card(page, scene, scene.get(Request, question.request_id))
    assert [text for text, _ in card.question.told] == ["Nous cherchons encore."]
    assert card.question.asked is None


@pytest.mark.parametrize("to", ["requester", "partner"])
def test_whoever_goes_back_from_who_will_read_it_finds_the_words_in_their_field(desk, scene, officer, to) -> None:
    question = make(scene, state="triaged")
    assignment = make_assignment(scene, make_partner(scene), question, state="accepted")
    scene.commit()
    to = str(assignment.id) if to == "partner" else to
    assert 'name="back"' in send(desk, question, "Nous cherchons encore.", to).text
    back = send(desk, question, "Nous cherchons encore.", to, back="1")
    assert (back.status_code, count(scene, Message), count(scene, AssignmentMessage)) == (200, 0, 0)
    assert "Nous cherchons encore.</textarea>" in back.text
    assert "Write about this question" in back.text


def test_nothing_goes_to_a_partner_before_it_is_confirmed_nor_with_a_name(desk, scene, officer) -> None:
    question = make(scene, state="triaged")
    assignment = make_assignment(scene, make_partner(scene, name="Maison Kasaï"), question, state="accepted")
    scene.commit()
    assert "Maison Kasaï" in desk.get(url(question)).text
    telling = send(desk, question, "Zawadi prend de l’insuline lente.", str(assignment.id))
    assert (telling.status_code, "This may point to a person" in telling.text) == (200, True)
    forced = send(desk, question, "Zawadi prend de l’insuline lente.", str(assignment.id), confirmed="1")
    assert (forced.status_code, count(scene, AssignmentMessage)) == (422, 0)
    words = {"text": "De l’insuline lente.", "to": str(assignment.id), "confirmed": "1", "version": assignment.version}
    assert desk.post(url(question, "messages"), words).status_code == 303
    assert scene.scalars(select(AssignmentMessage.text)).all() == ["De l’insuline lente."]
    assert kinds(scene, question)[-1] == "assignment.explain"


def test_what_the_partner_reads_already_is_not_marked_before_it_is_sent(desk, scene, officer) -> None:
    question = make(scene, state="triaged", original="Je viens du village de Sintaly.")
    row = make_assignment(scene, make_partner(scene), question, points=("Et à Sintaly ?",), state="accepted")
    other = make_assignment(scene, make_partner(scene), question, points=("Et ?",), state="accepted", place="")
    scene.commit()
    said = [send(desk, question, "La route de Sintaly ?", str(one.id)).text for one in (row, other)]
    assert ["This may point to a person" in page for page in said] == [False, True]


WIDOW = "It is a widow with HIV and three children, of Boma."


@pytest.mark.parametrize(("by", "field"), [("messages", "text"), ("explain", "message")])
def test_a_partner_is_not_told_who_it_is_and_the_page_says_by_which_words(desk, scene, officer, by, field) -> None:
    question = make(scene, state="triaged", place="Boma", topics=["HOU-rent"])
    row = make_assignment(scene, make_partner(scene), question, points=("Et ?",), state="accepted", place="Boma")
    scene.commit()
    address = url(question, by) if by == "messages" else f"/desk/assignments/{row.id}/explain"
    answer = desk.post(address, {"version": row.version, field: WIDOW, "to": str(row.id), "confirmed": "1"})
    assert (answer.status_code, count(scene, AssignmentMessage)) == (422, 0)
    error = answer.text[answer.text.index(f'id="{field}-error"') :]
    assert "this may tell who it is: Boma; HIV; widow." in error
    assert error.index("Boma; HIV; widow") < error.index(WIDOW)


def test_the_partner_of_another_question_is_nobody_here(desk, scene, officer) -> None:
    question, other = make(scene, state="triaged"), make(scene, state="triaged")
    elsewhere = make_assignment(scene, question=other, state="accepted")
    scene.commit()
    for to in (str(elsewhere.id), "everybody"):
        assert send(desk, question, "De l’insuline.", to, confirmed="1").status_code == 404


@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
def test_an_empty_or_endless_text_is_kept_on_the_page(desk, scene, officer, text) -> None:
    answer = send(desk, make(scene), text)
    assert (answer.status_code, count(scene, InternalNote)) == (422, 0)


@pytest.mark.parametrize(("state", "status"), [("closed", 409), ("merged", 409), ("answered", 303)])
def test_only_whoever_still_follows_is_written_to(desk, scene, officer, state, status) -> None:
    assert send(desk, make(scene, state=state), "Bonjour.", "requester", confirmed="1").status_code == status


def test_an_editor_reads_and_writes_no_note(desk, scene) -> None:
    question = make(scene, state="triaged")
    keep_note(scene, make_staff(scene), question.id, NOTE, NOW)
    scene.commit()
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    assert NOTE not in desk.get(url(question)).text
    assert send(desk, question, "Bonjour").status_code == 403


def test_a_note_is_out_of_reach_for_whoever_asked_and_goes_with_the_request(scene, following) -> None:
    request = make_request(scene)
    question = make_question(scene, request, received_at=NOW - timedelta(days=1))
    keep_note(scene, make_staff(scene), question.id, NOTE, NOW)
    scene.commit()
    with pytest.raises(ProgrammingError, match="permission denied"), following(request) as session:
        session.execute(select(InternalNote.id))
    with following(request) as session:
        delete_request(session, requester_of(request), NOW)
    assert count(scene, InternalNote) == 0


@pytest.mark.parametrize("where", ["messages", "clarify"])
def test_nobody_is_told_to_go_or_to_stay(desk, scene, officer, where) -> None:
    question, words = make(scene), "Nous vous conseillons de rentrer."
    sent = {"version": question.version, "text": words, "message": words, "to": "requester", "confirmed": "1"}
    answer = desk.post(url(question, where), sent)
    assert (answer.status_code, "This sounds like advice" in answer.text, words in answer.text) == (422, True, True)
    assert count(scene, Message) == 0


@pytest.mark.parametrize("where", ["messages", "clarify"])
def test_names_and_numbers_are_read_once_more_before_whoever_asked_gets_them(desk, scene, officer, where) -> None:
    question, words = make(scene), "Pouvez-vous demander à Mme Zawadi Bahati, tél. 0470 12 34 56 ?"
    sent = {"version": question.version, "text": words, "message": words, "to": "requester", "confirmed": "1"}
    asked = desk.post(url(question, where), sent)
    assert (asked.status_code, count(scene, Message)) == (422, 0)
    assert "Take them out, or say that they are meant." in asked.text
    assert "<mark><bdi>tél. 0470 12 34 56</bdi></mark>" in asked.text
    assert desk.post(url(question, where), sent | {"read_again": "y"}).status_code == 303
    assert count(scene, Message) == 1


def test_what_may_point_to_somebody_is_shown_before_it_is_sent(desk, scene, officer) -> None:
    page = send(desk, make(scene), "Demandez à Mme Zawadi Bahati.", "requester")
    assert (page.status_code, 'name="read_again"' in page.text, "Zawadi Bahati</bdi>" in page.text) == (200, True, True)


def test_personal_details_in_the_reply_of_whoever_asked_are_marked(desk, scene, officer) -> None:
    question = make(scene)
    words = "Oui, appelez le +32 470 12 34 56."
    scene.add(Message(question_id=question.id, direction="from_requester", from_requester=words, at=NOW))
    scene.commit()
    assert "+32 470 12 34 56<small>" in desk.get(url(question)).text
