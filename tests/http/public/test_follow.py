"""Following by code: the code is exchanged once, a wrong one tells nothing, and the page says one honest state."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories import make_request
from tests.http.public.conftest import fresh, open_status
from tests.published import correct
from tests.requesters import publish, send_reply
from workflows.core import clock
from workflows.core.clock import now
from workflows.replies.models import Recall, Reply, ReplyPin
from workflows.requests.receipts import fingerprint, new_code


def without(page: str, *words: str) -> str:
    """The page without what differs by nature: what was typed, the form token, the number of the answer."""
    for word in words:
        page = page.replace(word, "")
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


# --- The code --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("fr", "ltr"), ("nl", "ltr"), ("ar", "rtl")])
def test_the_code_page_opens_in_every_language_of_requesters(public, lang, direction):
    page = public.get(f"/{lang}/q")
    assert f'lang="{lang}" dir="{direction}"' in page.text


@pytest.mark.parametrize("spelling", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_is_exchanged_for_a_session_however_it_is_spelled(public, request_with_code, scene, spelling):
    request, code = request_with_code
    fresh(scene, request)
    scene.commit()
    answer = public.post("/en/q", {"code": spelling(code)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/q/status")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert code not in str(answer.headers)
    assert public.get("/en/q/status").status_code == 200
    assert public.get("/en/q").headers["Location"] == "/en/q/status"


def test_unknown_burnt_and_mistyped_codes_get_the_same_answer_after_the_same_statements(public, scene):
    burnt = new_code(public.site.receipt_key, uuid4())
    request = make_request(scene, code_hash=fingerprint(public.site.receipt_key, burnt))
    scene.commit()
    request.code_hash, request.erased_at = None, now()
    scene.commit()
    unknown = new_code(public.site.receipt_key, uuid4())
    mistyped = unknown[:-1] + ("2" if unknown[-1] != "2" else "3")
    pages, work = set(), set()
    for code in (burnt, unknown, mistyped):
        with public.statements() as statements:
            answer = public.post("/en/q", {"code": code})
        assert answer.status_code == 422
        assert "We cannot find this code. Check each letter." in answer.text
        pages.add(without(answer.text, code))
        work.add(tuple(statements))
        assert public.site.session_cookie not in str(answer.headers.get("Set-Cookie", ""))
    assert len(pages) == len(work) == 1


@pytest.mark.parametrize("typed", ["", "  "])
def test_who_types_no_code_is_asked_for_one(public, typed):
    answer = public.post("/en/q", {"code": typed})
    assert answer.status_code == 422
    assert "Type your code." in answer.text
    assert "Check each letter" not in answer.text


@pytest.mark.parametrize("typed", ["hello", "\x00", "é" * 5000, "O0I1-" * 6])
def test_what_cannot_be_a_code_is_answered_like_a_wrong_one(public, typed):
    answer = public.post("/en/q", {"code": typed})
    assert answer.status_code == 422
    assert "Check each letter" in answer.text


def test_wrong_codes_slow_a_network_down_and_never_lock_it_out(public, request_with_code, scene):
    _, code = request_with_code
    for _ in range(5):
        assert public.post("/en/q", {"code": "nonsense"}).status_code == 422
    slowed = public.post("/en/q", {"code": code})
    assert slowed.status_code == 429
    assert 1 <= int(slowed.headers["Retry-After"]) <= 60
    assert "Too many tries. Wait " in slowed.text
    elsewhere = public.post("/en/q", {"code": code}, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 303


def test_a_stranger_is_led_to_the_code_page(public):
    for path in ("/en/q/status", "/en/q/delete", f"/en/q/withdraw/{uuid4()}"):
        assert public.get(path).headers["Location"] == "/en/q"


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_page_starts_with_a_way_out_and_names_neither_country_nor_topic(public, scene):
    page = open_status(public, scene, fresh(scene))
    assert page.text.index("Leave this page") < page.text.index("We received your question")
    assert re.search(r'<a class="btn exit" href="/en/q/away" rel="[^"]*noreferrer', page.text)
    assert "<title>Your question</title>" in page.text
    assert "Congo" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", ["en", "fr", "nl", "ar"])
def test_the_page_opens_in_every_language_of_requesters(public, scene, lang):
    assert open_status(public, scene, fresh(scene, points=("A point",)), lang).status_code == 200


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("received", "We received your question"),
        ("triaged", "We are reading your question"),
        ("clarification_asked", "We have a question for you"),
        ("answered", "Your answer is here"),
        ("declined", "We cannot answer this question"),
        ("closed", "This question is closed"),
        ("withdrawn", "This question is closed"),
    ],
)
def test_each_state_has_its_words(public, scene, state, words):
    page = open_status(public, scene, fresh(scene, state=state))
    assert re.search(rf"<h1[^>]*>{words}</h1>", page.text)


def test_a_date_that_moved_is_owned_up_to(public, scene):
    page = open_status(public, scene, fresh(scene, promised_by=clock.today() - timedelta(days=1)))
    assert "This takes longer than we said. New date:" in page.text


def test_several_questions_have_a_card_each(public, scene):
    request = make_request(scene)
    fresh(scene, request)
    page = open_status(public, scene, fresh(scene, request, number=2, state="declined", decline_reason="no_partner"))
    assert page.text.count("<article") == 2
    assert "Question 2 of 2" in page.text
    assert "We know nobody there who can find out." in page.text
    assert page.text.count("<h1") == 1


def test_the_answer_shows_its_words_its_version_and_a_recall_before_them(public, scene):
    question = fresh(scene, points=("The neutral text",), was_triaged=True)
    publish(scene, "COD-HEA-0001")
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    scene.add(Recall(reply_id=reply.id, question_id=question.id, ref="COD-HEA-0001", kind="corrected", at=now()))
    page = open_status(public, scene, question)
    assert "Two pharmacies of three have it." in page.text
    assert 'href="/en/e/COD-HEA-0001/v1"' in page.text
    assert "The neutral text" in page.text
    assert page.text.index("We corrected a page") < page.text.index("Two pharmacies")


def test_the_warning_goes_when_a_corrected_answer_comes_and_stays_inside_an_earlier_one(public, scene):
    question = fresh(scene)
    publish(scene, "COD-HEA-0001", state="retracted")
    old = answered_with(scene, question, retracted=now())
    new = send_reply(scene, question, "It is three of three.", sent_at=now())
    page = open_status(public, scene, question).text
    assert page.index("three of three") < page.index("An earlier answer") < page.index("Do not rely on it")
    old.stood_until, new.corrects_id = now(), old.id
    scene.commit()
    assert "Do not rely on it" not in public.get("/en/q/status").text


def test_in_arabic_published_texts_are_linked_where_they_exist(public, scene):
    question = fresh(scene)
    publish(scene, "COD-HEA-0001")
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    assert 'href="/ar/e/COD-HEA-0001/v1"' in open_status(public, scene, question, "ar").text


@pytest.mark.parametrize("questions", [1, 5])
def test_the_page_takes_the_same_statements_for_one_question_and_for_five(public, scene, questions):
    request = make_request(scene)
    for number in range(1, questions + 1):
        question = fresh(scene, request, number=number, points=("A", "B"))
        send_reply(scene, question)
    scene.commit()
    public.sign_in(request.id)
    with public.statements() as statements:
        public.get("/en/q/status")
    assert len(statements) == 7


def test_a_text_that_is_being_checked_is_not_called_current(public, scene):
    question = fresh(scene)
    publish(scene, "COD-HEA-0001", state="on_hold")
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    page = open_status(public, scene, question).text
    assert "Being checked" in page
    assert "d-current" not in page


def answered_with(scene, question, ref="COD-HEA-0001", **recalls: datetime) -> Reply:
    """A reply that used the first version of a text, and what became of it since."""
    reply = send_reply(scene, question)
    scene.flush()
    scene.add(ReplyPin(reply_id=reply.id, ref=ref, number=1, position=1))
    for kind, at in recalls.items():
        scene.add(Recall(reply_id=reply.id, question_id=question.id, ref=ref, kind=kind, at=at))
    return reply


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "This version was wrong and was corrected on"),
        ("fr", "Cette version était fausse"),
        ("nl", "Deze versie klopte niet"),
        ("ar", "كانت هذه النسخة خاطئة"),
    ],
)
def test_a_text_that_was_wrong_when_it_was_sent_says_so_and_leads_to_the_new_one(public, scene, lang, said):
    question = fresh(scene, state="answered")
    publish(scene, "COD-HEA-0001")
    publish(scene, "COD-HEA-0001", 2)
    correct(scene, "COD-HEA-0001", 2, "Le prix était par semaine.")
    answered_with(scene, question, corrected=now())
    page = open_status(public, scene, question, lang).text
    assert page.index(said) < page.index("Le prix était par semaine.")
    assert "/e/COD-HEA-0001/v2" in page
    assert "d-current" not in page
    kept = public.get(f"/{lang}/q/answer/{question.id}").text
    assert said in kept
    assert "Le prix était par semaine." in kept
    assert "En bref." not in kept
    assert "d-current" not in kept


def test_a_translation_whose_original_was_wrong_leads_to_the_original_until_it_is_put_right_too(public, scene):
    question = fresh(scene, state="answered")
    publish(scene, "COD-HEA-0001", language="en")
    publish(scene, "COD-HEA-0001", 2, language="en")
    publish(scene, "COD-HEA-0002", source_ref="COD-HEA-0001", source_number=1)
    correct(scene, "COD-HEA-0001", 2, "The price was for a week.", fr="Prix de la semaine.")
    answered_with(scene, question, "COD-HEA-0002")
    page = open_status(public, scene, question).text
    assert '<span lang="fr" dir="auto">Prix de la semaine.</span>' in page
    assert "/e/COD-HEA-0001/v2" in page
    assert "Read the original" in page
    assert "Read the newest version" not in page
    assert "d-current" not in page
    publish(scene, "COD-HEA-0002", 2, source_ref="COD-HEA-0001", source_number=2)
    scene.commit()
    page = public.get("/en/q/status").text
    assert "/e/COD-HEA-0002/v2" in page
    assert "Read the original" not in page


def test_only_the_last_thing_that_became_of_a_text_is_told(public, scene):
    question = fresh(scene, state="answered")
    publish(scene, "COD-HEA-0001", state="retracted", notice="Faux.")
    publish(scene, "COD-MOV-0002", state="withdrawn")
    answered_with(scene, question, corrected=now() - timedelta(days=2), retracted=now())
    answered_with(scene, question, "COD-MOV-0002", withdrawn=now() - timedelta(days=1))
    page = open_status(public, scene, question).text
    assert page.index("A page that this answer used was wrong.") < page.index(
        "We took back a page that this answer used."
    )
    assert "Read the new version" not in page
    assert page.count("This answer uses") == 2
    assert "</svg>Retracted</b>" in page
    assert "</svg>Withdrawn</b>" in page


def test_the_neutral_text_says_what_it_is_written_in(public, scene):
    question = fresh(scene, state="triaged", points=("Where is insulin sold?",), neutral_language="en")
    page = open_status(public, scene, question, "fr").text
    assert re.search(r'<p class="bubble[^"]*" dir="auto" lang="en">Where is insulin sold', page)
