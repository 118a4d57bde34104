"""A question that is answered from what was there already: nobody did research for it, and none is told."""

import pytest

from tests.factories import make_assignment
from tests.http.public.conftest import fresh, open_status
from tests.requesters import send_reply
from workflows.core.clock import now


def test_of_an_answer_that_was_there_already_no_research_is_told(public, scene):
    question = fresh(scene, state="answered")
    send_reply(scene, question)
    page = open_status(public, scene, question).text
    assert "We had the answer already" in page
    assert "A researcher in the country" not in page
    assert "We checked the answer" not in page


@pytest.mark.parametrize("researched", [False, True])
def test_a_text_that_no_researcher_read_is_not_called_theirs(public, scene, researched):
    question = fresh(scene, points=("Where is insulin sold?",), state="answered")
    send_reply(scene, question)
    if researched:
        make_assignment(scene, question=question, state="completed", accepted_at=now(), closed_at=now())
    page = open_status(public, scene, question).text
    said = [words in page for words in ("as we pass it on", "researcher does not know", "country has read it")]
    assert said == [researched, researched, not researched]


def test_the_neutral_text_is_not_called_what_the_researcher_reads_for_the_offer_may_say_it_otherwise(public, scene):
    question = fresh(scene, points=("Where is insulin sold?",), state="triaged")
    make_assignment(scene, question=question, state="accepted", accepted_at=now(), points=("Is there insulin?",))
    page = open_status(public, scene, question).text
    assert "Where is insulin sold?" in page
    assert "as the researcher sees it" not in page
    assert "A researcher may read it in other words." in page
