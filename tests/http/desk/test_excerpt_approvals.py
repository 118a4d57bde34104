"""Approving at the desk: two people for a sensitive topic, and a day on which the clock publishes."""

from datetime import timedelta

import pytest

from tests.excerpts import published, recent, sent
from tests.factories import make_staff
from tests.http.desk.moving import boxes, seen, state_of, url
from workflows.accounts.invitations import invite
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.publishing import publish_excerpt


@pytest.fixture
def approver(desk, scene):
    """Whoever is signed in: an editor who wrote nothing."""
    actor = make_staff(scene, Role.EDITOR, name="Ben Reader")
    scene.commit()
    desk.sign_in(actor.id)
    return actor


@pytest.fixture
def in_review(scene, author):
    version = sent(scene, author, recent(), now=now())
    scene.commit()
    return version


def test_a_sensitive_text_is_published_by_the_second_approval(desk, scene, author, approver) -> None:
    version = sent(scene, author, recent(topics=("SEC-police-courts",)), now=now())
    third = make_staff(scene, Role.EDITOR, name="Cleo Second")
    scene.commit()
    assert "0 of 2 approvals" in desk.get(url(scene, version)).text
    assert "Approve?" in desk.get(url(scene, version, "approve")).text
    answer = desk.post(url(scene, version, "approve"), seen(version))
    assert answer.status_code == 303
    assert state_of(scene, version) == "in_review"
    page = desk.get(url(scene, version)).text
    assert "Approved. Somebody else approves it next." in page
    assert "1 of 2 approvals" in page
    assert "You approved this text. Somebody else gives the next approval: Cleo Second." in page
    assert desk.post(url(scene, version, "approve"), seen(version)).status_code == 403
    desk.sign_in(third.id)
    assert "Approve and publish?" in desk.get(url(scene, version, "approve")).text
    assert desk.post(url(scene, version, "approve"), seen(version)).status_code == 303
    assert state_of(scene, version) == "published"
    assert "approved by Ben Reader, Cleo Second" in desk.get(url(scene, version)).text


def test_an_editor_who_never_signed_in_may_not_approve_nor_look_after_a_text(desk, scene, author, approver) -> None:
    version, text = sent(scene, author, recent(), now=now()), published(scene, recent(), now=now())
    invited = make_staff(scene, Role.EDITOR, name="Nora Invited")
    scene.commit()
    assert "Nora Invited" in desk.get(url(scene, version)).text
    invite(scene, invited.id, "desk", "never.came", now())
    scene.commit()
    page = desk.get(url(scene, version)).text
    assert "Ben Reader" in page.partition("May approve")[2]
    assert "Nora Invited" not in page
    assert "Nora Invited" not in desk.get(url(scene, text, "hold")).text
    refused = desk.post(url(scene, text, "hold"), seen(text, reason="A doubt.", owner=str(invited.id)))
    assert refused.status_code == 422


def test_what_was_asked_to_change_stays_beside_the_text_until_it_is_published(
    desk, scene, author, approver, in_review
) -> None:
    desk.post(url(scene, in_review, "ask-changes"), seen(in_review, comments="Name the district."))
    desk.sign_in(author.id)
    scene.refresh(in_review)
    desk.post(url(scene, in_review, "rework"), seen(in_review))
    for page in (desk.get(url(scene, in_review)).text, desk.get(url(scene, in_review, "edit")).text):
        asked = page.partition("Changes asked:")[2][:400]
        assert "Name the district." in asked
        assert "Ben Reader" in asked
        assert '<time datetime="' in asked
    scene.refresh(in_review)
    assert desk.post(url(scene, in_review, "send"), seen(in_review)).status_code == 303
    desk.sign_in(approver.id)
    assert "Name the district." in desk.get(url(scene, in_review)).text
    scene.refresh(in_review)
    assert desk.post(url(scene, in_review, "approve"), seen(in_review)).status_code == 303
    assert state_of(scene, in_review) == "published"
    assert in_review.changes_wanted is None
    assert "Name the district." not in desk.get(url(scene, in_review)).text


def test_whoever_approved_and_comes_back_to_approve_reads_what_came_of_it(desk, scene, author, approver) -> None:
    version = sent(scene, author, recent(topics=("SEC-police-courts",)), now=now())
    third = make_staff(scene, Role.EDITOR)
    scene.commit()
    approve = url(scene, version, "approve")

    def comes_back() -> str:
        answer = desk.get(approve)
        assert (answer.status_code, answer.headers["Location"]) == (303, url(scene, version))
        return desk.get(answer.headers["Location"]).text

    desk.post(approve, seen(version))
    state_of(scene, version)
    assert "You approved this version. Another editor has to approve it too." in comes_back()
    publish_excerpt(scene, third, version.id, version.version, now())
    scene.commit()
    assert "You approved this version. It is published." in comes_back()
    desk.sign_in(author.id)
    assert desk.get(approve).status_code in {403, 409}


def test_taking_back_what_somebody_approved_asks_first_and_keeps_the_reason(desk, scene, author, approver) -> None:
    version = sent(scene, author, recent(topics=("SEC-police-courts",)), now=now())
    third = make_staff(scene, Role.EDITOR, name="Cleo Second")
    scene.commit()
    desk.post(url(scene, version, "approve"), seen(version))
    desk.sign_in(third.id)
    asked = desk.post(url(scene, version, "rework"), seen(version))
    assert asked.headers["Location"] == url(scene, version, "work-again")
    assert "Approved by Ben Reader." in desk.get(url(scene, version, "work-again")).text
    refused = desk.post(url(scene, version, "work-again"), seen(version, reason=" "))
    assert refused.status_code == 422
    assert "Say why you take it back." in refused.text
    assert state_of(scene, version) == "in_review"
    assert desk.post(url(scene, version, "work-again"), seen(version, reason="Wrong town.")).status_code == 303
    assert state_of(scene, version) == "draft"
    page = desk.get(url(scene, version)).text
    assert "Wrong town." in page
    assert "Ben Reader." not in page


def test_whoever_wrote_a_planned_text_takes_it_back_without_a_reason(desk, scene, author, approver, in_review) -> None:
    desk.post(url(scene, in_review, "approve"), seen(in_review, on=boxes(clock.today() + timedelta(days=3))))
    desk.sign_in(author.id)
    scene.refresh(in_review)
    assert "That no longer counts then." in desk.get(url(scene, in_review, "work-again")).text
    assert desk.post(url(scene, in_review, "work-again"), seen(in_review)).status_code == 303
    assert state_of(scene, in_review) == "draft"


def test_an_approved_text_waits_for_its_day_and_the_day_is_cancelled(desk, scene, author, approver, in_review) -> None:
    assert "Publish on" in desk.get(url(scene, in_review, "approve")).text
    refused = desk.post(url(scene, in_review, "approve"), seen(in_review, on=boxes(clock.today())))
    assert refused.status_code == 422
    assert "Choose a day that is still to come." in refused.text
    day = clock.today() + timedelta(days=3)
    answer = desk.post(url(scene, in_review, "approve"), seen(in_review, on=boxes(day)))
    assert answer.status_code == 303
    assert state_of(scene, in_review) == "scheduled"
    page = desk.get(url(scene, in_review)).text
    assert "Approved by Ben Reader." in page
    assert "Cancel the day" in page
    assert "May approve" not in page
    scene.refresh(in_review)
    assert desk.post(url(scene, in_review, "cancel-day"), seen(in_review)).status_code == 303
    assert state_of(scene, in_review) == "in_review"


def test_whoever_approves_sees_which_words_are_rare_together(desk, scene, author, approver) -> None:
    rare = recent(title="Care for a mother of five with epilepsy", place="Boma")
    version = sent(scene, author, rare, now=now())
    scene.commit()
    said = "Together these may tell who somebody is, so approve only if not: Boma; epilepsy; mother of five"
    assert said in desk.get(url(scene, version)).text
    assert said in desk.get(url(scene, version, "approve")).text


def test_a_text_about_care_for_anybody_says_nothing_of_it(desk, scene, author, approver) -> None:
    version = sent(scene, author, recent(title="Care for people with epilepsy", place="Boma"), now=now())
    scene.commit()
    assert "Together these may tell" not in desk.get(url(scene, version)).text
    assert "Together these may tell" not in desk.get(url(scene, version, "approve")).text
