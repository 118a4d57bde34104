"""Several questions at once: what can be done is done, what cannot is left and said, and two officers never mix."""

import threading
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories import NOW, make_question, make_staff
from workflows.accounts.invitations import invite
from workflows.core.actors import Role
from workflows.core.errors import Incomplete, NotAllowed
from workflows.core.events import Event
from workflows.requests.bulk import Why, add_topic, assign_questions, chosen_questions
from workflows.requests.models import Question


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def three(scene, officer) -> list[Question]:
    rows = [make_question(scene, state=state) for state in ("received", "clarification_asked", "triaged")]
    scene.commit()
    return rows


def seen(*questions: Question) -> dict:
    return {question.id: question.version for question in questions}


def stored(scene, questions) -> list[Question]:
    scene.expire_all()
    return [scene.get(Question, question.id) for question in questions]


def kinds(scene) -> list[str]:
    return sorted(scene.scalars(select(Event.kind)))


def test_questions_are_given_to_oneself_or_to_a_colleague_with_one_event_each(at_desk, scene, officer, three) -> None:
    colleague = make_staff(scene)
    scene.commit()
    with at_desk() as session:
        mine = assign_questions(session, officer, seen(*three[:2]), officer.id, NOW)
        theirs = assign_questions(session, officer, seen(three[2]), colleague.id, NOW)
    assert (set(mine.done), set(theirs.done), mine.left) == ({row.id for row in three[:2]}, {three[2].id}, {})
    assert [row.officer_id for row in stored(scene, three)] == [officer.id, officer.id, colleague.id]
    assert kinds(scene) == ["question.assign", "question.take", "question.take"]
    given = scene.scalars(select(Event).where(Event.kind == "question.assign")).one()
    assert (given.object_id, given.codes) == (three[2].id, {"officer": str(colleague.id)})


def test_what_cannot_be_done_is_left_with_its_reason_and_the_rest_is_done(at_desk, scene, officer, three) -> None:
    over = make_question(scene, state="answered")
    scene.commit()
    stranger = uuid4()
    chosen = seen(*three, over) | {three[1].id: three[1].version - 1, stranger: 1}
    with at_desk() as session:
        outcome = assign_questions(session, officer, chosen, officer.id, NOW)
    assert set(outcome.done) == {three[0].id, three[2].id}
    assert outcome.left == {three[1].id: Why.CHANGED, over.id: Why.OVER, stranger: Why.GONE}
    assert [row.officer_id for row in stored(scene, [three[1], over])] == [None, None]
    assert len(kinds(scene)) == 2


def test_a_topic_comes_first_and_takes_nothing_away(at_desk, scene, officer, three) -> None:
    three[0].topics, three[1].topics = [], ["HOU-rent", "HEA-medicines"]
    scene.commit()
    with at_desk() as session:
        add_topic(session, officer, seen(*three), "HEA-medicines", NOW)
    assert [row.topics for row in stored(scene, three)] == [
        ["HEA-medicines"], ["HEA-medicines", "HOU-rent"], ["HEA-medicines"],
    ]  # fmt: skip
    assert kinds(scene) == ["question.topic"] * 3


def test_unknown_people_and_topics_are_refused_and_nothing_changes(at_desk, scene, officer, three) -> None:
    editor, left = make_staff(scene, Role.EDITOR), make_staff(scene, active=False)
    scene.commit()
    invited = make_staff(scene)
    scene.commit()
    invite(scene, invited.id, "desk", "never.came", NOW)
    scene.commit()
    for someone in (editor.id, left.id, invited.id, uuid4()):
        with pytest.raises(Incomplete) as refused, at_desk() as session:
            assign_questions(session, officer, seen(*three), someone, NOW)
        assert list(refused.value.problems) == ["officer"]
    for topic in ("", "HEA", "XXX-nothing"):
        with pytest.raises(Incomplete) as refused, at_desk() as session:
            add_topic(session, officer, seen(*three), topic, NOW)
        assert list(refused.value.problems) == ["topic"]
    assert kinds(scene) == []


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_only_officers_work_on_several_questions(at_desk, scene, officer, three, role) -> None:
    other = make_staff(scene, role)
    scene.commit()
    with pytest.raises(NotAllowed), at_desk() as session:
        assign_questions(session, other, seen(*three), officer.id, NOW)


def test_of_two_officers_who_take_the_same_questions_at_once_each_question_gets_one(at_desk, scene, officer) -> None:
    other = make_staff(scene)
    rows = [make_question(scene) for _ in range(6)]
    scene.commit()
    start, outcomes = threading.Barrier(2), {}

    def take(actor, order) -> None:
        chosen = dict(list(seen(*rows).items())[::order])
        start.wait()
        with at_desk() as session:
            outcomes[actor.id] = assign_questions(session, actor, chosen, actor.id, NOW)

    hands = [threading.Thread(target=take, args=pair) for pair in ((officer, 1), (other, -1))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    done = [set(outcomes[actor.id].done) for actor in (officer, other)]
    assert (done[0] | done[1], done[0] & done[1]) == ({row.id for row in rows}, set())
    for actor, mine in zip((officer, other), done, strict=True):
        left = outcomes[actor.id].left
        assert (set(left), set(left.values()) <= {Why.CHANGED}) == ({row.id for row in rows} - mine, True)
        assert {row.id for row in stored(scene, rows) if row.officer_id == actor.id} == mine


def test_chosen_questions_are_listed_in_neutral_words(at_desk, scene, officer) -> None:
    read, unread = make_question(scene, points=("Où est l’école ?",)), make_question(scene)
    scene.commit()
    with at_desk() as session:
        rows = chosen_questions(session, officer, {read.id, unread.id, uuid4()})
        assert chosen_questions(session, make_staff(scene, Role.MANAGER), {read.id}) == ()
    assert {(row.id, row.text) for row in rows} == {(read.id, "Où est l’école ?"), (unread.id, None)}
