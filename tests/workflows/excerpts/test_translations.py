"""A text in another language is bound to the version it renders, lags when the original changes, and falls with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import FRENCH, LATER, published, republish, text
from tests.factories import NOW, make_question, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.reminders import Reminder
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.confirming import confirm_excerpt
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, Verification
from workflows.excerpts.public import published_page
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import archive_excerpt, hold_excerpt, resume_excerpt
from workflows.excerpts.translations import begin_translation, family_of, source_texts, update_translation
from workflows.notices.reach import recall_reach
from workflows.replies.desk import send_reply
from workflows.replies.models import Recall
from workflows.replies.recall import publish_and_tell, retract_and_tell, withdraw_and_tell
from workflows.replies.relying import replies_resting_on

STILL = SourceLine("Talk with two letting agents", "talk", LATER.date() - timedelta(days=5))


@pytest.fixture
def author(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR)


@pytest.fixture
def approver(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR)


@pytest.fixture
def original(scene: Session, author: Staff) -> Excerpt:
    excerpt = published(scene, author=author)
    scene.commit()
    return excerpt


def translated(session: Session, author: Staff, approver: Staff, original: Excerpt) -> Excerpt:
    """The French of the original as it is now, published."""
    version = begin_translation(session, author, original.id, "fr", NOW, version=original.version)
    session.flush()
    finish(session, author, approver, version, NOW)
    return session.get_one(Excerpt, version.excerpt_id)


def finish(
    session: Session, author: Staff, approver: Staff, version: ExcerptVersion, now, *, ends_hold=False, **values
) -> None:
    wanted = text(title="Le loyer", information_date=version.information_date, **{"body": FRENCH} | values)
    save_version(session, author, version.id, wanted, [], now, version=version.version)
    session.flush()
    send_for_approval(session, author, version.id, now, version=version.version)
    session.flush()
    publish_excerpt(session, approver, version.id, version.version, now, ends_hold=ends_hold)
    session.flush()


def test_it_begins_as_a_copy_under_a_name_of_its_own(scene: Session, author: Staff, original: Excerpt) -> None:
    version = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    scene.flush()
    excerpt = scene.get_one(Excerpt, version.excerpt_id)
    assert (excerpt.language, excerpt.source_id, excerpt.state) == ("fr", original.id, "unpublished")
    assert excerpt.ref != original.ref
    assert (version.source_number, version.title, version.change) == (1, "Rent for a one-bedroom home", "first")
    assert [one.language for one in family_of(scene, author, excerpt.ref).members] == ["en", "fr"]


def test_four_eyes_apply_to_a_translation(scene: Session, author: Staff, original: Excerpt) -> None:
    version = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    scene.flush()
    with pytest.raises(NotAllowed):
        finish(scene, author, author, version, NOW)
    assert version.state == "in_review"


def test_readers_find_both_languages_and_which_is_the_original(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    for ref in (original.ref, french.ref):
        tongues = published_page(scene, ref, NOW.date()).tongues
        assert [(one.ref, one.source_number, one.lags) for one in tongues] == [
            (original.ref, None, False), (french.ref, 1, False),
        ]  # fmt: skip
    assert published_page(scene, published(scene).ref, NOW.date()).tongues == ()


def test_what_is_still_true_is_still_true_in_every_language_that_renders_it(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    confirm_excerpt(scene, author, original.id, STILL, LATER, version=original.version)
    scene.flush()
    rows = [scene.get_one(PublishedExcerpt, one.ref) for one in (original, french)]
    assert {(row.information_date, row.valid_until, row.sources[-1]["label"]) for row in rows} == {
        (STILL.dated, original.valid_until, STILL.label)
    }
    assert french.valid_until == original.valid_until
    assert set(scene.scalars(select(Verification.excerpt_id))) == {original.id, french.id}
    waiting = select(Reminder.anchor).where(Reminder.object_id == french.id)
    assert scene.scalars(waiting).all() == [french.valid_until]


def test_a_translation_that_lags_is_not_dated_anew(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    until = french.valid_until
    republish(scene, original, author, approver)
    today = replace(STILL, dated=LATER.date())
    confirm_excerpt(scene, author, original.id, today, LATER, version=original.version)
    scene.flush()
    assert (french.valid_until, scene.scalars(select(Verification.excerpt_id)).all()) == (until, [original.id])


def test_a_translation_on_hold_or_found_true_later_keeps_its_days(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    later = replace(STILL, dated=STILL.dated + timedelta(days=2))
    confirm_excerpt(scene, author, french.id, later, LATER, version=french.version)
    scene.flush()
    confirm_excerpt(scene, author, original.id, STILL, LATER, version=original.version)
    scene.flush()
    assert scene.get_one(PublishedExcerpt, french.ref).information_date == later.dated
    until = french.valid_until
    hold_excerpt(scene, author, french.id, "A doubt.", None, LATER, version=french.version)
    scene.flush()
    last = replace(STILL, dated=STILL.dated + timedelta(days=3))
    confirm_excerpt(scene, author, original.id, last, LATER, version=original.version)
    assert french.valid_until == until


def test_a_translation_lags_when_the_original_changes_and_is_brought_up_to_date(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    republish(scene, original, author, approver, summary="A room costs about 200 dollars.")
    assert published_page(scene, french.ref, LATER.date()).tongues[1].lags
    assert family_of(scene, author, french.ref).member(french.ref).lags
    version = update_translation(scene, author, french.id, LATER, version=french.version)
    scene.flush()
    assert (version.number, version.source_number, version.title) == (2, 2, "Le loyer")
    assert version.information_date == scene.get_one(PublishedExcerpt, original.ref).information_date
    before, after = source_texts(scene, original.ref, 1, 2)
    assert "80 to 150" in before.summary
    assert "200" in after.summary
    finish(scene, author, approver, version, LATER, change="update", public_note="Les prix ont monté.")
    assert not published_page(scene, french.ref, LATER.date()).tongues[1].lags


def test_once_its_original_was_wrong_it_is_called_current_nowhere_until_it_is_put_right(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french, today = translated(scene, author, approver, original), LATER.date()
    row = scene.get_one(PublishedExcerpt, french.ref)
    republish(scene, original, author, approver, change="update", public_note="Prices rose.")
    assert row.corrected_on is None
    republish(scene, original, author, approver, "correction", summary="80 a week.", public_note="It was per week.")
    assert (row.corrected_on, row.changed_on) == (today, today)
    assert scene.get_one(PublishedExcerpt, original.ref).corrected_on is None
    version = update_translation(scene, author, french.id, LATER, version=french.version)
    scene.flush()
    finish(scene, author, approver, version, LATER, change="correction", public_note="Le prix était par semaine.")
    assert row.corrected_on is None


def test_a_small_change_of_its_own_leaves_it_bound_as_it_was(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    republish(scene, original, author, approver)
    version = draft_next_version(scene, author, french.id, "minor", LATER, version=french.version)
    assert version.source_number == 1


def test_what_cannot_be_translated(scene: Session, author: Staff, approver: Staff, original: Excerpt) -> None:
    french = translated(scene, author, approver, original)
    for language in ("fr", "en", "xx"):
        with pytest.raises(Incomplete):
            begin_translation(scene, author, original.id, language, NOW, version=original.version)
    with pytest.raises(OutOfTurn):
        begin_translation(scene, author, french.id, "nl", NOW, version=french.version)
    with pytest.raises(EditConflict):
        begin_translation(scene, author, original.id, "nl", NOW, version=original.version + 1)
    with pytest.raises(NotAllowed):
        begin_translation(scene, make_staff(scene), original.id, "nl", NOW, version=original.version)
    with pytest.raises(OutOfTurn):
        update_translation(scene, author, original.id, NOW, version=original.version)


@pytest.mark.parametrize(("take_back", "ended"), [(retract_and_tell, "retracted"), (withdraw_and_tell, "withdrawn")])
def test_it_is_taken_back_with_its_original_and_whoever_received_it_is_told(
    scene: Session, author: Staff, approver: Staff, original: Excerpt, take_back, ended: str
) -> None:
    french, question = translated(scene, author, approver, original), make_question(scene, state="triaged")
    send_reply(scene, author, question.id, "Voici.", [french.ref], NOW, version=question.version)
    scene.flush()
    take_back(scene, author, original.id, "It was wrong.", NOW, version=original.version)
    scene.flush()
    assert set(scene.scalars(select(PublishedExcerpt.state))) == {ended}
    assert [(one.ref, one.kind) for one in scene.scalars(select(Recall))] == [(french.ref, ended)]


def test_whoever_received_it_is_counted_before_and_told_when_its_original_was_wrong(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french, question = translated(scene, author, approver, original), make_question(scene, state="triaged")
    send_reply(scene, author, question.id, "Voici.", [french.ref], NOW, version=question.version)
    scene.flush()
    assert [replies_resting_on(scene, author, ref).count for ref in (original.ref, french.ref)] == [1, 1]
    version = draft_next_version(scene, author, original.id, "correction", LATER, version=original.version)
    scene.flush()
    wanted = text(change="correction", public_note="It was wrong.", information_date=LATER.date())
    save_version(scene, author, version.id, wanted, [], LATER, version=version.version)
    scene.flush()
    send_for_approval(scene, author, version.id, LATER, version=version.version)
    scene.flush()
    publish_and_tell(scene, approver, version.id, version.version, LATER)
    scene.flush()
    assert [(one.ref, one.kind) for one in scene.scalars(select(Recall))] == [(french.ref, "corrected")]
    assert recall_reach(scene, author, original.ref, LATER).count == 1


def test_a_translation_that_was_put_away_falls_with_its_original_too(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    withdraw_and_tell(scene, author, french.id, "Too old.", NOW, version=french.version)
    scene.flush()
    archive_excerpt(scene, author, french.id, NOW, version=french.version)
    scene.flush()
    retract_and_tell(scene, author, original.id, "It was wrong.", NOW, version=original.version)
    scene.flush()
    assert french.state == "retracted"
    notices = select(PublishedExcerpt.language, PublishedExcerpt.notice)
    assert dict(scene.execute(notices).all()) == {"en": "It was wrong.", "fr": ""}
    assert "80" not in scene.get_one(PublishedExcerpt, french.ref).summary


def stands(session: Session, excerpt: Excerpt) -> tuple[str, bool]:
    session.flush()
    row = session.get_one(PublishedExcerpt, excerpt.ref)
    return row.state, row.listed


def test_while_the_original_is_being_checked_its_translations_are_too(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    hold_excerpt(scene, author, original.id, "A doubt.", None, LATER, version=original.version)
    assert stands(scene, french) == ("on_hold", False)
    assert french.state == "published"
    small = draft_next_version(scene, author, french.id, "minor", LATER, version=french.version)
    scene.flush()
    finish(scene, author, approver, small, LATER, change="minor", public_note="Mot.", summary="De 80 à 150 dollars.")
    assert stands(scene, french) == ("on_hold", False)
    resume_excerpt(scene, author, original.id, LATER, version=original.version)
    assert stands(scene, french) == ("published", True)


def test_a_translation_on_hold_itself_is_not_resumed_with_its_original(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    hold_excerpt(scene, author, french.id, "A doubt.", None, LATER, version=french.version)
    scene.flush()
    hold_excerpt(scene, author, original.id, "A doubt.", None, LATER, version=original.version)
    scene.flush()
    resume_excerpt(scene, author, original.id, LATER, version=original.version)
    assert stands(scene, french) == ("on_hold", False)
    hold_excerpt(scene, author, original.id, "A doubt.", None, LATER, version=original.version)
    scene.flush()
    resume_excerpt(scene, author, french.id, LATER, version=french.version)
    assert stands(scene, french) == ("on_hold", False)


def test_publishing_over_the_hold_of_the_original_frees_its_translations(
    scene: Session, author: Staff, approver: Staff, original: Excerpt
) -> None:
    french = translated(scene, author, approver, original)
    hold_excerpt(scene, author, original.id, "A doubt.", None, LATER, version=original.version)
    scene.flush()
    version = draft_next_version(scene, author, original.id, "minor", LATER, version=original.version)
    scene.flush()
    finish(scene, author, approver, version, LATER, ends_hold=True, change="minor", public_note="A word.")
    assert stands(scene, french) == ("published", True)
