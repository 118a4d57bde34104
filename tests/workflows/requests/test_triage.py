"""An officer writes the neutral text of a question and lets it leave the desk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, make_question, make_request, make_staff
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.sealed import Keyring, holding
from workflows.requests.desk import revise_question, save_draft, take_question, triage_question
from workflows.requests.models import Point, Question
from workflows.requests.neutral import NeutralDraft

GOOD = NeutralDraft(
    country="COD",
    place="Kinshasa",
    topics=("HEA-medicines", "HEA-treatments"),
    facets=("serious-illness",),
    points=("L’insuline 30/70 est-elle vendue à Kinshasa ?", "À quel prix ?"),
)
WHY = "La rue est celle d’un hôpital public, connue de tous."


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def question(scene, officer):
    row = make_question(scene)
    scene.commit()
    return row


def stored(scene, question) -> Question:
    scene.expire_all()
    return scene.get(Question, question.id)


def points(scene, question) -> list[tuple[str, str]]:
    query = select(Point.code, Point.text).where(Point.question_id == question.id).order_by(Point.position)
    return [(row.code, row.text) for row in scene.execute(query)]


def test_triage_keeps_the_neutral_text_in_coded_points(at_desk, scene, officer, question) -> None:
    with at_desk() as session:
        triage_question(session, officer, question.id, GOOD, "", NOW, question.version)
    row = stored(scene, question)
    assert (row.state, row.country, row.place, row.topics) == ("triaged", "COD", "Kinshasa", list(GOOD.topics))
    assert row.facets == ["serious-illness"]
    assert row.override is None
    assert points(scene, question) == [("Q1", GOOD.points[0]), ("Q2", "À quel prix ?")]
    event = scene.scalars(select(Event)).one()
    assert (event.kind, event.from_state, event.to_state) == ("question.triage", "received", "triaged")
    assert event.codes == {"overridden": False}
    assert scene.scalars(select(Outbox)).all() == []


@pytest.mark.parametrize(
    ("without", "field"),
    [
        ({"country": None}, "country"),
        ({"topics": ()}, "topics"),
        ({"points": ()}, "points-0"),
        ({"points": ("", " ")}, "points-0"),
    ],
)
def test_triage_needs_a_country_a_topic_and_a_point(at_desk, officer, question, without, field) -> None:
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, question.id, replace(GOOD, **without), "", NOW, question.version)
    assert set(refused.value.problems) == {field}


def test_urgent_needs_a_reason(at_desk, scene, officer, question) -> None:
    urgent = replace(GOOD, urgency="urgent")
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, question.id, urgent, "", NOW, question.version)
    assert set(refused.value.problems) == {"urgency_reason"}
    with at_desk() as session:
        told = replace(urgent, urgency_reason="Départ dans deux semaines.")
        triage_question(session, officer, question.id, told, "", NOW, question.version)
    assert stored(scene, question).urgency_reason == "Départ dans deux semaines."
    assert b"semaines" not in stored(scene, question).urgency_reason_sealed


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"country": "ZZZ"}, "country"),
        ({"topics": ("HEA",)}, "topics"),
        ({"topics": ("HEA-nothing",)}, "topics"),
        ({"facets": ("nothing",)}, "facets"),
        ({"place": "x" * 121}, "place"),
        ({"urgency": "soonish"}, "urgency"),
        ({"urgency_reason": "x" * 501}, "urgency_reason"),
        ({"points": ("x" * 1001,)}, "points-0"),
        ({"points": ("À quel prix ?",) * 13}, "points-0"),
    ],
)
@pytest.mark.parametrize("command", [save_draft, lambda s, a, q, d, now, v: triage_question(s, a, q, d, "", now, v)])
def test_what_cannot_be_kept_is_refused_beside_its_field(at_desk, officer, question, wrong, field, command) -> None:
    draft = replace(GOOD, **wrong)
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        command(session, officer, question.id, draft, NOW, question.version)
    assert set(refused.value.problems) == {field}


def test_personal_details_keep_a_question_at_the_desk(at_desk, scene, officer, question) -> None:
    telling = replace(
        GOOD, points=("Mme Béatrice Mabiala, tél. 0470 12 34 56, trouve-t-elle de l’insuline ?", "Prix ?")
    )
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, question.id, telling, "", NOW, question.version)
    assert set(refused.value.problems) == {"points-0"}
    assert stored(scene, question).state == "received"
    assert points(scene, question) == []


def test_a_name_of_the_original_is_found_in_the_neutral_text_as_well(at_desk, scene, officer) -> None:
    row = make_question(scene, original="Je m’appelle Zawadi Bahati et je voudrais ouvrir une boulangerie à Goma.")
    scene.commit()
    draft = replace(GOOD, points=("Une boulangerie comme celle de Zawadi à Goma",))
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, row.id, draft, "", NOW, row.version)
    assert set(refused.value.problems) == {"points-0"}


def test_everything_that_is_wrong_is_said_at_once(at_desk, officer, question) -> None:
    draft = NeutralDraft(country=None, points=("Tél. 0470 12 34 56 ?",))
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, question.id, draft, "", NOW, question.version)
    assert set(refused.value.problems) == {"country", "topics", "points-0"}


def test_the_place_is_searched_too(at_desk, officer, question) -> None:
    draft = replace(GOOD, place="avenue Kasa-Vubu 12, Kinshasa")
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, question.id, draft, "", NOW, question.version)
    assert set(refused.value.problems) == {"place"}


def test_a_written_override_lets_details_stand_and_is_sealed(at_desk, scene, officer, question) -> None:
    telling = replace(GOOD, points=("Quel médecin travaille avenue Kasa-Vubu 12 ?",))
    with at_desk() as session:
        triage_question(session, officer, question.id, telling, WHY, NOW, question.version)
    row = stored(scene, question)
    assert (row.state, row.override) == ("triaged", WHY)
    assert WHY.encode() not in row.override_sealed
    assert scene.scalars(select(Event)).one().codes == {"overridden": True}
    with holding(Keyring()), pytest.raises(Exception, match="cannot read"):
        _ = row.override


@pytest.mark.parametrize("override", ["parce que", "x" * 501])
def test_an_override_has_twenty_letters_and_not_too_many(at_desk, officer, question, override) -> None:
    telling = replace(GOOD, points=("Quel médecin travaille avenue Kasa-Vubu 12 ?",))
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, question.id, telling, override, NOW, question.version)
    assert set(refused.value.problems) == {"points-0", "override"}


def test_an_override_of_nothing_is_not_kept(at_desk, scene, officer, question) -> None:
    with at_desk() as session:
        triage_question(session, officer, question.id, GOOD, WHY, NOW, question.version)
    assert stored(scene, question).override is None


def test_a_draft_is_kept_half_finished_and_goes_nowhere(at_desk, scene, officer, question) -> None:
    half = NeutralDraft(country=None, points=("Béatrice Mabiala, tél. 0470 12 34 56 ?", "", "Prix ?"))
    with at_desk() as session:
        save_draft(session, officer, question.id, half, NOW, question.version)
    row = stored(scene, question)
    assert (row.state, row.country, row.version) == ("received", None, 2)
    assert [code for code, _text in points(scene, question)] == ["Q1", "Q2"]
    assert scene.scalars(select(Event.kind)).all() == ["question.draft"]


def test_the_count_of_personal_details_follows_the_text_that_the_queue_shows(at_desk, scene, officer) -> None:
    question = make_question(scene, original="Je m’appelle Zawadi Bahati, tél. 0470 12 34 56.", personal_details=9)
    scene.commit()
    telling = replace(GOOD, points=("Zawadi peut-elle appeler le 0470 12 34 56 ?",))
    counted = []
    for draft in (telling, replace(GOOD, points=("", "")), GOOD):
        with at_desk() as session:
            save_draft(session, officer, question.id, draft, NOW, stored(scene, question).version)
        counted.append(stored(scene, question).personal_details)
    assert counted == [2, 2, 0]  # in the points, in the original while there are none, in neutral points
    with at_desk() as session:
        triage_question(session, officer, question.id, telling, WHY, NOW, stored(scene, question).version)
    assert stored(scene, question).personal_details == 2


def test_changing_only_a_point_is_a_new_version(at_desk, scene, officer, question) -> None:
    with at_desk() as session:
        save_draft(session, officer, question.id, GOOD, NOW, question.version)
    with at_desk() as session:
        save_draft(session, officer, question.id, replace(GOOD, points=("Autre ?",)), NOW, 2)
    assert stored(scene, question).version == 3


def test_saving_from_an_older_version_is_a_conflict_that_changes_nothing(at_desk, scene, officer, question) -> None:
    with at_desk() as session:
        save_draft(session, officer, question.id, GOOD, NOW, question.version)
    with pytest.raises(EditConflict) as refused, at_desk() as session:
        save_draft(session, officer, question.id, replace(GOOD, points=("Autre ?",)), NOW, question.version)
    assert refused.value.current_version == question.version + 1
    assert points(scene, question)[0][1] == GOOD.points[0]


def test_a_triaged_text_is_revised_under_the_same_test(at_desk, scene, officer, question) -> None:
    with at_desk() as session:
        triage_question(session, officer, question.id, GOOD, "", NOW, question.version)
    version = stored(scene, question).version
    with pytest.raises(OutOfTurn), at_desk() as session:
        save_draft(session, officer, question.id, GOOD, NOW, version)
    with pytest.raises(Incomplete), at_desk() as session:
        revise_question(
            session, officer, question.id, replace(GOOD, points=("Tél. 0470 12 34 56 ?",)), "", NOW, version
        )
    with at_desk() as session:
        revise_question(session, officer, question.id, replace(GOOD, points=("Et à Matadi ?",)), "", NOW, version)
    assert points(scene, question) == [("Q1", "Et à Matadi ?")]
    assert stored(scene, question).state == "triaged"
    assert scene.scalars(select(Event.kind).order_by(Event.at, Event.kind)).all() == [
        "question.revise",
        "question.triage",
    ]


def test_a_received_question_cannot_be_revised_nor_a_triaged_one_triaged_again(
    at_desk, scene, officer, question
) -> None:
    with pytest.raises(OutOfTurn), at_desk() as session:
        revise_question(session, officer, question.id, GOOD, "", NOW, question.version)
    triaged = make_question(scene, state="triaged")
    scene.commit()
    with pytest.raises(OutOfTurn), at_desk() as session:
        triage_question(session, officer, triaged.id, GOOD, "", NOW, triaged.version)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_only_officers_write_in_a_question(at_desk, scene, role) -> None:
    other = make_staff(scene, role)
    row = make_question(scene, state="triaged", points=("Prix ?",))
    scene.commit()
    refusal = NotAllowed if role is Role.EDITOR else NotFound
    for command in (
        lambda session: save_draft(session, other, row.id, GOOD, NOW, row.version),
        lambda session: revise_question(session, other, row.id, GOOD, "", NOW, row.version),
        lambda session: take_question(session, other, row.id, NOW),
    ):
        with pytest.raises(refusal), at_desk() as session:
            command(session)


def test_taking_a_question_puts_the_officers_name_on_it(at_desk, scene, officer, question) -> None:
    with at_desk() as session:
        take_question(session, officer, question.id, NOW)
    assert stored(scene, question).officer_id == officer.id
    assert scene.scalars(select(Event.kind)).all() == ["question.take"]


def test_nobody_takes_a_question_that_is_over(at_desk, scene, officer) -> None:
    row = make_question(scene, state="closed", closed_at=NOW - timedelta(days=1))
    scene.commit()
    with pytest.raises(OutOfTurn), at_desk() as session:
        take_question(session, officer, row.id, NOW)


def test_an_erased_question_can_still_be_revised(at_desk, scene, officer) -> None:
    row = make_question(scene, make_request(scene), state="triaged", original=None, points=("Prix ?",))
    scene.commit()
    with at_desk() as session:
        revise_question(session, officer, row.id, GOOD, "", NOW, row.version)
    assert points(scene, row)[0] == ("Q1", GOOD.points[0])
