"""Where it could do harm, two editors say that a text is still true: one says so, another agrees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import published, republish, text
from tests.factories import NOW, TODAY, make_staff
from tests.reviews import submitted
from tests.translated import corrected, make_pair
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event
from workflows.core.reminders import Reminder
from workflows.excerpts.confirmation_models import Confirmation
from workflows.excerpts.confirming import agree, confirm_excerpt, refuse_confirmation, take_confirmation_back, takes_two
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import Excerpt, PublishedExcerpt, Verification
from workflows.excerpts.standing import hold_excerpt, retract_excerpt, withdraw_excerpt
from workflows.notices.audience import audience, notices_for
from workflows.requests.models import Question

SENSITIVE = "SEC-police-courts"
STALE = NOW + timedelta(days=85)
"""The text holds for ninety days from eleven days before today."""
STILL = SourceLine("Call to a letting agent", "talk", TODAY + timedelta(days=80))

KNOWN = replace(STILL, label="Talk with  two letting agents ")
"""Readers have a source that is called so."""
HOLDS = NOW + timedelta(days=60)


@pytest.fixture
def first(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR)


@pytest.fixture
def second(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def excerpt(desk_session: Session, first: Staff, second: Staff) -> Excerpt:
    return published(desk_session, author=first)


def said(session: Session, editor: Staff, excerpt: Excerpt, source: SourceLine = STILL, now=STALE) -> Confirmation:
    """One editor says so of a text that is out of date."""
    assert confirm_excerpt(session, editor, excerpt.id, source, now, version=excerpt.version) is None
    session.flush()
    return session.scalars(select(Confirmation).where(Confirmation.state == "proposed")).one()


def dates(session: Session, excerpt: Excerpt) -> tuple:
    session.flush()
    flat = session.get_one(PublishedExcerpt, excerpt.ref, populate_existing=True)
    return flat.information_date, flat.valid_until, len(flat.sources)


def test_of_a_text_out_of_date_one_word_changes_nothing_for_readers(desk_session, first, excerpt) -> None:
    before = dates(desk_session, excerpt)
    ladder = desk_session.scalars(select(Reminder.anchor)).all()
    said(desk_session, first, excerpt)
    assert dates(desk_session, excerpt) == before
    assert desk_session.scalars(select(Reminder.anchor)).all() == ladder
    assert desk_session.scalars(select(Verification)).all() == []


def test_another_editor_agrees_and_it_is_dated_anew_by_both(desk_session, first, second, excerpt) -> None:
    waiting = said(desk_session, first, excerpt)
    agree(desk_session, second, waiting.id, STALE)
    until = STILL.dated + timedelta(days=90)
    assert dates(desk_session, excerpt) == (STILL.dated, until, 3)
    verification = desk_session.scalars(select(Verification)).one()
    assert (verification.editor_id, verification.agreed_by_id) == (first.id, second.id)
    event = desk_session.scalars(select(Event).where(Event.kind == "excerpt.confirm")).one()
    assert (event.actor_id, event.codes["said_by"]) == (second.id, str(first.id))
    assert desk_session.scalars(select(Reminder.anchor)).all() == [until]
    assert waiting.state == "agreed"


def test_while_it_holds_one_editor_is_enough(desk_session, first, excerpt) -> None:
    source = replace(KNOWN, dated=TODAY + timedelta(days=58))
    found = confirm_excerpt(desk_session, first, excerpt.id, source, NOW + timedelta(days=60), version=excerpt.version)
    assert (found.editor_id, found.agreed_by_id) == (first.id, None)
    assert dates(desk_session, excerpt) == (source.dated, found.valid_until, 3)


def test_words_that_readers_do_not_have_wait_for_another_editor_on_any_day(desk_session, first, second, excerpt):
    before, new = dates(desk_session, excerpt), replace(STILL, dated=TODAY + timedelta(days=58))
    waiting = said(desk_session, first, excerpt, new, HOLDS)
    assert dates(desk_session, excerpt) == before
    agree(desk_session, second, waiting.id, HOLDS)
    assert dates(desk_session, excerpt) == (new.dated, new.dated + timedelta(days=90), 3)
    again = replace(new, dated=TODAY + timedelta(days=59))
    assert confirm_excerpt(desk_session, first, excerpt.id, again, HOLDS, version=excerpt.version).agreed_by_id is None


@pytest.mark.parametrize("label", ["It is safe to go back now, you should return", "Call Mrs. Amina Diallo"])
def test_a_source_neither_advises_nor_points_to_anybody(desk_session, first, excerpt, label: str) -> None:
    for day, now in ((58, HOLDS), (80, STALE)):
        with pytest.raises(Incomplete) as refused:
            said(desk_session, first, excerpt, SourceLine(label, "talk", TODAY + timedelta(days=day)), now)
        assert set(refused.value.problems) == {"source"}


@pytest.mark.parametrize(
    ("label", "taken"),
    [("Talk with two nurses in Kinshasa", True), ("A visit to Segundo", False), ("Two shops, says Mbuyi", False)],
)
def test_a_source_gives_away_nobody_who_asked_or_answered(desk_session, scene, label: str, taken: bool) -> None:
    made = submitted(scene, state="accepted")
    question = scene.get_one(Question, made.assignment.question_id)
    question.original = "My brother Segundo Okito needs insulin."
    row = published(scene, text(body="Ask there [1]. [2]"), author=made.editor, revisions=[made.revision.id])
    scene.commit()
    source = SourceLine(label, "visit", TODAY)
    if taken:
        assert confirm_excerpt(desk_session, made.editor, row.id, source, NOW, version=row.version) is None
        return
    with pytest.raises(Incomplete) as refused:
        confirm_excerpt(desk_session, made.editor, row.id, source, NOW, version=row.version)
    assert set(refused.value.problems) == {"source"}


@pytest.mark.parametrize(("topics", "two"), [((SENSITIVE,), True), (("HOU-rent",), False)])
def test_of_a_sensitive_topic_it_takes_two_on_any_day(desk_session, topics: tuple[str, ...], two: bool) -> None:
    assert takes_two(desk_session, topics, TODAY, TODAY) == two
    assert takes_two(desk_session, topics, TODAY - timedelta(days=1), TODAY)


def test_what_the_first_one_says_is_checked_at_once(desk_session, first, excerpt) -> None:
    with pytest.raises(Incomplete) as refused:
        said(desk_session, first, excerpt, SourceLine("Mrs. Amina Diallo", "gossip", None))
    assert set(refused.value.problems) == {"source", "kind", "dated"}


def test_whoever_said_so_cannot_agree_and_nobody_else_takes_it_back(desk_session, first, second, excerpt) -> None:
    waiting = said(desk_session, first, excerpt)
    with pytest.raises(NotAllowed):
        agree(desk_session, first, waiting.id, STALE)
    with pytest.raises(NotAllowed):
        refuse_confirmation(desk_session, first, waiting.id, "No.", STALE)
    with pytest.raises(NotAllowed):
        take_confirmation_back(desk_session, second, waiting.id, STALE)


def test_a_text_waits_for_one_word_at_a_time(desk_session, first, second, excerpt) -> None:
    said(desk_session, first, excerpt)
    with pytest.raises(OutOfTurn):
        confirm_excerpt(desk_session, second, excerpt.id, STILL, STALE, version=excerpt.version)


def test_whoever_does_not_agree_says_why_and_the_first_one_is_told(desk_session, scene, first, second, excerpt) -> None:
    before, waiting = dates(desk_session, excerpt), said(desk_session, first, excerpt)
    with pytest.raises(Incomplete):
        refuse_confirmation(desk_session, second, waiting.id, " ", STALE)
    refuse_confirmation(desk_session, second, waiting.id, "The agent is in another town.", STALE)
    assert (waiting.state, waiting.reason, dates(desk_session, excerpt)) == (
        "refused", "The agent is in another town.", before,
    )  # fmt: skip
    event = desk_session.scalars(select(Event).where(Event.kind == "excerpt_confirmation.refuse")).one()
    (notice,) = notices_for(event)
    assert [one.id for one in audience(desk_session, notice, event, waiting)] == [first.id]
    said(desk_session, first, excerpt)


def test_what_is_taken_back_waits_no_more(desk_session, first, second, excerpt) -> None:
    waiting = said(desk_session, first, excerpt)
    take_confirmation_back(desk_session, first, waiting.id, STALE)
    with pytest.raises(OutOfTurn):
        agree(desk_session, second, waiting.id, STALE)


@pytest.mark.parametrize("move", [hold_excerpt, withdraw_excerpt, retract_excerpt])
def test_it_falls_away_when_the_text_is_held_or_taken_back(desk_session, first, second, excerpt, move) -> None:
    waiting = said(desk_session, first, excerpt)
    more = [None] if move is hold_excerpt else []
    move(desk_session, second, excerpt.id, "Prices of another town.", *more, STALE, version=excerpt.version)
    assert waiting.state == "lapsed"
    with pytest.raises(OutOfTurn):
        agree(desk_session, second, waiting.id, STALE)


def test_it_falls_away_when_a_new_version_is_published(desk_session, first, second, excerpt) -> None:
    waiting = said(desk_session, first, excerpt)
    republish(desk_session, excerpt, first, second)
    assert waiting.state == "lapsed"


def test_it_falls_away_when_its_day_does_not_do_any_more(desk_session, first, second, excerpt) -> None:
    before, waiting = dates(desk_session, excerpt), said(desk_session, first, excerpt)
    agree(desk_session, second, waiting.id, STALE + timedelta(days=200))
    assert (waiting.state, dates(desk_session, excerpt)) == ("lapsed", before)


def test_nobody_says_of_a_translation_of_what_was_wrong_that_it_is_still_true(desk_session: Session) -> None:
    pair = make_pair(desk_session)
    source = SourceLine("Call to a letting agent", "talk", TODAY)
    corrected(desk_session, pair, "Les prix étaient d’un autre quartier.")
    before = dates(desk_session, pair.english)
    with pytest.raises(OutOfTurn, match="its original was corrected"):
        confirm_excerpt(desk_session, pair.editor, pair.english.id, source, NOW, version=pair.english.version)
    assert dates(desk_session, pair.english) == before


def test_what_was_said_of_a_translation_falls_away_when_its_original_is_corrected(desk_session: Session) -> None:
    pair = make_pair(desk_session)
    day = desk_session.get_one(PublishedExcerpt, pair.english.ref).valid_until + timedelta(days=1)
    late = NOW + (day - TODAY)
    row = said(desk_session, pair.editor, pair.english, SourceLine("Call", "talk", day - timedelta(days=9)), late)
    corrected(desk_session, pair, "Les prix étaient d’un autre quartier.")
    desk_session.refresh(row)
    assert row.state == "lapsed"
    with pytest.raises(OutOfTurn):
        agree(desk_session, make_staff(desk_session, Role.EDITOR), row.id, late)
