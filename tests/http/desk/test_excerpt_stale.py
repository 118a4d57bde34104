"""A decision that was made on a text which was written in since: it is not made, and both texts are shown."""

from datetime import timedelta

import pytest

from tests.excerpts import recent, sent
from tests.factories import make_staff
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.approval import rework, send_for_approval
from workflows.excerpts.desk import save_version
from workflows.excerpts.models import Excerpt, ExcerptVersion


@pytest.fixture
def opened(desk, scene, author):
    """The fields of the page that an approver has open, and the version."""
    approver = make_staff(scene, Role.EDITOR, name="Ben Reader")
    version = sent(scene, author, recent(summary="A room costs 80 dollars."), now=now())
    scene.commit()
    desk.sign_in(approver.id)
    return version, {"version": version.version, "number": version.number}


def write(scene, author, version, summary: str) -> None:
    """Taken back, written in, and sent again."""
    for step in (
        lambda row: rework(scene, author, row.id, now(), version=row.version),
        lambda row: save_version(scene, author, row.id, recent(summary=summary), [], now(), version=row.version),
        lambda row: send_for_approval(scene, author, row.id, now(), version=row.version),
    ):
        step(version)
        scene.commit()


def url(scene, version, move: str) -> str:
    return f"/desk/excerpts/{scene.get(Excerpt, version.excerpt_id).ref}/{move}"


def test_a_late_approval_is_not_made_and_shows_what_was_read_and_what_stands(desk, scene, author, opened) -> None:
    version, fields = opened
    write(scene, author, version, "A room costs 95 dollars.")
    late = desk.post(url(scene, version, "approve"), fields)
    assert late.status_code == 409
    assert "Ada Writer wrote in it at " in late.text
    assert "What you read" in late.text
    assert "<del>80</del>" in late.text
    assert "<ins>95</ins>" in late.text
    scene.expire_all()
    assert scene.get(ExcerptVersion, version.id).state == "in_review"


def test_a_late_wish_for_changes_keeps_its_words(desk, scene, author, opened) -> None:
    version, fields = opened
    write(scene, author, version, "A room costs 95 dollars.")
    late = desk.post(url(scene, version, "ask-changes"), fields | {"comments": "Say in which month."})
    assert late.status_code == 409
    assert "Say in which month." in late.text
    assert "<del>80</del>" in late.text


def test_a_late_approval_of_the_same_words_says_only_that_something_changed(desk, scene, author, opened) -> None:
    version, fields = opened
    write(scene, author, version, "A room costs 80 dollars.")
    late = desk.post(url(scene, version, "approve"), fields)
    assert late.status_code == 409
    assert "What you read" not in late.text


def test_an_edit_through_the_page_voids_what_was_sent_and_whoever_made_it_may_not_approve(
    desk, scene, author, opened
) -> None:
    version, _fields = opened
    scene.refresh(version)
    desk.post(url(scene, version, "rework"), {"version": version.version, "number": 1})
    scene.refresh(version)
    assert (version.state, version.approved_hash) == ("draft", None)
    day = clock.today() - timedelta(days=5)
    boxes = [str(day.day), str(day.month), str(day.year)]
    typed = {
        "title": "Rent", "summary": "A room costs 95 dollars.", "body": "With a yard [1].", "place": "Kinshasa",
        "confidence": "sure", "topics": ["HOU-rent"], "information_date": boxes, "sources-0-label": "Eleven homes",
        "sources-0-kind": "visit", "sources-0-dated": boxes, "version": version.version, "number": 1, "do": "save",
    }  # fmt: skip
    assert desk.post(url(scene, version, "edit"), typed).status_code == 303
    scene.refresh(version)
    assert desk.post(url(scene, version, "send"), {"version": version.version, "number": 1}).status_code == 303
    scene.refresh(version)
    assert desk.post(url(scene, version, "approve"), {"version": version.version, "number": 1}).status_code == 403
    scene.refresh(version)
    assert (version.state, version.approver_id) == ("in_review", None)
