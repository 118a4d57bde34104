"""The queue of answers at the desk: what comes first, its views, its pages, and its rows on a phone."""

import re
from datetime import timedelta

import pytest

from tests.factories import make_staff
from tests.reviews import submitted
from workflows.core import clock
from workflows.core.actors import Role


@pytest.fixture
def at(desk, scene):
    made = submitted(scene, review_by=clock.today() + timedelta(days=3))
    desk.sign_in(made.editor.id)
    return made


def test_the_queue_shows_what_was_submitted_late_first(desk, scene, at) -> None:
    late = submitted(scene, review_by=clock.today() - timedelta(days=2))
    page = desk.get("/desk/reviews").text
    numbers = re.findall(r'class="mono nowrap">(T-\d+)', page)
    assert numbers == [late.assignment.reference, at.assignment.reference]
    assert "2 d late" in page


def test_of_one_due_day_the_urgent_ones_come_first_then_the_oldest(desk, scene, at) -> None:
    day = at.answer.review_by
    older = submitted(scene, review_by=day, submitted_at=at.answer.submitted_at - timedelta(hours=2))
    urgent, late = submitted(scene, review_by=day), submitted(scene, review_by=clock.today() - timedelta(days=1))
    urgent.assignment.urgency = "urgent"
    scene.commit()
    in_turn = [one.assignment.reference for one in (late, urgent, older, at)]
    assert re.findall(r'class="mono nowrap">(T-\d+)', desk.get("/desk/reviews").text) == in_turn
    beside = re.search(r'<nav class="qlist.*?</nav>', desk.get(f"/desk/reviews/{urgent.answer.id}").text, re.DOTALL)[0]
    assert re.findall(r"(T-\d+)", beside) == in_turn


def test_no_answer_is_shown_twice_or_missed_where_a_page_ends_between_the_urgent_ones(desk, scene, at) -> None:
    for number in range(103):
        one = submitted(scene, review_by=at.answer.review_by)
        one.assignment.urgency = "urgent" if number % 2 else "normal"
    scene.commit()
    address, numbers = "/desk/reviews", []
    while address:
        page = desk.get(address).text
        numbers += re.findall(r'class="mono nowrap">(T-\d+)', page)
        more = re.search(r'href="([^"]+after=[^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert len(numbers) == len(set(numbers)) == 104


def test_on_a_phone_each_figure_of_a_row_says_which_it_is(desk, at) -> None:
    row = re.search(r"<tbody>.*?</tr>", desk.get("/desk/reviews").text, re.DOTALL)[0]
    assert re.findall(r'<span class="told">(\w+)</span>', row) == ["Round", "Sent", "Due"]


def test_each_view_holds_its_own(desk, scene, at) -> None:
    returned, accepted = submitted(scene, state="returned"), submitted(scene, state="accepted")
    shown = {view: desk.get(f"/desk/reviews?view={view}").text for view in ("waiting", "returned", "decided")}
    for view, one in (("waiting", at), ("returned", returned), ("decided", accepted)):
        assert re.findall(r'class="mono nowrap">(T-\d+)', shown[view]) == [one.assignment.reference]
        assert re.findall(r'<span class="num faint nowrap">(\d+)</span></a></li>', shown[view]) == ["1", "1"]


def test_nonsense_in_the_address_is_ignored(desk, at) -> None:
    assert desk.get("/desk/reviews?view=all&after=yesterday").status_code == 200


def test_the_queue_goes_on_after_fifty(desk, scene, at) -> None:
    for _ in range(52):
        submitted(scene)
    first = desk.get("/desk/reviews").text
    more = re.search(r'href="([^"]+after=[^"]+)"', first)
    second = desk.get(more[1].replace("&amp;", "&")).text
    numbers = [re.findall(r'class="mono nowrap">(T-\d+)', page) for page in (first, second)]
    assert [len(one) for one in numbers] == [50, 3]
    assert not set(numbers[0]) & set(numbers[1])


def test_nothing_waiting_is_said(desk, scene) -> None:
    editor = make_staff(scene, Role.EDITOR)
    scene.commit()
    assert "Nothing waits here" in desk.sign_in(editor.id).get("/desk/reviews").text
