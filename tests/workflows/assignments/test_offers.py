"""An officer commissions a question from a partner."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import NOW, TODAY, make_assignment, make_partner, make_question, make_staff
from workflows.assignments.desk import offer_assignment, offer_drafted, reassign, revoke_assignment
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.terms import OfferDraft, usual_dates
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder

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


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=GOOD.points)
    scene.commit()
    return row


def offered(at_desk, officer, question, partner, draft=GOOD) -> Assignment:
    with at_desk() as session:
        return offer_assignment(session, officer, question.id, partner.id, draft, NOW)


def refusal(at_desk, officer, question, partner, draft=GOOD) -> set[str]:
    with pytest.raises(Incomplete) as refused:
        offered(at_desk, officer, question, partner, draft)
    return set(refused.value.problems)


def stored(scene, assignment) -> Assignment:
    scene.expire_all()
    return scene.get(Assignment, assignment.id)


def texts(scene, assignment) -> list[str]:
    query = select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == assignment.id)
    return list(scene.scalars(query.order_by(AssignmentPoint.position)))


def test_an_offer_hands_a_copy_of_the_points_to_the_partner(at_desk, scene, officer, question, partner) -> None:
    made = stored(scene, offered(at_desk, officer, question, partner))
    assert (made.state, made.kind, made.partner_id) == ("offered", "question", partner.id)
    assert (made.country, made.place, made.topics) == ("COD", "Kinshasa", ["HEA-medicines"])
    assert (made.offered_at, made.respond_by, made.submit_by) == (NOW, GOOD.respond_by, GOOD.submit_by)
    assert made.created_by == officer.id
    assert texts(scene, made) == list(GOOD.points)


def test_an_offer_is_told_and_leaves_two_events(at_desk, scene, officer, question, partner) -> None:
    made = offered(at_desk, officer, question, partner)
    events = {event.kind: event for event in scene.scalars(select(Event))}
    assert set(events) == {"assignment.open", "assignment.offer"}
    assert {event.question_id for event in events.values()} == {question.id}
    assert events["assignment.offer"].object_id == made.id
    assert scene.scalars(select(Outbox.event_id)).all() == [events["assignment.offer"].id]


def test_an_offer_lapses_three_working_days_late_in_the_partners_morning(at_desk, officer, question, partner) -> None:
    made = offered(at_desk, officer, question, partner)
    assert made.lapse_at == datetime(2026, 3, 17, 8, 0, tzinfo=UTC)  # nine in Kinshasa, where Saturday is worked


def test_an_offer_climbs_its_ladder_in_the_partners_calendar(at_desk, scene, officer, question, partner) -> None:
    made = offered(at_desk, officer, question, partner)
    reminder = scene.scalars(select(Reminder)).one()
    assert (reminder.object_id, reminder.ladder, reminder.anchor) == (made.id, "assignment.offer", GOOD.respond_by)
    assert (reminder.country, reminder.timezone) == ("CD", "Africa/Kinshasa")


def test_numbers_follow_each_other(at_desk, scene, officer, question, partner) -> None:
    first = offered(at_desk, officer, question, partner)
    other = make_partner(scene, "COD")
    scene.commit()
    assert offered(at_desk, officer, question, other).number == first.number + 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"language": "nl"}, "language"),
        ({"points": ()}, "points-0"),
        ({"points": ("Prix ?", " ")}, "points-1"),
        ({"points": ("x" * 1001,)}, "points-0"),
        ({"terms": "x" * 4001}, "terms"),
        ({"effort": "x" * 501}, "effort"),
        ({"respond_by": None}, "respond_by"),
        ({"submit_by": None}, "submit_by"),
        ({"respond_by": TODAY - timedelta(days=1)}, "respond_by"),
        ({"submit_by": GOOD.respond_by - timedelta(days=1)}, "submit_by"),
        ({"submit_by": TODAY + timedelta(days=120)}, "submit_by"),
        ({"points": ("Béatrice Mabiala, tél. 0470 12 34 56 ?",)}, "points-0"),
        ({"terms": "Appelez Mme Béatrice Mabiala."}, "terms"),
        ({"effort": "Frais : tél. 0470 12 34 56"}, "effort"),
    ],
)
def test_a_wrong_offer_is_refused_beside_its_field(at_desk, scene, officer, question, partner, wrong, field) -> None:
    assert refusal(at_desk, officer, question, partner, replace(GOOD, **wrong)) == {field}
    assert scene.scalar(select(func.count()).select_from(Assignment)) == 0


def test_an_urgent_question_gets_five_working_days_at_most_without_a_field_visit(
    at_desk, scene, officer, partner
) -> None:
    urgent = make_question(scene, state="triaged", urgency="urgent", points=("Prix ?",))
    scene.commit()
    assert refusal(at_desk, officer, urgent, partner) == {"submit_by"}
    assert offered(at_desk, officer, urgent, partner, replace(GOOD, field_visit=True)).field_visit


@pytest.mark.parametrize(
    "values", [{"active": False}, {"away_until": TODAY}, {"away_until": TODAY + timedelta(days=9)}]
)
def test_a_partner_who_is_away_or_shut_is_refused(at_desk, scene, officer, question, values) -> None:
    partner = make_partner(scene, "COD", **values)
    scene.commit()
    assert refusal(at_desk, officer, question, partner) == {"partner"}


def test_a_partner_who_is_back_gets_offers(at_desk, scene, officer, question) -> None:
    partner = make_partner(scene, "COD", away_until=TODAY - timedelta(days=1))
    scene.commit()
    assert offered(at_desk, officer, question, partner).state == "offered"


def test_a_partner_of_another_country_is_asked_only_when_confirmed(at_desk, scene, officer, question) -> None:
    partner = make_partner(scene, "GIN")
    scene.commit()
    assert refusal(at_desk, officer, question, partner) == {"outside_country"}
    assert offered(at_desk, officer, question, partner, replace(GOOD, outside_country=True)).state == "offered"


def test_two_officers_at_the_same_moment_ask_a_partner_once(at_desk, scene, officer, question, partner) -> None:
    def ask(_number: int) -> bool:
        try:
            return bool(offered(at_desk, officer, question, partner))
        except Incomplete:
            return False

    with ThreadPoolExecutor(4) as officers:
        assert sorted(officers.map(ask, range(4))) == [False, False, False, True]
    assert scene.scalar(select(func.count()).select_from(Assignment)) == 1


def test_a_partner_is_not_asked_twice_at_once(at_desk, officer, question, partner) -> None:
    offered(at_desk, officer, question, partner)
    assert refusal(at_desk, officer, question, partner) == {"partner"}


@pytest.mark.parametrize("state", ["received", "clarification_asked", "answered", "closed"])
def test_only_a_triaged_question_is_offered(at_desk, scene, officer, partner, state) -> None:
    question = make_question(scene, state=state, points=("Prix ?",))
    scene.commit()
    with pytest.raises(OutOfTurn):
        offered(at_desk, officer, question, partner)


@pytest.mark.parametrize(("role", "refused"), [(Role.EDITOR, NotAllowed), (Role.MANAGER, NotFound)])
def test_only_officers_commission_research(at_desk, scene, question, partner, role, refused) -> None:
    other = make_staff(scene, role)
    scene.commit()
    with pytest.raises(refused):
        offered(at_desk, other, question, partner)


def test_words_that_were_let_stand_in_triage_may_go_on_and_no_others(at_desk, scene, officer, partner) -> None:
    question = make_question(
        scene,
        state="triaged",
        override="La rue est celle d’un hôpital public.",
        points=("Quel médecin travaille avenue Kasa-Vubu 12 ?",),
    )
    scene.commit()
    more = replace(GOOD, points=("Quel médecin travaille avenue Kasa-Vubu 12 ? Tél. 0470 12 34 56",))
    assert refusal(at_desk, officer, question, partner, more) == {"points-0"}
    as_triaged = replace(GOOD, points=("Quel médecin travaille avenue Kasa-Vubu 12 ?",))
    assert offered(at_desk, officer, question, partner, as_triaged).state == "offered"


def test_a_village_that_was_let_stand_may_be_told_in_the_language_of_the_partner(
    at_desk, scene, officer, partner
) -> None:
    stands = {"state": "triaged", "points": ("Is there a nurse in the village of Sintaly?",)}
    question = make_question(scene, **stands, override="The nurse is there and nowhere else.")
    unsaid = make_question(scene, **stands)
    scene.commit()
    french = replace(GOOD, points=("Y a-t-il une infirmière au village de Sintaly ? Comment va-t-on à Sintaly ?",))
    other = replace(GOOD, points=("Y a-t-il une infirmière au village de Mboka ?",))
    assert refusal(at_desk, officer, unsaid, partner, french) == {"points-0"}
    assert refusal(at_desk, officer, question, partner, other) == {"points-0"}
    assert offered(at_desk, officer, question, partner, french).state == "offered"


def test_a_draft_is_completed_and_offered_to_the_partner_it_was_drafted_for(
    at_desk, scene, officer, question, partner
) -> None:
    draft = make_assignment(
        scene, partner, question, ("",), state="drafted", partner_id=None, terms="", offered_at=None, respond_by=None
    )
    scene.commit()
    with at_desk() as session:
        offer_drafted(session, officer, draft.id, GOOD, NOW, draft.version)
    made = stored(scene, draft)
    assert (made.state, made.partner_id, made.terms) == ("offered", partner.id, GOOD.terms)
    assert texts(scene, made) == list(GOOD.points)
    assert scene.scalars(select(Reminder.ladder)).all() == ["assignment.offer"]


def test_what_is_no_draft_is_not_offered_again(at_desk, scene, officer, question, partner) -> None:
    row = make_assignment(scene, partner, question)
    scene.commit()
    with pytest.raises(OutOfTurn), at_desk() as session:
        offer_drafted(session, officer, row.id, GOOD, NOW, row.version)
    with pytest.raises(EditConflict), at_desk() as session:
        offer_drafted(session, officer, row.id, GOOD, NOW, row.version - 1)


def test_revoking_ends_an_assignment_and_its_reminders(at_desk, scene, officer, question, partner) -> None:
    made = offered(at_desk, officer, question, partner)
    with at_desk() as session:
        revoke_assignment(session, officer, made.id, NOW, made.version)
    assert (stored(scene, made).state, stored(scene, made).closed_at) == ("revoked", NOW)
    assert scene.scalars(select(Reminder)).all() == []
    assert "assignment.revoke" in scene.scalars(select(Event.kind)).all()


def test_what_is_over_is_not_revoked(at_desk, scene, officer, question, partner) -> None:
    row = make_assignment(scene, partner, question, state="completed")
    scene.commit()
    with pytest.raises(OutOfTurn), at_desk() as session:
        revoke_assignment(session, officer, row.id, NOW, row.version)


@pytest.mark.parametrize("state", ["offered", "accepted", "declined", "lapsed", "released", "revoked"])
def test_reassigning_names_the_one_it_replaces(at_desk, scene, officer, question, partner, state) -> None:
    old, other = make_assignment(scene, partner, question, state=state), make_partner(scene, "COD")
    scene.commit()
    with at_desk() as session:
        new = reassign(session, officer, old.id, other.id, GOOD, NOW, old.version)
    assert (new.state, new.replaces_id, new.partner_id) == ("offered", old.id, other.id)
    assert stored(scene, old).state == ("revoked" if state in {"offered", "accepted"} else state)


def test_a_completed_assignment_or_a_recheck_is_not_reassigned(at_desk, scene, officer, question, partner) -> None:
    done = make_assignment(scene, partner, question, state="completed")
    recheck = make_assignment(scene, partner, kind="recheck")
    scene.commit()
    for old in (done, recheck):
        with pytest.raises(OutOfTurn), at_desk() as session:
            reassign(session, officer, old.id, partner.id, GOOD, NOW, old.version)


def test_a_reassignment_that_is_refused_leaves_the_old_one_alone(at_desk, scene, officer, question, partner) -> None:
    old, away = make_assignment(scene, partner, question), make_partner(scene, "COD", away_until=TODAY)
    scene.commit()
    with pytest.raises(Incomplete), at_desk() as session:
        reassign(session, officer, old.id, away.id, GOOD, NOW, old.version)
    assert stored(scene, old).state == "offered"


@pytest.mark.parametrize(
    ("urgency", "field_visit", "dates"),
    [
        ("normal", False, (date(2026, 3, 13), date(2026, 3, 25))),
        ("urgent", False, (date(2026, 3, 11), date(2026, 3, 14))),
        ("normal", True, (date(2026, 3, 13), date(2026, 4, 7))),
    ],
)
def test_the_usual_dates_count_the_partners_working_days(scene, partner, urgency, field_visit, dates) -> None:
    assert usual_dates(partner, urgency, field_visit=field_visit, now=NOW) == dates
