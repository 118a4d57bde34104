"""Two partners side by side: one press, the same points, and nobody asks two of them without knowing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.factories import NOW, TODAY, make_assignment, make_partner, make_question, make_staff
from workflows.assignments.desk import offer_assignment
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.second_partner import ask_second
from workflows.assignments.terms import OfferDraft, usual_dates
from workflows.core.errors import DoneMeanwhile, Incomplete, OutOfTurn

POINTS = ("L’insuline 30/70 est-elle vendue à Kinshasa ?",)


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def question(scene, officer):
    return make_question(scene, state="triaged", points=POINTS)


@pytest.fixture
def first(scene, question):
    row = make_assignment(scene, make_partner(scene, "COD"), question, state="accepted", submit_by=TODAY)
    scene.commit()
    return row


def another(scene, *countries, **values):
    row = make_partner(scene, *(countries or ("COD",)), **values)
    scene.commit()
    return row


def asked(at_desk, officer, first, partner, others=1) -> Assignment:
    with at_desk() as session:
        return ask_second(session, officer, first.id, partner.id, NOW, others)


def test_a_second_partner_gets_the_same_points_and_terms_and_dates_of_its_own(at_desk, scene, officer, first) -> None:
    partner = another(scene)
    made = asked(at_desk, officer, first, partner)
    assert (made.state, made.partner_id, made.terms, made.effort) == ("offered", partner.id, first.terms, first.effort)
    assert (made.respond_by, made.submit_by) == usual_dates(partner, "normal", field_visit=False, now=NOW)
    texts = select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == made.id)
    assert tuple(scene.scalars(texts)) == POINTS
    assert (made.replaces_id, scene.get(Assignment, first.id).state) == (None, "accepted")


@pytest.mark.parametrize("values", [{"languages": ["pt"]}, {"away_until": TODAY}])
def test_it_is_refused_as_any_offer_is(at_desk, scene, officer, first, values) -> None:
    with pytest.raises(Incomplete):
        asked(at_desk, officer, first, another(scene, **values))


@pytest.mark.parametrize("state", ["drafted", "declined", "lapsed", "released", "revoked"])
def test_what_is_over_or_not_yet_offered_is_not_asked_of_a_second(at_desk, scene, officer, question, state) -> None:
    over = make_assignment(scene, make_partner(scene), question, state=state)
    with pytest.raises(OutOfTurn):
        asked(at_desk, officer, over, another(scene))


def test_a_partner_that_asked_to_wait_is_not_offered_anything_before_that_day(at_desk, scene, officer, first) -> None:
    partner = another(scene)
    make_assignment(scene, partner, state="declined", ask_again_after=TODAY.replace(day=TODAY.day + 3))
    scene.commit()
    with pytest.raises(Incomplete) as refused:
        asked(at_desk, officer, first, partner)
    assert set(refused.value.problems) == {"partner"}


def test_two_officers_offering_to_two_partners_at_once_make_one_offer(at_desk, scene, officer, question) -> None:
    partners = [another(scene) for _ in range(4)]

    def offer(partner) -> bool:
        respond_by, submit_by = usual_dates(partner, "normal", field_visit=False, now=NOW)
        draft = OfferDraft(language="fr", points=POINTS, respond_by=respond_by, submit_by=submit_by)
        try:
            with at_desk() as session:
                return bool(offer_assignment(session, officer, question.id, partner.id, draft, NOW, others=0))
        except DoneMeanwhile:
            return False

    with ThreadPoolExecutor(4) as officers:
        assert sorted(officers.map(offer, partners)) == [False, False, False, True]
    assert scene.scalar(select(func.count()).select_from(Assignment)) == 1


def test_two_officers_asking_a_second_partner_at_once_ask_one(at_desk, scene, officer, first) -> None:
    partners = [another(scene) for _ in range(3)]

    def ask(partner) -> bool:
        try:
            return bool(asked(at_desk, officer, first, partner))
        except DoneMeanwhile:
            return False

    with ThreadPoolExecutor(3) as officers:
        assert sorted(officers.map(ask, partners)) == [False, False, True]
    assert scene.scalar(select(func.count()).select_from(Assignment)) == 2
