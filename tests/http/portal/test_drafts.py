"""Looking back at what one had written, and taking it back, without a script."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import (
    NOW,
    make_answer,
    make_assignment,
    make_kept_draft,
    make_partner,
    make_question,
    make_researcher,
)
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, AnswerPoint
from workflows.assignments.models import Assignment

FIRST, SECOND = "Two of three had it.", "None of them had it."


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene, timezone="Africa/Kinshasa")


@pytest.fixture
def browser(portal, scene: Session, partner, work):
    researcher = make_researcher(scene, partner, name="Odette Mbalanda", language="en")
    scene.commit()
    browser = portal.sign_in(researcher.id)
    for version, text in ((1, FIRST), (2, SECOND)):
        typed = {"version": str(version), "points-0-code": "Q1", "points-0-text": text, "credit": "anonymous"}
        assert browser.post(f"/w/t/{work.id}/answer", typed).status_code == 303
    return browser


def drafts(scene: Session) -> list[KeptDraft]:
    scene.expire_all()
    return list(scene.scalars(select(KeptDraft).order_by(KeptDraft.saved_at)))


def address(work: Assignment, draft: KeptDraft, deed: str = "") -> str:
    return f"/w/t/{work.id}/drafts/{draft.id}{deed}"


def test_the_task_leads_to_its_drafts_the_newest_first(scene, work, browser) -> None:
    assert f'href="/w/t/{work.id}/drafts"' in browser.get(f"/w/t/{work.id}").text
    page = browser.get(f"/w/t/{work.id}/drafts").text
    first, second = drafts(scene)
    assert page.index(str(second.id)) < page.index(str(first.id))
    assert "Odette Mbalanda" in page
    assert "5 words" in page
    assert "The last 20 drafts are kept" in page


def test_a_draft_is_shown_beside_what_stands_now(scene, work, browser) -> None:
    first, second = drafts(scene)
    page = browser.get(address(work, first)).text
    assert page.index(SECOND) < page.index(FIRST)
    assert "Take this text back" in page
    assert "This draft is what stands now." in browser.get(address(work, second)).text


def test_taking_a_text_back_makes_it_the_text_and_keeps_the_other(scene, work, browser) -> None:
    answer = browser.post(address(work, drafts(scene)[0], "/take"), {"version": "3"}, follow_redirects=True)
    assert "The earlier text is back." in answer.text
    assert scene.scalars(select(AnswerPoint.text)).one() == FIRST
    assert [row.content["points"][0]["text"] for row in drafts(scene)] == [FIRST, SECOND, FIRST]


def test_taking_back_over_something_newer_or_after_sending_is_refused(scene, work, browser) -> None:
    first = drafts(scene)[0]
    assert browser.post(address(work, first, "/take"), {"version": "2"}).status_code == 409
    answer = scene.scalars(select(Answer)).one()
    answer.state = "submitted"
    scene.commit()
    assert browser.post(address(work, first, "/take"), {"version": "3"}).status_code == 409
    assert "Nothing can be taken back." in browser.get(address(work, first)).text
    assert scene.scalars(select(AnswerPoint.text)).one() == SECOND


def test_drafts_of_others_are_not_found(scene, portal, work, browser) -> None:
    mine = drafts(scene)[0]
    elsewhere = make_assignment(scene, make_partner(scene), make_question(scene, state="triaged"), state="accepted")
    theirs = make_kept_draft(scene, make_answer(scene, elsewhere))
    stranger = make_researcher(scene)
    scene.commit()
    assert browser.get(address(work, theirs)).status_code == 404
    assert browser.get(address(elsewhere, theirs)).status_code == 404
    portal.sign_in(stranger.id)
    for path in (f"/w/t/{work.id}/drafts", address(work, mine)):
        assert browser.get(path).status_code == 404


def test_the_list_costs_the_same_with_many_drafts(scene, work, browser) -> None:
    def cost() -> int:
        with browser.statements() as seen:
            browser.get(f"/w/t/{work.id}/drafts")
        return len(seen)

    few = cost()
    answer = scene.scalars(select(Answer)).one()
    for minute in range(18):
        make_kept_draft(scene, answer, saved_at=NOW - timedelta(minutes=minute))
    scene.commit()
    assert cost() == few
