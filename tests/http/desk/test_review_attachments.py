"""Files at the review desk: listed with their state, the clean copy handed out and noted, released or refused."""

import re

import pytest
from sqlalchemy import select

from tests.factories import make_attachment, make_staff
from tests.reviews import submitted
from workflows.answers.attachment_models import Attachment
from workflows.core.actors import Role
from workflows.core.events import Event


@pytest.fixture
def at(desk, scene):
    made = submitted(scene)
    desk.sign_in(made.editor.id)
    return made


@pytest.fixture
def file(scene, at) -> Attachment:
    row = make_attachment(scene, at.answer, state="clean", sent_in=1)
    scene.commit()
    return row


def url(at, row: Attachment, *more: str) -> str:
    return "/".join((f"/desk/reviews/{at.answer.id}/files/{row.id}", *more))


def stored(scene, row: Attachment) -> Attachment:
    scene.expire_all()
    return scene.get(Attachment, row.id)


def release(desk, at, row: Attachment, title: str = "Prices at the market", version: int = 1):
    return desk.post(url(at, row, "release"), {"title": title, "version": str(version)})


def test_the_review_lists_what_was_sent_with_its_state(desk, scene, at, file) -> None:
    make_attachment(scene, at.answer, number=2, kind="image", state="refused", reason="heic", sent_in=1)
    make_attachment(scene, at.answer, number=3, kind="image")
    make_attachment(scene, at.answer, number=4, kind="image", sent_in=1, dropped=True)
    scene.commit()
    page = desk.get(f"/desk/reviews/{at.answer.id}").text
    assert re.findall(r"<bdi>((?:photo|document)-\d[^<]*)</bdi>", page) == ["document-1.pdf", "photo-2"]
    assert "HEIC" in page


def test_the_copy_is_handed_out_as_a_file_and_the_opening_is_noted(desk, scene, at, file) -> None:
    answer = desk.post(url(at, file, "copy"))
    assert answer.data == b"%PDF-clean"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document-1.pdf"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    event = scene.scalars(select(Event).where(Event.kind == "reading.file")).one()
    assert (event.object_id, event.actor_id) == (file.id, at.editor.id)


@pytest.mark.parametrize(("state", "reason"), [("quarantined", None), ("refused", "macros")])
def test_there_is_nothing_to_hand_out_before_or_without_a_copy(desk, scene, at, state, reason) -> None:
    row = make_attachment(scene, at.answer, number=2, state=state, reason=reason, sent_in=1)
    scene.commit()
    assert desk.post(url(at, row, "copy")).status_code == 404
    assert "Download" not in desk.get(url(at, row)).text
    assert scene.scalars(select(Event).where(Event.kind == "reading.file")).all() == []


def test_an_editor_releases_a_file_under_a_title(desk, scene, at, file) -> None:
    assert release(desk, at, file).status_code == 303
    assert (stored(scene, file).state, stored(scene, file).public_title) == ("released", "Prices at the market")
    assert "Prices at the market" in desk.get(f"/desk/reviews/{at.answer.id}").text


@pytest.mark.parametrize("title", ["", " ", "x" * 200])
def test_a_release_needs_a_title_that_fits(desk, scene, at, file, title) -> None:
    answer = release(desk, at, file, title)
    assert answer.status_code == 422
    assert title.strip() in answer.text
    assert stored(scene, file).state == "clean"


def test_a_refused_file_is_erased_also_after_it_was_released(desk, scene, at, file) -> None:
    release(desk, at, file)
    assert desk.post(url(at, file, "refuse"), {"version": "2"}).status_code == 303
    row = stored(scene, file)
    assert (row.state, row.reason, row.clean_sealed, row.public_title) == ("refused", "editor", None, None)


def test_a_press_on_an_old_page_is_told_so(desk, scene, at, file) -> None:
    release(desk, at, file)
    assert release(desk, at, file).status_code == 409
    assert desk.post(url(at, file, "refuse"), {"version": "1"}).status_code == 409
    assert stored(scene, file).state == "released"


def test_a_file_stands_below_its_own_answer_only(desk, scene, at, file) -> None:
    other = submitted(scene)
    for path, data in (("copy", {}), ("release", {"title": "T", "version": "1"}), ("refuse", {"version": "1"})):
        assert desk.post(url(other, file, path), data).status_code == 404


def test_a_file_that_was_not_sent_yet_is_not_found(desk, scene, at) -> None:
    row = make_attachment(scene, at.answer, number=2, state="clean")
    scene.commit()
    assert desk.get(url(at, row)).status_code == 404
    assert desk.post(url(at, row, "copy")).status_code == 404


def test_an_officer_opens_no_file(desk, scene, at, file) -> None:
    officer = make_staff(scene, Role.OFFICER)
    scene.commit()
    desk.sign_in(officer.id)
    assert desk.post(url(at, file, "copy")).status_code == 403
