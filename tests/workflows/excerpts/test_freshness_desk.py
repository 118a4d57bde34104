"""What becomes of a published text: confirmed, on hold, withdrawn, retracted, archived."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import drafted, found_by, published, republish, text
from tests.factories import NOW, TODAY, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event
from workflows.core.reminders import Reminder
from workflows.excerpts.confirming import confirm_excerpt
from workflows.excerpts.desk import draft_next_version
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, PublishedVersion, Verification
from workflows.excerpts.standing import (
    archive_excerpt,
    hold_excerpt,
    restore_excerpt,
    resume_excerpt,
    retract_excerpt,
    withdraw_excerpt,
)

LATER = NOW + timedelta(days=60)
STILL = SourceLine("Talk with two letting agents", "talk", TODAY + timedelta(days=58))
NOTICE = "The prices were taken from another town."


@pytest.fixture
def editor(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def excerpt(desk_session: Session, editor: Staff) -> Excerpt:
    return published(desk_session, author=editor)


def flat(session: Session, excerpt: Excerpt) -> PublishedExcerpt:
    session.flush()
    return session.get_one(PublishedExcerpt, excerpt.ref, populate_existing=True)


def ladder(session: Session) -> list[Reminder]:
    session.flush()
    return list(session.scalars(select(Reminder)))


def test_confirming_dates_the_text_anew_and_restarts_its_clock(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    confirm_excerpt(desk_session, editor, excerpt.id, STILL, LATER, version=excerpt.version)
    desk_session.flush()
    until = STILL.dated + timedelta(days=90)
    verification = desk_session.scalars(select(Verification)).one()
    assert (verification.verified_on, verification.valid_until) == (STILL.dated, until)
    fixed = desk_session.scalars(select(PublishedVersion)).one()
    for row in (flat(desk_session, excerpt), fixed):
        assert (row.information_date, row.valid_until) == (STILL.dated, until)
        assert row.expires_on == until + timedelta(days=90)
        assert row.sources[-1] == STILL.as_json()
    assert excerpt.valid_until == ladder(desk_session)[0].anchor == until
    assert desk_session.scalars(select(ExcerptVersion)).one().information_date == TODAY - timedelta(days=11)
    assert desk_session.scalars(select(Event.kind).where(Event.kind == "excerpt.confirm")).all() == ["excerpt.confirm"]


def test_a_version_after_a_confirmation_begins_with_its_source_and_day(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    confirm_excerpt(desk_session, editor, excerpt.id, STILL, LATER, version=excerpt.version)
    desk_session.flush()
    version = draft_next_version(desk_session, editor, excerpt.id, "minor", LATER, version=excerpt.version)
    assert version.information_date == STILL.dated
    assert version.sources[-1]["label"] == STILL.label


@pytest.mark.parametrize(
    ("source", "field"),
    [
        (SourceLine("", "talk", TODAY), "source"),
        (SourceLine("A call", "gossip", TODAY), "kind"),
        (SourceLine("A call", "talk"), "dated"),
        (SourceLine("A call", "talk", TODAY + timedelta(days=61)), "dated"),
        (SourceLine("A call", "talk", TODAY - timedelta(days=30)), "dated"),
        (SourceLine("Mrs. Amina Diallo", "talk", TODAY + timedelta(days=5)), "source"),
    ],
)
def test_a_confirmation_needs_a_source_of_a_sensible_day(
    desk_session: Session, editor: Staff, excerpt: Excerpt, source: SourceLine, field: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        confirm_excerpt(desk_session, editor, excerpt.id, source, LATER, version=excerpt.version)
    assert set(refused.value.problems) == {field}


def test_a_confirmation_that_is_out_of_date_itself_is_refused(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    with pytest.raises(Incomplete) as refused:
        confirm_excerpt(desk_session, editor, excerpt.id, STILL, LATER + timedelta(days=200), version=excerpt.version)
    assert set(refused.value.problems) == {"dated"}


def test_a_text_on_hold_leaves_search_and_its_clock_stands(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    hold_excerpt(desk_session, editor, excerpt.id, "A reader doubts it.", None, NOW, version=excerpt.version)
    row = flat(desk_session, excerpt)
    assert (excerpt.state, row.state, row.listed, row.notice) == ("on_hold", "on_hold", False, "")
    assert (excerpt.hold_owner_id, excerpt.hold_review_on) == (editor.id, TODAY + timedelta(days=14))
    assert [one.ladder for one in ladder(desk_session)] == ["excerpt.hold"]


def test_a_text_taken_up_again_is_as_it_was(desk_session: Session, editor: Staff, excerpt: Excerpt) -> None:
    hold_excerpt(desk_session, editor, excerpt.id, "A doubt.", None, NOW, version=excerpt.version)
    desk_session.flush()
    resume_excerpt(desk_session, editor, excerpt.id, NOW, version=excerpt.version)
    row = flat(desk_session, excerpt)
    assert (excerpt.state, excerpt.hold_reason, row.state, row.listed) == ("published", None, "published", True)
    assert [one.ladder for one in ladder(desk_session)] == ["excerpt.freshness"]


def test_a_hold_needs_a_reason_and_a_day_to_come(desk_session: Session, editor: Staff, excerpt: Excerpt) -> None:
    with pytest.raises(Incomplete) as refused:
        hold_excerpt(desk_session, editor, excerpt.id, " ", TODAY, NOW, version=excerpt.version)
    assert set(refused.value.problems) == {"reason", "review_on"}


def test_somebody_else_may_look_after_a_hold(
    desk_session: Session, scene: Session, editor: Staff, excerpt: Excerpt
) -> None:
    other, officer = make_staff(scene, Role.EDITOR), make_staff(scene, Role.OFFICER)
    scene.commit()
    with pytest.raises(Incomplete) as refused:
        hold_excerpt(
            desk_session, editor, excerpt.id, "A doubt.", None, NOW, version=excerpt.version, owner_id=officer.id
        )
    assert set(refused.value.problems) == {"owner"}
    hold_excerpt(desk_session, editor, excerpt.id, "A doubt.", None, NOW, version=excerpt.version, owner_id=other.id)
    assert excerpt.hold_owner_id == other.id


@pytest.mark.parametrize("put_away", [withdraw_excerpt, retract_excerpt])
def test_an_archived_text_comes_back_as_what_it_was(
    desk_session: Session, editor: Staff, excerpt: Excerpt, put_away
) -> None:
    put_away(desk_session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version)
    desk_session.flush()
    state = excerpt.state
    with pytest.raises(OutOfTurn):
        restore_excerpt(desk_session, editor, excerpt.id, NOW, version=excerpt.version)
    archive_excerpt(desk_session, editor, excerpt.id, NOW, version=excerpt.version)
    desk_session.flush()
    before = flat(desk_session, excerpt).state
    restore_excerpt(desk_session, editor, excerpt.id, NOW, version=excerpt.version)
    assert excerpt.state == state == before == flat(desk_session, excerpt).state


def test_a_withdrawn_text_stays_at_its_address_under_a_notice(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    withdraw_excerpt(desk_session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version)
    row = flat(desk_session, excerpt)
    assert (row.state, row.listed, row.notice) == ("withdrawn", False, NOTICE)
    assert row.body
    assert ladder(desk_session) == []


def test_nothing_of_a_retracted_text_is_left_to_the_public(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    retract_excerpt(desk_session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version)
    row = flat(desk_session, excerpt)
    fixed = desk_session.scalars(select(PublishedVersion)).one()
    assert (row.state, row.listed, row.notice, fixed.retracted) == ("retracted", False, NOTICE, True)
    for flat_row in (row, fixed):
        assert (flat_row.title, flat_row.summary, flat_row.body, flat_row.unknown, flat_row.place) == (
            excerpt.ref, "", "", "", "",
        )  # fmt: skip
        assert flat_row.sources == []
    assert found_by(desk_session, "deposit") == []
    assert desk_session.scalars(select(ExcerptVersion)).one().body  # the desk keeps what it once said


def test_a_retracted_text_is_not_continued(desk_session: Session, editor: Staff, excerpt: Excerpt) -> None:
    retract_excerpt(desk_session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version)
    desk_session.flush()
    with pytest.raises(OutOfTurn):
        draft_next_version(desk_session, editor, excerpt.id, "correction", NOW, version=excerpt.version)


def test_a_withdrawn_text_may_come_back_as_a_new_version(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    withdraw_excerpt(desk_session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version)
    desk_session.flush()
    republish(desk_session, excerpt, editor, make_staff(desk_session, Role.EDITOR))
    row = flat(desk_session, excerpt)
    assert (excerpt.state, row.state, row.listed, row.number) == ("published", "published", True, 2)


@pytest.mark.parametrize("take_back", [withdraw_excerpt, retract_excerpt])
@pytest.mark.parametrize("notice", ["", "x" * 501, "Ask Mrs. Amina Diallo."])
def test_readers_are_told_why_in_words_that_point_to_nobody(
    desk_session: Session, editor: Staff, excerpt: Excerpt, take_back: Callable, notice: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        take_back(desk_session, editor, excerpt.id, notice, NOW, version=excerpt.version)
    assert set(refused.value.problems) == {"notice"}
    assert excerpt.state == "published"


def test_what_was_withdrawn_is_put_away_and_its_page_stays(
    desk_session: Session, editor: Staff, excerpt: Excerpt
) -> None:
    withdraw_excerpt(desk_session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version)
    desk_session.flush()
    archive_excerpt(desk_session, editor, excerpt.id, NOW, version=excerpt.version)
    assert (excerpt.state, flat(desk_session, excerpt).state) == ("archived", "withdrawn")


def test_a_published_text_is_not_archived(desk_session: Session, editor: Staff, excerpt: Excerpt) -> None:
    with pytest.raises(OutOfTurn):
        archive_excerpt(desk_session, editor, excerpt.id, NOW, version=excerpt.version)


def test_a_late_click_is_a_conflict(desk_session: Session, editor: Staff, excerpt: Excerpt) -> None:
    with pytest.raises(EditConflict):
        withdraw_excerpt(desk_session, editor, excerpt.id, NOTICE, NOW, version=excerpt.version + 1)


def test_an_unpublished_text_is_not_confirmed(desk_session: Session, editor: Staff) -> None:
    excerpt = desk_session.get_one(Excerpt, drafted(desk_session, editor, text()).excerpt_id)
    with pytest.raises(OutOfTurn):
        confirm_excerpt(desk_session, editor, excerpt.id, STILL, LATER, version=excerpt.version)


def test_an_officer_decides_nothing_here(desk_session: Session, scene: Session, excerpt: Excerpt) -> None:
    officer = make_staff(scene, Role.OFFICER)
    with pytest.raises(NotAllowed):
        withdraw_excerpt(desk_session, officer, excerpt.id, NOTICE, NOW, version=excerpt.version)


@pytest.mark.parametrize("move", [hold_excerpt, resume_excerpt, withdraw_excerpt, retract_excerpt, confirm_excerpt])
def test_the_public_row_says_on_which_day_it_last_changed(
    desk_session: Session, editor: Staff, excerpt: Excerpt, move: Callable
) -> None:
    assert flat(desk_session, excerpt).changed_on == TODAY
    given = {hold_excerpt: ["Looked into.", None], resume_excerpt: [], confirm_excerpt: [STILL]}.get(move, [NOTICE])
    if move is resume_excerpt:
        hold_excerpt(desk_session, editor, excerpt.id, "Looked into.", None, NOW, version=excerpt.version)
        desk_session.flush()
    move(desk_session, editor, excerpt.id, *given, LATER, version=excerpt.version)
    assert flat(desk_session, excerpt).changed_on == LATER.date()
