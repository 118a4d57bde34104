"""An officer files for somebody without a computer; the code is on one sheet of paper and nowhere else."""

import re

import pytest
from sqlalchemy import select

from tests.factories import make_staff
from workflows.core.actors import Role
from workflows.core.events import Event
from workflows.requests.models import Question, Request
from workflows.requests.receipts import ALPHABET

NEW = "/desk/questions/new"
TEXT = "Peut-on louer une chambre à Goma, et à quel prix ?"


def typed(desk, **values) -> dict:
    ticket = re.search(r'name="ticket"[^>]*value="([^"]+)"', desk.get(NEW).text).group(1)
    given = {"ticket": ticket, "channel": "phone", "requester_kind": "self", "language": "fr", "written_in": "fr", "consent": "y",
             "questions-0-text": TEXT, "questions-0-country": "COD"}  # fmt: skip
    return given | values


def code_in(text: str) -> str:
    return "-".join(re.findall(rf'<span class="nowrap">([{ALPHABET}]{{4}})</span>', text))


def test_a_request_by_telephone_is_filed_and_its_code_opens_it_on_the_public_site(desk, public, scene, officer) -> None:
    answer = desk.post(NEW, typed(desk, **{"questions-1-text": "L’insuline y est-elle vendue ?"}))
    code = code_in(answer.text)
    assert (answer.status_code, len(code)) == (200, 29)
    request = scene.scalars(select(Request)).one()
    assert (request.channel, request.language, request.contact) == ("phone", "fr", None)
    questions = scene.scalars(select(Question).order_by(Question.number)).all()
    assert [one.original for one in questions] == [TEXT, "L’insuline y est-elle vendue ?"]
    events = scene.execute(select(Event.kind, Event.actor_id)).all()
    assert events == [("question.open", officer.id)] * 2
    entered = public.post("/fr/q", {"code": code.lower()})
    assert (entered.status_code, entered.location) == (303, "/fr/q/status")


def test_the_code_follows_from_nothing_that_is_kept(desk, scene, officer) -> None:
    from workflows.requests.receipts import new_code

    code = code_in(desk.post(NEW, typed(desk)).text)
    request = scene.scalars(select(Request)).one()
    key = desk.site.receipt_key
    assert new_code(key, request.submission_id) != code
    assert new_code(key, request.id) != code
    kept = scene.execute(select(Request.__table__)).one()
    assert code not in str(kept)
    assert code.replace("-", "") not in str(kept)


def test_the_same_form_sent_twice_is_one_request_with_one_code(desk, scene, officer) -> None:
    form = typed(desk)
    first, second = desk.post(NEW, form), desk.post(NEW, form)
    assert code_in(first.text) == code_in(second.text)
    assert "filed once already" in second.text
    assert len(scene.scalars(select(Request.id)).all()) == 1


@pytest.mark.parametrize(
    ("language", "words"), [("ar", 'lang="ar" dir="rtl"'), ("nl", "Je code"), ("fr", "Votre code")]
)
def test_the_paper_speaks_the_language_of_whoever_asked_and_names_nobody(desk, officer, language, words) -> None:
    paper = desk.post(NEW, typed(desk, language=language, contact="zawadi@example.org")).text
    sheet = paper[paper.index('<section class="card stack"') : paper.index("</section>")]
    assert words in sheet
    assert f"/{language}/q" in sheet
    assert "zawadi" not in paper
    assert TEXT not in paper


def test_what_an_officer_writes_down_in_their_language_is_answered_in_that_of_whoever_asked(
    desk, scene, officer
) -> None:
    form = desk.get(NEW).text
    assert '<option selected value="en">' in form[form.index('id="written_in"') :]
    desk.post(NEW, typed(desk, language="ar"))
    question = scene.scalars(select(Question)).one()
    assert (question.language, question.answer_language) == ("fr", "ar")
    assert "Answer in Arabic" in desk.get(f"/desk/questions/{question.id}").text
    assert "Write in Arabic" in desk.get(f"/desk/questions/{question.id}/clarify").text


@pytest.mark.parametrize(("wrong", "said"), [
    ({"channel": ""}, "Choose how they came to us."), ({"consent": ""}, "We need the person’s yes"),
    ({"questions-0-text": "Où ?"}, "Write a little more"), ({"contact": "0470"}, "Check the e-mail address"),
    ({"written_in": "xx"}, "Choose a language."),
])  # fmt: skip
def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(desk, scene, officer, wrong, said) -> None:
    form = {name: value for name, value in (typed(desk, **{"questions-0-place": "Goma"}) | wrong).items() if value}
    answer = desk.post(NEW, form)
    assert (answer.status_code, said in answer.text, 'value="Goma"' in answer.text) == (422, True, True)
    assert scene.scalars(select(Request.id)).all() == []


def test_what_is_missing_is_listed_in_the_order_of_the_page(desk, officer) -> None:
    errors = desk.post(NEW, typed(desk, channel="", contact="0470", consent="", **{"questions-0-text": ""})).text
    errors = errors[errors.index('id="errors"') :]
    said = [
        "Choose how they came to us.",
        "Write the question.",
        "Check the e-mail address",
        "We need the person’s yes",
    ]
    assert sorted(said, key=errors.index) == said


def test_what_may_point_to_a_person_is_filed_only_when_it_is_needed(desk, scene, officer) -> None:
    form = typed(desk, **{"questions-0-text": "Peut-on joindre M. Kalala au +243 812 345 678 depuis Goma ?"})
    asked = desk.post(NEW, form)
    assert (asked.status_code, "+243 812 345 678</bdi></mark>" in asked.text) == (422, True)
    assert scene.scalars(select(Request.id)).all() == []
    assert desk.post(NEW, form | {"read_again": "y"}).status_code == 200
    assert len(scene.scalars(select(Request.id)).all()) == 1


def test_which_words_may_point_to_a_person_is_said_beside_the_question_they_stand_in(desk, officer) -> None:
    texts = {"questions-0-text": TEXT, "questions-1-text": "Où joindre M. Kalala, +243 812 345 678, M. Kalala ?"}
    page = desk.post(NEW, typed(desk, **texts)).text
    said = dict(
        re.findall(r'<p class="err" id="questions-(\d)-text-error">.*?Error: </span>([^<]*)</span>', page, re.DOTALL)
    )
    assert said == {"1": "May point to a person: M. Kalala (name), +243 812 345 678 (telephone number)"}
    assert [text.strip() for text in re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)] == list(texts.values())


def test_words_that_were_read_again_are_no_error_when_something_else_is_missing(desk, officer) -> None:
    telling = {"questions-0-text": "Peut-on joindre M. Kalala au +243 812 345 678 depuis Goma ?"}
    page = desk.post(NEW, typed(desk, channel="", read_again="y", **telling)).text
    assert "Choose how they came to us." in page
    assert "questions-0-text-error" not in page


def test_nobody_but_an_officer_files(desk, scene) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    scene.commit()
    assert (desk.get(NEW).status_code, desk.post(NEW, {"channel": "phone"}).status_code) == (403, 403)


def test_what_is_missing_and_what_may_point_to_a_person_are_said_at_once(desk, scene, officer) -> None:
    telling = {"questions-0-text": "Peut-on joindre M. Kalala au +243 812 345 678 depuis Goma ?"}
    page = desk.post(NEW, typed(desk, channel="", consent="", **telling)).text
    for said in ("Choose how they came to us.", "We need the person’s yes", "+243 812 345 678</bdi></mark>"):
        assert said in page
    assert scene.scalars(select(Request.id)).all() == []


@pytest.mark.parametrize(
    ("kind", "boxes", "agreed", "said"),
    [
        ("self", {}, "2026-2-not-published", "Whoever asked did not agree"),
        ("self", {"publishing": "y"}, "2026-2", "Whoever asked agreed"),
        ("helping", {}, "2026-2-helping-not-published", "Whoever asked did not agree"),
        ("helping", {"publishing": "y"}, "2026-2-helping", "Whoever asked agreed"),
    ],
)
def test_research_and_publishing_are_agreed_to_apart(desk, scene, officer, kind, boxes, agreed, said) -> None:
    assert desk.post(NEW, typed(desk, requester_kind=kind, **boxes)).status_code == 200
    assert scene.scalars(select(Request.consent_version)).one() == agreed
    question = scene.scalars(select(Question.id)).one()
    assert f"<dt>Publishing</dt><dd>{said}</dd>" in desk.get(f"/desk/questions/{question}").text


def test_publishing_is_asked_for_apart_not_ticked_beforehand_and_kept_when_the_form_comes_back(desk, officer) -> None:
    box = re.compile(r'<input[^>]*name="publishing"[^>]*>')
    page = desk.get(NEW).text
    assert "checked" not in box.search(page)[0]
    first, second = page.split('id="publishing-title"')
    assert "The answer helps others who ask the same." not in first
    assert "You also get your answer without this." in second
    again = desk.post(NEW, typed(desk, consent="", publishing="y"))
    assert again.status_code == 422
    assert "checked" in box.search(again.text)[0]
