"""Discarding a version at the desk: asked once, and whoever had it open keeps what they typed."""

import re

import pytest

from tests.excerpts import drafted, published, recent, sent
from tests.factories import make_staff
from tests.http.desk.moving import seen, state_of, url
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.discarding import discard_version
from workflows.excerpts.models import Excerpt


@pytest.fixture
def author(desk, scene):
    """Whoever is signed in, and wrote what there is."""
    actor = make_staff(scene, Role.EDITOR, name="Ada Writer")
    scene.commit()
    desk.sign_in(actor.id)
    return actor


@pytest.fixture
def draft(scene, author):
    version = drafted(scene, author, recent(), now=now())
    scene.commit()
    return version


def test_a_draft_is_asked_about_once_and_leaves_one_line(desk, scene, draft) -> None:
    assert "Discard this text" in desk.get(url(scene, draft)).text
    asked = desk.get(url(scene, draft, "discard"))
    assert "Discard this text?" in asked.text
    assert "Its reference is not given again." in asked.text
    assert desk.post(url(scene, draft, "discard"), seen(draft)).status_code == 303
    assert state_of(scene, draft) == "discarded"
    left = desk.get(url(scene, draft)).text
    assert "Ada Writer discarded it at " in left
    assert "Rent for a one-bedroom home" not in left
    assert scene.get(Excerpt, draft.excerpt_id).ref not in desk.get("/desk/excerpts").text


def test_a_next_version_is_discarded_and_the_history_says_who_did(desk, scene, author) -> None:
    excerpt = published(scene, recent(), author, now=now())
    version = draft_next_version(scene, author, excerpt.id, "update", now(), version=excerpt.version)
    scene.commit()
    assert "What readers have stays as it is." in desk.get(url(scene, version, "discard")).text
    desk.post(url(scene, version, "discard"), seen(version))
    page = desk.get(url(scene, version)).text
    assert "discarded by Ada Writer" in page
    assert re.findall(r'<li class="now"><div><b>(Version \d)', page) == ["Version 1"]
    assert "New version" in page


def test_what_waits_for_approval_has_no_such_page(desk, scene, author) -> None:
    version = sent(scene, author, recent(), now=now())
    scene.commit()
    assert desk.get(url(scene, version, "discard")).status_code == 409
    assert desk.post(url(scene, version, "discard"), seen(version)).status_code == 409
    assert state_of(scene, version) == "in_review"


def test_whoever_saves_after_that_reads_who_did_and_keeps_what_they_typed(desk, scene, draft, author) -> None:
    other, fields = (
        make_staff(scene, Role.EDITOR, name="Ben Reader"),
        seen(draft, title="My title", body="My own words"),
    )
    discard_version(scene, other, draft.id, now(), version=draft.version)
    scene.commit()
    late = desk.post(url(scene, draft, "edit"), fields | {"do": "save", "topics": ["HOU-rent"]})
    assert late.status_code == 409
    assert "This version was discarded" in late.text
    assert "Ben Reader discarded it at " in late.text
    assert "Nothing is published" in late.text
    shown = dict(
        re.findall(
            r'class="lab">([^<]+)<span class="whose"> · Your text[^/]*</span></span><span[^>]*>([^<]+)', late.text
        )
    )
    assert shown == {"Title": "My title", "Text": "My own words", "Topics": "Rent and prices"}
    assert "Ben Reader discarded it at " in desk.post(url(scene, draft, "send"), fields).text
    assert "Why so?" in desk.post(url(scene, draft, "comments"), {"about": "", "words": "Why so?"}).text


def test_what_came_too_late_for_a_next_version_stands_beside_what_readers_have(desk, scene, author) -> None:
    excerpt = published(scene, recent(summary="A room costs 80 dollars."), author, now=now())
    version = draft_next_version(scene, author, excerpt.id, "update", now(), version=excerpt.version)
    scene.commit()
    unchanged = version.body
    fields = seen(version, title=version.title, summary="A room costs 95 dollars.", body=unchanged, do="save")
    discard_version(scene, author, version.id, now(), version=version.version)
    scene.commit()
    late = desk.post(url(scene, version, "edit"), fields)
    assert late.status_code == 409
    assert "Published, version 1" in late.text
    assert "<del>80</del>" in late.text
    assert "<ins>95</ins>" in late.text
    assert unchanged.split()[-1] not in late.text


def test_a_field_that_was_wholly_rewritten_is_one_row_with_both_texts(desk, scene, author) -> None:
    had = recent(summary="A room costs 80 dollars.", body="## Where\n\nIn every quarter.\n\n- Gombe\n- Limete")
    excerpt = published(scene, had, author, now=now())
    version = draft_next_version(scene, author, excerpt.id, "update", now(), version=excerpt.version)
    scene.commit()
    typed = {"summary": "Prix très variables ; demandez.", "body": "Rien à louer.\n\nVoyez ailleurs."}
    fields = seen(version, title=version.title, **typed, do="save")
    discard_version(scene, author, version.id, now(), version=version.version)
    scene.commit()
    late = desk.post(url(scene, version, "edit"), fields).text
    cells = re.findall(
        r'<span class="lab">([^<]*)<.*?</span></span><span dir="ltr" lang="en">(.*?)</span></div>', late, re.DOTALL
    )
    assert [text for label, text in cells if label == "In short"] == [had.summary, typed["summary"]]
    assert [text for label, text in cells if label == "Text"] == [had.body, typed["body"]]
    assert "" not in {label for label, _text in cells}


def test_pressing_twice_is_done_already(desk, scene, draft) -> None:
    desk.post(url(scene, draft, "discard"), seen(draft))
    again = desk.post(url(scene, draft, "discard"), seen(draft))
    assert again.status_code == 409
    assert "This is done already" in again.text


def test_whoever_discards_what_was_saved_meanwhile_sees_both_texts(desk, scene, draft, author) -> None:
    fields, other = seen(draft), make_staff(scene, Role.EDITOR, name="Ben Reader")
    save_version(scene, other, draft.id, recent(summary="A room costs 95."), [], now(), version=draft.version)
    scene.commit()
    late = desk.post(url(scene, draft, "discard"), fields)
    assert late.status_code == 409
    assert "Ben Reader wrote in it at" in late.text
    assert "What you read" in late.text
    assert state_of(scene, draft) == "draft"
