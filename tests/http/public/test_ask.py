"""The asking page: everything in one form, errors beside their fields, nothing typed is lost, sent twice is asked once."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from tests.held_back import leads_to_why
from tests.http.public.conftest import code_in
from tests.requesters import LONG_ENOUGH
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.events import Event
from workflows.requests.models import Question, Request
from workflows.requests.receipts import fingerprint, normalise

LATER = {"questions-1-text": "Is there a school for deaf children near the town?", "questions-1-country": "RWA"}


def asked(scene) -> list[Question]:
    return list(scene.scalars(select(Question).order_by(Question.number)))


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("fr", "ltr"), ("nl", "ltr"), ("ar", "rtl")])
def test_the_form_opens_in_every_language_of_requesters(public, lang, direction):
    page = public.get(f"/{lang}/ask")
    assert page.status_code == 200
    assert f'lang="{lang}" dir="{direction}"' in page.text


def test_opening_the_form_changes_nothing(public, scene):
    public.get("/en/ask")
    assert asked(scene) == []


def test_a_sent_question_is_filed_and_its_code_shown_in_the_page_only(public, asking, scene, keys):
    answer = public.post("/en/ask", asking(**LATER))
    code = code_in(answer.text)
    assert answer.status_code == 200
    assert len(normalise(code).replace("-", "")) == 24
    assert answer.headers["Cache-Control"] == "no-store"
    assert code not in str(answer.headers)
    assert code.replace(" ", "-") not in str(answer.headers)
    first, second = asked(scene)
    assert (first.original, first.country, first.place) == (LONG_ENOUGH, "COD", "Kinshasa")
    assert (second.country, second.place) == ("RWA", None)
    request = scene.get(Request, first.request_id)
    assert request.code_hash == fingerprint(public.site.receipt_key, code)


def test_the_code_opens_the_question(public, asking):
    code = code_in(public.post("/en/ask", asking()).text)
    assert public.post("/en/q", {"code": code.lower()}).headers["Location"] == "/en/q/status"
    assert "We received your question" in public.get("/en/q/status").text


def test_sending_twice_makes_one_request_and_shows_the_same_code(public, asking, scene):
    form = asking()
    first, second = public.post("/en/ask", form), public.post("/en/ask", form)
    assert code_in(first.text) == code_in(second.text)
    assert "once already" in second.text
    assert "once already" not in first.text
    assert len(asked(scene)) == 1


def test_after_ten_minutes_the_code_is_not_shown_again(public, asking, monkeypatch):
    form, moment = asking(), clock.now()
    code = code_in(public.post("/en/ask", form).text)
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(minutes=11))
    again = public.post("/en/ask", form)
    assert again.status_code == 200
    assert code not in again.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "We cannot show it again." in again.text


def test_whoever_holds_the_number_of_a_form_but_not_its_words_gets_no_code(public, asking, scene):
    form = asking()
    code = code_in(public.post("/en/ask", form).text)
    for other in ({"questions-0-text": LONG_ENOUGH + " Or so."}, {"contact": "other@example.org"}):
        again = public.post("/en/ask", form | other)
        assert "We cannot show it again." in again.text
        assert 'class="receipt"' not in again.text
    assert code_in(public.post("/en/ask", form).text) == code
    assert len(asked(scene)) == 1


def test_a_code_that_was_replaced_is_not_shown_for_the_form_either(public, asking, scene):
    form = asking()
    public.post("/en/ask", form)
    scene.execute(update(Request).values(code_seed=uuid4(), code_hash=b"x" * 32))
    scene.commit()
    assert "We cannot show it again." in public.post("/en/ask", form).text


def test_a_question_left_empty_is_not_in_the_way(public, asking, scene):
    assert public.post("/en/ask", asking(**{"questions-1-text": "", "questions-1-country": ""})).status_code == 200
    assert len(asked(scene)) == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"questions-0-text": ""}, "questions-0-text", "Write your question."),
        ({"questions-0-text": "Insulin?"}, "questions-0-text", "Write a little more, at least 3 words"),
        ({"questions-0-text": "x" * 4001}, "questions-0-text", "Write it in 4,000 letters or fewer."),
        ({"questions-0-country": "ZZZ"}, "questions-0-country", "Choose a country from the list."),
        ({"questions-0-place": "x" * 121}, "questions-0-place", "Write only the town or area."),
        ({"questions-1-country": "RWA"}, "questions-1-text", "Write your question."),
        ({"requester_kind": "spy"}, "requester_kind", "Choose who this is for."),
        ({"language": "xx"}, "language", "Choose a language."),
        ({"contact": "no address"}, "contact", "Check the e-mail address."),
        ({"consent": None}, "consent", "We need your yes before we may read what you ask."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_what_was_typed_stays(public, asking, scene, changes, field, words):
    form = asking(**{"questions-0-text": LONG_ENOUGH, "questions-0-place": "Near Goma", **changes})
    page = public.post("/en/ask", form)
    assert page.status_code == 422
    assert page.text.count(words) == 2
    assert f'id="{field}-error"' in page.text
    assert f'href="#{field}' in page.text
    assert "<title>Error: " in page.text
    for name in ("questions-0-text", "questions-0-place", "contact"):
        assert form[name] in page.text
    assert form["ticket"] in page.text
    assert asked(scene) == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "We need your yes before we may read what you ask."),
        ("fr", "Il nous faut votre oui avant de lire ce que vous demandez."),
        ("nl", "We hebben je ja nodig voor we mogen lezen wat je vraagt."),
        ("ar", "نحتاج إلى موافقتك قبل أن نقرأ ما تسأل عنه."),
    ],
)
def test_a_missing_yes_is_said_in_words_that_fit_one_question_and_several(public, asking, lang, words):
    two = {"questions-1-text": LONG_ENOUGH, "questions-1-country": "RWA"}
    for further in ({}, two):
        page = public.post(f"/{lang}/ask", asking(consent=None, **further))
        assert page.status_code == 422
        assert page.text.count(words) == 2


def test_a_mended_form_is_filed(public, asking, scene):
    form = asking(consent=None)
    public.post("/en/ask", form)
    assert public.post("/en/ask", form | {"consent": "y"}).status_code == 200
    assert len(asked(scene)) == 1


def held_back(public, form) -> str:
    page = public.post("/en/ask", form)
    assert page.status_code == 422
    assert "Nothing was sent yet. Please press the button once more." in page.text
    assert leads_to_why(page.text)
    assert LONG_ENOUGH in page.text
    assert 'class="receipt"' not in page.text
    return page.text


def test_a_form_that_fell_into_the_trap_is_politely_asked_again(public, asking, scene):
    page = held_back(public, asking(website="https://spam.example"))
    assert "spam.example" not in page
    assert "That was very fast" not in page
    assert asked(scene) == []


def test_a_form_faster_than_a_person_is_politely_asked_again(public, asking, scene, monkeypatch):
    moment = clock.now()
    with public.app.app_context():
        ticket = Ticket.issue(moment).sign()
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(seconds=2))
    page = held_back(public, asking(ticket=ticket))
    assert "That was very fast, and machines send forms that fast." in page
    assert ticket in page
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(seconds=5))
    assert public.post("/en/ask", asking(ticket=ticket)).status_code == 200
    assert len(asked(scene)) == 1


def test_an_empty_form_sent_at_once_is_told_what_is_missing(public, asking, scene):
    with public.app.app_context():
        ticket = Ticket.issue(clock.now()).sign()
    page = public.post("/en/ask", asking(ticket=ticket, consent=None, **{"questions-0-text": ""}))
    assert page.status_code == 422
    assert page.text.count("Write your question.") == 2
    assert "press the button once more" not in page.text
    assert asked(scene) == []


@pytest.mark.parametrize("ticket", ["", "forged", "WyJ4IiwxXQ.xxxx"])
def test_a_form_whose_ticket_we_did_not_sign_gets_a_new_one(public, asking, scene, ticket):
    held_back(public, asking(ticket=ticket))
    assert asked(scene) == []


def test_a_form_open_for_more_than_a_day_gets_a_new_ticket_and_keeps_its_text(public, asking, scene):
    with public.app.app_context():
        old = Ticket.issue(clock.now() - timedelta(hours=25)).sign()
    assert old not in held_back(public, asking(ticket=old))


def test_the_eleventh_question_of_an_hour_waits_with_its_text(public, asking, scene):
    for _ in range(10):
        assert public.post("/en/ask", asking()).status_code == 200
    eleventh = public.post("/en/ask", asking())
    assert eleventh.status_code == 429
    assert LONG_ENOUGH in eleventh.text
    assert 0 < int(eleventh.headers["Retry-After"]) <= 3600
    assert len(asked(scene)) == 10
    elsewhere = public.post("/en/ask", asking(), environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 200


def test_mistakes_and_added_questions_do_not_count_against_the_network(public, asking):
    for _ in range(11):
        assert public.post("/en/ask", asking(consent=None)).status_code == 422
        assert public.post("/en/ask/check", asking(to="country.1.add")).status_code == 200
    assert public.post("/en/ask", asking()).status_code == 200


def test_neither_code_nor_text_is_logged(public, asking, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        code = code_in(public.post("/en/ask", asking(contact="me@example.org")).text)
        public.post("/en/q", {"code": code})
        public.post("/en/q", {"code": code[:-1]})
        public.get("/en/q/status")
    logged = caplog.text + "".join(capsys.readouterr())
    assert "ask.submit" in logged
    for secret in (code, code.replace(" ", "-"), code.replace(" ", ""), "insulin", "me@example.org", "Kinshasa"):
        assert secret not in logged


def test_filing_takes_few_statements(public, asking):
    with public.statements() as statements:
        public.post("/en/ask", asking(**LATER))
    assert len(statements) <= 8


def test_without_a_form_token_nothing_is_filed_and_the_text_is_given_back(public, asking, scene):
    page = public.client.post("/en/ask", data=asking())
    assert page.status_code == 400
    assert LONG_ENOUGH in page.text
    assert asked(scene) == []


def test_a_language_menu_leads_to_the_form_again_and_never_away_from_a_code(public, asking):
    assert 'formaction="/fr/ask/check"' in public.post("/en/ask", asking(consent=None)).text
    receipt = public.post("/en/ask", asking()).text
    assert 'lang="fr"' not in receipt
    assert "/fr/ask" not in receipt


def test_asking_while_following_links_the_two_requests_nowhere(public, asking, scene):
    code = code_in(public.post("/en/ask", asking()).text)
    public.post("/en/q", {"code": code})
    public.post("/en/ask", asking())
    assert {(event.actor_kind, event.actor_id) for event in scene.scalars(select(Event))} == {("visitor", None)}


def test_the_older_code_is_closed_here_so_that_use_my_code_asks_for_the_new_one(public, asking, request_with_code):
    _, older = request_with_code
    public.post("/en/q", {"code": older})
    receipt = public.post("/en/ask", asking())
    assert "What you asked earlier keeps its own code." in receipt.text
    assert "storage" in receipt.headers["Clear-Site-Data"]
    assert "24 letters and numbers." in public.get("/en/q").text
    assert public.post("/en/q", {"code": code_in(receipt.text)}).headers["Location"] == "/en/q/status"
    public.get("/en/q/away")
    assert public.post("/en/q", {"code": older}).headers["Location"] == "/en/q/status"


def test_the_session_of_the_older_code_is_over_for_whoever_kept_its_cookie(public, asking, request_with_code):
    public.post("/en/q", {"code": request_with_code[1]})
    kept = public.client.get_cookie(public.site.session_cookie).value
    public.post("/en/ask", asking())
    public.client.set_cookie(public.site.session_cookie, kept)
    assert public.get("/en/q").status_code == 200


def test_a_form_with_a_mistake_closes_no_code(public, asking, request_with_code):
    public.post("/en/q", {"code": request_with_code[1]})
    assert public.post("/en/ask", asking(consent=None)).status_code == 422
    assert public.get("/en/q").headers["Location"] == "/en/q/status"


def test_whoever_followed_nothing_reads_of_no_other_code(public, asking):
    receipt = public.post("/en/ask", asking())
    assert "What you asked earlier" not in receipt.text
    assert "Clear-Site-Data" not in receipt.headers


def test_the_receipt_speaks_of_one_code_in_dutch(public, asking):
    receipt = public.post("/nl/ask", asking()).text
    assert "Schrijf hem op papier" in receipt
    assert "We kunnen hem niet opnieuw sturen." in receipt
