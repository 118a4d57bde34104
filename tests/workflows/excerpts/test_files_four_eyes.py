"""Two editors see a file before readers do: whatever changes the files of a text voids what was approved."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tasks.clock import sweep
from tasks.world import World
from tests.excerpts import drafted, open_files, sent
from tests.factories import NOW, TODAY
from tests.reviews import Submitted
from tests.shown_files import BYTES, TITLE, TOLD, clean, kept, release, told, turn_down
from tests.world import SetClock
from workflows.answers.attachment_models import Attachment
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.published_files import files_beside
from workflows.excerpts.publishing import publish_excerpt

DAY = TODAY + timedelta(days=3)


def under_review(scene: Session, case: Submitted, author: Staff) -> ExcerptVersion:
    return sent(scene, author, revisions=[case.revision.id])


@pytest.mark.parametrize("act", [release, turn_down])
def test_another_set_of_files_voids_an_approval(scene: Session, case: Submitted, editors: list[Staff], act) -> None:
    row = clean(scene, case)
    if act is turn_down:
        release(scene, editors[0], row)
    version = under_review(scene, case, editors[0])
    seen = version.version
    assert act(scene, editors[2], row) == 1
    assert (version.state, version.approved_hash, version.approvals) == ("draft", None, [])
    with pytest.raises(EditConflict):
        publish_excerpt(scene, editors[1], version.id, seen, NOW)


def test_a_file_that_nobody_released_is_turned_down_without_touching_a_text(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    row = clean(scene, case)
    version = under_review(scene, case, editors[0])
    assert turn_down(scene, editors[2], row) == 0
    assert version.state == "in_review"


def test_bytes_that_changed_under_an_approval_are_not_published(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    row = clean(scene, case)
    release(scene, editors[0], row)
    version = under_review(scene, case, editors[0])
    row.clean = b"something else"
    scene.flush()
    with pytest.raises(EditConflict):
        publish_excerpt(scene, editors[1], version.id, version.version, NOW)


def test_whoever_sends_a_file_that_they_released_does_not_approve_it(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    author, releases, third = editors
    release(scene, releases, clean(scene, case))
    version = drafted(scene, author, revisions=[case.revision.id])
    send_for_approval(scene, releases, version.id, NOW, version=version.version)
    scene.flush()
    with pytest.raises(NotAllowed):
        publish_excerpt(scene, releases, version.id, version.version, NOW)
    open_files(scene, third, version, NOW)
    publish_excerpt(scene, third, version.id, version.version, NOW)


def test_whoever_released_a_file_that_the_author_sent_may_approve_it(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    release(scene, editors[1], clean(scene, case))
    version = under_review(scene, case, editors[0])
    open_files(scene, editors[1], version, NOW)
    assert publish_excerpt(scene, editors[1], version.id, version.version, NOW).state == "published"


def test_the_log_in_of_the_desk_may_do_all_of_it(
    scene: Session, desk_session: Session, case: Submitted, editors: list[Staff]
) -> None:
    row = clean(scene, case)
    scene.commit()
    session, (author, releases, third) = desk_session, editors
    file = session.get_one(Attachment, row.id)
    release(session, releases, file)
    version = drafted(session, author, revisions=[case.revision.id])
    send_for_approval(session, releases, version.id, NOW, version=version.version)
    session.flush()
    open_files(session, third, version, NOW)
    excerpt = publish_excerpt(session, third, version.id, version.version, NOW)
    session.flush()
    assert told(session, excerpt) == ([TOLD], [TOLD])
    turn_down(session, third, file)
    assert told(session, excerpt) == ([], [])
    assert kept(session) == [None]


@pytest.fixture
def planned(scene: Session, case: Submitted, editors: list[Staff]) -> ExcerptVersion:
    """Approved for a day, with the released file."""
    release(scene, editors[0], clean(scene, case))
    version = under_review(scene, case, editors[0])
    open_files(scene, editors[1], version, NOW)
    publish_excerpt(scene, editors[1], version.id, version.version, NOW, on=DAY)
    scene.commit()
    return version


def test_the_clock_publishes_the_file_on_its_day(
    scene: Session, world: World, set_clock: SetClock, planned: ExcerptVersion
) -> None:
    set_clock(HELPDESK.morning(DAY))
    sweep(world)
    assert told(scene, scene.get_one(Excerpt, planned.excerpt_id)) == ([TOLD], [TOLD])
    assert kept(scene) == [BYTES]


def test_one_more_file_cancels_the_day(
    scene: Session, case: Submitted, editors: list[Staff], planned: ExcerptVersion
) -> None:
    assert release(scene, editors[2], clean(scene, case, number=2)) == 1
    assert (planned.state, planned.publish_at, planned.approvals) == ("draft", None, [])


def test_the_desk_sees_beside_a_text_what_it_carries_and_what_waits(
    scene: Session, case: Submitted, editors: list[Staff]
) -> None:
    release(scene, editors[0], clean(scene, case))
    clean(scene, case, number=2, uploaded_at=NOW + timedelta(hours=1))
    version = drafted(scene, editors[0], revisions=[case.revision.id])
    found = [(one.name, one.released, one.title) for one in files_beside(scene, version.id)]
    assert found == [("document-1.pdf", True, TITLE), ("document-2.pdf", False, "")]


@pytest.mark.parametrize("title", ["", "  ", "x" * 200, "Receipt of Mrs Amina Kabongo", "Call 0998 44 55 66"])
def test_a_title_is_needed_and_points_to_nobody(
    scene: Session, case: Submitted, editors: list[Staff], title: str
) -> None:
    row = clean(scene, case)
    with pytest.raises(Incomplete) as refused:
        release(scene, editors[0], row, title)
    assert set(refused.value.problems) == {"title"}


def test_a_released_file_is_not_released_again(scene: Session, case: Submitted, editors: list[Staff]) -> None:
    row = clean(scene, case)
    release(scene, editors[0], row)
    with pytest.raises(OutOfTurn):
        release(scene, editors[0], row, "")
