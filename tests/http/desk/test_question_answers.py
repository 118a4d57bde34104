"""Answering a question from what is published already."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import make_question, make_staff
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedExcerpt
from workflows.replies.models import Reply, ReplyPin
from workflows.requests.models import Question

WORDS = "Voici ce que nous savons."


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=("L’insuline ?",), topics=["HEA-medicines"])
    scene.commit()
    return row


def publish(scene, ref, age=10, **values) -> None:
    """A text whose information is so many days old, and that is valid for 100."""
    day = clock.now().date() - timedelta(days=age)
    given = {
        "ref": ref, "number": 3, "state": "published", "notice": "", "listed": True, "country": "COD",
        "search": func.to_tsvector("simple", ref), "topic_group": "HEA", "topics": ["HEA-medicines"], "facets": [],
        "language": "fr", "place": "", "title": f"Titre {ref}", "summary": "", "body": "", "unknown": "",
        "confidence": "sure", "sources": [], "information_date": day, "valid_until": day + timedelta(days=100),
        "check_soon_from": day + timedelta(days=80), "expires_on": day + timedelta(days=190), "published_on": day,
    }  # fmt: skip
    scene.add(PublishedExcerpt(**(given | values)))
    scene.commit()


def url(question) -> str:
    return f"/desk/questions/{question.id}/answer"


def shown(page) -> list[str]:
    return re.findall(r">Titre ([\w-]+)</b>", page)


def test_matching_texts_are_shown_the_reliable_ones_first_and_in_the_language(desk, scene, question) -> None:
    publish(scene, "STALE", age=150)
    publish(scene, "DUTCH", language="nl")
    publish(scene, "SOON", age=90)
    publish(scene, "FRESH")
    publish(scene, "EXPIRED", age=300)
    publish(scene, "HELD", state="on_hold")
    publish(scene, "UNLISTED", listed=False)
    publish(scene, "ELSEWHERE", country="GIN")
    publish(scene, "OTHER", topics=["HOU-rent"])
    page = desk.get(url(question)).text
    assert shown(page) == ["FRESH", "SOON", "DUTCH", "STALE"]
    assert set(re.findall(r'name="refs" value="(\w+)"', page)) == {"FRESH", "SOON", "DUTCH"}


def test_a_reply_pins_what_was_chosen(desk, scene, question) -> None:
    publish(scene, "FRESH")
    answer = desk.post(url(question), {"version": question.version, "refs": ["FRESH"], "text": WORDS})
    assert answer.status_code == 303
    reply = scene.scalars(select(Reply)).one()
    assert (reply.text, reply.from_database, reply.author_id is not None) == (WORDS, True, True)
    assert [(pin.ref, pin.number) for pin in scene.scalars(select(ReplyPin))] == [("FRESH", 3)]
    scene.expire_all()
    assert scene.get(Question, question.id).state == "answered"
    page = desk.get(f"/desk/questions/{question.id}").text
    assert WORDS in page
    assert "FRESH v3" in page


@pytest.mark.parametrize("refs", [[], ["STALE"], ["UNKNOWN"], ["\x00"]])
def test_nothing_stale_unknown_or_unchosen_is_sent_and_the_words_stay(desk, scene, question, refs) -> None:
    publish(scene, "FRESH")
    publish(scene, "STALE", age=150)
    answer = desk.post(url(question), {"version": question.version, "refs": refs, "text": WORDS})
    assert (answer.status_code, WORDS in answer.text, "Error:" in answer.text) == (422, True, True)
    assert scene.scalars(select(Reply)).all() == []


def test_a_late_reply_is_a_conflict_with_the_words_to_copy(desk, scene, question) -> None:
    publish(scene, "FRESH")
    answer = desk.post(url(question), {"version": question.version - 1, "refs": ["FRESH"], "text": WORDS})
    assert (answer.status_code, WORDS in answer.text) == (409, True)


def test_an_empty_shelf_says_what_to_do(desk, question) -> None:
    assert "Offer the question to a partner." in desk.get(url(question)).text


def test_the_queue_says_what_we_may_have(desk, scene, question) -> None:
    publish(scene, "STALE", age=150)
    publish(scene, "SOON", age=90)
    page = desk.get("/desk/questions?view=open").text
    assert "2 texts" in page
    assert "d-soon" in page


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_asks_the_database_little(desk, scene, question, rows) -> None:
    for number in range(rows):
        publish(scene, f"R{number}")
    with desk.statements() as seen:
        desk.get(url(question))
    assert len(seen) == 6


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER])
def test_only_officers_answer_here(desk, scene, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    question = make_question(scene, state="triaged")
    scene.commit()
    assert desk.get(url(question)).status_code == 403
