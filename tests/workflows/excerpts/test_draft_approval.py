"""A draft goes to a second editor only when it is whole and points to nobody, and comes back with words."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.excerpts import LATER, SOURCES, drafted, published, sent, text
from tests.factories import NOW, TODAY, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.excerpts.approval import ask_changes, rework, send_for_approval
from workflows.excerpts.checks import NO_SUCH_SOURCE, NOTHING_NEW, PERSONAL, obstacles, read_version
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.draft import SourceLine, Text
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.standing import withdraw_excerpt
from workflows.requests.outgoing import ADVISES


@pytest.fixture
def editor(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def colleague(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


def problems(refused: pytest.ExceptionInfo[Incomplete]) -> set[str]:
    return set(refused.value.problems)


def test_a_text_before_an_approver_is_not_written_in(desk_session: Session, editor: Staff) -> None:
    version = sent(desk_session, editor)
    with pytest.raises(OutOfTurn):
        save_version(desk_session, editor, version.id, text(), [], NOW, version=version.version)


def test_sending_for_approval_is_told_and_fingerprinted(desk_session: Session, editor: Staff) -> None:
    version = sent(desk_session, editor)
    assert version.state == "in_review"
    assert version.approved_hash is not None
    kinds = desk_session.scalars(select(Event.kind)).all()
    assert sorted(kinds) == ["excerpt.open", "excerpt_version.open", "excerpt_version.send_for_approval"]


def test_sending_for_approval_says_everything_that_is_missing(desk_session: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor, Text(title="Rent", topics=("HOU-rent",), information_date=TODAY))
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {"summary", "body", "confidence", "place", "sources"}
    assert version.state == "draft"


def test_a_source_without_a_day_keeps_from_approval(desk_session: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor, text(body="So it is [1].", sources=(SourceLine("A notice", "document"),)))
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {"sources"}


@pytest.mark.parametrize("field", ["title", "summary", "body", "unknown", "place"])
def test_a_name_in_any_public_field_keeps_from_approval(desk_session: Session, editor: Staff, field: str) -> None:
    version = drafted(desk_session, editor, text(**{field: "Ask Mrs. Amina Diallo there."}))
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {field}


def test_a_name_in_a_source_label_keeps_from_approval(desk_session: Session, editor: Staff) -> None:
    typed = text(body="So it is [1].", sources=(SourceLine("Talk with Mr. Joseph Kabongo", "talk", TODAY),))
    version = drafted(desk_session, editor, typed)
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {"sources"}


@pytest.mark.parametrize("field", ["summary", "body", "unknown"])
def test_a_reference_to_a_source_that_is_not_there_keeps_from_approval(
    desk_session: Session, editor: Staff, field: str
) -> None:
    version = drafted(desk_session, editor, text(**{field: "Three months [7]."}))
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {field}


@pytest.mark.parametrize("field", ["summary", "body", "unknown"])
def test_advice_to_go_or_to_stay_keeps_from_approval(desk_session: Session, editor: Staff, field: str) -> None:
    version = drafted(desk_session, editor, text(**{field: "You should go back; it is safe to live there. [1]"}))
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {field}


def test_the_note_of_a_correction_does_not_advise(desk_session: Session, editor: Staff) -> None:
    excerpt = published(desk_session)
    version = draft_next_version(desk_session, editor, excerpt.id, "correction", LATER, version=excerpt.version)
    desk_session.flush()
    typed = text(change="correction", public_note="It is safe to return after all.", information_date=LATER.date())
    save_version(desk_session, editor, version.id, typed, [], LATER, version=version.version)
    desk_session.flush()
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, LATER, version=version.version)
    assert refused.value.problems == {"public_note": ADVISES}


@pytest.mark.parametrize("change", ["minor", "update", "correction"])
def test_a_version_in_which_nothing_changed_is_no_new_version(
    desk_session: Session, editor: Staff, change: str
) -> None:
    version = continued(desk_session, editor, published(desk_session), change)
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert refused.value.problems == {"change": NOTHING_NEW}


@pytest.mark.parametrize(
    "changed",
    [
        {"summary": "A room costs about 90 to 150 US dollars a month."},
        {"place": "Matadi"},
        {"information_date": TODAY - timedelta(days=10)},
        {"sources": (*SOURCES, SourceLine("Call to a landlord", "talk", TODAY))},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_anything_that_readers_did_not_have_is_a_change(desk_session: Session, editor: Staff, changed: Any) -> None:
    version = continued(desk_session, editor, published(desk_session), "correction", **changed)
    sent = send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert sent.state == "in_review"


def test_the_same_text_brings_back_what_was_withdrawn_and_is_no_correction_then(
    desk_session: Session, editor: Staff
) -> None:
    excerpt = published(desk_session)
    withdraw_excerpt(desk_session, editor, excerpt.id, "We look at it again.", NOW, version=excerpt.version)
    desk_session.flush()
    version = continued(desk_session, editor, excerpt, "correction")
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert refused.value.problems == {"change": NOTHING_NEW}
    save(desk_session, editor, version, "minor")
    sent = send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert sent.state == "in_review"


def continued(session: Session, editor: Staff, excerpt: Excerpt, change: str, **values: Any) -> ExcerptVersion:
    """The next version, saved with what is different in it."""
    version = draft_next_version(session, editor, excerpt.id, change, NOW, version=excerpt.version)
    session.flush()
    return save(session, editor, version, change, **values)


def save(session: Session, editor: Staff, version: ExcerptVersion, change: str, **values: Any) -> ExcerptVersion:
    typed = text(change=change, public_note="The price was wrong.", **values)
    save_version(session, editor, version.id, typed, [], NOW, version=version.version)
    session.flush()
    return version


def test_a_field_with_several_obstacles_names_them_all(desk_session: Session, editor: Staff) -> None:
    body = "Ask Mrs. Amina Diallo. You should go back. [7]"
    version = drafted(desk_session, editor, text(body=body, place=""))
    found = obstacles(version, read_version(desk_session, version, "en", TODAY), TODAY)
    assert [name for name, _text in found] == ["place", "body", "body", "body"]
    assert {text for name, text in found if name == "body"} == {NO_SUCH_SOURCE, ADVISES, PERSONAL}


def test_whoever_approves_sees_which_names_were_read_as_places(desk_session: Session, editor: Staff) -> None:
    version = sent(desk_session, editor, text(body="Le **CHU Mustapha Pacha** est ouvert. [1] [2]"))
    reading = read_version(desk_session, version, "fr", TODAY)
    assert [(one.part, one.text) for one in reading.houses] == [("body", "Mustapha Pacha")]
    assert reading.personal == ()


def test_the_machine_says_in_which_paragraph_it_found_what(desk_session: Session, editor: Staff) -> None:
    body = "## Prices\n\nThe rent is 80 to 150 [2].\n\nWe advise to wait. See http://bit.ly/x. A bed is 9 dollars."
    reading = read_version(desk_session, drafted(desk_session, editor, text(body=body)), "en", TODAY)
    found = reading.wording
    assert [(one.part, one.paragraph) for one in found.no_currency] == [("body", 1)]
    assert [(one.part, one.paragraph) for one in (*found.advice, *found.links)] == [("body", 2), ("body", 2)]
    assert [(one.part, one.paragraph) for one in found.no_month] == [("summary", 0), ("body", 2)]
    assert reading.unused == (1,)


@pytest.mark.parametrize(("month", "named"), [(" in March 2026", []), ("", ["summary", "body"])])
def test_a_price_in_short_needs_no_month_when_the_text_says_it(
    desk_session: Session, editor: Staff, month: str, named: list[str]
) -> None:
    body = f"## Prices\n\nA room costs 80 to 150 US dollars{month} [1] [2]."
    reading = read_version(desk_session, drafted(desk_session, editor, text(body=body)), "en", TODAY)
    assert [one.part for one in reading.wording.no_month] == named


def test_markdown_does_not_hide_a_telephone_number(desk_session: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor, text(body="Call +32 470 **12** 34 *56* [1]."))
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {"body"}


def test_a_text_that_is_out_of_date_already_is_not_sent(desk_session: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor, text(information_date=TODAY - timedelta(days=200)))
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {"valid_until"}


def test_another_editor_asks_for_changes_and_the_author_takes_it_up(
    desk_session: Session, editor: Staff, colleague: Staff
) -> None:
    version = sent(desk_session, editor)
    ask_changes(desk_session, colleague, version.id, "Say which months.", NOW, version=version.version)
    desk_session.flush()
    assert (version.state, version.changes_wanted) == ("changes_asked", "Say which months.")
    assert version.approved_hash is None
    rework(desk_session, editor, version.id, NOW, version=version.version)
    assert version.state == "draft"


@pytest.mark.parametrize("words", ["", "x" * (policy.COMMENT_MAX + 1)])
def test_changes_are_asked_for_in_words(desk_session: Session, editor: Staff, colleague: Staff, words: str) -> None:
    version = sent(desk_session, editor)
    with pytest.raises(Incomplete):
        ask_changes(desk_session, colleague, version.id, words, NOW, version=version.version)


def test_whoever_wrote_in_a_text_may_not_judge_it(desk_session: Session, editor: Staff, colleague: Staff) -> None:
    version = drafted(desk_session, editor)
    save_version(desk_session, colleague, version.id, text(), [], NOW, version=version.version)
    desk_session.flush()
    assert version.co_author_ids == [colleague.id]
    send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    desk_session.flush()
    for author in (editor, colleague):
        with pytest.raises(NotAllowed):
            ask_changes(desk_session, author, version.id, "Change it.", NOW, version=version.version)


def test_taking_a_text_back_voids_what_was_sent(desk_session: Session, editor: Staff) -> None:
    version = sent(desk_session, editor)
    rework(desk_session, editor, version.id, NOW, version=version.version)
    assert (version.state, version.approved_hash) == ("draft", None)


def test_a_manager_finds_no_drafts(desk_session: Session, scene: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor)
    with pytest.raises(NotFound):
        rework(desk_session, make_staff(scene, Role.MANAGER), version.id, NOW, version=version.version)
