"""The moves an officer makes beside writing the neutral text."""

import re

import pytest

from tests.factories import make_staff
from tests.http.desk.triaging import POINT, kinds, make, points, stored, typed, url
from workflows.core import clock
from workflows.core.actors import Role


def test_the_buttons_are_what_the_lifecycle_offers(desk, scene, officer) -> None:
    shown = {
        state: set(
            re.findall(
                r"(?:/| name=\"go\" value=\")(match|offer|clarify|decline|close|reopen)\"",
                desk.get(url(make(scene, state=state, closed_at=clock.now()))).text,
            )
        )
        for state in ("received", "clarification_asked", "triaged", "answered", "closed", "withdrawn")
    }
    assert shown == {
        "received": {"match", "clarify", "decline"},
        "clarification_asked": {"match", "decline"},
        "triaged": {"match", "offer", "clarify", "decline"},
        "answered": {"close"},
        "closed": {"reopen"},
        "withdrawn": set(),
    }


def test_a_question_back_is_sent_and_an_empty_one_is_not(desk, scene, officer) -> None:
    question = make(scene)
    page = desk.get(url(question, "clarify"))
    assert (page.status_code, "French" in page.text) == (200, True)
    empty = desk.post(url(question, "clarify"), {"version": question.version, "message": " "})
    assert (empty.status_code, "Write your question." in empty.text) == (422, True)
    sent = desk.post(url(question, "clarify"), {"version": question.version, "message": "Quel dosage ?"})
    assert (sent.status_code, stored(scene, question).state) == (303, "clarification_asked")


@pytest.mark.parametrize("move", ["clarify", "decline"])
def test_what_was_written_stands_beside_the_words_to_whoever_asked_and_its_opening_is_noted(
    desk, scene, officer, move: str
) -> None:
    question = make(scene)
    page = desk.get(url(question, move)).text
    assert " ".join(question.written.split()[:3]) in re.sub(r"<[^>]+>", "", page)
    assert kinds(scene, question).count("reading.original") == 1
    refused = desk.post(url(question, move), {"version": question.version})
    assert (refused.status_code, 'id="original"' in refused.text) == (422, True)


def test_declining_keeps_what_was_typed_until_it_is_whole(desk, scene, officer) -> None:
    question = make(scene)
    assert "We do not look for people" in desk.get(url(question, "decline")).text
    half = desk.post(url(question, "decline"), {"version": question.version, "another_place": "Un avocat."})
    assert (half.status_code, "Choose a reason." in half.text, "Un avocat." in half.text) == (422, True, True)
    whole = {"version": question.version, "reason": "about_one_person", "another_place": "La Croix-Rouge."}
    assert desk.post(url(question, "decline"), whole).status_code == 303
    assert stored(scene, question).decline_words == "La Croix-Rouge."


def test_a_late_decline_is_a_conflict_with_the_text_to_copy(desk, scene, officer) -> None:
    question = make(scene, state="answered")
    answer = desk.post(
        url(question, "decline"),
        {"version": question.version, "reason": "no_partner", "another_place": "La Croix-Rouge."},
    )
    assert (answer.status_code, "La Croix-Rouge." in answer.text) == (409, True)


def test_closing_and_opening_again(desk, scene, officer) -> None:
    question = make(scene, state="answered")
    assert desk.post(url(question, "close"), {"version": question.version}).status_code == 303
    closed = stored(scene, question)
    assert closed.state == "closed"
    assert desk.post(url(question, "reopen"), {"version": closed.version - 1}).status_code == 409
    assert desk.post(url(question, "reopen"), {"version": closed.version}).status_code == 303
    assert stored(scene, question).state == "triaged"


def test_what_was_never_triaged_is_opened_again_among_the_new_ones(desk, scene, officer) -> None:
    question = make(scene, state="closed", was_triaged=False, closed_at=clock.now())
    assert desk.post(url(question, "reopen"), {"version": question.version}).status_code == 303
    page = desk.get(url(question)).text
    assert ("Open again. It waits to be read." in page, "Finish triage" in page) == (True, True)
    assert url(question) in desk.get("/desk/questions?view=new").text


@pytest.mark.parametrize("move", ["clarify", "decline", "close", "reopen", "contact"])
def test_an_editor_makes_no_move(desk, scene, move) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    question = make(scene, state="triaged")
    assert desk.post(url(question, move), {"version": question.version}).status_code == 403


def test_a_stranger_is_shown_the_door(desk, scene) -> None:
    question = make(scene)
    answer = desk.get(url(question))
    assert (answer.status_code, "/login" in answer.location) == (303, True)


def test_a_reply_after_triage_stands_on_its_page_and_among_the_new_ones_until_it_was_read(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,), country="COD", reply_unread_since=clock.now())
    queue = desk.get("/desk/questions?view=new").text
    assert (url(question) in queue, "Reply to read" in queue) == (True, True)
    page = desk.get(url(question)).text
    assert ("Whoever asked has replied." in page, "The helpdesk: read the reply" in page) == (True, True)
    assert desk.post(url(question, "reply-read"), {}).status_code == 303
    assert "Whoever asked has replied." not in desk.get(url(question)).text
    assert url(question) not in desk.get("/desk/questions?view=new").text
    assert kinds(scene, question).count("question.read_reply") == 1
    assert desk.post(url(question, "reply-read"), {}).status_code == 409


def test_a_changed_text_and_a_read_reply_are_one_press(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,), country="COD", reply_unread_since=clock.now())
    sent = typed(question, **{"points-0": "Et à Matadi ?"})
    assert desk.post(url(question, "reply-read"), sent).status_code == 303
    assert (points(scene, question), stored(scene, question).reply_unread_since) == (["Et à Matadi ?"], None)


def test_a_reply_to_a_question_that_was_not_triaged_is_seen_in_the_queue(desk, scene, officer) -> None:
    question = make(scene, reply_unread_since=clock.now())
    for page in ("/desk/questions?view=new", f"/desk/questions/{question.id}"):
        assert "Reply to read" in desk.get(page).text
