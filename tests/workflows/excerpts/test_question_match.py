"""Nothing is commissioned before somebody looked at what we have, and nobody looks twice at the same."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.excerpts import published
from tests.factories import NOW, TODAY, make_partner, make_question, make_staff
from tests.published import make_published
from workflows.assignments.desk import UNMATCHED, offer_assignment
from workflows.assignments.models import Assignment
from workflows.assignments.terms import OfferDraft, usual_dates
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.excerpts.matching import Asked, matching_excerpts
from workflows.excerpts.models import Excerpt
from workflows.excerpts.question_match import ask_recheck, match_page, revise_question, settle_match
from workflows.requests.desk_queries import draft_of
from workflows.requests.models import Question

POINT = "L’insuline est-elle vendue à Kinshasa ?"


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=(POINT,), matched=None)
    scene.commit()
    return row


def current(scene, **values) -> str:
    ref = make_published(scene, information_date=TODAY - timedelta(days=20), **values)
    scene.commit()
    return ref


def settled(at_desk, actor, question, version=None) -> Question:
    with at_desk() as session:
        return settle_match(session, actor, question.id, NOW, version or question.version)


def revised(at_desk, actor, question, **changes) -> Question:
    draft = replace(draft_of(question, (POINT,)), **changes)
    with at_desk() as session:
        return revise_question(session, actor, question.id, draft, "", NOW, question.version)


def offered(at_desk, scene, actor, question) -> Assignment:
    partner = make_partner(scene, "COD")
    scene.commit()
    respond_by, submit_by = usual_dates(partner, "normal", field_visit=False, now=NOW)
    draft = OfferDraft(language="fr", points=(POINT,), respond_by=respond_by, submit_by=submit_by)
    with at_desk() as session:
        return offer_assignment(session, actor, question.id, partner.id, draft, NOW)


def test_a_question_whose_match_nobody_saw_is_not_offered(at_desk, scene, officer, question) -> None:
    with pytest.raises(Incomplete) as refused:
        offered(at_desk, scene, officer, question)
    assert refused.value.problems == {"match": UNMATCHED}


def test_once_seen_it_is_offered_and_the_history_says_what_was_seen(at_desk, scene, officer, question) -> None:
    ref = current(scene)
    assert settled(at_desk, officer, question).matched == [ref]
    event = scene.scalars(select(Event).where(Event.question_id == question.id)).one()
    assert (event.kind, event.codes, event.actor_id) == ("question.match", {"refs": [ref]}, officer.id)
    assert offered(at_desk, scene, officer, question).state == "offered"


def test_what_changes_no_candidate_asks_nobody_to_look_again(at_desk, scene, officer, question) -> None:
    ref = current(scene)
    seen = settled(at_desk, officer, question)
    assert revised(at_desk, officer, seen, points=("L’insuline est-elle en vente à Kinshasa ?",)).matched == [ref]


def test_a_new_candidate_asks_to_look_again(at_desk, scene, officer, question) -> None:
    current(scene)
    seen = settled(at_desk, officer, question)
    current(scene, topic_group="HOU", topics=["HOU-rent"], title="Loyer à Kinshasa", summary="Le loyer.", body="Loyer.")
    changed = revised(at_desk, officer, seen, topics=("HOU-rent",), points=("Combien coûte un loyer à Kinshasa ?",))
    assert changed.matched is None


def test_another_urgency_is_no_other_question(at_desk, scene, officer, question) -> None:
    seen = settled(at_desk, officer, question)
    current(scene)
    assert revised(at_desk, officer, seen, urgency="urgent", urgency_reason="Part lundi.").matched == []


def test_a_text_changed_meanwhile_was_not_seen(at_desk, officer, question) -> None:
    with pytest.raises(EditConflict):
        settled(at_desk, officer, question, question.version + 1)


@pytest.mark.parametrize(("role", "refused"), [(Role.EDITOR, NotAllowed), (Role.MANAGER, NotFound)])
def test_only_officers_decide(at_desk, scene, question, role, refused) -> None:
    other = make_staff(scene, role)
    scene.commit()
    with pytest.raises(refused):
        settled(at_desk, other, question)


def test_nothing_is_decided_before_triage(at_desk, scene, officer) -> None:
    question = make_question(scene, points=(POINT,), matched=None)
    scene.commit()
    with pytest.raises(OutOfTurn):
        settled(at_desk, officer, question)


@pytest.mark.parametrize(
    ("place", "asked", "same"),
    [("Kinshasa : Lemba, Ngaba", "Kinshasa", True), ("Kinshasa\u00a0: Lemba, Ngaba", "Ngaba", True),
     ("Kinshasa", "lemba (Kinshasa)", True), ("Kinshasa, communes centrales", "KINSHASA", True),
     ("Kinshasa-Est", "Kinshasa", False), ("", "", False), ("Lubumbashi", "Kinshasa", False)],
)  # fmt: skip
def test_a_text_about_parts_of_the_town_is_about_the_same_place(desk_session, scene, place, asked, same) -> None:
    current(scene, place=place)
    found = matching_excerpts(
        desk_session,
        Asked(country="COD", topics=("HEA-medicines",), language="fr", points=(POINT,), place=asked),
        TODAY,
    )
    assert [one.same_place for one in found] == [same]


def test_the_questions_like_it_are_open_or_answered_of_late_and_of_its_country(at_desk, scene, officer, question):
    like = make_question(scene, state="received", points=("Vend-on de l’insuline à Kinshasa ?",))
    english = make_question(
        scene, state="answered", language="en", points=("Is insulin sold in Kinshasa?",), received_at=NOW
    )
    make_question(scene, state="closed", points=(POINT,), received_at=NOW - timedelta(days=400))
    make_question(scene, state="triaged", country="GIN", points=(POINT,))
    make_question(scene, state="triaged", topics=["HOU-rent"], place="Goma", points=("Combien coûte un loyer ?",))
    scene.commit()
    with at_desk() as session:
        page = match_page(session, officer, question, draft_of(question, (POINT,)), NOW)
    assert {one.id for one in page.similar} == {like.id, english.id}
    assert all(one.same_topic and one.same_place and "insuline" in one.words for one in page.similar)


def test_the_parts_of_a_question_are_not_offered_as_like_each_other(at_desk, scene, officer, question) -> None:
    parts = [make_question(scene, state="triaged", points=(POINT,), split_from_id=question.id) for _ in range(2)]
    like = make_question(scene, state="triaged", points=(POINT,))
    scene.commit()
    for one in (question, *parts):
        with at_desk() as session:
            page = match_page(session, officer, one, draft_of(one, (POINT,)), NOW)
        assert [other.id for other in page.similar] == [like.id]


def stale(scene, partner) -> Excerpt:
    excerpt = published(scene, now=NOW - timedelta(days=0))
    excerpt.partner_id, excerpt.valid_until = partner and partner.id, TODAY - timedelta(days=3)
    scene.commit()
    return excerpt


def test_a_stale_text_is_rechecked_with_the_partner_who_found_it(at_desk, scene, officer) -> None:
    partner = make_partner(scene, "COD")
    excerpt = stale(scene, partner)
    with at_desk() as session:
        draft = ask_recheck(session, officer, excerpt.ref, NOW)
    assert (draft.kind, draft.state, draft.proposed_partner_id) == ("recheck", "drafted", partner.id)
    assert (draft.excerpt_id, draft.created_by) == (excerpt.id, officer.id)
    with at_desk() as session, pytest.raises(OutOfTurn):
        ask_recheck(session, officer, excerpt.ref, NOW)


def test_without_a_partner_there_is_nobody_to_ask_again(at_desk, scene, officer) -> None:
    excerpt = stale(scene, None)
    with at_desk() as session, pytest.raises(OutOfTurn):
        ask_recheck(session, officer, excerpt.ref, NOW)
    with at_desk() as session, pytest.raises(NotFound):
        ask_recheck(session, officer, "COD-HEA-9999", NOW)


def test_a_text_said_to_be_in_another_language_is_looked_up_anew(at_desk, scene, officer, question) -> None:
    seen = settled(at_desk, officer, question)
    current(scene)
    assert revised(at_desk, officer, seen, language="nl").matched is None


def test_the_same_text_in_the_same_language_is_not(at_desk, scene, officer, question) -> None:
    seen = settled(at_desk, officer, question)
    current(scene)
    assert revised(at_desk, officer, seen, language="fr").matched == []
