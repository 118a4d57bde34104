"""The last page before a question is sent: what was typed, what may point to a person, and where it stands."""

import pytest
from lxml import html

from tests.http.public.walking import INSULIN, as_a_person, go_on, walk_to
from tests.journey.reader import Stuck
from webapp.public.ask_steps import Step


def test_the_last_page_names_what_may_point_to_a_person_and_lets_it_be_sent(page, scene, monkeypatch):
    walk_to(page, Step.QUESTION)
    page.fill("questions-0-text", f"{INSULIN} For Marie Dupont, 0470 12 34 56, marie@example.org. She is ill in Goma.")
    for _ in range(3):
        go_on(page)
    shown_words = page._tree.xpath("//div[@class='note']//bdi/text()")
    assert shown_words == ["Marie Dupont", "0470 12 34 56", "marie@example.org"]
    assert "The helpdesk takes it out before anybody else reads your question." in page.text
    page.choose("consent", "y")
    as_a_person(monkeypatch)
    page.press("Send my question")
    assert "You need this code to come back." in page.text


def test_the_last_page_names_a_person_or_a_street_in_the_field_of_the_town_as_well(page):
    walk_to(page, Step.QUESTION)
    page.press("Back")
    page.press("Back")
    page.fill("questions-0-place", "12 rue Lumumba, Marie Dupont, 0470 12 34 56")
    for _ in range(2):
        go_on(page)
    page.fill("questions-0-text", f"{INSULIN} It is for Marie Dupont.")
    for _ in range(3):
        go_on(page)
    shown_words = page._tree.xpath("//div[@class='note']//bdi/text()")
    assert shown_words == ["12 rue Lumumba", "Marie Dupont", "0470 12 34 56"]


def test_the_last_page_says_nothing_of_people_where_there_is_nothing(page):
    walk_to(page, Step.CHECK)
    assert "This may point to a person" not in page.text


def test_the_last_page_still_says_where_it_stands_when_something_on_it_is_missing(page, monkeypatch):
    walk_to(page, Step.CHECK)
    as_a_person(monkeypatch)
    with pytest.raises(Stuck, match=r"(?s)422 .*Step 7 of 7"):
        page.press("Send my question")


@pytest.mark.parametrize(("lang", "first"), [("en", "Change: Question 1, Country"), ("ar", "تغيير: السؤال 1، البلد")])
def test_what_changes_one_of_several_questions_says_which(public, asking, page, lang, first):
    walk_to(page, Step.CHECK, lang=lang)
    names = [button.text_content() for button in page._tree.xpath("//button[@name='to']")]
    assert len(names) == len(set(names))
    answer = public.post(f"/{lang}/ask/check", asking(to="check.0.", **{"questions-1-text": "Is there a school?"}))
    names = [one.text_content() for one in html.fromstring(answer.text).xpath("//button[@name='to']")]
    assert first in names
    assert len(names) == len(set(names))
