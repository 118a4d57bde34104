"""Whoever puts their name to a text reads it on the page that asks them, with how fresh it is."""

from datetime import timedelta

import pytest

from tests.excerpts import published, recent, sent
from tests.factories import make_staff
from tests.http.desk.moving import checked, url
from tests.reviews import ONE_WILL_DO, Submitted, accepted
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version

LONG = " ".join(["word"] * 40)
"""A sentence that nobody follows at once."""


@pytest.fixture
def reader(desk, scene, author):
    """Whoever is signed in: an editor who wrote nothing."""
    actor = make_staff(scene, Role.EDITOR, name="Ben Reader")
    scene.commit()
    desk.sign_in(actor.id)
    return actor


def test_a_version_is_read_where_it_is_approved(desk, scene, author, reader) -> None:
    old = published(scene, recent(summary="As readers have it."), author=author, now=now())
    version = draft_next_version(scene, author, old.id, "update", now(), version=old.version)
    scene.flush()
    save_version(
        scene,
        author,
        version.id,
        recent(summary="As it shall be.", change="update", public_note="Newer."),
        (),
        now(),
        version=version.version,
    )
    scene.flush()
    send_for_approval(scene, author, version.id, now(), version=version.version)
    scene.commit()
    page = desk.get(url(scene, version, "approve")).text
    assert "As it shall be." in page
    assert "A deposit of three months is common" in page
    assert "Visit to eleven homes" in page
    assert "As readers have it." not in page
    assert "Current</b>" in page


def test_a_text_is_read_where_it_is_said_to_be_still_true(desk, scene, author, reader) -> None:
    row = published(scene, recent(), author=author, now=now())
    scene.commit()
    page = desk.get(url(scene, row, "still-true")).text
    assert "A deposit of three months is common" in page
    assert "Current</b>" in page
    assert '<details class="card narrow mb4" open>' in page


def test_a_long_text_is_folded_above_the_button(desk, scene, author, reader) -> None:
    version = sent(scene, author, recent(body="The price includes a shared yard [1] [2]. " * 60), now=now())
    scene.commit()
    assert '<details class="card narrow mb4">' in desk.get(url(scene, version, "approve")).text


def test_a_move_that_says_nothing_of_what_is_true_shows_no_text(desk, scene, author, reader) -> None:
    row = published(scene, recent(), author=author, now=now())
    scene.commit()
    assert "A deposit of three months is common" not in desk.get(url(scene, row, "hold")).text


def test_a_page_before_a_move_begins_with_the_way_back_to_the_text(desk, scene, author, reader) -> None:
    row = published(scene, recent(), author=author, now=now())
    scene.commit()
    crumb = desk.get(url(scene, row, "hold")).text.partition('class="crumb"')[2].partition("</nav>")[0]
    assert f'href="{url(scene, row)}"' in crumb


def test_an_editor_reads_a_price_in_one_piece_as_readers_do(desk, scene, author, reader) -> None:
    version = sent(scene, author, recent(summary="A room costs 38 000 CDF a month."), now=now())
    scene.commit()
    assert "A room costs 38\u00a0000\u00a0CDF a month." in desk.get(url(scene, version, "approve")).text


@pytest.fixture
def at(desk, scene, author) -> Submitted:
    """An answer that was accepted although it rests on one source; nobody was signed in before."""
    return accepted(scene)


def test_whoever_approves_reads_what_the_machine_found_and_what_was_let_stand(desk, scene, author, at, reader) -> None:
    version = sent(scene, author, recent(body=f"{LONG} [1] [2]."), revisions=[at.revision.id], now=now())
    scene.commit()
    here, there = desk.get(url(scene, version, "approve")).text, desk.get(url(scene, version)).text
    assert "1 Long sentences" in checked(here)
    assert f"Key statements rest on two sources: Yes {ONE_WILL_DO}" in checked(here)
    assert checked(here) == checked(there)
    assert f'href="{url(scene, version)}#body-0"' in here


def test_a_remark_of_a_review_is_for_editors(desk, scene, author, at) -> None:
    version = sent(scene, author, recent(), revisions=[at.revision.id], now=now())
    officer = make_staff(scene, Role.OFFICER)
    scene.commit()
    desk.sign_in(officer.id)
    page = desk.get(url(scene, version)).text
    assert "Checked for you" in page
    assert ONE_WILL_DO not in page


def test_whoever_approves_reads_why_a_text_holds_longer(desk, scene, author, reader) -> None:
    later = clock.today() + timedelta(days=700)
    typed = recent(valid_until=later, valid_until_reason="The law is fixed for two years.")
    version = sent(scene, author, typed, now=now())
    scene.commit()
    assert "Longer, because: The law is fixed for two years." in checked(desk.get(url(scene, version, "approve")).text)
