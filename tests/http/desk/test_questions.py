"""Triage at the desk: the queue, one question, its neutral text, and the moves beside it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import (
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_staff,
)
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.events import Event
from workflows.requests.desk import ask_requester
from workflows.requests.models import Message, Point, Question

ORIGINAL = "Je m’appelle Zawadi Bahati, tél. 0470 12 34 56. Où acheter de l’insuline à Kinshasa ?"
POINT = "Où l’insuline est-elle vendue à Kinshasa ?"
TELLING = "Où Mme Béatrice Mabiala, tél. 0470 12 34 56, achète-t-elle de l’insuline ?"
WHY = "Ce sont des mots d’une loi, ils ne désignent personne."


@pytest.fixture
def officer(desk, scene):
    actor = make_staff(scene)
    scene.commit()
    desk.sign_in(actor.id)
    return actor


def make(scene, **values) -> Question:
    now = clock.now()
    given = {"original": ORIGINAL, "received_at": now, "triage_by": now.date() + timedelta(days=2)}
    given["promised_by"] = now.date() + timedelta(days=20)
    row = make_question(scene, make_request(scene), **(given | values))
    scene.commit()
    return row


def stored(scene, question) -> Question:
    scene.expire_all()
    return scene.get(Question, question.id)


def typed(question, **values) -> dict:
    given = {
        "version": question.version,
        "country": "COD",
        "place": "Kinshasa",
        "topics": ["HEA-medicines"],
        "urgency": "normal",
        "points-0": POINT,
        "do": "save",
    }
    return given | values


def url(question, *more) -> str:
    return "/".join((f"/desk/questions/{question.id}", *more))


def kinds(scene, question) -> list[str]:
    return list(scene.scalars(select(Event.kind).where(Event.question_id == question.id).order_by(Event.at)))


def points(scene, question) -> list[str]:
    query = select(Point.text).where(Point.question_id == question.id).order_by(Point.position)
    return list(scene.scalars(query))


# --- the queue


def test_the_queue_shows_neutral_words_only(desk, scene, officer) -> None:
    make(scene)
    make(scene, points=(POINT,), urgency="urgent", urgency_reason="Départ.")
    page = desk.get("/desk/questions").text
    assert "Not read yet" in page
    assert POINT in page
    assert "Zawadi" not in page
    assert "Urgent" in page
    assert scene.scalars(select(Event)).all() == []


def test_late_questions_come_first_then_the_oldest(desk, scene, officer) -> None:
    now = clock.now()
    make(scene, points=("Récente ?",), received_at=now)
    make(scene, points=("Ancienne ?",), received_at=now - timedelta(days=1))
    make(scene, points=("En retard ?",), received_at=now, triage_by=now.date() - timedelta(days=3))
    page = desk.get("/desk/questions").text
    assert re.findall(r"(Récente|Ancienne|En retard) \?</a>", page) == ["En retard", "Ancienne", "Récente"]
    assert "3 d late" in page


def test_each_view_counts_and_shows_its_own(desk, scene, officer) -> None:
    now = clock.now()
    make(scene, points=("Nouvelle ?",))
    make(scene, points=("Attend ?",), state="clarification_asked", clarification_closes_at=now + timedelta(days=9))
    make(scene, points=("Prête ?",), state="triaged", officer_id=officer.id)
    make(scene, points=("Tard ?",), state="triaged", promised_by=now.date() - timedelta(days=1))
    make(scene, points=("Finie ?",), state="closed", closed_at=now)
    shown = {
        view: set(re.findall(r">(\w+) \?</a>", desk.get(f"/desk/questions?view={view}").text))
        for view in ("new", "mine", "waiting", "late", "open")
    }
    assert shown == {
        "new": {"Nouvelle"},
        "mine": {"Prête"},
        "waiting": {"Attend"},
        "late": {"Tard"},
        "open": {"Nouvelle", "Attend", "Prête", "Tard"},
    }
    page = desk.get("/desk/questions").text
    assert re.findall(r'<span class="num faint">(\d+)</span></a></li>', page) == ["1", "1", "1", "1", "4"]


@pytest.mark.parametrize(
    ("assignment", "answer", "word"),
    [
        (None, None, "Ready to offer"),
        ("drafted", None, "Offer to complete"),
        ("offered", None, "Offered to partner"),
        ("accepted", None, "In research"),
        ("accepted", "returned", "Sent back to researcher"),
        ("accepted", "submitted", "In review"),
        ("completed", "accepted", "Answer ready"),
        ("lapsed", None, "Ready to offer"),
        ("revoked", "withdrawn", "Ready to offer"),
    ],
)
def test_how_far_the_research_is_comes_from_assignments_and_answers(
    desk, scene, officer, assignment, answer, word
) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    if assignment:
        row = make_assignment(scene, make_partner(scene), question, state=assignment)
        if answer:
            make_answer(scene, row, state=answer)
    scene.commit()
    assert word in desk.get("/desk/questions?view=open").text
    assert word in desk.get(url(question)).text


def test_filters_narrow_the_queue_and_strange_ones_do_no_harm(desk, scene, officer) -> None:
    make(scene, points=("Congo ?",), topics=["HEA-medicines"])
    make(scene, points=("Guinée ?",), country="GIN", topics=["HOU-rent"], language="nl")
    for query, shown in (
        ("country=GIN", {"Guinée"}),
        ("topic=HEA", {"Congo"}),
        ("topic=HOU-rent", {"Guinée"}),
        ("language=fr", {"Congo"}),
        ("country=GIN&topic=HEA", set()),
        ("view=nonsense&after=nonsense", {"Congo", "Guinée"}),
        ("country=%00&after=1~%00~x", {"Congo", "Guinée"}),
        ("topic=%25", set()),
    ):
        page = desk.get(f"/desk/questions?{query}")
        assert (page.status_code, set(re.findall(r">(\w+) \?</a>", page.text))) == (200, shown)


def test_the_queue_is_paged_without_losing_or_repeating_a_row(desk, scene, officer) -> None:
    now = clock.now()
    for number in range(120):
        late = number % 3 == 0
        make_question(
            scene,
            points=(f"N{number} ?",),
            received_at=now - timedelta(minutes=number // 2),
            triage_by=now.date() + timedelta(days=-2 if late else 5),
        )
    scene.commit()
    address, seen = "/desk/questions", []
    while address:
        page = desk.get(address).text
        seen += re.findall(r">N(\d+) \?</a>", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 120
    assert all(int(number) % 3 == 0 for number in seen[:40])


@pytest.mark.parametrize("rows", [3, 300])
def test_the_queue_asks_the_database_little_however_long_it_is(desk, scene, officer, rows) -> None:
    for _number in range(rows):
        question = make_question(scene, points=(POINT,), state="triaged")
        make_assignment(scene, make_partner(scene), question)
    scene.commit()
    with desk.statements() as seen:
        desk.get("/desk/questions?view=open")
    assert len(seen) == 4, seen  # the queue, its counts, countries and topics


def test_chosen_questions_are_taken_together(desk, scene, officer) -> None:
    first, second, third = make(scene), make(scene), make(scene)
    answer = desk.post("/desk/questions/take", {"question": [first.id, second.id, "nonsense"]})
    assert (answer.status_code, answer.location) == (303, "/desk/questions?view=mine")
    assert [stored(scene, row).officer_id for row in (first, second, third)] == [officer.id, officer.id, None]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_only_officers_read_the_queue(desk, scene, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    scene.commit()
    assert desk.get("/desk/questions").status_code == 403


# --- one question


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
    page = desk.get(url(question)).text
    assert "Quel dosage prenez-vous ?" in page
    assert "30/70." in page
    assert "The requester was asked" in page
    assert officer.name in page


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


# --- the neutral text


def test_a_saved_draft_stays(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(url(question), typed(question, **{"points-1": "Deuxième ?"}))
    assert (answer.status_code, answer.location) == (303, url(question))
    assert points(scene, question) == [POINT, "Deuxième ?"]
    assert stored(scene, question).state == "received"
    page = desk.get(url(question)).text
    assert POINT in page
    assert re.search(r'<input checked[^>]*value="HEA-medicines"', page)


def test_finishing_triage_moves_the_question(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(url(question), typed(question, do="triage"))
    assert answer.status_code == 303
    assert stored(scene, question).state == "triaged"
    page = desk.get(url(question)).text
    assert "Triage is finished." in page
    assert "Offer to a partner" in page


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(
        url(question), {"version": question.version, "do": "triage", "place": "Matadi", "points-0": "", "points-1": ""}
    )
    assert answer.status_code == 422
    for said in ("Choose the country.", "Choose at least one topic.", "Write at least one point.", "Error:"):
        assert said in answer.text
    assert 'value="Matadi"' in answer.text
    assert answer.text.count("<textarea") >= 2
    assert stored(scene, question).state == "received"


def test_personal_details_are_shown_with_other_words_and_the_override_appears_then(desk, scene, officer) -> None:
    question = make(scene)
    assert "override" not in desk.get(url(question)).text
    answer = desk.post(url(question), typed(question, **{"points-0": TELLING, "do": "triage"}))
    assert answer.status_code == 422
    assert "This may point to a person. Use neutral words." in answer.text
    assert "<mark>tél. 0470 12 34 56" in answer.text
    assert 'name="override"' in answer.text
    assert TELLING in answer.text
    assert stored(scene, question).state == "received"


def test_a_written_override_lets_triage_finish_and_a_short_one_does_not(desk, scene, officer) -> None:
    question = make(scene)
    telling = typed(question, **{"points-0": TELLING, "do": "triage", "override_on": "y", "override": "parce que"})
    answer = desk.post(url(question), telling)
    assert (answer.status_code, "20 letters or more why" in answer.text) == (422, True)
    assert "parce que" in answer.text
    unticked = {name: text for name, text in telling.items() if name != "override_on"} | {"override": WHY}
    assert desk.post(url(question), unticked).status_code == 422
    assert desk.post(url(question), telling | {"override": WHY}).status_code == 303
    assert stored(scene, question).override == WHY


def test_points_are_added_removed_and_suggested_without_saving(desk, scene, officer) -> None:
    question = make(scene)
    added = desk.post(url(question), typed(question, do="add"))
    assert (added.status_code, 'name="points-1"' in added.text) == (200, True)
    two = typed(question, **{"points-1": "Deuxième ?", "do": "remove-0"})
    removed = desk.post(url(question), two).text
    assert "Deuxième ?" in removed
    assert 'name="points-1"' not in removed
    suggested = desk.post(url(question), typed(question, do="suggest")).text
    assert 'name="points-1"' in suggested
    written = re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", suggested)[1]
    assert "insuline" in written
    assert "Zawadi" not in written
    assert "0470" not in written
    assert points(scene, question) == []


def test_a_save_from_an_older_page_shows_both_texts_and_may_be_saved_over(desk, scene, officer) -> None:
    question = make(scene)
    desk.post(url(question), typed(question, **{"points-0": "Leur texte ?"}))
    answer = desk.post(url(question), typed(question, **{"points-0": "Mon texte ?", "place": "Matadi"}))
    assert answer.status_code == 409
    assert "Q1: Leur texte ?" in answer.text
    assert "Q1: Mon texte ?" in answer.text
    assert points(scene, question) == ["Leur texte ?"]
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)[1]
    again = desk.post(url(question), typed(question, **{"points-0": "Mon texte ?", "version": version}))
    assert again.status_code == 303
    assert points(scene, question) == ["Mon texte ?"]


@pytest.mark.parametrize("do", ["save", "triage", "revise"])
def test_a_late_click_on_a_question_that_is_over_is_a_conflict_with_the_text_kept(desk, scene, officer, do) -> None:
    question = make(scene, state="withdrawn", closed_at=clock.now())
    answer = desk.post(url(question), typed(question, do=do))
    assert answer.status_code == 409
    assert POINT in answer.text


def test_a_tampered_version_is_a_conflict(desk, scene, officer) -> None:
    question = make(scene)
    assert desk.post(url(question), typed(question, version="<1>")).status_code == 409


def test_a_triaged_text_may_be_changed_and_is_tested_again(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    assert desk.post(url(question), typed(question, do="revise", **{"points-0": TELLING})).status_code == 422
    assert desk.post(url(question), typed(question, do="revise", **{"points-0": "Et à Matadi ?"})).status_code == 303
    assert points(scene, question) == ["Et à Matadi ?"]


def test_a_form_without_its_token_changes_nothing(desk, scene, officer) -> None:
    question = make(scene)
    assert desk.client.post(url(question), data=typed(question)).status_code == 400
    assert points(scene, question) == []


# --- the moves beside it


def test_the_buttons_are_what_the_lifecycle_offers(desk, scene, officer) -> None:
    shown = {
        state: set(
            re.findall(
                r"/(assign|answer|clarify|decline|close|reopen)\"",
                desk.get(url(make(scene, state=state, closed_at=clock.now()))).text,
            )
        )
        for state in ("received", "clarification_asked", "triaged", "answered", "closed", "withdrawn")
    }
    assert shown == {
        "received": {"clarify", "decline"},
        "clarification_asked": {"decline"},
        "triaged": {"assign", "answer", "clarify", "decline"},
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


@pytest.mark.parametrize("move", ["clarify", "decline", "close", "reopen", "contact"])
def test_an_editor_makes_no_move(desk, scene, move) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    question = make(scene, state="triaged")
    assert desk.post(url(question, move), {"version": question.version}).status_code == 403


def test_a_stranger_is_shown_the_door(desk, scene) -> None:
    question = make(scene)
    answer = desk.get(url(question))
    assert (answer.status_code, "/login" in answer.location) == (303, True)
