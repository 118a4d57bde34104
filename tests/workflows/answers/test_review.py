"""An editor reviews an answer: notes are kept, it is sent back, accepted or rejected, and the clocks follow."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.factories import NOW, TODAY, make_kept_draft, make_staff
from tests.reviews import ALL_YES, IDENTITY, ONE_WILL_DO, Submitted, submitted
from workflows.answers.checklist import BLOCKING, CHECKS, TWO_SOURCES
from workflows.answers.desk import (
    Notes,
    Seen,
    accept_answer,
    reject_answer,
    return_answer,
    save_review,
)
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, Review, ReviewComment
from workflows.answers.vault import source_of
from workflows.assignments.models import Assignment
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder


@pytest.fixture
def at(scene: Session) -> Submitted:
    return submitted(scene)


def ladders(session: Session) -> set[str]:
    return set(session.scalars(select(Reminder.ladder)))


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(Event.kind).order_by(Event.at, Event.kind)))


def test_what_was_noted_is_kept_and_the_answer_stays_where_it_is(desk_session: Session, at: Submitted) -> None:
    notes = Notes(verdicts={1: "yes", 4: "no"}, remarks={4: " Only one shop. "}, comments={"Q1": "Which shop?", "": ""})
    save_review(desk_session, at.editor, at.answer.id, notes, at.seen, NOW)
    review = desk_session.scalars(select(Review)).one()
    assert review.checklist["4"] == {"verdict": "no", "comment": "Only one shop."}
    assert review.checklist["2"] == {"verdict": "", "comment": ""}
    assert review.comments == {"Q1": "Which shop?", "": ""}
    assert desk_session.get_one(Answer, at.answer.id).state == "submitted"
    assert desk_session.scalars(select(ReviewComment)).all() == []


def test_a_verdict_of_no_list_is_not_kept(desk_session: Session, at: Submitted) -> None:
    save_review(desk_session, at.editor, at.answer.id, Notes(verdicts={1: "<maybe>"}), at.seen, NOW)
    assert desk_session.scalars(select(Review)).one().checklist["1"]["verdict"] == ""


def test_a_second_editor_does_not_overwrite_the_first(desk_session: Session, at: Submitted) -> None:
    review = save_review(desk_session, at.editor, at.answer.id, Notes({1: "yes"}), at.seen, NOW)
    with pytest.raises(EditConflict) as refused:
        save_review(desk_session, at.editor, at.answer.id, Notes({1: "no"}), at.seen, NOW)
    assert refused.value.current_version == review.version
    save_review(desk_session, at.editor, at.answer.id, Notes({1: "no"}), Seen(at.revision.id, review.version), NOW)
    assert review.checklist["1"]["verdict"] == "no"


def test_an_officer_reads_but_does_not_review(desk_session: Session, scene: Session, at: Submitted) -> None:
    officer = make_staff(scene, Role.OFFICER)
    with pytest.raises(NotAllowed):
        accept_answer(desk_session, officer, at.answer.id, ALL_YES, at.seen, NOW)


def test_a_manager_does_not_even_find_it(desk_session: Session, scene: Session, at: Submitted) -> None:
    with pytest.raises(NotFound):
        save_review(desk_session, make_staff(scene, Role.MANAGER), at.answer.id, Notes(), at.seen, NOW)


def test_a_returned_answer_goes_back_with_its_comments_and_a_new_date(desk_session: Session, at: Submitted) -> None:
    notes = Notes(verdicts={1: "no"}, comments={"Q1": "Name the shops.", "Q2": "  ", "": "Thank you."})
    answer = return_answer(desk_session, at.editor, at.answer.id, notes, at.seen, NOW)
    desk_session.flush()
    comments = {(one.point_code, one.text, one.round) for one in desk_session.scalars(select(ReviewComment))}
    assert comments == {("Q1", "Name the shops.", 1), (None, "Thank you.", 1)}
    assert (answer.state, answer.round) == ("returned", 2)
    assignment = desk_session.get_one(Assignment, at.assignment.id)
    assert assignment.submit_by == TODAY + timedelta(days=10)  # as agreed, which is later than five working days
    assert assignment.requester_date == TODAY + timedelta(days=15)
    assert ladders(desk_session) == {"assignment.submission"}
    assert kinds(desk_session) == ["answer.return", "assignment.new_date"]
    assert desk_session.scalars(select(Review)).one().decision == "return"


AGAIN = 6  # days from today: five working days of DR Congo, where Saturday is one


@pytest.mark.parametrize(("agreed", "told", "submit_by", "requester_date"), [
    (-1, 14, AGAIN, 14),  # late already; what was said to the requester is not taken back
    (1, 0, AGAIN, 9),
    (AGAIN, 0, AGAIN, 9),
    (10, 14, 10, 15),
    (10, 0, 10, 15),
])  # fmt: skip
def test_being_sent_back_gives_five_working_days_and_never_a_nearer_date_than_was_agreed(
    desk_session: Session, scene: Session, agreed: int, told: int, submit_by: int, requester_date: int
) -> None:
    at = submitted(scene)
    at.assignment.submit_by = TODAY + timedelta(days=agreed)
    at.assignment.requester_date = TODAY + timedelta(days=told)
    scene.commit()
    return_answer(desk_session, at.editor, at.answer.id, Notes(comments={"": "Again."}), at.seen, NOW)
    assignment = desk_session.get_one(Assignment, at.assignment.id)
    assert assignment.submit_by == TODAY + timedelta(days=submit_by)
    assert assignment.requester_date == TODAY + timedelta(days=requester_date)


def test_nothing_is_sent_back_without_a_word(desk_session: Session, at: Submitted) -> None:
    with pytest.raises(Incomplete) as refused:
        return_answer(desk_session, at.editor, at.answer.id, Notes(comments={"Q1": " "}), at.seen, NOW)
    assert set(refused.value.problems) == {"note"}
    assert desk_session.scalars(select(Review)).all() == []


def test_an_accepted_answer_completes_its_assignment_and_stops_all_clocks(
    desk_session: Session, scene: Session, at: Submitted
) -> None:
    answer = accept_answer(desk_session, at.editor, at.answer.id, ALL_YES, at.seen, NOW)
    desk_session.flush()
    assignment = desk_session.get_one(Assignment, at.assignment.id)
    assert (answer.state, assignment.state, assignment.closed_at) == ("accepted", "completed", NOW)
    assert ladders(desk_session) == set()
    assert kinds(desk_session) == ["answer.accept", "assignment.complete"]
    event = desk_session.scalars(select(Event).where(Event.kind == "answer.accept")).one()
    assert (event.actor_id, event.question_id) == (at.editor.id, at.answer.question_id)
    desk_session.commit()
    assert scene.scalars(select(Outbox.event_id)).all() == [event.id]


def test_an_accepted_answer_leaves_no_draft_behind(desk_session: Session, scene: Session, at: Submitted) -> None:
    make_kept_draft(scene, at.answer)
    scene.commit()
    assert scene.scalars(select(KeptDraft)).all()
    accept_answer(desk_session, at.editor, at.answer.id, ALL_YES, at.seen, NOW)
    desk_session.commit()
    scene.expire_all()
    assert scene.scalars(select(KeptDraft)).all() == []


@pytest.mark.parametrize("verdict", ["no", ""])
@pytest.mark.parametrize("number", BLOCKING)
def test_each_of_the_first_ten_points_keeps_an_answer_from_being_accepted(
    desk_session: Session, at: Submitted, number: int, verdict: str
) -> None:
    verdicts = {**ALL_YES.verdicts, number: verdict}
    with pytest.raises(Incomplete) as refused:
        accept_answer(desk_session, at.editor, at.answer.id, Notes(verdicts, ALL_YES.remarks), at.seen, NOW)
    assert set(refused.value.problems) == {"decision", f"verdict_{number}"}
    assert desk_session.get_one(Answer, at.answer.id).state == "submitted"


def test_the_last_three_points_only_warn_and_na_counts_as_looked_at(desk_session: Session, at: Submitted) -> None:
    verdicts = dict.fromkeys(BLOCKING, "na") | {11: "no"}
    assert [check.number for check in CHECKS if not check.blocking] == [11, 12, 13]
    answer = accept_answer(desk_session, at.editor, at.answer.id, Notes(verdicts, ALL_YES.remarks), at.seen, NOW)
    assert answer.state == "accepted"


@pytest.mark.parametrize("verdict", ["yes", "na"])
@pytest.mark.parametrize("remark", [{}, {TWO_SOURCES: "  "}, {1: "Of another point."}])
def test_two_sources_where_one_is_counted_are_asked_about(
    desk_session: Session, at: Submitted, remark: dict[int, str], verdict: str
) -> None:
    verdicts = ALL_YES.verdicts | {TWO_SOURCES: verdict}
    with pytest.raises(Incomplete) as refused:
        accept_answer(desk_session, at.editor, at.answer.id, Notes(verdicts, remark), at.seen, NOW)
    assert set(refused.value.problems) == {f"remark_{TWO_SOURCES}"}
    assert refused.value.quoted == {"points": "Q1"}


def test_one_source_may_stand_with_a_reason_that_is_kept(desk_session: Session, at: Submitted) -> None:
    accept_answer(desk_session, at.editor, at.answer.id, ALL_YES, at.seen, NOW)
    checklist = desk_session.scalars(select(Review)).one().checklist
    assert checklist[str(TWO_SOURCES)] == {"verdict": "yes", "comment": ONE_WILL_DO}


def test_two_sources_that_are_there_are_not_asked_about(desk_session: Session, scene: Session, at: Submitted) -> None:
    sources = at.revision.content["sources"]
    at.revision.content = at.revision.content | {"sources": [*sources, *sources]}
    scene.commit()
    answer = accept_answer(desk_session, at.editor, at.answer.id, Notes(ALL_YES.verdicts), at.seen, NOW)
    assert answer.state == "accepted"


def test_a_rejected_answer_ends_the_commission_and_tells_both_sides(desk_session: Session, at: Submitted) -> None:
    answer = reject_answer(desk_session, at.editor, at.answer.id, Notes(), " Not about this town. ", at.seen, NOW)
    desk_session.flush()
    assignment = desk_session.get_one(Assignment, at.assignment.id)
    assert (answer.state, answer.reject_reason) == ("rejected", "Not about this town.")
    assert (assignment.state, assignment.closed_at) == ("revoked", NOW)
    assert kinds(desk_session) == ["answer.reject", "assignment.revoke"]
    assert ladders(desk_session) == set()


@pytest.mark.parametrize("reason", ["", "  ", "x" * (policy.REASON_MAX + 1)])
def test_a_rejection_needs_a_reason_of_a_readable_length(desk_session: Session, at: Submitted, reason: str) -> None:
    with pytest.raises(Incomplete) as refused:
        reject_answer(desk_session, at.editor, at.answer.id, Notes(), reason, at.seen, NOW)
    assert set(refused.value.problems) == {"reason"}


def test_a_decided_answer_is_not_decided_again(desk_session: Session, at: Submitted) -> None:
    accept_answer(desk_session, at.editor, at.answer.id, ALL_YES, at.seen, NOW)
    with pytest.raises(OutOfTurn):
        return_answer(desk_session, at.editor, at.answer.id, Notes(comments={"": "No."}), at.seen, NOW)


def test_a_decision_on_an_older_revision_is_refused(desk_session: Session, scene: Session, at: Submitted) -> None:
    from tests.factories import make_revision

    make_revision(scene, at.answer, number=2)
    scene.commit()
    with pytest.raises(OutOfTurn):
        accept_answer(desk_session, at.editor, at.answer.id, ALL_YES, at.seen, NOW)


def test_comments_have_a_length(desk_session: Session, at: Submitted) -> None:
    notes = Notes(remarks={3: "x" * (policy.REASON_MAX + 1)}, comments={"Q1": "x" * (policy.COMMENT_MAX + 1)})
    with pytest.raises(Incomplete) as refused:
        save_review(desk_session, at.editor, at.answer.id, notes, at.seen, NOW)
    assert set(refused.value.problems) == {"remark_3", "comment_Q1"}


def test_an_editor_may_open_who_a_source_is(desk_session: Session, at: Submitted) -> None:
    source = source_of(desk_session, at.editor, at.answer.id, at.source.id)
    assert source.identity == IDENTITY


def test_an_officer_may_not_open_who_a_source_is(desk_session: Session, scene: Session, at: Submitted) -> None:
    with pytest.raises(NotAllowed):
        source_of(desk_session, make_staff(scene, Role.OFFICER), at.answer.id, at.source.id)


def test_a_source_of_another_answer_is_not_found(desk_session: Session, scene: Session, at: Submitted) -> None:
    other = submitted(scene)
    with pytest.raises(NotFound):
        source_of(desk_session, at.editor, at.answer.id, other.source.id)
