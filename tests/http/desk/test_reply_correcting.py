"""Correcting a reply that was sent, taking it back, and two people who do so at once."""

import pytest
from sqlalchemy import select

from tests.factories import make_question, make_staff
from tests.published import make_published
from workflows.core.actors import Role
from workflows.replies.models import Reply
from workflows.requests.models import Question

WORDS = "Voici ce que nous savons."
BETTER = "Voici ce que nous savons mieux."


@pytest.fixture
def officer(desk, scene):
    actor = make_staff(scene, Role.OFFICER)
    scene.commit()
    desk.sign_in(actor.id)
    return actor


@pytest.fixture
def question(desk, scene, officer):
    """Answered with words and one published text."""
    row = make_question(scene, state="triaged", points=("Quel loyer ?",), topics=["HEA-medicines"])
    ref = make_published(scene)
    scene.commit()
    desk.post(url(row), {"version": row.version, "text": WORDS, "refs": [ref], "do": "send"})
    scene.refresh(row)
    return row


def url(question, move: str = "") -> str:
    return f"/desk/questions/{question.id}/reply{move}"


def correction(question, **values) -> dict:
    return {"version": question.version, "text": BETTER, "do": "send"} | values


def test_the_page_after_sending_leads_to_both(desk, question) -> None:
    page = desk.get(url(question)).text
    assert f'href="{url(question, "/correct")}"' in page
    assert f'href="{url(question, "/take-back")}"' in page
    assert f'href="{url(question)}"' in desk.get(f"/desk/questions/{question.id}").text


def test_the_form_holds_what_was_sent_with_its_texts(desk, question) -> None:
    page = desk.get(url(question, "/correct")).text
    assert f"{WORDS}</textarea>" in page
    assert " checked>" in page
    assert "Send the correction" in page


def test_a_correction_is_sent_and_both_stay_on_the_record(desk, scene, question) -> None:
    assert desk.post(url(question, "/correct"), correction(question)).status_code == 303
    assert {one.text for one in scene.scalars(select(Reply))} == {WORDS, BETTER}
    for page in (desk.get(url(question)).text, desk.get(f"/desk/questions/{question.id}").text):
        assert WORDS in page
        assert BETTER in page
        assert "Corrected" in page


def test_a_preview_of_a_correction_sends_nothing(desk, scene, question) -> None:
    answer = desk.post(url(question, "/correct"), correction(question, do="preview"))
    assert answer.status_code == 200
    assert "Send the correction" in answer.text
    assert len(scene.scalars(select(Reply)).all()) == 1


def test_a_correction_that_says_the_same_keeps_what_was_typed(desk, question) -> None:
    answer = desk.post(url(question, "/correct"), correction(question, text=" "))
    assert answer.status_code == 422
    assert "Send the correction" in answer.text


def test_taking_back_is_asked_about_and_then_done(desk, scene, question) -> None:
    page = desk.get(url(question, "/take-back"))
    assert page.status_code == 200
    assert WORDS in page.text
    assert scene.scalars(select(Reply.stood_until)).all() == [None]
    assert desk.post(url(question, "/take-back"), {"version": question.version}).status_code == 303
    scene.refresh(question)
    assert question.state == "triaged"
    after = desk.get(url(question)).text
    assert desk.get(f"/desk/questions/{question.id}").status_code == 200
    assert "Reply taken back" in after
    assert "The requester waits for a new one." in after
    assert "Send the reply" in after


def test_the_second_of_two_sees_both_texts_and_may_still_correct(desk, scene, question) -> None:
    seen = question.version
    desk.post(url(question, "/correct"), correction(question))
    other = make_staff(scene, Role.EDITOR)
    scene.commit()
    desk.sign_in(other.id)
    late = desk.post(url(question, "/correct"), correction(question, version=seen, text="Autre chose."))
    assert late.status_code == 409
    assert BETTER in late.text
    assert "Autre chose." in late.text
    scene.refresh(question)
    assert f'name="version" value="{question.version}"' in late.text
    again = desk.post(url(question, "/correct"), correction(question, text="Autre chose."))
    assert again.status_code == 303


def test_a_first_reply_that_comes_second_can_be_sent_as_a_correction(desk, scene, question) -> None:
    other = make_staff(scene, Role.EDITOR)
    scene.commit()
    desk.sign_in(other.id)
    late = desk.post(url(question), correction(question, version=question.version - 1))
    assert late.status_code == 409
    assert WORDS in late.text
    assert BETTER in late.text
    assert "Send the correction" in late.text


def test_a_correction_that_comes_after_it_was_taken_back_can_be_sent_as_a_reply(desk, scene, question) -> None:
    seen = question.version
    desk.post(url(question, "/take-back"), {"version": seen})
    other = make_staff(scene, Role.EDITOR)
    scene.commit()
    desk.sign_in(other.id)
    late = desk.post(url(question, "/correct"), correction(question, version=seen))
    assert late.status_code == 409
    assert "The reply was taken back." in late.text
    assert BETTER in late.text
    assert "Send the reply" in late.text


def test_nothing_is_corrected_or_taken_back_where_nothing_was_sent(desk, scene, officer) -> None:
    row = make_question(scene, state="triaged")
    scene.commit()
    for move in ("/correct", "/take-back"):
        assert desk.get(url(row, move)).status_code == 409
        assert desk.post(url(row, move), correction(row)).status_code == 409
    assert scene.get(Question, row.id).state == "triaged"


def test_the_form_costs_the_same_at_3_and_at_300_texts(desk, scene, question) -> None:
    def cost() -> int:
        with desk.statements() as seen:
            assert desk.get(url(question, "/correct")).status_code == 200
        return len(seen)

    few = cost()
    for _ in range(300):
        make_published(scene)
    scene.commit()
    assert few == cost() <= 14
