"""A form that came back: what it holds of people is sealed at once, one person takes it over, what is old is gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from config import policy
from sandbox import word_form as kind
from tests.factories import NOW, make_answer, make_assignment, make_partner, make_question, make_researcher
from tests.word_forms import changed, fill
from tests.workspace import AtWork
from workflows.answers.drafts import AnswerDraft, PointDraft, SourceDraft
from workflows.answers.models import Answer, AnswerPoint, Contact, Source
from workflows.answers.partner import save_answer
from workflows.answers.word_form import word_form
from workflows.answers.word_form_docx import form_docx
from workflows.answers.word_upload_models import WordUpload
from workflows.answers.word_uploads import (
    Choice,
    forget_word_uploads,
    keep_upload,
    take_over,
    throw_away,
    waiting_upload,
)
from workflows.answers.work_queries import task_work
from workflows.assignments.models import Assignment
from workflows.assignments.partner_queries import task_scope, task_scopes
from workflows.core.actors import Researcher
from workflows.core.errors import EditConflict, Incomplete, NotFound, OutOfTurn
from workflows.core.sealed import CannotOpen
from workflows.core.words import PARTNERS

SECRET = "Dr Azad Known, 0750 123"


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def task(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="accepted", number=42)
    make_answer(scene, row)
    scene.commit()
    return row


@pytest.fixture
def researcher(scene: Session, partner, task) -> Researcher:
    row = make_researcher(scene, partner)
    scene.commit()
    return row


def form_of(session: Session, researcher: Researcher, task: Assignment, *changes, language: str = "en") -> bytes:
    """The form of a task as the sandbox reads it after somebody worked on it."""
    scope, work = task_scope(session, researcher, task.id, language, NOW), task_work(session, researcher, task.id)
    return kind.work(changed(form_docx(word_form(scope, work, language)), *changes)).data


def brought(at_work: AtWork, researcher: Researcher, task: Assignment, *changes, language: str = "en") -> WordUpload:
    with at_work(researcher) as session:
        found = form_of(session, researcher, task, *changes, language=language)
        return keep_upload(session, researcher, task.id, found, NOW)


def test_the_task_is_read_once_for_the_words_of_every_language(at_work: AtWork, researcher, task) -> None:
    with at_work(researcher) as session:
        found, seen = form_of(session, researcher, task, language="ru"), []
        event.listen(session.connection(), "before_cursor_execute", lambda *call: seen.append(call[2]))
        keep_upload(session, researcher, task.id, found, NOW)
        assert sum("FROM assignment_message" in one for one in seen) == 1
        in_each = task_scopes(session, researcher, task.id, PARTNERS, NOW)
        assert in_each == {one: task_scope(session, researcher, task.id, one, NOW) for one in PARTNERS}
        assert len({scope.country for scope in in_each.values()}) > 1


def looked_at(at_work: AtWork, researcher: Researcher, task: Assignment):
    with at_work(researcher) as session:
        work = task_work(session, researcher, task.id)
        return work, waiting_upload(session, researcher, task.id, work, "UTC", "en")


def choice(waiting, version: int = 1, taken=None, *, with_rest: bool = True) -> Choice:
    return Choice(waiting.id, version, frozenset(waiting.placed.units if taken is None else taken), with_rest, "en")


def took(at_work: AtWork, researcher: Researcher, task: Assignment, chosen: Choice) -> None:
    with at_work(researcher) as session:
        take_over(session, researcher, task.id, chosen, NOW)


def taken_over(at_work: AtWork, researcher: Researcher, task: Assignment, *changes) -> None:
    """Brought back, looked at, and all of it taken over."""
    brought(at_work, researcher, task, *changes)
    work, waiting = looked_at(at_work, researcher, task)
    took(at_work, researcher, task, choice(waiting, work.version))


NURSE = (fill("Q1.sources.1.label", "A nurse"), fill("Q1.sources.1.identity", SECRET))
REGISTRY = (fill("Q1.contacts.1.label", "Registry"), fill("Q1.contacts.1.reach", SECRET))


def test_what_was_chosen_stands_in_the_draft_and_the_upload_is_gone(at_work, scene, task, researcher):
    brought(at_work, researcher, task, fill("Q1.text", "All three sell it."), fill("Q1.place", "Goma"))
    _work, waiting = looked_at(at_work, researcher, task)
    took(at_work, researcher, task, choice(waiting, taken={"Q1.place"}))
    point = scene.scalars(select(AnswerPoint)).one()
    assert (point.text, point.place) == ("Deux pharmacies sur trois en avaient.", "Goma")
    assert looked_at(at_work, researcher, task)[1] is None


def test_who_a_source_is_lies_sealed_for_the_source_that_it_becomes(at_work, scene, task, researcher):
    upload = brought(at_work, researcher, task, *NURSE)
    assert SECRET not in str(upload.found)
    assert SECRET not in str(upload.closed)
    work, waiting = looked_at(at_work, researcher, task)
    assert SECRET not in str(waiting)
    took(at_work, researcher, task, choice(waiting, work.version))
    source = scene.scalars(select(Source)).one()
    assert (source.label, source.identity, source.keeps_identity) == ("A nurse", SECRET, True)


def test_the_portal_itself_cannot_open_it(at_work, task, researcher):
    taken_over(at_work, researcher, task, *NURSE)
    with at_work(researcher) as session:
        row_id = session.scalars(select(Source.id)).one()
        with pytest.raises(CannotOpen):
            Source.identity.read(Source, row_id, Source.identity.close_for(Source, row_id, SECRET))


def test_how_to_reach_somebody_is_sealed_unless_they_agreed(at_work, scene, task, researcher):
    taken_over(at_work, researcher, task, *REGISTRY)
    contact = scene.scalars(select(Contact)).one()
    assert (contact.reach, contact.restricted_reach, contact.may_publish) == ("", SECRET, False)


def test_what_is_sealed_in_a_form_is_not_published_because_a_colleague_said_so_meanwhile(
    at_work, scene, task, researcher
):
    taken_over(at_work, researcher, task, fill("Q1.contacts.1.label", "Registry"))
    key = scene.scalars(select(Contact.id)).one().hex[-8:]
    brought(at_work, researcher, task, fill(f"Q1.contacts.{key}.reach", SECRET))
    scene.scalars(select(Contact)).one().may_publish = True
    scene.commit()
    work, waiting = looked_at(at_work, researcher, task)
    took(at_work, researcher, task, choice(waiting, work.version))
    kept = scene.scalars(
        select(Contact).where(Contact.dropped.is_(False)), execution_options={"populate_existing": True}
    ).one()
    assert (kept.may_publish, kept.reach, kept.restricted_reach) == (False, "", SECRET)


def test_a_new_identity_makes_a_new_source_and_the_old_one_keeps_its_own(at_work, scene, task, researcher):
    taken_over(at_work, researcher, task, *NURSE)
    old = scene.scalars(select(Source)).one()
    taken_over(at_work, researcher, task, fill(f"Q1.sources.{old.id.hex[-8:]}.identity", "Somebody else"))
    rows = {row.dropped: row for row in scene.scalars(select(Source), execution_options={"populate_existing": True})}
    assert (rows[True].id, rows[True].identity) == (old.id, SECRET)
    assert (rows[False].label, rows[False].identity) == ("A nurse", "Somebody else")


def test_the_same_file_brought_twice_doubles_no_row(at_work, scene, task, researcher):
    with at_work(researcher) as session:
        plain = form_of(session, researcher, task, fill("Q1.sources.2.label", "A doctor"), *NURSE)
        keep_upload(session, researcher, task.id, plain, NOW)
    work, waiting = looked_at(at_work, researcher, task)
    took(at_work, researcher, task, choice(waiting, work.version))
    with at_work(researcher) as session:
        keep_upload(session, researcher, task.id, plain, NOW)
    waiting = looked_at(at_work, researcher, task)[1]
    assert waiting.placed.units == ("Q1.sources.1",)
    assert waiting.placed.doubtful == {"Q1.sources.1"}


def test_what_has_no_place_goes_to_the_editor_unless_it_is_unticked(at_work, scene, task, researcher):
    changes = (
        fill("answer.note", "No street."),
        fill("Q1.information_date", "last spring"),
        lambda document: document.add_paragraph("The road is closed."),
    )
    brought(at_work, researcher, task, *changes)
    waiting = looked_at(at_work, researcher, task)[1]
    assert waiting.rest == ("On which day was it true? (Q1) – last spring", "The road is closed.")
    took(at_work, researcher, task, choice(waiting, with_rest=True))
    note = scene.scalars(select(Answer.note_for_editor)).one()
    assert note == "No street.\n\nOn which day was it true? (Q1) – last spring\nThe road is closed."
    brought(at_work, researcher, task, *changes)
    work, waiting = looked_at(at_work, researcher, task)
    took(at_work, researcher, task, choice(waiting, work.version, taken=(), with_rest=False))
    assert scene.scalars(select(Answer.note_for_editor)).one() == note


def test_a_form_in_another_language_leaves_no_word_of_ours_over(at_work, task, researcher):
    brought(at_work, researcher, task, fill("Q1.place", "Goma"), language="fr")
    assert looked_at(at_work, researcher, task)[1].rest == ()


def test_another_file_takes_the_place_of_one_that_waits(at_work, scene, task, researcher):
    first = brought(at_work, researcher, task, fill("Q1.place", "Goma"))
    second = brought(at_work, researcher, task, fill("Q1.place", "Uvira"))
    assert scene.scalars(select(WordUpload.id)).all() == [second.id]
    with pytest.raises(OutOfTurn):
        took(at_work, researcher, task, Choice(first.id, 1, frozenset({"Q1.place"}), with_rest=True, language="en"))


def test_a_file_without_our_fields_is_refused(at_work, scene, task, researcher):
    with pytest.raises(Incomplete) as refused, at_work(researcher) as session:
        keep_upload(session, researcher, task.id, b'{"fields": [], "rows": [], "others": ["Hello"]}', NOW)
    assert set(refused.value.problems) == {"file"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_of_another_task_is_refused(at_work, scene, partner, task, researcher, language):
    other = make_assignment(
        scene, partner, make_question(scene, state="triaged", number=2), state="accepted", number=43
    )
    make_answer(scene, other)
    scene.commit()
    with pytest.raises(Incomplete, match="file"), at_work(researcher) as session:
        keep_upload(session, researcher, task.id, form_of(session, researcher, other, language=language), NOW)


def test_nothing_comes_back_to_an_answer_that_was_sent(at_work, scene, task, researcher):
    with at_work(researcher) as session:
        found = form_of(session, researcher, task)
    upload = brought(at_work, researcher, task, fill("Q1.place", "Goma"))
    scene.scalars(select(Answer)).one().state = "submitted"
    scene.commit()
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        keep_upload(session, researcher, task.id, found, NOW)
    with pytest.raises(OutOfTurn):
        took(at_work, researcher, task, Choice(upload.id, 1, frozenset({"Q1.place"}), with_rest=True, language="en"))


def test_a_stranger_neither_sees_nor_takes_nor_throws_away(at_work, scene, task, researcher):
    upload = brought(at_work, researcher, task, fill("Q1.place", "Goma"))
    stranger = make_researcher(scene, make_partner(scene))
    scene.commit()
    work = looked_at(at_work, researcher, task)[0]
    with at_work(stranger) as session:
        assert waiting_upload(session, stranger, task.id, work, "UTC", "en") is None
        with pytest.raises(NotFound):
            throw_away(session, stranger, task.id, upload.id)


def test_who_looked_at_an_older_draft_overwrites_nothing(at_work, scene, task, researcher):
    brought(at_work, researcher, task, fill("Q1.place", "Goma"))
    waiting = looked_at(at_work, researcher, task)[1]
    draft = AnswerDraft([PointDraft("Q1", "Typed meanwhile.")], [SourceDraft("Q1", label="A nurse")])
    with at_work(researcher) as session:
        save_answer(session, researcher, task.id, 1, draft, NOW)
    with pytest.raises(EditConflict):
        took(at_work, researcher, task, choice(waiting, version=1))
    assert scene.scalars(select(AnswerPoint.text)).one() == "Typed meanwhile."
    assert scene.scalar(select(func.count()).select_from(WordUpload)) == 1


def test_of_two_who_take_it_over_at_once_one_does(at_work, scene, partner, task, researcher):
    colleague = make_researcher(scene, partner)
    scene.commit()
    brought(at_work, researcher, task, *NURSE)
    chosen = choice(looked_at(at_work, researcher, task)[1])

    def attempt(who: Researcher) -> str:
        try:
            took(at_work, who, task, chosen)
        except (EditConflict, OutOfTurn) as late:
            return type(late).__name__
        return "taken over"

    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(attempt, (researcher, colleague)))
    assert ends == ["OutOfTurn", "taken over"]
    assert scene.scalar(select(func.count()).select_from(Source)) == 1


def test_it_is_thrown_away_on_a_press(at_work, scene, task, researcher):
    upload = brought(at_work, researcher, task, fill("Q1.place", "Goma"))
    with at_work(researcher) as session:
        throw_away(session, researcher, task.id, upload.id)
    assert scene.scalar(select(func.count()).select_from(WordUpload)) == 0
    with pytest.raises(OutOfTurn), at_work(researcher) as session:
        throw_away(session, researcher, task.id, uuid4())


def test_what_nobody_took_over_is_erased(at_work, scene, task, researcher):
    brought(at_work, researcher, task, fill("Q1.place", "Goma"))
    for days, left in ((policy.WORD_UPLOADS_KEPT_DAYS - 1, 1), (policy.WORD_UPLOADS_KEPT_DAYS, 0)):
        forget_word_uploads(scene, NOW + timedelta(days=days))
        assert scene.scalar(select(func.count()).select_from(WordUpload)) == left
