"""Earlier drafts: each save leaves one, the last ones stay, nothing sealed is in them, and their text can be taken back."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from config import policy
from tests.factories import (
    NOW,
    make_answer,
    make_assignment,
    make_kept_draft,
    make_partner,
    make_question,
    make_researcher,
)
from tests.workspace import AtWork
from workflows.answers.draft_history import forget_drafts
from workflows.answers.draft_models import KeptDraft
from workflows.answers.drafts import AnswerDraft, ContactDraft, PointDraft, PriceDraft, SourceDraft
from workflows.answers.models import Answer, AnswerPoint, Contact, Price, Source
from workflows.answers.partner import OpenPage, save_answer, take_back
from workflows.assignments.models import Assignment
from workflows.core.errors import EditConflict, NotFound

SECRET = "Mrs Known of the second window"
PAGE = OpenPage(UUID(int=7), 1)
LONG = "Two of three pharmacies had it on Monday, the third will have it on Friday."


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def researcher(scene: Session, partner):
    return make_researcher(scene, partner)


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    question = make_question(scene, state="triaged")
    row = make_assignment(scene, partner, question, state="accepted", submit_by=date(2026, 3, 24))
    make_answer(scene, row)
    scene.commit()
    return row


@pytest.fixture
def saves(at_work: AtWork, researcher, work, scene):
    """Save a text, or a whole draft, as things stand; `page` when it saves by itself."""

    def save(what: str | AnswerDraft, at: datetime = NOW, page: OpenPage | None = None, who=researcher) -> None:
        draft = AnswerDraft([PointDraft("Q1", what)]) if isinstance(what, str) else what
        scene.expire_all()
        version = scene.scalars(select(Answer.version)).one()
        with at_work(who) as session:
            save_answer(session, who, work.id, version, draft, at, page)

    return save


def kept(scene: Session) -> list[KeptDraft]:
    scene.expire_all()
    return list(scene.scalars(select(KeptDraft).order_by(KeptDraft.saved_at, KeptDraft.begun_at)))


def texts(scene: Session) -> list[str]:
    return [row.content["points"][0]["text"] for row in kept(scene)]


def test_every_save_by_hand_leaves_a_draft_and_the_same_text_leaves_none(scene, saves, researcher) -> None:
    for minute, said in enumerate(("One.", "One. Two.", "One. Two.", "Three.")):
        saves(said, NOW + timedelta(minutes=minute))
    assert texts(scene) == ["One.", "One. Two.", "Three."]
    assert {row.saved_by for row in kept(scene)} == {researcher.id}


def test_a_page_that_saves_by_itself_goes_on_in_its_draft(scene, saves) -> None:
    saves("By hand.")
    for second in range(1, 60, 15):
        saves("By hand." + " more" * second, NOW + timedelta(seconds=second), PAGE)
    assert len(kept(scene)) == 2
    saves("By hand." + " more" * 60, NOW + policy.DRAFT_GOES_ON + timedelta(minutes=1), PAGE)
    assert len(kept(scene)) == 3


@pytest.mark.parametrize("after", ["", "Two of three.", LONG.replace("the third will have it", "no"), "Quite other."])
def test_a_page_that_takes_words_away_leaves_them_in_a_draft(scene, saves, after) -> None:
    saves(LONG, page=PAGE)
    saves(after, NOW + timedelta(seconds=5), PAGE)
    assert texts(scene) == [LONG, after]


def test_a_corrected_letter_makes_no_draft_of_its_own(scene, saves) -> None:
    saves(LONG, page=PAGE)
    saves(LONG.replace("Monday", "monday"), NOW + timedelta(seconds=5), PAGE)
    assert len(kept(scene)) == 1


def test_a_colleague_begins_a_draft_of_their_own(scene, saves, partner) -> None:
    saves(LONG, page=PAGE)
    colleague = make_researcher(scene, partner)
    scene.commit()
    saves(LONG + " And more.", NOW + timedelta(seconds=5), PAGE, colleague)
    assert len(kept(scene)) == 2


def test_the_last_twenty_stay(scene, saves) -> None:
    for number in range(policy.DRAFTS_KEPT + 3):
        saves(f"Number {number}.", NOW + timedelta(minutes=number))
    assert texts(scene) == [f"Number {number}." for number in range(3, policy.DRAFTS_KEPT + 3)]


FULL = AnswerDraft(
    [PointDraft("Q1", LONG, "Kinshasa", date(2026, 3, 9), "fairly_sure")],
    [SourceDraft("Q1", kind="talk", label="A nurse", dated=date(2026, 3, 8), identity=SECRET)],
    [PriceDraft("Q1", what="One vial", amount="28,000", currency="CDF", day=date(2026, 3, 7))],
    [ContactDraft("Q1", label="The registry", may_publish=True, reach="Weekdays 8 to 12"),
     ContactDraft("Q1", label="A clerk", reach=SECRET)],
    credit="organisation", note="Not the street.",
)  # fmt: skip


def test_nothing_sealed_and_no_way_to_reach_anybody_is_in_a_draft(scene, saves) -> None:
    saves(FULL)
    lying = json.dumps([row.content for row in kept(scene)])
    assert "A nurse" in lying
    for word in (SECRET, "Known", "Weekdays", "identity", "reach", "may_publish"):
        assert word not in lying


def test_taking_back_brings_texts_rows_and_what_is_sealed(scene, at_work, saves, researcher, work) -> None:
    saves(FULL)
    saves("Everything gone.", NOW + timedelta(minutes=1))
    (then, _) = kept(scene)
    with at_work(researcher) as session:
        take_back(session, researcher, work.id, then.id, 3, NOW + timedelta(minutes=2))
    scene.expire_all()
    answer, point = scene.scalars(select(Answer)).one(), scene.scalars(select(AnswerPoint)).one()
    assert (point.text, point.information_date, answer.credit, answer.note_for_editor) == (
        LONG, date(2026, 3, 9), "organisation", "Not the street."
    )  # fmt: skip
    source, price = scene.scalars(select(Source)).one(), scene.scalars(select(Price)).one()
    assert (source.dropped, source.identity, source.dated) == (False, SECRET, date(2026, 3, 8))
    assert (price.dropped, price.amount, price.day) == (False, "28,000", date(2026, 3, 7))
    assert texts(scene) == [LONG, "Everything gone.", LONG]


def test_a_consent_that_was_taken_back_is_not_given_again(scene, at_work, saves, researcher, work) -> None:
    open_contact = replace(FULL, contacts=[ContactDraft("Q1", label="The registry", may_publish=True, reach="8 to 12")])
    saves(open_contact)
    row = scene.scalars(select(Contact)).one()
    saves(replace(FULL, contacts=[ContactDraft("Q1", row.id, "A desk", may_publish=False)]), NOW + timedelta(minutes=1))
    first = kept(scene)[0]
    with at_work(researcher) as session:
        take_back(session, researcher, work.id, first.id, 3, NOW + timedelta(minutes=2))
    scene.expire_all()
    (contact,) = scene.scalars(select(Contact).where(Contact.dropped.is_(False)))
    assert (contact.label, contact.may_publish, contact.reach) == ("The registry", False, "")


def test_taking_back_over_something_newer_is_a_conflict(scene, at_work, saves, researcher, work) -> None:
    saves("One.")
    saves("Two.")
    with at_work(researcher) as session, pytest.raises(EditConflict):
        take_back(session, researcher, work.id, kept(scene)[0].id, 2, NOW)


def test_a_draft_of_others_is_not_found(scene, at_work, researcher, work) -> None:
    foreign = make_partner(scene)
    elsewhere = make_assignment(scene, foreign, make_question(scene, state="triaged"), state="accepted")
    theirs = make_kept_draft(scene, make_answer(scene, elsewhere))
    scene.commit()
    with at_work(researcher) as session:
        with pytest.raises(NotFound):
            take_back(session, researcher, work.id, theirs.id, 1, NOW)
        assert session.scalar(select(func.count()).select_from(KeptDraft)) == 0


def test_a_draft_cannot_be_moved_to_another_answer_by_the_portal(scene, at_work, saves, researcher) -> None:
    saves("One.")
    with pytest.raises(ProgrammingError), at_work(researcher) as session:
        session.execute(text("update kept_draft set answer_id = gen_random_uuid()"))


def test_old_drafts_are_forgotten(scene, saves) -> None:
    saves("One.")
    saves("Two.", NOW + timedelta(days=2))
    forget_drafts(scene, NOW + timedelta(days=policy.DRAFTS_KEPT_DAYS + 1))
    scene.commit()
    assert texts(scene) == ["Two."]
