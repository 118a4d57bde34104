"""What waits for another editor is the same in the queue beside a text, in the list, and in its count."""

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import drafted, published, sent, text
from tests.factories import TODAY, make_staff
from tests.workflows.excerpts.test_confirming import STALE, STILL, said
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.approval_queue import approval_queue
from workflows.excerpts.confirming import agree, confirm_excerpt
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.desk_queries import Filters, Line, View, excerpts_index
from workflows.excerpts.models import Excerpt

TODAY_THEN = HELPDESK.local_day(STALE)


@pytest.fixture
def editor(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


def say(session: Session, editor: Staff, title: str) -> Excerpt:
    """A text that is out of date, and of which somebody says that it is still true."""
    row = published(session, text(title=title))
    confirm_excerpt(session, editor, row.id, STILL, STALE, version=row.version)
    session.flush()
    return row


def listed(session: Session, actor: Staff) -> list[Line]:
    return list(excerpts_index(session, actor, Filters(view=View.APPROVAL), TODAY_THEN).lines)


def test_the_queue_the_list_and_the_count_name_the_same_texts(desk_session: Session, editor: Staff) -> None:
    session = desk_session
    sent(session, editor, text(title="Sent"))
    say(session, editor, "Said")
    rewritten = say(session, editor, "Said and being rewritten")
    draft_next_version(session, editor, rewritten.id, "update", STALE, version=rewritten.version)
    both = say(session, editor, "Said and sent")
    newer = draft_next_version(session, editor, both.id, "update", STALE, version=both.version)
    rewrite = text(change="update", public_note="Prices rose.", information_date=STILL.dated)
    save_version(session, editor, newer.id, rewrite, [], STALE, version=newer.version)
    session.flush()
    send_for_approval(session, editor, newer.id, STALE, version=newer.version)
    drafted(session, editor, text(title="Draft"))
    published(session, text(title="Published"))
    session.flush()
    lines = listed(session, editor)
    waiting = {one.title: one.still_true for one in lines}
    assert waiting == {"Sent": False, "Said": True, "Said and being rewritten": True, rewrite.title: True}
    assert {one.ref for one in lines} == {one.ref for one in approval_queue(session, editor, None).rows}
    assert excerpts_index(session, editor, Filters(), TODAY).counts[View.APPROVAL] == len(lines) == 4


def test_a_text_leaves_all_three_when_another_editor_agrees(desk_session: Session, editor: Staff) -> None:
    row = published(desk_session)
    word = said(desk_session, editor, row)
    assert [one.ref for one in listed(desk_session, editor)] == [row.ref]
    agree(desk_session, make_staff(desk_session, Role.EDITOR), word.id, STALE)
    desk_session.flush()
    assert listed(desk_session, editor) == []
    assert approval_queue(desk_session, editor, None).rows == []
    assert excerpts_index(desk_session, editor, Filters(), TODAY_THEN).counts[View.APPROVAL] == 0
