"""Saving a draft, complete or not, and sending it: frozen, numbered, never changed."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tests.factories import NOW, make_answer, make_assignment, make_partner, make_question, make_researcher
from tests.workspace import AtWork
from workflows.answers.drafts import AnswerDraft, PointDraft, SourceDraft
from workflows.answers.lifecycle import REVIEW_LADDER
from workflows.answers.models import Answer, AnswerPoint, Revision, Source
from workflows.answers.partner import save_answer, submit_answer
from workflows.answers.revisions import digest_of
from workflows.assignments.lifecycle import SUBMISSION_LADDER
from workflows.assignments.models import Assignment
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.core.reminders import Reminder, climb, leave
from workflows.core.sealed import CannotOpen

POINT = PointDraft("Q1", "Two of three had it.", "Kinshasa", date(2026, 3, 9), "fairly_sure")
SOURCE = SourceDraft(
    "Q1", kind="talk", label="Three pharmacists", dated=date(2026, 3, 9), mode="in_person", consent="role",
    identity="Mrs Known, second window",
)  # fmt: skip
WHOLE = AnswerDraft((POINT,), (SOURCE,), note="Do not name the street.")


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def researcher(scene: Session, partner):
    return make_researcher(scene, partner)


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    """Accepted work of one point, waiting for the desk's reply, with an empty draft."""
    row = make_assignment(
        scene, partner, make_question(scene, state="triaged"), state="accepted", submit_by=date(2026, 3, 24),
        paused_at=NOW, extension_until=date(2026, 3, 30), extension_refused=date(2026, 4, 3),
    )  # fmt: skip
    answer = make_answer(scene, row)
    empty = {"text": "", "place": "", "information_date": None, "confidence": None}
    scene.execute(update(AnswerPoint).where(AnswerPoint.answer_id == answer.id).values(**empty))
    climb(scene, SUBMISSION_LADDER, row, HELPDESK, NOW)
    scene.commit()
    return row


def saved(at_work: AtWork, researcher, work: Assignment, draft: AnswerDraft = WHOLE, version: int = 1) -> int:
    with at_work(researcher) as session:
        return save_answer(session, researcher, work.id, version, draft, NOW).version


def sent(at_work: AtWork, researcher, work: Assignment) -> None:
    with at_work(researcher) as session:
        submit_answer(session, researcher, work.id, NOW)


def sources(scene: Session) -> list[Source]:
    scene.expire_all()
    return list(scene.scalars(select(Source).order_by(Source.dropped, Source.position)))


def test_a_draft_is_kept_as_far_as_it_goes(scene, at_work, researcher, work) -> None:
    half = AnswerDraft((PointDraft("Q1", "So far\r\nonly\u202e this. "),), (SourceDraft("Q1", label="A notice"),))
    assert saved(at_work, researcher, work, half) == 2
    point = scene.scalars(select(AnswerPoint)).one()
    assert (point.text, point.place, point.information_date, point.confidence) == ("So far\nonly this.", "", None, None)
    source = sources(scene)[0]
    assert (source.label, source.kind, source.keeps_identity) == ("A notice", "", False)
    answer = scene.scalars(select(Answer)).one()
    assert (answer.state, answer.saved_at, answer.note_for_editor) == ("draft", NOW, None)
    assert scene.scalars(select(Event)).all() == []


def test_a_save_from_an_older_version_is_a_conflict_and_changes_nothing(scene, at_work, researcher, work) -> None:
    assert saved(at_work, researcher, work) == 2
    with pytest.raises(EditConflict) as refused:
        saved(at_work, researcher, work, AnswerDraft((replace(POINT, text="Mine."),)), version=1)
    assert refused.value.current_version == 2
    assert scene.scalars(select(AnswerPoint.text)).one() == "Two of three had it."


def test_an_identity_is_sealed_and_the_portal_can_never_open_it(scene, at_work, researcher, work, keys) -> None:
    saved(at_work, researcher, work)
    source = sources(scene)[0]
    assert source.keeps_identity
    assert b"Known" not in source.identity_sealed
    assert source.identity == "Mrs Known, second window"
    with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
        session.scalars(select(Source.identity_sealed)).all()
    blob, place = source.identity_sealed, f"source|identity_sealed|{source.id}"
    with pytest.raises(CannotOpen):
        type(keys)(sealing_public=keys.sealing_public).open(place, blob)


def test_a_source_saved_again_keeps_its_identity(scene, at_work, researcher, work) -> None:
    saved(at_work, researcher, work)
    kept = replace(SOURCE, id=sources(scene)[0].id, identity="", label="Four pharmacists")
    saved(at_work, researcher, work, AnswerDraft((POINT,), (kept,)), version=2)
    (source,) = sources(scene)
    assert (source.label, source.identity, source.keeps_identity) == (
        "Four pharmacists",
        "Mrs Known, second window",
        True,
    )


def test_another_identity_makes_another_source_and_drops_the_old(scene, at_work, researcher, work) -> None:
    saved(at_work, researcher, work)
    old = sources(scene)[0].id
    changed = replace(SOURCE, id=old, identity="Mr Other")
    saved(at_work, researcher, work, AnswerDraft((POINT,), (changed,)), version=2)
    new, dropped = sources(scene)
    assert (new.identity, new.dropped) == ("Mr Other", False)
    assert (dropped.id, dropped.dropped) == (old, True)


def test_a_source_that_is_not_named_again_is_dropped(scene, at_work, researcher, work) -> None:
    saved(at_work, researcher, work)
    saved(at_work, researcher, work, AnswerDraft((POINT,)), version=2)
    assert [source.dropped for source in sources(scene)] == [True]


def test_anothers_source_cannot_be_taken_over(scene, at_work, researcher, work) -> None:
    other = make_answer(scene, make_assignment(scene, state="accepted"))
    foreign = Source(answer_id=other.id, position=1, point_code="Q1", kind="talk", label="Theirs", mode="phone",
                     consent="role", keeps_identity=False, dropped=False)  # fmt: skip
    scene.add(foreign)
    scene.commit()
    for source_id in (foreign.id, uuid4()):
        with pytest.raises(NotFound):
            saved(at_work, researcher, work, AnswerDraft((POINT,), (replace(SOURCE, id=source_id, identity=""),)))


@pytest.mark.parametrize(
    "draft",
    [
        AnswerDraft((replace(POINT, confidence="certain"),)),
        AnswerDraft((POINT,), (replace(SOURCE, kind="rumour"),)),
        AnswerDraft((POINT,), (replace(SOURCE, mode="telepathy"),)),
        AnswerDraft((POINT,), (replace(SOURCE, consent="maybe"),)),
        AnswerDraft((POINT,), (replace(SOURCE, point_code="Q9"),)),
        AnswerDraft((POINT,), (SOURCE,) * 41),
        AnswerDraft((POINT,), (replace(SOURCE, independence="Z"),)),
    ],
)
def test_codes_of_no_list_are_refused_before_anything_changes(scene, at_work, researcher, work, draft) -> None:
    with at_work(researcher) as session, pytest.raises(Incomplete):
        save_answer(session, researcher, work.id, 1, draft, NOW)
    assert scene.scalars(select(AnswerPoint.text)).one() == ""


def test_sending_freezes_a_revision_and_starts_the_review(scene, at_work, researcher, work) -> None:
    saved(at_work, researcher, work)
    sent(at_work, researcher, work)
    revision, source = scene.scalars(select(Revision)).one(), sources(scene)[0]
    assert revision.content == {
        "points": [{"code": "Q1", "text": "Two of three had it.", "place": "Kinshasa", "information_date": "2026-03-09",
                    "confidence": "fairly_sure", "not_found": False, "searched_where": ""}],
        "sources": [{"id": str(source.id), "position": 1, "point_code": "Q1", "kind": "talk",
                     "label": "Three pharmacists", "dated": "2026-03-09", "mode": "in_person", "consent": "role",
                     "keeps_identity": True, "assessment_who": "", "assessment_what": "", "assessment_how": "",
                     "assessment_why": "", "assessment_when": "", "independence": ""}],
        "prices": [], "contacts": [], "credit": "anonymous",
        "attachments": [],
    }  # fmt: skip
    assert revision.content_hash == digest_of(revision.content)
    assert (revision.number, revision.submitted_by, revision.question_id) == (1, researcher.id, work.question_id)
    answer = scene.scalars(select(Answer)).one()
    assert (answer.state, answer.submitted_at, answer.review_by) == ("submitted", NOW, date(2026, 3, 13))
    assert list(scene.scalars(select(Reminder.ladder))) == [REVIEW_LADDER.name]
    assert scene.scalars(select(Event)).one().codes == {"revision": str(revision.id)}
    scene.expire_all()
    assert (work.state, work.paused_at, work.extension_until, work.extension_refused) == ("accepted", None, None, None)


def test_sending_an_empty_draft_names_every_field(scene, at_work, researcher, work) -> None:
    with at_work(researcher) as session:
        with pytest.raises(Incomplete) as refused:
            submit_answer(session, researcher, work.id, NOW)
        assert set(refused.value.problems) == {
            "Q1.text", "Q1.place", "Q1.information_date", "Q1.confidence", "Q1.sources"
        }  # fmt: skip
    assert scene.scalars(select(Answer.state)).one() == "draft"
    assert scene.scalars(select(Revision)).all() == []


@pytest.mark.parametrize(
    ("point", "source", "field"),
    [
        (replace(POINT, text=""), SOURCE, "text"),
        (replace(POINT, text="x" * 12_001), SOURCE, "text"),
        (replace(POINT, not_found=True), SOURCE, "searched_where"),
        (replace(POINT, place="x" * 121), SOURCE, "place"),
        (replace(POINT, information_date=date(2026, 3, 11)), SOURCE, "information_date"),
        (POINT, replace(SOURCE, kind=""), "kind"),
        (POINT, replace(SOURCE, label=""), "label"),
        (POINT, replace(SOURCE, label="x" * 501), "label"),
        (POINT, replace(SOURCE, dated=None), "dated"),
        (POINT, replace(SOURCE, dated=date(2026, 3, 11)), "dated"),
        (POINT, replace(SOURCE, mode=""), "mode"),
        (POINT, replace(SOURCE, consent=""), "consent"),
    ],
)
def test_each_gap_is_named_by_its_field(at_work, researcher, work, point, source, field) -> None:
    saved(at_work, researcher, work, AnswerDraft((point,), (source,)))
    with at_work(researcher) as session, pytest.raises(Incomplete) as refused:
        submit_answer(session, researcher, work.id, NOW)
    assert [name.rpartition(".")[2] for name in refused.value.problems] == [field]


def test_today_is_the_partners_day(scene, at_work) -> None:
    """At 20:00 UTC it is tomorrow in Kathmandu."""
    partner = make_partner(scene, "NPL", timezone="Asia/Kathmandu", calendar="NP")
    researcher = make_researcher(scene, partner)
    work = make_assignment(scene, partner, state="accepted", submit_by=date(2026, 3, 24))
    make_answer(scene, work)
    scene.commit()
    saved(at_work, researcher, work, AnswerDraft((replace(POINT, information_date=date(2026, 3, 11)),), (SOURCE,)))
    with at_work(researcher) as session:
        submit_answer(session, researcher, work.id, NOW + timedelta(hours=10))


def test_a_returned_answer_is_written_on_and_sent_as_the_next_revision(scene, at_work, researcher, work) -> None:
    saved(at_work, researcher, work)
    sent(at_work, researcher, work)
    scene.execute(update(Answer).values(state="returned", round=2))
    leave(scene, REVIEW_LADDER, scene.scalars(select(Answer.id)).one())
    scene.commit()
    version = scene.scalars(select(Answer.version)).one()
    kept = replace(SOURCE, id=sources(scene)[0].id, identity="")
    better = AnswerDraft((replace(POINT, text="Three of four had it."),), (kept,))
    saved(at_work, researcher, work, better, version)
    sent(at_work, researcher, work)
    first, second = scene.scalars(select(Revision).order_by(Revision.number))
    assert (first.number, second.number) == (1, 2)
    assert first.content["points"][0]["text"] == "Two of three had it."
    assert second.content["points"][0]["text"] == "Three of four had it."
    assert first.content["sources"][0]["id"] == second.content["sources"][0]["id"]


@pytest.mark.parametrize("state", ["submitted", "accepted", "rejected", "withdrawn"])
def test_what_was_sent_cannot_be_written_any_more(scene, at_work, researcher, work, state) -> None:
    scene.execute(update(Answer).values(state=state))
    scene.commit()
    with pytest.raises(OutOfTurn):
        saved(at_work, researcher, work)
    with pytest.raises(OutOfTurn):
        sent(at_work, researcher, work)


def test_revoked_work_cannot_be_written_any_more(scene, at_work, researcher, work) -> None:
    work.state = "revoked"
    scene.commit()
    with pytest.raises(OutOfTurn):
        saved(at_work, researcher, work)
    with pytest.raises(OutOfTurn):
        sent(at_work, researcher, work)


def test_a_stranger_finds_no_answer_to_write(scene, at_work, work) -> None:
    stranger = make_researcher(scene)
    scene.commit()
    for assignment_id in (work.id, uuid4()):
        with pytest.raises(NotFound), at_work(stranger) as session:
            save_answer(session, stranger, assignment_id, 1, WHOLE, NOW)
        with pytest.raises(NotFound), at_work(stranger) as session:
            submit_answer(session, stranger, assignment_id, NOW)


def test_a_revision_can_be_neither_changed_nor_removed_by_the_portal(at_work, researcher, work) -> None:
    saved(at_work, researcher, work)
    sent(at_work, researcher, work)
    for statement in (update(Revision).values(number=9), delete(Revision)):
        with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
            session.execute(statement)


def test_the_portal_reads_no_request_no_question_no_staff(at_work, researcher, work) -> None:
    for table in ("request", "question", "question_point", "message", "staff", "reply", "excerpt", "review"):
        with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
            session.execute(text(f"select 1 from {table}"))
