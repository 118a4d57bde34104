"""A recheck that was drafted is completed and offered: it has no question, and a published text behind it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import NOW, make_assignment, make_partner, make_staff
from workflows.assignments.desk import offer_drafted
from workflows.assignments.models import Assignment
from workflows.assignments.terms import OfferDraft
from workflows.core.errors import Incomplete

GOOD = OfferDraft(
    language="fr",
    points=("L’insuline 30/70 est-elle vendue à Kinshasa ?", "À quel prix ?"),
    terms="Trois pharmacies au moins.",
    effort="1 jour",
    respond_by=date(2026, 3, 13),
    submit_by=date(2026, 3, 27),
)


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def partner(scene, officer):
    row = make_partner(scene, "COD")
    scene.commit()
    return row


def stored(scene, assignment) -> Assignment:
    scene.expire_all()
    return scene.get(Assignment, assignment.id)


def test_a_recheck_is_offered_without_a_question(at_desk, scene, officer, partner) -> None:
    draft = make_assignment(scene, partner, state="drafted", kind="recheck", partner_id=None)
    scene.commit()
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        offer_drafted(session, officer, draft.id, replace(GOOD, points=("Tél. 0470 12 34 56 ?",)), NOW, draft.version)
    assert set(refused.value.problems) == {"points-0"}
    with at_desk() as session:
        offer_drafted(session, officer, draft.id, GOOD, NOW, draft.version)
    assert stored(scene, draft).state == "offered"


def test_a_recheck_says_no_more_of_anybody_than_what_was_published(at_desk, scene, officer, partner) -> None:
    plain, rare = "Is there care for epilepsy?", "Is there care for a mother of five with epilepsy?"
    drafts = [
        make_assignment(scene, partner, None, (words,), state="drafted", kind="recheck", partner_id=None, place="Boma")
        for words in (plain, rare)
    ]
    scene.commit()
    added = replace(GOOD, points=(rare,))
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        offer_drafted(session, officer, drafts[0].id, added, NOW, drafts[0].version)
    assert set(refused.value.problems) == {"rare"}
    with at_desk() as session:
        offer_drafted(session, officer, drafts[1].id, added, NOW, drafts[1].version)
