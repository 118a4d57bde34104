"""One question becomes two of the same request."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.factories import NOW, TODAY, make_assignment, make_question, make_request, make_staff
from tests.tasks.concurrency import together
from workflows.assignments.splitting import split_question
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event
from workflows.core.reminders import Reminder
from workflows.requests.desk import triage_question
from workflows.requests.models import Point, Question
from workflows.requests.neutral import TOPIC_MISSING, NeutralDraft

POINTS = ("L’insuline est-elle vendue ?", "Quelle école accepte l’enfant ?", "Que coûte une chambre ?")
ABOUT = NeutralDraft(country="COD", place="Goma", topics=("EDU-schools",))


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def split(at_desk, officer, scene):
    def act(row, shares, draft=ABOUT, by=None) -> Question:
        scene.commit()
        with at_desk() as session:
            part = split_question(session, by or officer, row.id, shares, draft, NOW, row.version)
        scene.expire_all()
        return scene.get(Question, part.id)

    return act


def asked(scene, **values) -> Question:
    return make_question(scene, make_request(scene), **({"points": POINTS, "state": "triaged"} | values))


def texts(scene, question) -> list[tuple[str, str]]:
    query = select(Point.code, Point.text).where(Point.question_id == question.id).order_by(Point.position)
    return [tuple(row) for row in scene.execute(query)]


def topic(scene) -> str:
    from workflows.vocabulary.models import Topic

    return scene.scalar(select(Topic.code).where(Topic.parent_code == "EDU").limit(1))


@pytest.mark.parametrize("state", ["received", "triaged"])
def test_the_first_keeps_the_topics_that_fit_what_is_left_of_it(split, scene, officer, at_desk, state) -> None:
    row = asked(scene, state=state, topics=["HEA-medicines", "EDU-schools", "HOU-rent"])
    scene.commit()
    shares = ("stays", "moves", "stays")
    for none_left in ((), ("WOR-wages",)):
        with pytest.raises(Incomplete) as refused, at_desk() as session:
            split_question(session, officer, row.id, shares, NeutralDraft(country="COD"), NOW, row.version, none_left)
        assert refused.value.problems == {"keeps": TOPIC_MISSING}
    with at_desk() as session:
        kept = ("HOU-rent", "HEA-medicines")
        split_question(session, officer, row.id, shares, NeutralDraft(country="COD"), NOW, row.version, kept)
    scene.expire_all()
    assert scene.get(Question, row.id).topics == ["HEA-medicines", "HOU-rent"]


def test_points_move_or_stand_in_both_and_numbers_go_on(split, scene) -> None:
    row = asked(scene)
    make_question(scene, scene.get(type(make_request(scene)), row.request_id), number=2)
    part = split(row, ("stays", "moves", "both"), NeutralDraft(country="COD", place="Goma", topics=(topic(scene),)))
    assert texts(scene, row) == [("Q1", POINTS[0]), ("Q2", POINTS[2])]
    assert texts(scene, part) == [("Q1", POINTS[1]), ("Q2", POINTS[2])]
    assert (part.number, part.state, part.country, part.place) == (3, "received", "COD", "Goma")
    assert (row.state, part.request_id, part.promised_by) == ("triaged", row.request_id, row.promised_by)
    assert part.triage_by >= TODAY
    assert scene.get(Reminder, (part.id, "question.triage")) is not None
    kinds = scene.execute(select(Event.kind, Event.codes)).all()
    assert ("question.split", {"into": str(part.id), "points": 2}) in kinds
    assert ("question.open", {"split_from": str(row.id)}) in kinds


def test_both_questions_have_one_officer(split, scene, officer) -> None:
    colleague = make_staff(scene)
    taken, free = asked(scene, officer_id=colleague.id), asked(scene)
    shares, draft = ("stays", "moves", "both"), NeutralDraft(country="COD")
    assert split(taken, shares, draft).officer_id == colleague.id
    assert split(free, shares, draft).officer_id == officer.id


def test_the_original_stays_with_the_first_and_its_names_are_looked_for_in_both(split, at_desk, officer, scene) -> None:
    row = asked(scene, original="Je m’appelle Zawadi Bahati. Mon fils Zawadi ira à l’école ?")
    part = split(row, ("stays", "moves", "stays"), NeutralDraft(country="COD"))
    assert (part.original, part.written) == (None, row.original)
    telling = NeutralDraft(country="COD", topics=(topic(scene),), points=("Zawadi va-t-il à l’école ?",))
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        triage_question(session, officer, part.id, telling, "", NOW, part.version)
    assert "points-0" in refused.value.problems
    again = split(part, ("both",), NeutralDraft(country="COD"))
    assert again.split_from_id == row.id


@pytest.mark.parametrize("shares", [
    ("stays",) * 3, ("moves",) * 3, ("stays", "moves"), ("stays", "moves", "elsewhere"), (),
])  # fmt: skip
def test_something_goes_something_stays_and_every_point_is_placed(split, scene, shares) -> None:
    with pytest.raises(Incomplete) as refused:
        split(asked(scene), shares, NeutralDraft(country="COD"))
    assert set(refused.value.problems) == {"shares"}


def test_a_new_question_needs_a_country_that_we_know(split, scene) -> None:
    for country in (None, "XXX"):
        with pytest.raises(Incomplete) as refused:
            split(asked(scene), ("stays", "moves", "moves"), NeutralDraft(country=country))
        assert set(refused.value.problems) == {"country"}


def test_what_a_partner_has_or_others_follow_stays_whole(split, scene) -> None:
    with_partner, followed = asked(scene), asked(scene)
    make_assignment(scene, question=with_partner, state="offered")
    make_question(scene, make_request(scene), state="merged", merged_into_id=followed.id)
    for row in (with_partner, followed):
        with pytest.raises(Incomplete) as refused:
            split(row, ("stays", "moves", "moves"), NeutralDraft(country="COD"))
        assert set(refused.value.problems) == {"shares"}


@pytest.mark.parametrize("state", ["clarification_asked", "answered", "closed", "declined", "withdrawn", "merged"])
def test_only_what_is_in_our_hands_is_split(split, scene, state) -> None:
    with pytest.raises(OutOfTurn):
        split(asked(scene, state=state), ("stays", "moves", "moves"), NeutralDraft(country="COD"))


def test_an_editor_splits_nothing(split, scene) -> None:
    with pytest.raises(NotAllowed):
        split(asked(scene), ("stays", "moves", "moves"), by=make_staff(scene, Role.EDITOR))


def test_of_two_officers_at_once_exactly_one_splits(at_desk, officer, scene) -> None:
    row, late = asked(scene), []
    scene.commit()

    def split_now() -> None:
        try:
            with at_desk() as session:
                shares = ("stays", "moves", "moves")
                split_question(session, officer, row.id, shares, NeutralDraft(country="COD"), NOW, row.version)
        except EditConflict as refused:
            late.append(refused)

    together(split_now, 3)
    assert len(late) == 2
    assert len(scene.scalars(select(Question.id).where(Question.request_id == row.request_id)).all()) == 2


def test_two_questions_of_one_request_split_at_once_get_different_numbers(at_desk, officer, scene) -> None:
    first = asked(scene)
    second = make_question(
        scene, scene.get(type(make_request(scene)), first.request_id), POINTS, number=2, state="triaged"
    )
    scene.commit()
    rows = iter(((first.id, first.version), (second.id, second.version)))

    def split_next() -> None:
        row_id, version = next(rows)
        with at_desk() as session:
            shares = ("stays", "moves", "moves")
            split_question(session, officer, row_id, shares, NeutralDraft(country="COD"), NOW, version)

    together(split_next, 2)
    numbers = scene.scalars(select(Question.number).where(Question.request_id == first.request_id))
    assert sorted(numbers) == [1, 2, 3, 4]


def test_what_is_taken_out_stays_in_the_language_it_is_written_in(split, scene) -> None:
    about = replace(ABOUT, topics=(topic(scene),))
    part = split(asked(scene, neutral_language="nl"), ("stays", "moves", "both"), about)
    assert (part.language, part.neutral_language) == ("fr", "nl")
