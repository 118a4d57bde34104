"""What is published comes before a question is asked: once for its topic, once for its words, with how fresh it is."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from config import policy
from tests.http.public.walking import INSULIN, MEDICINES, as_a_person, go_on, shown, walk_to
from tests.published import make_published
from tests.requesters import LONG_ENOUGH
from webapp.public.ask_answers import LOOKED_AT
from webapp.public.ask_steps import Step
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.excerpts.tally import ReuseTally
from workflows.requests.models import Question, Request

YESTERDAY = clock.today() - timedelta(days=1)


def test_answers_to_country_and_topic_come_first_with_their_freshness_and_once(page, scene):
    make_published(scene)
    scene.commit()
    walk_to(page, Step.TOPIC)
    page.choose("questions-0-topic", MEDICINES)
    go_on(page)
    for words in ("We may have your answer already", "Insuline 30/70 à Kinshasa", "Current", "Read all of it"):
        assert words in page.text
    page.press("No, go on with my question")
    assert shown(page) == {"questions-0-text"}
    page.fill("questions-0-text", INSULIN)
    go_on(page)
    assert "We may have your answer already" not in page.text


def test_answers_to_the_words_come_before_the_next_page(page, scene):
    text = {"topics": ["HEA-chronic"], "language": "en", "title": "Insulin", "summary": "In pharmacies at a price."}
    make_published(scene, **text)
    scene.commit()
    walk_to(page, Step.QUESTION)
    page.fill("questions-0-text", INSULIN)
    go_on(page)
    assert text["summary"] in page.text
    page.press("Back")
    assert page._fields("questions-0-text")[0].value.strip() == INSULIN
    go_on(page)
    assert "Who is the question about?" in page.text


@pytest.mark.parametrize("values", [{"valid_until": YESTERDAY}, {"state": "on_hold"}, {"country": "RWA"}])
def test_what_cannot_be_relied_on_or_is_about_elsewhere_is_not_offered(page, scene, values):
    make_published(scene, **values)
    scene.commit()
    walk_to(page, Step.QUESTION)
    assert shown(page) == {"questions-0-text"}


def test_what_only_shares_the_town_is_not_offered(page, scene):
    make_published(scene, topics=["EDU-primary"], topic_group="EDU", title="École à Kinshasa", summary="Inscription.")
    scene.commit()
    walk_to(page, Step.DETAILS)
    assert "Who is the question about?" in page.text


def test_what_shares_one_word_and_the_town_is_not_offered(page, scene):
    text = {"topics": ["HEA-chronic"], "language": "en", "title": "Glasses", "summary": "Their price in Kinshasa."}
    make_published(scene, **text, body="Kinshasa has many shops.")
    scene.commit()
    walk_to(page, Step.QUESTION)
    page.fill("questions-0-text", "What is the price of giving birth at a hospital in Kinshasa?")
    go_on(page)
    assert text["summary"] not in page.text
    assert "Who is the question about?" in page.text


def test_much_about_other_things_does_not_hide_what_may_answer(page, scene):
    for _ in range(LOOKED_AT):
        make_published(scene, topics=["EDU-primary"], topic_group="EDU", language="en", title="Insulin, price, month",
                       summary="Insulin at school: the price in a month.")  # fmt: skip
    make_published(scene, topics=["HEA-chronic"], language="en", title="Insulin", summary="In pharmacies at a price.")
    scene.commit()
    walk_to(page, Step.QUESTION)
    page.fill("questions-0-text", INSULIN)
    go_on(page)
    assert "In pharmacies at a price." in page.text
    assert "Insulin at school" not in page.text


def test_this_answers_me_counts_the_text_files_nothing_and_ends_kindly(page, public, scene, monkeypatch):
    ref = make_published(scene)
    scene.commit()
    walk_to(page, Step.TOPIC)
    page.choose("questions-0-topic", MEDICINES)
    go_on(page)
    as_a_person(monkeypatch)
    page.press_name("ref", ref)
    assert "Report a problem with this text" in page.text
    assert "We are glad that you have your answer" in page.text
    assert scene.execute(select(ReuseTally.ref, ReuseTally.answered)).all() == [(ref, 1)]
    assert scene.scalar(select(Request)) is None


def answered_by_the_second(page, scene) -> str:
    """Two questions of which a text answers the second, and its page; the first one goes to a place without texts."""
    ref = make_published(scene, country="RWA")
    scene.commit()
    walk_to(page, Step.CHECK)
    page.press("Add another question")
    page.choose("questions-1-country", "RWA")
    go_on(page)
    page.choose("questions-1-topic", MEDICINES)
    go_on(page)
    assert "We may have your answer already" in page.text
    return ref


def test_a_text_that_answers_one_of_several_questions_takes_only_that_one_away(page, scene, monkeypatch):
    ref = answered_by_the_second(page, scene)
    as_a_person(monkeypatch)
    page.press_name("ref", ref)
    assert "Is everything right?" in page.text
    assert "We took question 2 away, since you found its answer." in page.text
    assert "<title>Error" not in page.seen[-1][1]
    assert INSULIN in page.text
    assert "Rwanda" not in page.text
    page.press_name("to", "question.0.change")
    assert "We took question 2 away" not in page.text
    go_on(page)
    page.choose("consent", "y")
    page.press("Send my question")
    assert "You need this code to come back." in page.text
    assert [(one.number, one.original) for one in scene.scalars(select(Question))] == [(1, INSULIN)]
    assert scene.execute(select(ReuseTally.ref, ReuseTally.answered)).all() == [(ref, 1)]


def test_a_text_that_answers_the_first_of_several_leaves_the_others(public, asking, scene):
    ref = make_published(scene)
    scene.commit()
    later = {"questions-1-text": "Is there a school?", "questions-2-country": "RWA", "questions-3-text": ""}
    page = public.post("/ar/ask/answered", asking(at="0.change", ref=ref, **later))
    assert page.status_code == 200
    assert page.text.count("Is there a school?") == 2
    assert LONG_ENOUGH not in page.text
    assert 'name="questions-1-country" value="RWA"' in page.text
    assert "questions-2-" not in page.text


def test_a_question_begun_and_left_empty_does_not_keep_an_answered_form_open(public, asking, scene):
    ref = make_published(scene)
    scene.commit()
    page = public.post("/en/ask/answered", asking(at="0.", ref=ref, **{"questions-1-text": ""})).text
    assert "We are glad that you have your answer" in page
    assert f"/en/report/{ref}" in page


def test_whoever_pressed_it_by_mistake_goes_back_to_all_that_was_typed(page, scene, monkeypatch):
    walk_to(page, Step.QUESTION)
    page.fill("questions-0-text", INSULIN)
    ref = make_published(scene, language="en", title="Insulin", summary="In pharmacies at a price.")
    scene.commit()
    go_on(page)
    as_a_person(monkeypatch)
    page.press_name("ref", ref)
    assert "We did not send your question." in page.text
    page.press("It does not answer me: back to my question")
    assert "What do you want to know?" in page.text
    assert re.search(rf"<textarea[^>]*>\s*{re.escape(INSULIN)}</textarea>", page.seen[-1][1])
    go_on(page)
    assert "In pharmacies at a price." not in page.text


def test_the_kind_end_leads_back_to_the_text_and_to_saying_that_it_is_wrong(public, scene):
    ref = make_published(scene, title="Insuline à Goma")
    scene.commit()
    page = public.get(f"/ar/ask/found?ref={ref}").text
    assert f'href="/ar/e/{ref}" lang="fr" dir="auto">Insuline à Goma</a>' in page
    assert f'href="/ar/report/{ref}"' in page


@pytest.mark.parametrize("said", ["", "?ref=", "?ref=COD-HEA-9999", "?ref=%00"])
def test_the_kind_end_leads_to_no_text_that_is_not_there(public, scene, said):
    page = public.get(f"/en/ask/found{said}")
    assert page.status_code == 200
    assert "We are glad that you have your answer" in page.text
    assert "/report/" not in page.text


def test_only_what_a_person_says_of_a_published_text_is_counted(public, scene):
    ref = make_published(scene)
    scene.commit()
    with public.app.app_context():
        ticket, another = (Ticket.issue(clock.now() - timedelta(minutes=1)).sign() for _ in range(2))
    for said in ({"ref": ref, "ticket": "forged"}, {"ref": "COD-HEA-9999", "ticket": another}, {}):
        assert "We are glad" in public.post("/en/ask/answered", said).text
    assert scene.scalar(select(ReuseTally)) is None
    public.post("/en/ask/answered", {"ref": ref, "ticket": ticket})
    assert scene.scalars(select(ReuseTally.answered)).all() == [1]


def test_a_form_that_is_sent_again_counts_once_and_another_one_counts_as_well(public, scene):
    ref, other = make_published(scene), make_published(scene)
    scene.commit()
    with public.app.app_context():
        first, second = (Ticket.issue(clock.now() - timedelta(minutes=1)).sign() for _ in range(2))
    for said in ((ref, first), (ref, first), (other, first), (ref, second)):
        answer = public.post("/en/ask/answered", dict(zip(("ref", "ticket"), said, strict=True)))
        assert f"/en/report/{said[0]}" in answer.text
    assert scene.execute(select(ReuseTally.ref, ReuseTally.answered)).all() == [(ref, 2)]


def test_the_pages_take_few_statements_however_much_is_published(public, asking, scene):
    counts = []
    for size in (3, 300):
        for _ in range(size):
            make_published(scene)
        scene.commit()
        for step in ("topic", "question", "check"):
            with public.statements() as statements:
                public.post(f"/en/ask/{step}", asking(at="0.", **{"questions-0-topic": MEDICINES}))
            counts.append((step, len(statements)))
    assert counts[:3] == counts[3:]
    assert max(number for _, number in counts) <= 4


def test_a_network_that_looks_very_often_goes_on_without_being_shown_or_counted(public, asking, scene):
    ref = make_published(scene)
    scene.commit()
    form = asking(at="0.", **{"questions-0-topic": MEDICINES})
    often = int(policy.SEARCHES_PER_NETWORK.split()[0])
    pages = [public.post("/en/ask/topic", form) for _ in range(often + 1)]
    assert {page.status_code for page in pages} == {200}
    assert "We may have your answer already" in pages[-2].text
    assert "What do you want to know?" in pages[-1].text
    assert LONG_ENOUGH in pages[-1].text
    assert public.post("/en/ask/answered", {"ref": ref, "ticket": form["ticket"]}).status_code == 200
    assert scene.scalar(select(ReuseTally)) is None
    assert public.post("/en/ask", asking()).status_code == 200
