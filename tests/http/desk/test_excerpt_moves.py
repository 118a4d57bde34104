"""The moves of a text at the desk: four eyes, and what becomes of it once it is published."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.excerpts import drafted, published, recent, sent
from tests.factories import make_question, make_staff
from tests.http.desk.moving import boxes, seen, state_of, url
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.approval import rework, send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, Verification
from workflows.replies.desk import send_reply
from workflows.replies.models import Recall

TELLING = "Ask Mr Jean Kabongo, tel. +243 81 234 56 78."


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


@pytest.fixture
def excerpt(scene, approver):
    row = published(scene, recent(), now=now())
    scene.commit()
    return row


def answer_with(scene, excerpt) -> None:
    """A reply that hands the text out."""
    officer, question = make_staff(scene), make_question(scene, state="triaged", points=("Q?",))
    send_reply(scene, officer, question.id, "Voici.", [excerpt.ref], now(), version=question.version)
    scene.commit()


# --- Four eyes --------------------------------------------------------------------------------------------------------


def test_a_draft_is_sent_and_another_editor_publishes_it(desk, scene, author, approver) -> None:
    version = drafted(scene, author, recent(), now=now())
    scene.commit()
    desk.sign_in(author.id)
    assert desk.post(url(scene, version, "send"), seen(version)).status_code == 303
    scene.refresh(version)
    desk.sign_in(approver.id)
    asked = desk.get(url(scene, version, "approve"))
    assert asked.status_code == 200
    assert "Approve and publish?" in asked.text
    assert desk.post(url(scene, version, "approve"), seen(version)).status_code == 303
    assert state_of(scene, version) == "published"
    assert scene.get(ExcerptVersion, version.id).approver_id == approver.id
    assert scene.scalars(select(PublishedExcerpt.title)).all() == ["Rent for a one-bedroom home"]


def test_the_author_reads_why_they_cannot_approve_and_is_refused(desk, scene, author, approver, in_review) -> None:
    desk.sign_in(author.id)
    page = desk.get(url(scene, in_review)).text
    assert "You wrote in this text. Another editor approves it: Ben Reader." in page
    assert 'disabled aria-describedby="why-not"' in page
    assert desk.get(url(scene, in_review, "approve")).status_code == 403
    assert desk.post(url(scene, in_review, "approve"), seen(in_review)).status_code == 403
    assert desk.post(url(scene, in_review, "ask-changes"), seen(in_review, comments="No")).status_code == 403
    assert state_of(scene, in_review) == "in_review"


def test_whoever_wrote_a_word_in_it_cannot_approve_either(desk, scene, author, approver) -> None:
    version = drafted(scene, author, recent(), now=now())
    save_version(scene, approver, version.id, recent(title="Mine"), [], now(), version=version.version)
    scene.flush()
    send_for_approval(scene, author, version.id, now(), version=version.version)
    scene.commit()
    assert "Nobody can approve this: every editor wrote in it." in desk.get(url(scene, version)).text
    assert desk.post(url(scene, version, "approve"), seen(version)).status_code == 403


def test_a_text_that_points_to_a_person_is_blocked_with_the_reason(desk, scene, author) -> None:
    version = drafted(scene, author, recent(unknown=TELLING), now=now())
    scene.commit()
    desk.sign_in(author.id)
    page = desk.get(url(scene, version)).text
    assert "Not ready for another editor:" in page
    assert "What we do not know: This may point to a person." in page
    answer = desk.post(url(scene, version, "send"), seen(version))
    assert answer.status_code == 422
    assert "This cannot go to another editor yet." in answer.text
    assert state_of(scene, version) == "draft"


def test_a_correction_that_changes_nothing_says_so_beside_the_field_and_goes_nowhere(desk, scene, author) -> None:
    excerpt = published(scene, recent(), now=now())
    version = draft_next_version(scene, author, excerpt.id, "correction", now(), version=excerpt.version)
    scene.commit()
    desk.sign_in(author.id)
    edit, nothing = url(scene, version, "edit"), "Nothing is different from what readers have."
    assert nothing not in desk.get(edit).text
    same = recent(change="correction", public_note="The price was wrong.")
    save_version(scene, author, version.id, same, [], now(), version=version.version)
    scene.commit()
    assert 'id="nothing-new"' in desk.get(edit).text
    assert f"What changed: {nothing}" in desk.get(url(scene, version)).text
    refused = desk.post(url(scene, version, "send"), seen(version))
    assert refused.status_code == 422
    assert nothing in refused.text
    assert state_of(scene, version) == "draft"


def test_changes_are_asked_with_words_and_the_text_is_reworked(desk, scene, author, approver, in_review) -> None:
    refused = desk.post(url(scene, in_review, "ask-changes"), seen(in_review, comments=" "))
    assert refused.status_code == 422
    assert "Say what should change." in refused.text
    answer = desk.post(url(scene, in_review, "ask-changes"), seen(in_review, comments="Name the district."))
    assert answer.status_code == 303
    scene.refresh(in_review)
    desk.sign_in(author.id)
    assert "Name the district." in desk.get(url(scene, in_review)).text
    assert desk.post(url(scene, in_review, "rework"), seen(in_review)).status_code == 303
    assert state_of(scene, in_review) == "draft"


def test_an_approver_who_read_an_older_text_is_refused(desk, scene, author, approver, in_review) -> None:
    read = seen(in_review)
    rework(scene, author, in_review.id, now(), version=in_review.version)
    scene.flush()
    save_version(scene, author, in_review.id, recent(title="Other"), [], now(), version=in_review.version)
    scene.flush()
    send_for_approval(scene, author, in_review.id, now(), version=in_review.version)
    scene.commit()
    assert desk.post(url(scene, in_review, "approve"), read).status_code == 409
    assert state_of(scene, in_review) == "in_review"


def test_a_late_click_finds_that_somebody_was_faster(desk, scene, author, approver, in_review) -> None:
    read = seen(in_review)
    assert desk.post(url(scene, in_review, "approve"), read).status_code == 303
    assert desk.get(url(scene, in_review, "ask-changes")).status_code == 409
    late = desk.post(url(scene, in_review, "ask-changes"), read | {"comments": "Words of a late reader"})
    assert late.status_code == 409
    assert "Words of a late reader" in late.text
    assert desk.post(url(scene, in_review, "send"), read).status_code == 409


def test_pressing_twice_names_nobody_else_and_leads_back_to_the_page(desk, scene, author, approver, in_review) -> None:
    read = seen(in_review)
    assert desk.post(url(scene, in_review, "approve"), read).status_code == 303
    again = desk.post(url(scene, in_review, "approve"), read)
    assert again.status_code == 409
    assert "This is done already" in again.text
    assert f'href="{url(scene, in_review, "").rstrip("/")}"' in again.text


def test_holding_twice_says_that_it_was_oneself(desk, scene, excerpt) -> None:
    read = seen(excerpt, reason="A reader says the price is wrong")
    assert desk.post(url(scene, excerpt, "hold"), read).status_code == 303
    again = desk.post(url(scene, excerpt, "hold"), read)
    assert again.status_code == 409
    assert "You changed this yourself meanwhile" in again.text
    assert "A reader says the price is wrong" in again.text


# --- After publishing -------------------------------------------------------------------------------------------------


def test_the_next_version_says_what_kind_of_change_it_is(desk, scene, excerpt) -> None:
    assert "Everyone who received it is told." in desk.get(url(scene, excerpt, "new-version")).text
    assert desk.post(url(scene, excerpt, "new-version"), seen(excerpt)).status_code == 422
    answer = desk.post(url(scene, excerpt, "new-version"), seen(excerpt, change="correction"))
    assert answer.status_code == 303
    version = scene.scalars(select(ExcerptVersion).where(ExcerptVersion.number == 2)).one()
    assert (version.change, version.state) == ("correction", "draft")
    assert desk.get(url(scene, excerpt, "new-version")).status_code == 409
    assert desk.post(url(scene, excerpt, "new-version"), seen(excerpt, change="minor")).status_code == 409


def test_a_correction_says_whom_it_reaches_and_reaches_them(desk, scene, author, approver) -> None:
    row = published(scene, recent(), author=author, now=now())
    answer_with(scene, row)
    version = draft_next_version(scene, author, row.id, "correction", now(), version=row.version)
    scene.flush()
    changed = recent(summary="It was wrong.", change="correction", public_note="The price was wrong.")
    save_version(scene, author, version.id, changed, [], now(), version=version.version)
    scene.flush()
    send_for_approval(scene, author, version.id, now(), version=version.version)
    scene.commit()
    page = desk.get(url(scene, row, "approve")).text
    assert "1 reply relied on this text." in page
    assert "retract the text instead" in page
    assert desk.post(url(scene, row, "approve"), seen(version)).status_code == 303
    assert [one.kind for one in scene.scalars(select(Recall))] == ["corrected"]


def test_a_text_is_found_still_true(desk, scene, excerpt) -> None:
    day = clock.today() - timedelta(days=1)
    source = {"source": "Talk with two letting agents", "kind": "talk", "dated": boxes(day)}
    refused = desk.post(url(scene, excerpt, "still-true"), seen(excerpt, **source | {"dated": ["", "", ""]}))
    assert refused.status_code == 422
    assert "Talk with two letting agents" in refused.text
    assert desk.post(url(scene, excerpt, "still-true"), seen(excerpt, **source)).status_code == 303
    assert scene.scalars(select(Verification.verified_on)).all() == [day]
    assert "Talk with two letting agents" in desk.get(url(scene, excerpt)).text


def test_a_text_is_put_on_hold_and_published_again(desk, scene, excerpt) -> None:
    assert desk.post(url(scene, excerpt, "hold"), seen(excerpt, reason="")).status_code == 422
    read = seen(excerpt, reason="A reader doubts the price.")
    assert desk.post(url(scene, excerpt, "hold"), read).status_code == 303
    page = desk.get(url(scene, excerpt)).text
    assert "A reader doubts the price." in page
    assert "d-current" not in page
    assert "Being checked" in page
    assert desk.post(url(scene, excerpt, "hold"), read).status_code == 409
    scene.refresh(excerpt)
    assert desk.get(url(scene, excerpt, "resume")).status_code == 200
    assert desk.post(url(scene, excerpt, "resume"), seen(excerpt)).status_code == 303
    assert state_of(scene, excerpt) == "published"


def test_whoever_holds_a_text_chooses_who_looks_after_it(desk, scene, approver, author, excerpt) -> None:
    page = desk.get(url(scene, excerpt, "hold")).text
    assert f'<option selected value="{approver.id}">' in page
    assert f'value="{author.id}"' in page
    for nobody in ("nonsense", str(UUID(int=1))):
        read = seen(excerpt, reason="A doubt.", owner=nobody)
        refused = desk.post(url(scene, excerpt, "hold"), read)
        assert refused.status_code == 422
        assert "Choose an editor from the list." in refused.text
    read = seen(excerpt, reason="A doubt.", owner=str(author.id))
    assert desk.post(url(scene, excerpt, "hold"), read).status_code == 303
    scene.refresh(excerpt)
    assert excerpt.hold_owner_id == author.id


@pytest.mark.parametrize(("move", "state"), [("withdraw", "withdrawn"), ("retract", "retracted")])
def test_a_text_is_taken_back_with_a_notice_that_reaches_whoever_has_it(desk, scene, excerpt, move, state) -> None:
    answer_with(scene, excerpt)
    page = desk.get(url(scene, excerpt, move)).text
    assert "1 reply relied on this text." in page
    assert "btn danger" in page
    refused = desk.post(url(scene, excerpt, move), seen(excerpt, notice=TELLING))
    assert refused.status_code == 422
    assert TELLING in refused.text
    assert desk.post(url(scene, excerpt, move), seen(excerpt, notice="The rule changed.")).status_code == 303
    assert state_of(scene, excerpt) == state
    assert [one.kind for one in scene.scalars(select(Recall))] == [state]
    assert "The rule changed." in desk.get(url(scene, excerpt)).text
    assert desk.post(url(scene, excerpt, "archive"), seen(scene.get(Excerpt, excerpt.id))).status_code == 303
    assert state_of(scene, excerpt) == "archived"
    assert "Bring back" in desk.get(url(scene, excerpt)).text
    assert desk.get(url(scene, excerpt, "restore")).status_code == 200
    scene.refresh(excerpt)
    assert desk.post(url(scene, excerpt, "restore"), seen(excerpt)).status_code == 303
    assert state_of(scene, excerpt) == state


def test_an_unpublished_text_has_none_of_these_moves(desk, scene, author, approver, in_review) -> None:
    for move in ("new-version", "still-true", "hold", "resume", "withdraw", "retract", "archive", "restore"):
        assert desk.get(url(scene, in_review, move)).status_code == 409, move


def test_every_move_needs_an_editor(desk, scene, in_review) -> None:
    officer = make_staff(scene)
    scene.commit()
    desk.sign_in(officer.id)
    for move in ("approve", "ask-changes", "new-version", "hold", "retract"):
        assert desk.get(url(scene, in_review, move)).status_code == 403
        assert desk.post(url(scene, in_review, move), seen(in_review)).status_code == 403
