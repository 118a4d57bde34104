"""An illness in a small place, where an officer let stand what points to somebody, waits for a second person."""

from dataclasses import replace

import pytest

from tests.factories import NOW, make_question
from tests.workflows.requests.test_second_reading import clear, offer, partner, second, stored, writer
from workflows.core.errors import Incomplete
from workflows.requests.desk import triage_question
from workflows.requests.neutral import NeutralDraft
from workflows.requests.second_reading import UNREAD

__all__ = ["partner", "second", "writer"]

SINTALY = NeutralDraft(
    country="COD", place="Kinshasa", topics=("HOU-rent",), points=("Y a-t-il de l’insuline au village de Sintaly ?",)
)
"""A village that the original names, and an illness: it may be told only with a reason."""


@pytest.mark.parametrize("bare", [False, True])
def test_a_village_and_an_illness_that_were_let_stand_wait_for_a_second_person(
    at_desk, scene, writer, second, partner, bare
):
    row = make_question(scene, original="Je viens du village de Sintaly.", topics=["HOU-rent"])
    scene.commit()
    points = ("Y a-t-il de l’insuline à Sintaly ?",) if bare else SINTALY.points
    with at_desk() as session:
        reason = "L’insuline n’est vendue que là."
        triage_question(session, writer, row.id, replace(SINTALY, points=points), reason, NOW, row.version)
    question = stored(scene, row)
    assert question.second_reading_owed is True
    with pytest.raises(Incomplete) as refused:
        offer(at_desk, writer, question, partner, points)
    assert refused.value.problems == {"rare": UNREAD}
    clear(at_desk, second, stored(scene, row))
    assert offer(at_desk, writer, question, partner, points).state == "offered"


def test_an_illness_in_a_small_place_that_nobody_had_to_let_stand_goes_to_a_partner(at_desk, scene, writer, partner):
    row = make_question(scene, topics=["HOU-rent"])
    scene.commit()
    draft = replace(SINTALY, place="Boma", points=("Y a-t-il de l’insuline à Boma ?",))
    with at_desk() as session:
        triage_question(session, writer, row.id, draft, "", NOW, row.version)
    assert stored(scene, row).second_reading_owed is False
    assert offer(at_desk, writer, row, partner, draft.points).state == "offered"
