"""A version of a text that was retracted or is on hold: said on its pages, refused or asked about before it goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.excerpts import published, recent
from tests.factories import make_staff
from tests.http.desk.moving import boxes, seen, state_of, url
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.core.errors import Incomplete
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt, PublishedExcerpt
from workflows.excerpts.planned import next_planned, publish_planned
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import archive_excerpt, hold_excerpt, retract_excerpt

RETRACTED = "This text was retracted. Nothing is published in its place; begin a new text."
TICK = "The reason for the hold is settled. Publishing ends the hold."


@pytest.fixture
def author(scene):
    return make_staff(scene, Role.EDITOR)


@pytest.fixture
def excerpt(scene, author):
    row = published(scene, recent(), now=now())
    scene.commit()
    return row


def correction(scene, author, excerpt, *, sent: bool = True):
    version = draft_next_version(scene, author, excerpt.id, "correction", now(), version=excerpt.version)
    scene.flush()
    changed = recent(summary="A room costs 90 dollars.", change="correction", public_note="The price was wrong.")
    save_version(scene, author, version.id, changed, [], now(), version=version.version)
    scene.flush()
    if sent:
        send_for_approval(scene, author, version.id, now(), version=version.version)
    scene.commit()
    return version


def held(scene, author, excerpt) -> None:
    row = scene.get(Excerpt, excerpt.id, populate_existing=True)
    hold_excerpt(scene, author, row.id, "A reader doubts the price.", None, now(), version=row.version)
    scene.commit()


def retracted(scene, author, excerpt) -> Excerpt:
    row = scene.get(Excerpt, excerpt.id, populate_existing=True)
    retract_excerpt(scene, author, row.id, "It was wrong.", now(), version=row.version)
    scene.commit()
    return row


def test_a_draft_of_a_retracted_text_says_so_and_is_not_sent(desk, scene, editor, author, excerpt) -> None:
    version = correction(scene, author, excerpt, sent=False)
    retracted(scene, author, excerpt)
    for page in (desk.get(url(scene, version)).text, desk.get(url(scene, version, "edit")).text):
        assert RETRACTED in page
    refused = desk.post(url(scene, version, "send"), seen(version))
    assert refused.status_code == 422
    assert RETRACTED in refused.text
    assert state_of(scene, version) == "draft"


def test_an_archived_text_takes_no_version_either(scene, editor, author, excerpt) -> None:
    version = correction(scene, author, excerpt, sent=False)
    row = retracted(scene, author, excerpt)
    archive_excerpt(scene, author, row.id, now(), version=row.version)
    scene.flush()
    with pytest.raises(Incomplete) as refused:
        send_for_approval(scene, author, version.id, now(), version=version.version)
    assert refused.value.problems == {"state": "This text is archived. Bring it back first."}


def test_who_would_approve_it_reads_that_it_was_retracted(desk, scene, editor, author, excerpt) -> None:
    version = correction(scene, author, excerpt)
    retracted(scene, author, excerpt)
    page = desk.get(url(scene, version)).text
    assert RETRACTED in page
    assert 'href="' + url(scene, version, "approve") not in page


def test_a_hold_ends_only_when_the_approver_says_so(desk, scene, editor, author, excerpt) -> None:
    version = correction(scene, author, excerpt)
    assert TICK not in desk.get(url(scene, version, "approve")).text
    held(scene, author, excerpt)
    page = desk.get(url(scene, version, "approve")).text
    assert TICK in page
    assert "A reader doubts the price." in page
    refused = desk.post(url(scene, version, "approve"), seen(version))
    assert refused.status_code == 422
    assert "Say that the reason for the hold is settled" in refused.text
    assert state_of(scene, excerpt) == "on_hold"
    assert desk.post(url(scene, version, "approve"), seen(version, ends_hold="y")).status_code == 303
    assert state_of(scene, excerpt) == "published"
    assert scene.get(Excerpt, excerpt.id).hold_reason is None


def test_a_held_text_is_published_on_no_day(desk, scene, editor, author, excerpt) -> None:
    version = correction(scene, author, excerpt)
    held(scene, author, excerpt)
    on = boxes(HELPDESK.local_day(now()) + timedelta(days=3))
    refused = desk.post(url(scene, version, "approve"), seen(version, ends_hold="y", on=on))
    assert refused.status_code == 422
    assert "on hold. It can be published at once" in refused.text


def test_the_clock_ends_no_hold(scene, editor, author, excerpt) -> None:
    version = correction(scene, author, excerpt)
    day = HELPDESK.local_day(now()) + timedelta(days=3)
    publish_excerpt(scene, editor, version.id, version.version, now(), on=day)
    scene.commit()
    held(scene, author, excerpt)
    row = next_planned(scene, HELPDESK.morning(day))
    assert row.id == version.id
    assert publish_planned(scene, row, HELPDESK.morning(day)) is None
    assert row.state == "draft"
    assert scene.scalars(select(PublishedExcerpt.number)).all() == [1]
