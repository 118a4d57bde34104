"""While a partner works: the desk replies, gives more time, keeps the date."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, TODAY, make_answer, make_assignment, make_partner, make_question, make_staff
from workflows.answers.extending import extend_assignment
from workflows.assignments.lifecycle import ASSIGNMENT
from workflows.assignments.models import Assignment, AssignmentMessage
from workflows.assignments.steering import RARE_IN_MESSAGE, keep_date, reply_to_partner
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder
from workflows.requests.desk import revise_question
from workflows.requests.desk_queries import draft_of
from workflows.requests.models import Question
from workflows.requests.neutral import PERSONAL
from workflows.requests.second_reading import clear_rare

SUBMIT_BY = date(2026, 3, 24)  # a Tuesday, two weeks ahead


@pytest.fixture
def officer(scene):
    return make_staff(scene)


def accepted(scene, **values) -> Assignment:
    given = {"state": "accepted", "accepted_at": NOW, "submit_by": SUBMIT_BY, "requester_date": date(2026, 3, 27)}
    row = make_assignment(scene, make_partner(scene), **(given | values))
    scene.commit()
    return row


def stored(scene, assignment) -> Assignment:
    scene.expire_all()
    return scene.get(Assignment, assignment.id)


def test_a_reply_gives_back_the_working_days_that_the_partner_waited(at_desk, scene, officer) -> None:
    row = accepted(scene, paused_at=NOW - timedelta(days=5))  # since Thursday; Kinshasa works on Saturdays
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, " Les deux dosages. ", NOW, row.version)
    kept = stored(scene, row)
    assert (kept.paused_at, kept.submit_by, kept.requester_date) == (None, date(2026, 3, 28), date(2026, 4, 1))
    message = scene.scalars(select(AssignmentMessage)).one()
    assert (message.direction, message.text, message.author_id) == ("to_partner", "Les deux dosages.", officer.id)
    reminder = scene.scalars(select(Reminder)).one()
    assert (reminder.ladder, reminder.anchor) == ("assignment.submission", date(2026, 3, 28))
    event = scene.scalars(select(Event)).one()
    assert (event.kind, event.codes) == ("assignment.explain", {})
    assert scene.scalars(select(Outbox.event_id)).one() == event.id


def test_a_reply_on_the_same_day_moves_no_date_and_starts_the_clock_again(at_desk, scene, officer) -> None:
    row = accepted(scene, paused_at=NOW)
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, "Oui.", NOW, row.version)
    assert (stored(scene, row).submit_by, stored(scene, row).paused_at) == (SUBMIT_BY, None)
    assert len(scene.scalars(select(Reminder)).all()) == 1


def test_a_word_to_a_partner_who_did_not_ask_moves_nothing(at_desk, scene, officer) -> None:
    row = accepted(scene)
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, "Une précision.", NOW, row.version)
    assert stored(scene, row).submit_by == SUBMIT_BY
    assert scene.scalars(select(Reminder)).all() == []


@pytest.mark.parametrize("text", ["", "x" * 2001, "Appelez Mme Béatrice Mabiala, tél. 0470 12 34 56."])
def test_a_reply_is_written_short_and_neutral(at_desk, scene, officer, text) -> None:
    row = accepted(scene, paused_at=NOW)
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        reply_to_partner(session, officer, row.id, text, NOW, row.version)
    assert set(refused.value.problems) == {"message"}
    assert stored(scene, row).paused_at == NOW


@pytest.mark.parametrize("text", ["Imran attend la réponse.", "C’est pour imran.", "Il s’agit de SEGUNDO."])
def test_a_reply_names_nobody_whom_the_original_names(at_desk, scene, officer, text) -> None:
    question = make_question(scene, state="triaged", points=("Et ?",), original="Mon frère Imran Segundo attend.")
    row = accepted(scene, question=question)
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        reply_to_partner(session, officer, row.id, text, NOW, row.version)
    assert refused.value.problems == {"message": PERSONAL}
    assert scene.scalars(select(AssignmentMessage)).all() == []


VILLAGE = "My name is Rose Mbuyi, from the village of Sintaly. Is there a nurse in the village of Mboka?"


def near(scene, *points: str, **values) -> Assignment:
    """Somebody from a village asks about another, which an officer let stand in the neutral text."""
    question = make_question(scene, state="triaged", points=points, original=VILLAGE, override="The nurse is there.")
    return accepted(scene, question=question, points=points, **values)


@pytest.mark.parametrize("text", ["La route de Mboka est-elle ouverte ?", "Le village de Mboka, au sud."])
def test_a_reply_may_name_a_village_that_its_partner_reads(at_desk, scene, officer, text) -> None:
    row = near(scene, "Y a-t-il une infirmière dans le village appelé Mboka ?")
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, text, NOW, row.version)
    assert scene.scalars(select(AssignmentMessage.text)).all() == [text]


@pytest.mark.parametrize(
    "text", ["Elle vient de Sintaly.", "De Mboka à sintaly.", "Le village de Mbo.", "Rose attend."]
)
def test_a_reply_names_no_village_and_nobody_beside_it(at_desk, scene, officer, text) -> None:
    row = near(scene, "Y a-t-il une infirmière à Mboka ?")
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        reply_to_partner(session, officer, row.id, text, NOW, row.version)
    assert refused.value.problems == {"message": PERSONAL}


def test_a_reply_may_name_the_place_that_the_partner_was_given(at_desk, scene, officer) -> None:
    row = near(scene, "Y a-t-il une infirmière ?", place="Mboka")
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, "Au village de Mboka.", NOW, row.version)
    assert scene.scalars(select(AssignmentMessage.text)).all() == ["Au village de Mboka."]


WHO = "It is a widow with HIV and three children, who lived near the market of Boma."


def about(scene, *points: str, **values) -> Assignment:
    question = make_question(scene, state="triaged", points=points, place="Boma", topics=["HEA-medicines"])
    return accepted(scene, question=question, place="Boma", points=points, **values)


def test_a_reply_does_not_tell_who_it_is_by_facts_that_nobody_read(at_desk, scene, officer) -> None:
    row = about(scene, "L’insuline est-elle vendue ?")
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        reply_to_partner(session, officer, row.id, WHO, NOW, row.version)
    assert refused.value.problems == {"message": RARE_IN_MESSAGE}
    assert refused.value.quoted == {"said": "Boma; insuline, HIV; widow"}


def test_facts_do_not_go_out_one_by_one(at_desk, scene, officer) -> None:
    row = about(scene, "Une veuve peut-elle louer ?", "À quel prix ?")
    question = scene.get_one(Question, row.question_id)
    question.topics = ["HOU-rent"]
    scene.commit()
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, "Elle a deux dosages.", NOW, row.version)
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        reply_to_partner(session, officer, row.id, "Elle a le VIH.", NOW, stored(scene, row).version)
    assert refused.value.quoted == {"said": "Boma; VIH; veuve"}


def test_what_a_second_person_let_stand_may_be_told_and_no_more(at_desk, scene, officer) -> None:
    row = about(scene, "L’insuline est-elle vendue ?")
    question = scene.get_one(Question, row.question_id)
    with at_desk() as session:
        draft = draft_of(question, ("Une veuve séropositive avec trois enfants peut-elle être suivie ?",))
        revise_question(session, officer, question.id, draft, "", NOW, question.version)
    told = "C’est une veuve séropositive avec trois enfants."
    with pytest.raises(Incomplete), at_desk() as session:
        reply_to_partner(session, officer, row.id, told, NOW, row.version)
    scene.refresh(question)
    second = make_staff(scene)
    scene.commit()
    with at_desk() as session:
        clear_rare(session, second, question.id, NOW, question.version)
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, told, NOW, stored(scene, row).version)
    with pytest.raises(Incomplete), at_desk() as session:
        reply_to_partner(session, officer, row.id, "Elle est enceinte.", NOW, stored(scene, row).version)


def test_more_time_moves_the_requesters_date_and_the_reminders(at_desk, scene, officer) -> None:
    row = accepted(scene, extension_until=date(2026, 4, 3), extension_refused=date(2026, 4, 10))
    with at_desk() as session:
        extend_assignment(session, officer, row.id, date(2026, 4, 2), NOW, row.version)
    kept = stored(scene, row)
    assert (kept.submit_by, kept.extension_until, kept.extension_refused) == (date(2026, 4, 2), None, None)
    assert kept.requester_date == date(2026, 4, 8)  # Easter Monday is no working day in Belgium
    assert scene.scalars(select(Reminder.anchor)).all() == [date(2026, 4, 2)]
    assert scene.scalars(select(Event.kind)).all() == ["assignment.extend"]


def test_more_time_reminds_nobody_of_work_that_has_come(at_desk, scene, officer) -> None:
    row = accepted(scene)
    make_answer(scene, row, state="submitted", submitted_at=NOW)
    scene.commit()
    with at_desk() as session:
        extend_assignment(session, officer, row.id, date(2026, 4, 2), NOW, row.version)
    assert stored(scene, row).submit_by == date(2026, 4, 2)
    assert scene.scalars(select(Reminder)).all() == []


@pytest.mark.parametrize("until", [None, SUBMIT_BY, TODAY - timedelta(days=1), TODAY + timedelta(days=120)])
def test_more_time_is_a_later_day_and_not_too_far(at_desk, scene, officer, until) -> None:
    row = accepted(scene)
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        extend_assignment(session, officer, row.id, until, NOW, row.version)
    assert set(refused.value.problems) == {"until"}
    assert stored(scene, row).submit_by == SUBMIT_BY


def test_the_date_is_kept_when_the_partner_asked_for_more(at_desk, scene, officer) -> None:
    row = accepted(scene, extension_until=date(2026, 4, 3))
    with at_desk() as session:
        keep_date(session, officer, row.id, NOW, row.version)
    kept = stored(scene, row)
    assert (kept.submit_by, kept.extension_until, kept.extension_refused) == (SUBMIT_BY, None, date(2026, 4, 3))
    assert scene.scalars(select(Event.kind)).all() == ["assignment.refuse_extension"]


def test_nothing_is_kept_that_nobody_asked_for(at_desk, scene, officer) -> None:
    row = accepted(scene)
    with pytest.raises(OutOfTurn), at_desk() as session:
        keep_date(session, officer, row.id, NOW, row.version)


COMMANDS = {
    "reply": lambda s, a, r, v: reply_to_partner(s, a, r.id, "Oui.", NOW, v),
    "extend": lambda s, a, r, v: extend_assignment(s, a, r.id, date(2026, 4, 2), NOW, v),
    "keep": lambda s, a, r, v: keep_date(s, a, r.id, NOW, v),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER])
def test_only_officers_steer(at_desk, scene, name, role) -> None:
    other = make_staff(scene, role)
    row = accepted(scene, extension_until=date(2026, 4, 3))
    with pytest.raises(NotAllowed), at_desk() as session:
        COMMANDS[name](session, other, row, row.version)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_late_click_changes_nothing(at_desk, scene, officer, name) -> None:
    row = accepted(scene, extension_until=date(2026, 4, 3))
    over = accepted(scene, state="completed", extension_until=date(2026, 4, 3))
    with pytest.raises(EditConflict), at_desk() as session:
        COMMANDS[name](session, officer, row, row.version - 1)
    with pytest.raises(OutOfTurn), at_desk() as session:
        COMMANDS[name](session, officer, over, over.version)
    assert scene.scalars(select(Event)).all() == []


def test_a_partner_who_is_answered_is_reminded_again(at_desk, scene, officer) -> None:
    row = accepted(scene, paused_at=NOW)
    with at_desk() as session:
        reply_to_partner(session, officer, row.id, "Oui.", NOW, row.version)
        assert ASSIGNMENT.may(officer, session.get(Assignment, row.id), "extend")
