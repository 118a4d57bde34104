"""A neutral text with a rare combination goes nowhere before a second person has read it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, make_partner, make_question, make_staff
from tests.workflows.assignments.test_offers import GOOD as OFFER
from workflows.assignments.desk import offer_assignment
from workflows.core.actors import CLOCK, Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event, record
from workflows.requests.desk import revise_question, triage_question
from workflows.requests.models import InternalNote, Question, SecondReading
from workflows.requests.neutral import NeutralDraft
from workflows.requests.second_reading import SENT_BACK, TOLD_HERE, UNREAD, clear_rare, rare_note, send_back_rare

RARE = NeutralDraft(
    country="COD",
    place="Boma",
    topics=("HEA-treatments",),
    facets=(),
    points=("Une mère de cinq enfants, épileptique, peut-elle être suivie ?",),
)


@pytest.fixture
def writer(scene):
    return make_staff(scene)


@pytest.fixture
def second(scene):
    return make_staff(scene)


@pytest.fixture
def partner(scene):
    return make_partner(scene, "COD")


@pytest.fixture
def question(scene, at_desk, writer, second, partner):
    row = make_question(scene)
    scene.commit()
    with at_desk() as session:
        triage_question(session, writer, row.id, RARE, "", NOW, row.version)
    return stored(scene, row)


def stored(scene, question) -> Question:
    scene.expire_all()
    return scene.get(Question, question.id)


def offer(at_desk, actor, question, partner, points=RARE.points, **more):
    """Look at what we have, as must be done first, and offer."""
    with at_desk() as session:
        session.get(Question, question.id).matched = []
    with at_desk() as session:
        return offer_assignment(session, actor, question.id, partner.id, replace(OFFER, points=points, **more), NOW)


def clear(at_desk, actor, question, version=None):
    with at_desk() as session:
        clear_rare(session, actor, question.id, NOW, version or question.version)


def test_it_is_not_offered_unread(at_desk, writer, second, question, partner):
    for actor in (writer, second):
        with pytest.raises(Incomplete) as refused:
            offer(at_desk, actor, question, partner)
        assert refused.value.problems == {"rare": UNREAD}


def test_once_a_second_person_has_read_it_anybody_may_offer_it(at_desk, scene, writer, second, question, partner):
    clear(at_desk, second, question)
    assert offer(at_desk, writer, question, partner).state == "offered"
    reading = scene.get(SecondReading, question.id)
    assert (reading.reader_id, reading.at) == (second.id, NOW)
    assert "question.clear" in scene.scalars(select(Event.kind)).all()


def test_whoever_wrote_it_is_no_second_person(at_desk, writer, question):
    with pytest.raises(NotAllowed):
        clear(at_desk, writer, question)


def test_whoever_wrote_in_it_before_is_none_either(at_desk, scene, writer, second, question):
    with at_desk() as session:
        revise_question(session, second, question.id, replace(RARE, place="Matadi"), "", NOW, question.version)
    row = stored(scene, question)
    for actor in (writer, second):
        with pytest.raises(NotAllowed):
            clear(at_desk, actor, row)


def test_whoever_wrote_the_question_it_was_split_from_or_took_over_is_none(at_desk, scene, writer, second, question):
    part = make_question(scene, state="triaged", points=RARE.points, place="Boma", split_from_id=question.id)
    heir = make_question(scene, state="triaged", points=RARE.points, place="Boma", topics=["HEA-treatments"])
    record(scene, CLOCK, "question.take_over", heir, NOW, codes={"from": str(question.id)})
    scene.commit()
    for row in (part, heir):
        with pytest.raises(NotAllowed):
            clear(at_desk, writer, row)
        clear(at_desk, second, row)


def test_an_editor_may_be_the_second_person_and_a_manager_may_not(at_desk, scene, question):
    editor, manager = make_staff(scene, Role.EDITOR), make_staff(scene, Role.MANAGER)
    scene.commit()
    with pytest.raises(NotFound):
        clear(at_desk, manager, question)
    clear(at_desk, editor, question)


@pytest.mark.parametrize(
    "change",
    [
        {"points": ("Une mère de cinq enfants, épileptique, peut-elle être soignée ?",)},
        {"place": "Matadi"},
        {"facets": ("single-parent",)},
        {"topics": ("HEA-treatments", "HEA-medicines")},
    ],
    ids=str,
)
def test_any_change_of_the_text_makes_the_reading_void(at_desk, scene, writer, second, question, partner, change):
    clear(at_desk, second, question)
    row = stored(scene, question)
    with at_desk() as session:
        revise_question(session, writer, row.id, replace(RARE, **change), "", NOW, row.version)
    with pytest.raises(Incomplete) as refused:
        offer(at_desk, writer, row, partner)
    assert refused.value.problems == {"rare": UNREAD}
    clear(at_desk, second, stored(scene, question))
    assert offer(at_desk, writer, row, partner, change.get("points", RARE.points)).state == "offered"


def test_the_page_that_was_read_must_be_the_text_that_stands(at_desk, scene, writer, second, question):
    with at_desk() as session:
        revise_question(session, writer, question.id, replace(RARE, place="Matadi"), "", NOW, question.version)
    with pytest.raises(EditConflict):
        clear(at_desk, second, question, question.version)


def test_a_text_without_the_three_needs_nobody(at_desk, scene, writer, second, partner):
    row = make_question(scene, state="triaged", points=OFFER.points)
    scene.commit()
    with pytest.raises(OutOfTurn):
        clear(at_desk, second, row)
    assert offer(at_desk, writer, row, partner, OFFER.points).state == "offered"


def test_the_three_may_not_slip_in_with_the_words_of_the_offer(at_desk, scene, writer, partner):
    row = make_question(scene, state="triaged", points=OFFER.points)
    scene.commit()
    with pytest.raises(Incomplete) as refused:
        offer(at_desk, writer, row, partner, ("Une mère de cinq enfants, épileptique, veut rentrer à Boma.", "Et ?"))
    assert refused.value.problems == {"rare": TOLD_HERE}


def test_of_two_second_persons_at_once_one_is_noted(at_desk, scene, second, question):
    third = make_staff(scene)
    scene.commit()

    def press(actor):
        try:
            clear(at_desk, actor, question)
        except OutOfTurn as late:
            return late.done
        return actor.id

    with ThreadPoolExecutor(2) as both:
        pressed = list(both.map(press, (second, third)))
    assert pressed.count(True) == 1
    (reader,) = (one for one in pressed if one is not True)
    scene.expire_all()
    assert scene.get(SecondReading, question.id).reader_id == reader
    assert scene.scalars(select(Event.kind)).all().count("question.clear") == 1


def test_a_text_changed_while_it_is_read_is_never_offered_as_read(at_desk, scene, writer, second, question, partner):
    """One changes the place, the other says that it may go, at the same moment: whoever is late is told."""

    def change(_):
        with at_desk() as session:
            revise_question(session, writer, question.id, replace(RARE, place="Matadi"), "", NOW, question.version)

    def read(_):
        clear(at_desk, second, question)

    with ThreadPoolExecutor(2) as both:
        waiting = [both.submit(change, None), both.submit(read, None)]
        failed = [one.exception() for one in waiting if one.exception()]
    assert all(isinstance(one, EditConflict) for one in failed)
    if stored(scene, question).place == "Matadi":
        with pytest.raises(Incomplete):
            offer(at_desk, writer, question, partner)


def test_the_page_says_who_may_and_who_did(at_desk, scene, writer, second, question):
    def note(actor):
        with at_desk() as session:
            return rare_note(session, actor, session.get(Question, question.id), RARE.points)

    assert (note(writer).wrote, note(writer).may_read) == (True, False)
    assert (note(second).wrote, note(second).may_read, note(second).read_by) == (False, True, None)
    with at_desk() as session:
        clear_rare(session, second, question.id, NOW + timedelta(hours=1), question.version)
    assert (note(writer).read_by, note(writer).read_at) == (note(second).read_by, NOW + timedelta(hours=1))
    assert note(writer).read_by
    assert not note(second).may_read


REASON = "Boma est trop petit : dites la province."


def send_back(at_desk, actor, question, reason=REASON):
    with at_desk() as session:
        send_back_rare(session, actor, question.id, reason, NOW, question.version)


def test_a_text_that_was_sent_back_is_not_offered_and_not_let_stand_until_it_says_something_else(
    at_desk, scene, writer, second, question, partner
):
    send_back(at_desk, second, question)
    row = stored(scene, question)
    assert (row.sent_back_by, row.second_reading_owed, row.version) == (second.id, True, question.version)
    third = make_staff(scene)
    scene.commit()
    with pytest.raises(OutOfTurn):
        clear(at_desk, third, row)
    with pytest.raises(Incomplete) as refused:
        offer(at_desk, writer, row, partner)
    assert refused.value.problems == {"rare": SENT_BACK}
    row = stored(scene, question)
    for place, by in (("Matadi", None), ("Boma", second.id), ("Lukala", None)):
        with at_desk() as session:
            version = session.get(Question, row.id).version
            revise_question(session, writer, row.id, replace(RARE, place=place), "", NOW, version)
        assert (stored(scene, row).sent_back_by, stored(scene, row).second_reading_owed) == (by, True)
    clear(at_desk, second, stored(scene, row))
    assert offer(at_desk, writer, row, partner).state == "offered"


def test_the_reason_is_a_sealed_note_which_officers_read_and_editors_do_not(at_desk, scene, writer, question):
    editor, other = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    scene.commit()
    send_back(at_desk, editor, question)
    [note] = scene.scalars(select(InternalNote))
    assert (note.text, note.author_id) == (REASON, editor.id)
    assert "question.send_back" in scene.scalars(select(Event.kind)).all()
    for actor, reason in ((writer, REASON), (other, None)):
        with at_desk() as session:
            said = rare_note(session, actor, session.get(Question, question.id), RARE.points)
        assert (said.sent_back, said.reason, said.may_read, bool(said.read_by)) == (True, reason, False, True)


@pytest.mark.parametrize("reason", ["", " \u200b", "x" * 2001])
def test_nothing_is_sent_back_without_a_reason(at_desk, scene, second, question, reason):
    with pytest.raises(Incomplete) as refused:
        send_back(at_desk, second, question, reason)
    assert set(refused.value.problems) == {"back_reason"}
    assert stored(scene, question).sent_back_by is None


def test_whoever_wrote_it_sends_nothing_back(at_desk, writer, question):
    with pytest.raises(NotAllowed):
        send_back(at_desk, writer, question)


def test_of_two_who_let_it_stand_and_send_it_back_at_once_one_wins(at_desk, scene, second, question):
    third = make_staff(scene)
    scene.commit()

    def press(command, actor):
        try:
            command(at_desk, actor, question)
        except OutOfTurn as late:
            return late.done
        return command.__name__

    with ThreadPoolExecutor(2) as both:
        pressed = [one.result() for one in [both.submit(press, clear, second), both.submit(press, send_back, third)]]
    assert pressed.count(False) == 1
    won = (set(pressed) - {False}).pop()
    assert stored(scene, question).sent_back_by == (third.id if won == "send_back" else None)
    assert scene.get(SecondReading, question.id).sent_back is (won == "send_back")
    assert len(scene.scalars(select(InternalNote)).all()) == (won == "send_back")
