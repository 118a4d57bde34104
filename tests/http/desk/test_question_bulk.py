"""Several questions at once, from the queue: taken, given, put under a topic, or led to the page that merges them."""

import html
import re

import pytest

from tests.factories import make_staff
from tests.http.desk.triaging import POINT, kinds, make, stored
from workflows.core.actors import Role

BACK = "view=open&q=late%3Ayes"


def marks(*questions) -> list[str]:
    return [f"{question.id}~{question.version}" for question in questions]


def test_chosen_questions_are_taken_together_and_the_queue_stays_as_it_was(desk, scene, officer) -> None:
    first, second, third = make(scene), make(scene), make(scene)
    page = html.unescape(desk.get(f"/desk/questions?{BACK.replace('late', 'urgent').replace('yes', 'no')}").text)
    assert 'name="back" value="view=open&q=urgent%3Ano"' in page or 'name="back" value="view=open&q=urgent:no"' in page
    assert set(re.findall(r'name="chosen" value="([^"]+)"', page)) == set(marks(first, second, third))
    sent = {"do": "take", "back": BACK, "chosen": [*marks(first, second), "nonsense", "1~x"]}
    answer = desk.post("/desk/questions/chosen", sent)
    assert (answer.status_code, answer.location) == (303, f"/desk/questions?{BACK}")
    assert [stored(scene, row).officer_id for row in (first, second, third)] == [officer.id, officer.id, None]
    assert "2 questions are now yours." in desk.get(answer.location).text


def test_nothing_chosen_is_said(desk, scene, officer) -> None:
    for do in ("take", "assign", "topic", "same"):
        answer = desk.post("/desk/questions/chosen", {"do": do})
        assert (answer.status_code, answer.location) == (303, "/desk/questions")
        assert "Choose a question first." in desk.get("/desk/questions").text


@pytest.mark.parametrize(
    ("do", "path", "field", "chosen"),
    [("assign", "/desk/questions/assign", "officer", None), ("topic", "/desk/questions/topic", "topic", "HOU-rent")],
)
def test_what_needs_more_is_asked_on_a_page_of_its_own(desk, scene, officer, do, path, field, chosen) -> None:
    first, second = make(scene, points=(POINT,)), make(scene, topics=[])
    colleague = make_staff(scene, name="Inge Vermeer")
    scene.commit()
    onward = desk.post("/desk/questions/chosen", {"do": do, "back": BACK, "chosen": marks(first, second)})
    assert onward.status_code == 303
    page = desk.get(onward.location).text
    assert POINT in page
    assert set(re.findall(r'name="chosen" value="([^"]+)" checked', page)) == set(marks(first, second))
    sent = {"chosen": marks(first, second), "back": BACK}
    wrong = desk.post(path, sent)
    assert wrong.status_code == 422
    assert f'id="{field}-error"' in wrong.text
    assert set(re.findall(r'name="chosen" value="([^"]+)" checked', wrong.text)) == set(marks(first, second))
    answer = desk.post(path, sent | {field: chosen or colleague.id})
    assert (answer.status_code, answer.location) == (303, f"/desk/questions?{BACK}")
    row = stored(scene, second)
    assert row.officer_id == colleague.id if do == "assign" else row.topics == ["HOU-rent"]
    said = "2 questions are now with Inge Vermeer." if do == "assign" else "Topic set for 2 questions: Rent and prices."
    assert said in desk.get(answer.location).text


def test_a_late_choice_is_a_conflict_that_names_what_was_left(desk, scene, officer) -> None:
    free, moved, over = make(scene), make(scene, points=(POINT,)), make(scene, points=("Finie ?",), state="answered")
    sent = {"do": "take", "chosen": [*marks(free, over), f"{moved.id}~{moved.version - 1}"]}
    answer = desk.post("/desk/questions/chosen", sent)
    assert answer.status_code == 409
    for said in (
        POINT,
        "Somebody changed it after you opened the list.",
        "Finie ?",
        "It is answered or closed by now.",
    ):
        assert said in answer.text
    assert "1 question is now yours." in answer.text
    assert [stored(scene, row).officer_id for row in (free, moved, over)] == [officer.id, None, None]
    assert [kinds(scene, row) for row in (free, moved)] == [["question.take"], []]


def test_the_same_question_leads_to_the_page_that_merges(desk, scene, officer) -> None:
    first, second = make(scene, points=(POINT,)), make(scene, points=("La même ?",))
    onward = desk.post("/desk/questions/chosen", {"do": "same", "chosen": marks(first, second)})
    page = desk.get(onward.location)
    assert page.status_code == 200
    assert POINT in page.text
    assert "La même ?" in page.text


def test_the_way_back_never_leaves_the_queue(desk, scene, officer) -> None:
    for back in ("//evil.example", "https://evil.example/", "view=open\r\nX: y", "é"):
        answer = desk.post("/desk/questions/chosen", {"do": "take", "chosen": marks(make(scene)), "back": back})
        assert answer.location.startswith("/desk/questions")


@pytest.mark.parametrize("rows", [3, 50])
def test_choosing_asks_the_database_little_however_many_are_chosen(desk, scene, officer, rows) -> None:
    chosen = marks(*(make(scene, points=(POINT,)) for _ in range(rows)))
    for path, most in (("assign", 6), ("topic", 7)):
        with desk.statements() as seen:
            assert desk.get(f"/desk/questions/{path}", query_string={"chosen": chosen}).status_code == 200
        assert len(seen) <= most, seen


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_only_officers_work_on_several_questions(desk, scene, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    scene.commit()
    assert desk.post("/desk/questions/chosen", {"do": "take"}).status_code == 403
    assert desk.get("/desk/questions/assign").status_code == 403
