"""The text that a recheck is about, on the page of the task and in its Word form: to be read, in its own language."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import published, text
from tests.factories import NOW, make_answer, make_assignment, make_researcher, make_staff
from tests.http.portal.test_word import form_of, page_of, read, send
from tests.published import columns_of
from workflows.assignments.models import Assignment
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.excerpts.standing import retract_excerpt

SIXTH = "As of the sixth visit, a room costs 90 dollars."


@pytest.fixture
def excerpt(scene: Session):
    return published(scene, text(), language="en")


@pytest.fixture
def work(scene: Session, partner, excerpt) -> Assignment:
    row = make_assignment(scene, partner, None, ("Is this still true?",), state="accepted", number=42, kind="recheck",
                          excerpt_id=excerpt.id, text_number=1, submit_by=clock.today() + timedelta(days=9))  # fmt: skip
    make_answer(scene, row)
    scene.commit()
    return row


def shown(page: str) -> str:
    """What stands in the place of the text to check."""
    return unescape(re.search(r'<details id="checked".*?</details>', page, re.DOTALL)[0])


def test_an_offer_shows_the_whole_text_open_in_its_own_language(scene, work, browser) -> None:
    work.state = "offered"
    scene.commit()
    place = shown(browser.get(f"/w/t/{work.id}").text)
    assert place.startswith('<details id="checked" open>')
    whole = text()
    for said in (whole.title, whole.summary, whole.unknown, whole.place, "Prices</h4>", "shared yard", "Visit to eleven homes",
                 "Talk with two letting agents", "<dt>Version</dt><dd>1</dd>"):  # fmt: skip
        assert said in place, said
    assert '<div class="prose" lang="en" dir="ltr">' in place


def test_it_keeps_its_direction_on_a_page_from_right_to_left(scene, work, partner, portal) -> None:
    reader = make_researcher(scene, partner, language="ar")
    scene.commit()
    page = portal.sign_in(reader.id).get(f"/w/t/{work.id}").text
    assert '<html lang="ar" dir="rtl"' in page
    assert '<div class="prose" lang="en" dir="ltr">' in shown(page)


def test_it_stands_beside_the_answer_that_is_being_written_and_folded_when_nothing_is_left_to_do(
    scene, work, browser
) -> None:
    page = browser.get(f"/w/t/{work.id}").text
    assert 'name="points-0-text"' in page
    assert text().summary in shown(page)
    work.state, work.closed_at = "revoked", NOW
    scene.commit()
    assert shown(browser.get(f"/w/t/{work.id}").text).startswith('<details id="checked">')


def test_its_title_and_its_country_are_in_no_title_of_a_page(work, browser) -> None:
    title = re.search(r"<title>(.*?)</title>", browser.get(f"/w/t/{work.id}").text)[1]
    assert title == "Task T-0042 – Workspace"


def test_a_text_that_changed_since_says_which_version_is_checked(scene, work, excerpt, browser) -> None:
    assert "was changed since" not in shown(browser.get(f"/w/t/{work.id}").text)
    first = scene.get_one(PublishedVersion, (excerpt.ref, 1))
    scene.add(PublishedVersion(**columns_of(first) | {"number": 2, "summary": SIXTH}))
    scene.get_one(PublishedExcerpt, excerpt.ref).number = 2
    scene.commit()
    place = shown(browser.get(f"/w/t/{work.id}").text)
    assert "Please check version 1, which stands below. Readers have version 2 now." in place
    assert SIXTH not in place


def test_a_text_that_was_taken_back_is_shown_to_nobody(scene, work, excerpt, browser) -> None:
    retract_excerpt(scene, make_staff(scene, Role.EDITOR), excerpt.id, "It was wrong.", NOW, version=excerpt.version)
    scene.commit()
    page = browser.get(f"/w/t/{work.id}").text
    assert "This text was taken back since you were asked." in shown(page)
    assert text().summary not in page


def test_other_work_has_no_such_place(scene, partner, work, browser) -> None:
    other = make_assignment(scene, partner)
    scene.commit()
    assert "The text to check" not in browser.get(f"/w/t/{other.id}").text


def test_the_word_form_says_it_and_nothing_of_it_comes_back_as_an_answer(work, browser) -> None:
    said = read(browser.get(f"/w/t/{work.id}.docx").data).others
    assert text().summary in said
    assert "1. Visit to eleven homes · Visit · Thursday, 26 February 2026" in said
    assert send(browser, work, form_of(browser, work)).status_code == 303
    preview = unescape(browser.get(page_of(work)).text)
    assert text().summary not in preview
    assert 'name="rest"' not in preview
