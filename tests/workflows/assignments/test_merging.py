"""Questions that ask the same are merged into one, and taken apart again within 14 days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import NOW, TODAY, make_assignment, make_question, make_request, make_staff, requester_of
from tests.requesters import the_card
from tests.tasks.concurrency import together
from workflows.assignments.merging import merge_questions, unmerge_question
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event, Outbox, record
from workflows.core.reminders import Reminder
from workflows.requests.desk import ask_requester, decline_question
from workflows.requests.models import Question, Request
from workflows.requests.public import clarify_question
from workflows.requests.words import Status

OF_NOBODY = {
    "channel": "desk",
    **dict.fromkeys(("requester_kind", "consent_version", "consented_at", "contact", "code_hash")),
}
APART = NOW + timedelta(days=3)


@pytest.fixture
def officer(scene):
    return make_staff(scene)


@pytest.fixture
def merge(at_desk, scene, officer):
    """Merge these into the first of them."""

    def act(*rows, by=None, now=NOW):
        scene.commit()
        with at_desk() as session:
            merge_questions(session, by or officer, {row.id: row.version for row in rows}, rows[0].id, now)
        scene.expire_all()

    return act


@pytest.fixture
def unmerge(at_desk, scene, officer):
    def act(row, now=NOW):
        with at_desk() as session:
            unmerge_question(session, officer, row.id, now, row.version)
        scene.expire_all()

    return act


def asked(scene, *, read: bool = True, **values) -> Question:
    """A question that somebody at the desk has opened, unless nobody has `read` it."""
    question = make_question(scene, make_request(scene), **values)
    if read:
        record(scene, make_staff(scene), "reading.original", question, NOW)
    return question


def test_one_stays_and_the_clocks_of_the_others_stop(merge, scene) -> None:
    stays = asked(scene, state="triaged")
    other = asked(scene, state="clarification_asked", clarification_closes_at=NOW + timedelta(days=9))
    merge(stays, other)
    assert (stays.state, stays.merged_into_id) == ("triaged", None)
    assert (other.state, other.merged_into_id, other.clarification_closes_at) == ("merged", stays.id, None)
    assert other.unmerge_by == TODAY + timedelta(days=14)
    moves = Event.kind != "reading.original"
    events = scene.execute(select(Event.kind, Event.object_id, Event.codes).where(moves)).all()
    assert set(map(str, events)) == {
        str(("question.merge", other.id, {"into": str(stays.id)})),
        str(("question.absorb", stays.id, {"merged": str(other.id)})),
    }


def test_what_was_merged_before_goes_along_and_comes_back(merge, unmerge, scene) -> None:
    first, second, third, fourth = (asked(scene, state="triaged") for _ in range(4))
    merge(second, third)
    merge(first, second)
    merge(first, fourth)
    assert {row.merged_into_id for row in (second, third, fourth)} == {first.id}
    unmerge(second)
    assert (second.state, second.merged_into_id) == ("triaged", None)
    assert (third.merged_into_id, fourth.merged_into_id) == (second.id, first.id)


def test_a_question_nobody_had_read_waits_to_be_read_again(merge, unmerge, scene) -> None:
    stays, other = asked(scene, state="triaged"), asked(scene, triage_by=TODAY - timedelta(days=3))
    merge(stays, other)
    unmerge(other)
    assert (other.state, other.merged_into_id, other.unmerge_by) == ("received", None, None)
    assert other.triage_by > TODAY
    kinds = scene.scalars(select(Event.kind).where(Event.object_id == other.id)).all()
    assert set(kinds) == {"reading.original", "question.merge", "question.unmerge_unread"}


@pytest.fixture
def waiting_then_apart(merge, unmerge, scene, at_desk, officer):
    """A question that waited for its requester, merged on the next day and taken apart two days later."""

    def act(**values) -> Question:
        stays, other = asked(scene, state="triaged"), asked(scene, **values)
        scene.commit()
        with at_desk() as session:
            ask_requester(session, officer, other.id, "Quel dosage ?", NOW, other.version)
        scene.expire_all()
        merge(stays, other, now=NOW + timedelta(days=1))
        unmerge(other, APART)
        return other

    return act


@pytest.mark.parametrize(("was_triaged", "then"), [(False, "received"), (True, "triaged")])
def test_a_requester_who_owed_a_reply_is_asked_again_with_all_of_the_days(
    waiting_then_apart, page, following, scene, was_triaged, then
) -> None:
    other = waiting_then_apart(state=then, was_triaged=was_triaged)
    assert (other.state, other.clarification_asked_at) == ("clarification_asked", APART)
    assert other.clarification_closes_at == APART + timedelta(days=30)
    reminder = scene.scalars(select(Reminder).where(Reminder.object_id == other.id)).one()
    assert (reminder.ladder, reminder.anchor) == ("question.clarification", APART.date())
    request = scene.get(Request, other.request_id)
    card = the_card(page, scene, request, APART).question
    assert (card.status, card.asked, card.reply_by) == (Status.ASKED, "Quel dosage ?", TODAY + timedelta(days=33))
    with following(request) as session:
        clarify_question(session, requester_of(request), other.id, "Deux par jour.", APART + timedelta(hours=1))
    scene.expire_all()
    assert (other.state, other.clarification_closes_at) == (then, None)


def test_a_requester_who_is_asked_again_gets_a_letter(waiting_then_apart, scene, world) -> None:
    other = waiting_then_apart()
    told = select(Outbox.event_id).join(Event, Event.id == Outbox.event_id)
    news = scene.scalars(told.where(Event.object_id == other.id, Event.kind == "question.unmerge_asked")).all()
    assert len(news) == 1


def test_a_reply_that_nobody_had_read_is_waited_for_again_by_the_desk(merge, unmerge, scene) -> None:
    stays = asked(scene, state="triaged")
    other = asked(scene, state="triaged", was_triaged=True, reply_unread_since=NOW)
    merge(stays, other)
    unmerge(other)
    assert (other.state, other.has_unread_reply) == ("triaged", True)
    assert scene.scalars(select(Reminder.ladder).where(Reminder.object_id == other.id)).all() == ["question.triage"]


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_fourteen_days_are_left_to_take_it_apart(merge, unmerge, scene, days, late) -> None:
    stays, other = asked(scene, state="triaged"), asked(scene, state="triaged")
    merge(stays, other)
    if late:
        with pytest.raises(Incomplete) as refused:
            unmerge(other, NOW + timedelta(days=days))
        assert set(refused.value.problems) == {"unmerge"}
    else:
        unmerge(other, NOW + timedelta(days=days))
    scene.expire_all()
    assert other.state == ("merged" if late else "triaged")


def refused_field(merge, *rows) -> set[str]:
    with pytest.raises(Incomplete) as refused:
        merge(*rows)
    return set(refused.value.problems)


def test_two_countries_are_not_one_question_but_an_unknown_one_may_be(merge, scene) -> None:
    here, there, unknown = asked(scene), asked(scene, country="SEN"), asked(scene, country=None)
    assert refused_field(merge, here, there) == {"into"}
    merge(here, unknown)
    assert unknown.state == "merged"


def test_what_nobody_has_read_is_not_said_to_ask_the_same(merge, scene) -> None:
    stays, unread = asked(scene, state="triaged"), asked(scene, read=False)
    written = asked(scene, read=False, points=("Où acheter de l’insuline ?",))
    assert refused_field(merge, stays, unread) == {"into"}
    assert refused_field(merge, unread, stays) == {"into"}
    merge(stays, written)
    assert (unread.state, written.state) == ("received", "merged")


@pytest.mark.parametrize("state", ["drafted", "offered", "accepted"])
def test_a_question_that_a_partner_works_on_is_the_one_that_stays(merge, scene, state) -> None:
    stays, other = asked(scene, state="triaged"), asked(scene, state="triaged")
    make_assignment(scene, question=other, state=state)
    assert refused_field(merge, stays, other) == {"into"}
    merge(other, stays)
    assert stays.merged_into_id == other.id


def test_one_question_alone_and_none_that_stays_are_refused(merge, at_desk, officer, scene) -> None:
    one, two = asked(scene), asked(scene)
    assert refused_field(merge, one) == {"question"}
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        merge_questions(session, officer, {one.id: one.version, two.id: two.version}, None, NOW)
    assert set(refused.value.problems) == {"into"}


def test_somebodys_question_is_not_merged_into_one_that_nobody_asked(merge, scene) -> None:
    theirs = asked(scene, state="triaged")
    ours, too = (
        make_question(scene, make_request(scene, **OF_NOBODY), state="triaged", points=("Est-ce encore vrai ?",))
        for _ in range(2)
    )
    assert refused_field(merge, ours, theirs) == {"into"}
    merge(theirs, ours)
    assert ours.merged_into_id == theirs.id
    merge(too, asked_by_nobody := make_question(scene, make_request(scene, **OF_NOBODY), points=("Et là ?",)))
    assert asked_by_nobody.merged_into_id == too.id


@pytest.mark.parametrize("state", ["answered", "closed", "declined", "withdrawn", "merged"])
def test_what_is_over_is_neither_merged_nor_merged_into(merge, scene, state) -> None:
    live, over = asked(scene), asked(scene, state=state)
    with pytest.raises(OutOfTurn):
        merge(live, over)
    with pytest.raises(OutOfTurn):
        merge(over, live)


def test_an_editor_merges_nothing_and_an_old_page_is_a_conflict(merge, at_desk, officer, scene) -> None:
    one, two = asked(scene, state="triaged"), asked(scene, state="triaged")
    with pytest.raises(NotAllowed):
        merge(one, two, by=make_staff(scene, Role.EDITOR))
    with pytest.raises(EditConflict), at_desk() as session:
        merge_questions(session, officer, {one.id: one.version, two.id: two.version + 1}, one.id, NOW)


def test_of_two_merged_into_each_other_at_once_exactly_one_wins(at_desk, officer, scene) -> None:
    for _ in range(5):
        one, two = asked(scene), asked(scene)
        scene.commit()
        seen, late, targets = {row.id: row.version for row in (one, two)}, [], iter((one.id, two.id))

        def merge_into_next(seen=seen, late=late, targets=targets) -> None:
            into = next(targets)
            try:
                with at_desk() as session:
                    merge_questions(session, officer, seen, into, NOW)
            except (EditConflict, OutOfTurn) as refused:
                late.append(refused)

        together(merge_into_next, 2)
        scene.expire_all()
        assert sorted((one.state, two.state)) == ["merged", "received"]
        assert len(late) == 1


def test_a_refusal_is_written_for_everybody_whose_question_it_answers(merge, at_desk, officer, scene) -> None:
    stays, other = asked(scene), asked(scene)
    merge(stays, other)
    with at_desk() as session:
        decline_question(session, officer, stays.id, "no_partner", "La Croix-Rouge.", NOW, stays.version)
    scene.expire_all()
    assert (other.state, other.decline_reason, other.decline_words) == ("merged", "no_partner", "La Croix-Rouge.")
