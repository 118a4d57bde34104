"""Readers take a file with a text: what was released is copied out with it, four eyes see it, and it goes when it must."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import published
from tests.factories import NOW
from tests.reviews import Submitted, submitted
from tests.shown_files import BYTES, TITLE, TOLD, clean, kept, next_version, release, text_of, told, turn_down
from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.excerpts.published_files import file_to_take
from workflows.excerpts.standing import hold_excerpt, retract_excerpt, withdraw_excerpt


def test_a_released_file_is_copied_out_byte_for_byte(scene: Session, case: Submitted, editors: list[Staff]) -> None:
    release(scene, editors[0], clean(scene, case))
    excerpt = text_of(scene, case)
    assert told(scene, excerpt) == ([TOLD], [TOLD])
    assert file_to_take(scene, excerpt.ref, "document-1.pdf")[:2] == ("application/pdf", BYTES)


@pytest.mark.parametrize("values", [{"state": "clean"}, {"state": "released", "dropped": True}, {"state": "released", "sent_in": 2}])  # fmt: skip
def test_what_is_not_released_or_not_of_that_revision_stays_inside(
    scene: Session, case: Submitted, values: dict[str, object]
) -> None:
    clean(scene, case, public_title=TITLE, **values)
    assert told(scene, text_of(scene, case)) == ([], [])
    assert kept(scene) == []


def test_a_file_of_an_answer_that_a_text_is_not_written_from_stays_inside(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    release(scene, editors[0], clean(scene, submitted(scene, state="accepted")))
    assert told(scene, text_of(scene, case)) == ([], [])


def test_files_of_several_answers_get_names_of_their_own(scene: Session, case: Submitted, editors: list[Staff]) -> None:
    other = submitted(scene, state="accepted")
    for number, one in enumerate((case, other)):
        release(scene, editors[0], clean(scene, one, uploaded_at=NOW + timedelta(hours=number)), f"File {number}")
    excerpt = published(scene, revisions=[case.revision.id, other.revision.id])
    assert [one["name"] for one in told(scene, excerpt)[0]] == ["document-1.pdf", "document-2.pdf"]


def test_what_is_released_later_waits_for_the_next_version_and_keeps_its_name_from_then_on(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    excerpt = text_of(scene, case)
    assert release(scene, editors[2], clean(scene, case)) == 0
    assert told(scene, excerpt) == ([], [])
    next_version(scene, excerpt, editors, case)
    assert told(scene, excerpt, 2) == ([TOLD], [TOLD])
    assert told(scene, excerpt, 1)[1] == []


def test_a_next_version_from_another_answer_leaves_the_file_to_the_old_one(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    release(scene, editors[2], clean(scene, case))
    excerpt = text_of(scene, case)
    next_version(scene, excerpt, editors, None)
    assert told(scene, excerpt, 1) == ([], [TOLD])
    assert kept(scene) == [BYTES]


def test_a_file_that_is_turned_down_leaves_every_page_and_its_bytes_are_erased(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    row, second = clean(scene, case), clean(scene, case, number=2, uploaded_at=NOW + timedelta(hours=1))
    for one in (row, second):
        release(scene, editors[2], one)
    excerpt = text_of(scene, case)
    next_version(scene, excerpt, editors, case)
    turn_down(scene, editors[0], row)
    left = TOLD | {"name": "document-2.pdf"}
    assert told(scene, excerpt, 1) == told(scene, excerpt, 2) == ([left], [left])
    assert kept(scene) == [None, BYTES]
    with pytest.raises(NotFound):
        file_to_take(scene, excerpt.ref, "document-1.pdf")


@pytest.mark.parametrize("take_back", [withdraw_excerpt, retract_excerpt])
def test_a_text_that_is_taken_back_keeps_no_file(
    scene: Session, case: Submitted, editors: list[Staff], take_back
) -> None:
    release(scene, editors[0], clean(scene, case))
    excerpt = text_of(scene, case)
    take_back(scene, editors[0], excerpt.id, "It was wrong.", NOW, version=excerpt.version)
    scene.flush()
    assert told(scene, excerpt) == ([], [])
    assert kept(scene) == [None]


def test_a_withdrawn_text_that_is_published_again_has_its_file_under_the_same_name(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    release(scene, editors[2], clean(scene, case))
    excerpt = text_of(scene, case)
    withdraw_excerpt(scene, editors[0], excerpt.id, "Being rewritten.", NOW, version=excerpt.version)
    scene.flush()
    next_version(scene, excerpt, editors, case)
    assert told(scene, excerpt, 2) == ([TOLD], [TOLD])
    assert kept(scene) == [BYTES]


def test_a_hold_hides_the_file_and_erases_nothing(scene: Session, case: Submitted, editors: list[Staff]) -> None:
    release(scene, editors[0], clean(scene, case))
    excerpt = text_of(scene, case)
    hold_excerpt(scene, editors[0], excerpt.id, "Somebody doubts it.", None, NOW, version=excerpt.version)
    scene.flush()
    assert kept(scene) == [BYTES]
