"""Files of an answer: sealed as they come, counted, taken out without a trace, named by the revision that sent them."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from config import policy
from tests.factories import NOW, make_answer, make_assignment, make_partner, make_question, make_researcher
from tests.workspace import AtWork
from workflows.answers.attaching import attach, take_out
from workflows.answers.attachment_models import Attachment, AttachmentState
from workflows.answers.attachment_words import BY_EDITOR, REASONS
from workflows.answers.lifecycle import REVIEW_LADDER
from workflows.answers.models import Answer, Revision
from workflows.answers.partner import submit_answer
from workflows.assignments.models import Assignment
from workflows.core.errors import Incomplete, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.core.reminders import leave

PHOTO = b"\xff\xd8\xff a photo of a list of prices"


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def researcher(scene: Session, partner):
    return make_researcher(scene, partner)


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="accepted")
    answer = make_answer(scene, row)
    answer.note_for_editor = "-"
    scene.commit()
    return row


def attached(at_work: AtWork, researcher, work: Assignment, data: bytes = PHOTO) -> Attachment:
    with at_work(researcher) as session:
        return attach(session, researcher, work.id, "image", data, NOW)


def rows(scene: Session) -> list[Attachment]:
    scene.expire_all()
    return list(scene.scalars(select(Attachment).order_by(Attachment.number)))


def problems(at_work: AtWork, researcher, work: Assignment, data: bytes) -> set[str]:
    with pytest.raises(Incomplete) as refused:
        attached(at_work, researcher, work, data)
    return set(refused.value.problems)


def sent(scene: Session, at_work: AtWork, researcher, work: Assignment, monkeypatch: pytest.MonkeyPatch) -> Revision:
    monkeypatch.setattr("workflows.answers.partner_telling.what_is_missing", lambda *_: {})
    with at_work(researcher) as session:
        return submit_answer(session, researcher, work.id, NOW)


def test_a_file_lies_sealed_in_quarantine(scene, at_work, researcher, work) -> None:
    attached(at_work, researcher, work)
    [row] = rows(scene)
    assert (row.state, row.name, row.size, row.sent_in) == ("quarantined", "photo-1", len(PHOTO), None)
    assert b"prices" not in row.original_sealed
    assert row.original == PHOTO
    event = scene.scalars(select(Event).where(Event.object_id == row.id)).one()
    assert (event.kind, event.codes, event.question_id) == ("attachment.open", {"kind": "image"}, work.question_id)


@pytest.mark.parametrize("column", ["original_sealed", "clean_sealed"])
def test_the_portal_reads_no_byte_again(at_work, researcher, work, column) -> None:
    attached(at_work, researcher, work)
    with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
        session.execute(text(f"select {column} from attachment"))


def test_too_large_a_file_or_none_leaves_nothing(scene, at_work, researcher, work) -> None:
    assert problems(at_work, researcher, work, b"x" * (policy.UPLOAD_MAX_BYTES + 1)) == {"file"}
    assert problems(at_work, researcher, work, b"") == {"file"}
    assert rows(scene) == []


def test_the_largest_file_is_taken_whole(scene, at_work, researcher, work) -> None:
    largest = PHOTO + bytes(policy.UPLOAD_MAX_BYTES - len(PHOTO))
    attached(at_work, researcher, work, largest)
    assert rows(scene)[0].original == largest


def test_a_sixth_file_is_refused_until_one_is_taken_out(scene, at_work, researcher, work) -> None:
    for _ in range(policy.ATTACHMENTS_PER_ANSWER):
        attached(at_work, researcher, work)
    assert problems(at_work, researcher, work, PHOTO) == {"file"}
    with at_work(researcher) as session:
        take_out(session, researcher, work.id, rows(scene)[1].id)
    attached(at_work, researcher, work)
    assert [row.number for row in rows(scene)] == [1, 3, 4, 5, 6]


def test_a_revision_names_the_files_it_was_sent_with(scene, at_work, researcher, work, monkeypatch) -> None:
    first = attached(at_work, researcher, work)
    revision = sent(scene, at_work, researcher, work, monkeypatch)
    named = {"id": str(first.id), "number": 1, "kind": "image", "size": len(PHOTO)}
    assert revision.content["attachments"] == [named]
    assert rows(scene)[0].sent_in == 1


def test_a_refused_file_does_not_go_with_the_answer(scene, at_work, researcher, work, monkeypatch) -> None:
    attached(at_work, researcher, work)
    second = attached(at_work, researcher, work)
    refused = rows(scene)[0]
    refused.state, refused.reason = AttachmentState.REFUSED, next(iter(REASONS))
    scene.commit()
    revision = sent(scene, at_work, researcher, work, monkeypatch)
    assert [one["id"] for one in revision.content["attachments"]] == [str(second.id)]
    assert [row.sent_in for row in rows(scene)] == [None, 1]


def test_a_file_that_was_sent_is_put_aside_and_not_erased(scene, at_work, researcher, work, monkeypatch) -> None:
    first = attached(at_work, researcher, work)
    sent(scene, at_work, researcher, work, monkeypatch)
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        take_out(session, researcher, work.id, first.id)
    answer = scene.scalars(select(Answer)).one()
    answer.state = "returned"
    leave(scene, REVIEW_LADDER, answer.id)
    scene.commit()
    second = attached(at_work, researcher, work)
    with at_work(researcher) as session:
        take_out(session, researcher, work.id, first.id)
        session.execute(text("delete from attachment where sent_in is not null"))
    assert [(row.id, row.dropped) for row in rows(scene)] == [(first.id, True), (second.id, False)]
    again = sent(scene, at_work, researcher, work, monkeypatch)
    assert [one["number"] for one in again.content["attachments"]] == [2]
    assert [row.sent_in for row in rows(scene)] == [1, 2]


def test_a_stranger_finds_no_file(scene, at_work, researcher, work) -> None:
    row = attached(at_work, researcher, work)
    stranger = make_researcher(scene, make_partner(scene))
    theirs = make_assignment(scene, scene.get_one(type(make_partner(scene)), stranger.partner_id), state="accepted")
    make_answer(scene, theirs)
    scene.commit()
    for assignment_id in (work.id, theirs.id):
        with pytest.raises(NotFound), at_work(stranger) as session:
            take_out(session, stranger, assignment_id, row.id)
    with at_work(stranger) as session:
        assert session.execute(text("select id from attachment")).all() == []


@pytest.mark.parametrize("values", ["'released', null, null", "'clean', 'x'::bytea, null", "'quarantined', null, 1"])
def test_the_portal_makes_no_file_that_was_looked_at_or_sent(scene, at_work, researcher, work, values) -> None:
    answer = scene.scalars(select(Answer.id)).one()
    with pytest.raises(ProgrammingError, match="row-level security"), at_work(researcher) as session:
        session.execute(
            text(
                "insert into attachment (id, answer_id, partner_id, number, kind, version, size, uploaded_at, uploaded_by,"
                f" dropped, attempts, next_try_at, state, clean_sealed, sent_in) values (gen_random_uuid(), '{answer}',"
                f" '{researcher.partner_id}', 9, 'pdf', 1, 1, now(), gen_random_uuid(), false, 0, now(), {values})"
            )
        )


def test_the_portal_moves_no_file(at_work, researcher, work) -> None:
    attached(at_work, researcher, work)
    with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
        session.execute(text("update attachment set state = 'released'"))


def test_every_reason_of_the_sandbox_is_said_in_words() -> None:
    from sandbox import Reason

    assert set(REASONS) == {str(one) for one in Reason} | {BY_EDITOR}
    assert set(AttachmentState) == {"quarantined", "clean", "released", "refused"}
