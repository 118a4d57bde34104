"""A text is written from one or several accepted answers about its country and topic; readers never see which."""

import pytest
from sqlalchemy import select

from tests.excerpts import drafted, recent
from tests.factories import (
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_request,
    make_revision,
)
from workflows.answers.models import Review
from workflows.core.clock import now
from workflows.excerpts.models import Excerpt, VersionSource
from workflows.requests.words import NOT_PUBLISHED_VERSION

RENT = ["HOU-rent"]


def accepted(scene, name: str, state: str = "accepted", **values):
    partner = make_partner(scene, name=name)
    given = {"topics": RENT, "state": "completed", "place": "Goma"}
    assignment = make_assignment(scene, partner, **given | values)
    return make_revision(scene, make_answer(scene, assignment, state=state))


@pytest.fixture
def draft(scene, editor):
    version = drafted(scene, editor, recent(), now=now())
    scene.commit()
    return version


def edit_url(scene, draft) -> str:
    return f"/desk/excerpts/{scene.get(Excerpt, draft.excerpt_id).ref}/edit"


def typed(draft, **values) -> dict:
    day = draft.information_date
    boxes = [str(day.day), str(day.month), str(day.year)]
    return {"version": draft.version, "number": 1, "title": "Rent", "topics": RENT, "information_date": boxes,
            "revisions_shown": "1", "do": "save"} | values  # fmt: skip


def linked(scene, draft) -> set:
    scene.expire_all()
    return set(scene.scalars(select(VersionSource.revision_id).where(VersionSource.version_id == draft.id)))


def test_only_accepted_answers_about_the_country_and_topic_are_offered(desk, scene, draft) -> None:
    accepted(scene, "Fits well")
    accepted(scene, "Other topic", topics=["HEA-medicines"])
    accepted(scene, "Other country", country="RWA")
    accepted(scene, "Not accepted", state="submitted")
    scene.commit()
    page = desk.get(edit_url(scene, draft)).text
    assert "Fits well" in page
    for name in ("Other topic", "Other country", "Not accepted"):
        assert name not in page


def test_several_answers_feed_one_text_and_are_let_go_again(desk, scene, draft) -> None:
    one, other = accepted(scene, "One"), accepted(scene, "Other")
    scene.commit()
    both = [str(one.id), str(other.id)]
    assert desk.post(edit_url(scene, draft), typed(draft, revisions=both)).status_code == 303
    assert linked(scene, draft) == {one.id, other.id}
    scene.refresh(draft)
    assert "Written from 2 accepted answers." in desk.get(edit_url(scene, draft).removesuffix("/edit")).text
    assert desk.post(edit_url(scene, draft), typed(draft, revisions=[str(other.id)])).status_code == 303
    assert linked(scene, draft) == {other.id}


def test_an_answer_about_another_country_is_refused(desk, scene, draft) -> None:
    wrong, fits = accepted(scene, "Other country", country="RWA"), accepted(scene, "Fits")
    scene.commit()
    answer = desk.post(edit_url(scene, draft), typed(draft, revisions=[str(wrong.id)]))
    assert answer.status_code == 422
    assert "Only accepted answers about this country, to people who agreed, can be written up." in answer.text
    assert linked(scene, draft) == set()
    assert fits.id not in linked(scene, draft)


@pytest.mark.parametrize("size", [3, 300])
def test_the_form_has_a_budget_of_statements(desk, scene, draft, size: int) -> None:
    for number in range(size):
        accepted(scene, f"Partner {number}")
    scene.commit()
    with desk.statements() as seen:
        assert desk.get(edit_url(scene, draft)).status_code == 200
    assert len(seen) <= 22


def test_the_checks_say_that_a_contact_agreed_to_be_published(desk, scene, editor) -> None:
    revision = accepted(scene, "Agreed")
    contact = {"id": None, "position": 1, "point_code": "Q1", "label": "Registry", "may_publish": True,
               "reach": "+243 998 44 55 66", "keeps_reach": False}  # fmt: skip
    revision.content = revision.content | {"contacts": [contact]}
    text = recent(body="Ask +243 998 44 55 66. [1] [2]")
    version = drafted(scene, editor, text, [revision.id], now=now())
    scene.commit()
    page = desk.get(f"/desk/excerpts/{scene.get(Excerpt, version.excerpt_id).ref}").text
    assert "Agreed to be published: how to reach a contact" in page
    assert '<a href="#body-0"><bdi>+243 998 44 55 66</bdi></a>' in page
    assert "May point to a person, in" not in page
    assert "Not ready for another editor" not in page


def test_what_somebody_did_not_agree_to_publish_is_never_written_up(desk, scene, draft, editor) -> None:
    request = make_request(scene, consent_version=NOT_PUBLISHED_VERSION)
    private = accepted(scene, "For one alone", question=make_question(scene, request, state="triaged"))
    public = accepted(scene, "For everybody", question=make_question(scene, state="triaged"))
    scene.commit()
    page = desk.get(edit_url(scene, draft)).text
    assert "For everybody" in page
    assert "For one alone" not in page
    assert desk.get(f"/desk/excerpts/new?revision={private.id}").status_code == 404
    refused = desk.post(edit_url(scene, draft), typed(draft, revisions=[str(private.id)]))
    assert refused.status_code == 422
    assert linked(scene, draft) == set()
    for revision, written, told in ((private, False, True), (public, True, False)):
        scene.add(Review(answer_id=revision.answer_id, revision_id=revision.id, editor_id=editor.id, checklist={},
                         comments={}, decision="accept", decided_at=now(), saved_at=now()))  # fmt: skip
        scene.commit()
        review = desk.get(f"/desk/reviews/{revision.answer_id}").text
        assert ("Write an excerpt" in review, "did not agree that the answer is published" in review) == (written, told)


def test_whoever_would_write_a_second_text_from_a_question_is_led_to_the_first(desk, scene, draft, editor) -> None:
    question = make_question(scene, state="triaged")
    first, second = (accepted(scene, name, question=question) for name in ("The first", "The second"))
    elsewhere = accepted(scene, "About something else", question=make_question(scene, state="triaged"))
    scene.add(VersionSource(version_id=draft.id, revision_id=first.id))
    for one in (second, elsewhere):
        scene.add(Review(answer_id=one.answer_id, revision_id=one.id, editor_id=editor.id, checklist={}, comments={},
                         decision="accept", decided_at=now(), saved_at=now()))  # fmt: skip
    scene.commit()
    address = edit_url(scene, draft).removesuffix("/edit")
    told, silent = (desk.get(f"/desk/reviews/{one.answer_id}").text for one in (second, elsewhere))
    assert "There is a text from this question already." in told
    assert f'href="{address}"' in told
    assert address not in silent
