"""Asking several questions at once, each a page at a time."""

from sqlalchemy import select

from tests.http.public.walking import as_a_person, go_on, walk_to
from tests.requesters import LONG_ENOUGH
from webapp.public.ask_steps import Step
from workflows.requests.models import Question, Request


def test_another_question_is_added_on_the_last_page_up_to_five_and_taken_away_again(page, scene, monkeypatch):
    walk_to(page, Step.CHECK)
    for number in range(1, 5):
        page.press("Add another question")
        page.choose(f"questions-{number}-country", "RWA")
        go_on(page)
        go_on(page)
        page.fill(f"questions-{number}-text", f"{LONG_ENOUGH} Number {number}.")
        go_on(page)
        go_on(page)
        assert f"Number {number}." in page.text
    assert "Add another question" not in page.text
    assert "One code holds no more questions." in page.text
    page.press_name("remove", "1")
    assert "Remove this question? Its words are gone then." in page.text
    page.press_name("removed", "1")
    assert "Number 1." not in page.text
    page.choose("consent", "y")
    page.choose("publishing", "y")
    as_a_person(monkeypatch)
    assert "Yes, you may read my questions and look for answers" in page.text
    page.press("Send my questions")
    assert "We received your questions" in page.text
    assert [one.number for one in scene.scalars(select(Question).order_by(Question.number))] == [1, 2, 3, 4]
    assert scene.scalars(select(Request)).one().consent_version == "2026-2-helping"


def test_a_question_begun_and_left_alone_is_not_in_the_way(page):
    walk_to(page, Step.CHECK)
    page.press("Add another question")
    page.press("Back")
    assert "Question 2" not in page.text


def test_a_further_question_begins_with_the_country_of_the_one_before_which_can_be_changed(page):
    walk_to(page, Step.CHECK)
    page.press("Add another question")
    assert [field.value for field in page._fields("questions-1-country")] == ["COD"]
    assert [field.value for field in page._fields("questions-1-place")] == [""]
    page.choose("questions-1-country", "RWA")
    go_on(page)
    page.press("Back")
    page.press("Back")
    assert "Rwanda" in page.text
