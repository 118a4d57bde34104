"""Asking a page at a time: one thing each, back and forth without loss, in any language."""

import pytest
from sqlalchemy import select

from config import policy
from tests.http.public.conftest import code_in
from tests.http.public.walking import INSULIN, MEDICINES, as_a_person, carries, go_on, shown, walk_to
from tests.published import make_published
from webapp.public.ask_steps import FIELDS, ORDER, Place, Step, Way, place_of
from workflows.core.words import REQUESTERS
from workflows.requests.models import Question, Request
from workflows.vocabulary.models import Facet
from workflows.vocabulary.queries import facets as facets_of


def test_each_page_asks_one_thing_and_the_last_one_sends_it(page, scene, monkeypatch):
    walk_to(page, Step.CHECK)
    for words in (INSULIN, "DR Congo", "Kinshasa", "Medicines", "me@example.org", "For someone I help"):
        assert words in page.text
    page.choose("consent", "y")
    as_a_person(monkeypatch)
    page.press("Send my question")
    assert "You need this code to come back." in page.text
    assert "Type it here: http://127.0.0.1:8000/en/q" in " ".join(page.text.split())
    question = scene.scalars(select(Question)).one()
    assert (question.country, question.place, question.topics) == ("COD", "Kinshasa", [MEDICINES])
    request = scene.get(Request, question.request_id)
    assert (request.requester_kind, request.consent_version) == ("helping", "2026-2-helping-not-published")


@pytest.mark.parametrize("step", ORDER)
def test_a_page_shows_its_own_fields_and_carries_the_others(page, step):
    walk_to(page, step)
    assert shown(page) == set(Place(step).fields)
    assert page._tree.xpath("count(//h1)") == 1
    asked, now = page._tree.xpath("string(//h1)"), ORDER.index(step) + 1
    assert page._tree.xpath("string(//title)") == f"{asked} (Step {now} of {len(ORDER)}) – Ask a question"
    for name, value in (("questions-0-country", "COD"), ("questions-0-text", INSULIN), ("contact", "me@example.org")):
        came_before = ORDER.index(place_of(name).step) < ORDER.index(step)
        assert (carries(page, name) == value) is came_before


def test_nothing_that_was_typed_is_in_an_address_a_cookie_or_kept_by_a_browser(page, public):
    walk_to(page, Step.CHECK)
    answer = public.post("/en/ask/question", {"at": "0.", "questions-0-text": INSULIN})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert {path for path, _ in page.seen} <= {"/en/ask", *(f"/en/ask/{step}" for step in Step)}
    cookies = " ".join(cookie.value for cookie in public.client._cookies.values())
    assert "insulin" not in cookies
    assert len(cookies) < 300


def ways_out(page) -> list[str]:
    """The links that would lead away from the page itself, but for the one that is there to leave."""
    links = page._tree.xpath("//a[@href and not(@target='_blank') and not(starts-with(@href, '#'))]")
    return [one.get("href") for one in links if one.get("href") != policy.EXIT_ADDRESS]


@pytest.mark.parametrize("step", ORDER)
def test_no_link_of_a_step_leads_away_from_what_was_typed(page, step):
    walk_to(page, step)
    assert ways_out(page) == []
    assert page._tree.xpath(f"//a[@href='{policy.EXIT_ADDRESS}']")
    assert page._tree.xpath("//a[@target='_blank' and contains(@href, '/privacy')]")


def test_a_page_with_what_may_answer_leads_nowhere_else_either(page, scene):
    make_published(scene, language="en", title="Insulin 30/70 in Kinshasa")
    scene.commit()
    walk_to(page, Step.TOPIC)
    page.choose("questions-0-topic", MEDICINES)
    go_on(page)
    assert "This answers me" in page.text
    assert ways_out(page) == []


def test_the_code_is_left_only_by_what_the_page_itself_offers(page, monkeypatch):
    walk_to(page, Step.CHECK)
    page.choose("consent", "y")
    as_a_person(monkeypatch)
    page.press("Send my question")
    assert ways_out(page) == ["/en/q", "/en/ask"]


def test_back_and_forth_loses_nothing_also_what_is_not_right_yet(page):
    walk_to(page, Step.QUESTION)
    page.fill("questions-0-text", "Short")
    page.press("Back")
    assert shown(page) == {"questions-0-topic"}
    page.press("Back")
    assert page._fields("questions-0-place")[0].value == "Kinshasa"
    go_on(page)
    go_on(page)
    assert page._fields("questions-0-text")[0].value.strip() == "Short"


@pytest.mark.parametrize(
    ("lang", "button"), [("en", "“Back”"), ("fr", "«\u00a0Retour\u00a0»"), ("nl", "“Terug”"), ("ar", "«رجوع»")]
)
def test_the_first_page_says_which_way_back_loses_nothing(public, asking, lang, button):
    assert button in public.get(f"/{lang}/ask").text
    page = public.post(f"/{lang}/ask/topic", asking(at="0.", to="topic.0.")).text
    assert f">{button.strip('“”«»').strip()}<" in page


@pytest.mark.parametrize("step", [step for step in ORDER if step not in (Step.WHO, Step.CHECK)])
def test_back_is_as_wide_as_the_button_above_it_so_that_both_begin_at_the_edge(page, step):
    walk_to(page, step)
    [back] = page._tree.xpath("//button[@name='to' and .='Back']")
    assert {"quiet", "full"} <= set(back.get("class").split())


def test_a_language_changed_in_the_middle_keeps_everything(page):
    walk_to(page, Step.CONTACT)
    page.fill("contact", "half@")
    page.press("العربية")
    assert page.path == "/ar/ask/contact"
    assert page._tree.get("dir") == "rtl"
    assert page._fields("contact")[0].value == "half@"
    assert carries(page, "questions-0-text") == INSULIN
    page.press("Français")
    assert (page._tree.get("lang"), page._fields("contact")[0].value) == ("fr", "half@")


def test_a_language_changed_on_the_last_page_sends_nothing(public, asking, page, scene):
    for path in ("/en/ask", "/en/ask/check"):
        answer = public.post(path, asking(consent=None))
        assert 'formaction="/fr/ask/check"' in answer.text
        assert 'formaction="/fr/ask"' not in answer.text
    assert scene.scalar(select(Question)) is None


@pytest.mark.parametrize(
    ("step", "changes", "words"),
    [
        ("who", {"requester_kind": "spy"}, "Choose who this is for."),
        ("country", {"questions-0-country": "ZZZ"}, "Choose a country from the list."),
        ("topic", {"questions-0-topic": "HEA"}, "Choose a topic from the list."),
        ("question", {"questions-0-text": "Insulin?"}, "Write a little more"),
        ("details", {"questions-0-facets": "spy"}, "Choose from the list."),
        ("contact", {"contact": "no address"}, "Check the e-mail address."),
    ],
)
def test_a_mistake_is_said_on_its_own_page_and_everything_stays(public, asking, step, changes, words):
    form = asking(at="0.", consent=None) | changes
    answer = public.post(f"/en/ask/{step}", form)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    assert "<title>Error: " in answer.text
    assert "We need your yes" not in answer.text
    assert form["questions-0-text"] in answer.text


@pytest.mark.parametrize("language", REQUESTERS)
def test_whoever_writes_too_little_reads_how_much_is_enough(public, asking, language):
    answer = public.post(f"/{language}/ask/question", asking(at="0.", **{"questions-0-text": "Prix insuline ?"}))
    assert answer.status_code == 422
    said = answer.text.partition('id="questions-0-text-error"')[2].partition("</p>")[0].partition("</svg>")[2]
    hint = answer.text.partition('id="questions-0-text-hint"')[2].partition("</span>")[0]
    assert f" {policy.ORIGINAL_WORDS_MIN} " in said
    assert f" {policy.ORIGINAL_WORDS_MIN} " in hint


@pytest.mark.parametrize(
    ("language", "words", "status"),
    [
        ("ar", "كم يكلف العلاج؟", 200),
        ("fr", "Prix du riz ?", 200),
        ("fr", "Antihypertenseurs gratuits", 200),
        ("ar", "كم الإيجار؟", 422),
        ("fr", "Y a t il ?", 422),
        ("fr", "Prix ? ? ?", 422),
    ],
)
def test_three_words_are_enough_also_where_vowels_are_not_written(public, asking, language, words, status):
    answer = public.post(f"/{language}/ask/question", asking(at="0.", **{"questions-0-text": words}))
    assert answer.status_code == status


def test_one_line_is_changed_from_the_last_page_and_leads_back_to_it(page):
    walk_to(page, Step.CHECK)
    page.press_name("to", "country.0.change")
    page.fill("questions-0-place", "Goma")
    go_on(page)
    assert "Is everything right?" in page.text
    assert "Goma" in page.text
    assert "Kinshasa" not in page.text


@pytest.mark.parametrize(("kind", "agreed"), [("self", "2026-2"), ("helping", "2026-2-helping")])
@pytest.mark.parametrize(("publishing", "ending"), [("y", ""), (None, "-not-published")])
def test_whoever_asks_for_another_says_that_the_person_agrees(public, asking, scene, kind, agreed, publishing, ending):
    form = asking(requester_kind=kind, publishing=publishing)
    line = "The person you ask for knows about it and agrees."
    assert (line in public.post("/en/ask/check", form | {"to": "check.0."}).text) is (kind == "helping")
    assert public.post("/en/ask", form).status_code == 200
    assert scene.scalars(select(Request.consent_version)).one() == agreed + ending


def test_one_question_is_spoken_of_as_one_and_what_was_not_ticked_as_not_ticked(page, monkeypatch):
    walk_to(page, Step.CHECK)
    [ticked] = page._tree.xpath("//dt[.='What matters for the answer?']/following-sibling::dd[1]")
    assert "You ticked nothing." in ticked.text_content()
    assert "my questions" not in page.text
    page.choose("consent", "y")
    as_a_person(monkeypatch)
    page.press("Send my question")
    assert "We received your question" in page.text
    assert "your questions" not in page.text


@pytest.mark.parametrize(("lang", "comma"), [("fr", ", "), ("ar", "، ")])
def test_circumstances_are_listed_with_the_comma_of_the_language(page, scene, lang, comma):
    facets = facets_of(scene)[:2]
    walk_to(page, Step.DETAILS, lang=lang)
    for facet in facets:
        page.choose("questions-0-facets", facet.code)
    go_on(page)
    go_on(page)
    assert comma.join(facet.name(lang) for facet in facets) in page.text


def test_circumstances_are_kept_with_the_question(page, scene, monkeypatch):
    facet = scene.scalars(select(Facet.code).order_by(Facet.position)).first()
    walk_to(page, Step.DETAILS)
    page.choose("questions-0-facets", facet)
    go_on(page)
    page.press("Back")
    assert page._fields("questions-0-facets")[0].checked
    go_on(page)
    go_on(page)
    page.choose("consent", "y")
    as_a_person(monkeypatch)
    page.press("Send my question")
    assert scene.scalars(select(Question)).one().facets == [facet]


@pytest.mark.parametrize("step", [*ORDER, "answered"])
def test_an_address_of_the_middle_leads_to_the_start(public, step):
    assert public.get(f"/en/ask/{step}").headers["Location"] == "/en/ask"


def test_a_link_says_which_country_and_topic_and_what_it_says_wrong_is_not_heard(page):
    walk_to(page, Step.COUNTRY, query=f"?country=COD&topic={MEDICINES}")
    assert page._fields("questions-0-country")[0].value == "COD"
    assert carries(page, "questions-0-topic") == MEDICINES
    page.open("/en/ask?country=<b>&topic=HEA")
    assert carries(page, "questions-0-country") is None
    assert carries(page, "questions-0-topic") is None


def test_places_are_read_back_as_they_were_said_and_nothing_else_is():
    for place in (Place(Step.WHO), Place(Step.TOPIC, 4, Way.ADD), Place(Step.CONTACT, 0, Way.CHANGE)):
        assert Place.read(str(place)) == place
    for text in ("", "who", "spy.0.", "topic.5.", "topic.-1.", "topic.0.spy", "topic.0..", "topic.٣."):
        assert Place.read(text) is None
    assert {name for names in FIELDS.values() for name in names} >= {"text", "consent", "contact"}


def test_the_code_opens_the_question_of_somebody_who_walked(page, public, monkeypatch):
    walk_to(page, Step.CHECK)
    page.choose("consent", "y")
    as_a_person(monkeypatch)
    page.press("Send my question")
    code = code_in(page.seen[-1][1])
    assert public.post("/en/q", {"code": code}).headers["Location"] == "/en/q/status"


def test_we_answer_in_the_language_of_the_page_until_another_one_is_chosen(page):
    walk_to(page, Step.DETAILS, lang="fr")
    page.press("العربية")
    go_on(page)
    assert page._fields("language")[0].value == "ar"
    page.choose("language", "nl")
    page.press("Français")
    assert page._fields("language")[0].value == "nl"
