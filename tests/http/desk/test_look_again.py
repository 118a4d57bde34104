"""A reply to look at again, at the desk: its view of the queue, what its page says and offers, and what that does."""

import re

import pytest
from sqlalchemy import select

from tests.factories import make_staff
from tests.http.desk.triaging import kinds, make, stored, url
from tests.requesters import publish, send_reply
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.replies.models import Recall, Reply, ReplyPin
from workflows.requests.models import Question

VIEW = "/desk/questions?view=again"
REF = "COD-HEA-0001"


def recalled(scene, words: str = "Deux pharmacies.", kind: str = "retracted", **values) -> Question:
    """An answered question, a text of whose reply was taken back since."""
    question = make(scene, **{"state": "triaged", "points": ("Où ?",), "topics": ["HEA-medicines"]} | values)
    reply = send_reply(scene, question, words)
    question.state = values.get("state", "answered")
    scene.flush()
    scene.add(ReplyPin(reply_id=reply.id, ref=REF, number=1, position=1))
    scene.add(Recall(reply_id=reply.id, question_id=question.id, ref=REF, kind=kind, at=now()))
    scene.commit()
    return question


@pytest.fixture
def text(scene) -> None:
    publish(scene, REF, state="retracted", notice="Wrong.", listed=False)
    scene.commit()


@pytest.fixture
def question(scene, text) -> Question:
    return recalled(scene)


def counts(page: str) -> list[str]:
    return re.findall(r'<span class="num faint nowrap">(\d+)</span></a></li>', page)


def test_the_queue_has_a_view_of_such_replies_with_its_count_and_no_other_view_holds_them(
    desk, scene, officer, text
) -> None:
    make(scene, points=("Nouvelle ?",))
    question = recalled(scene, points=("Rappelée ?",))
    recalled(scene, points=("Fermée ?",), state="closed", closed_at=now())
    shown = {
        view: set(re.findall(r">(\w+)\s\?</a>", desk.get(f"/desk/questions?view={view}").text))
        for view in ("new", "late", "mine", "open", "again")
    }
    assert shown["again"] == {"Rappelée", "Fermée"}
    assert not (shown["new"] | shown["late"] | shown["mine"] | shown["open"]) & shown["again"]
    page = desk.get(VIEW).text
    assert counts(page) == ["1", "0", "0", "0", "0", "2", "0", "1"]
    assert page.count("Reply to look at again") == 3  # the view, and the state of both
    assert "d late" not in page
    scene.scalars(select(Reply).where(Reply.question_id == question.id)).one().stood_until = now()
    scene.commit()
    assert counts(desk.get(VIEW).text)[5] == "1"


@pytest.mark.parametrize("rows", [3, 300])
def test_the_view_asks_the_database_little_however_long_it_is(desk, scene, officer, text, rows) -> None:
    for _number in range(rows):
        recalled(scene)
    with desk.statements() as seen:
        desk.get(VIEW)
    assert len(seen) == 5, seen


def test_its_page_says_who_acts_and_offers_what_can_be_done(desk, officer, question) -> None:
    for page in (desk.get(url(question)).text, desk.get(url(question, "reply")).text):
        assert "Reply to look at again" in page
        for way in ("reply/correct", "reply/take-back"):
            assert f'href="{url(question, way)}"' in page
        assert f'action="{url(question, "reply", "holds")}"' in page
    page = desk.get(url(question)).text
    assert "The helpdesk: look at the reply again" in page
    assert "Nobody: it closes by itself" not in page


def test_an_editor_finds_the_same_on_its_page(desk, scene, question) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    scene.commit()
    page = desk.get(url(question)).text
    assert "The helpdesk: look at the reply again" in page
    assert f'action="{url(question, "reply", "holds")}"' in page


def test_one_press_says_that_the_answer_holds(desk, scene, officer, question) -> None:
    sent = {"version": question.version, "recalled": 1}
    answer = desk.post(url(question, "reply", "holds"), sent)
    assert (answer.status_code, answer.location) == (303, url(question))
    page = desk.get(url(question)).text
    assert "Noted. Whoever asked reads that the answer still holds." in page
    assert "Still holds" in page
    assert "Nobody: it closes by itself" in page
    assert "The reply was looked at again: it still holds" in page
    assert "reply.hold_to" in kinds(scene, stored(scene, question))
    assert counts(desk.get(VIEW).text)[5] == "0"
    assert desk.post(url(question, "reply", "holds"), sent).status_code == 409


def test_of_a_reply_without_words_whose_texts_are_gone_nobody_can_say_that_it_holds(desk, scene, officer, text) -> None:
    question = recalled(scene, words="")
    page = desk.get(url(question)).text
    assert f'href="{url(question, "reply/correct")}"' in page
    assert "The answer still holds" not in page
    refused = desk.post(url(question, "reply", "holds"), {"version": question.version, "recalled": 1})
    assert refused.status_code == 409
    assert scene.scalars(select(Recall.settled_at)).all() == [None]


def test_whoever_asked_reads_that_it_holds_instead_of_the_warning(desk, public, officer, question) -> None:
    public.sign_in(question.request_id)
    assert "A page that this answer used was wrong. Do not rely on it." in public.get("/en/q/status").text
    desk.post(url(question, "reply", "holds"), {"version": question.version, "recalled": 1})
    page = public.get("/en/q/status").text
    assert "We looked at our answer again: it still holds." in page
    assert "Do not rely on it" not in page
    assert "ما زال صحيحًا" in public.get("/ar/q/status").text
