"""The invented texts of the demonstration keep to the vocabulary, to the rules of public texts and to their mix."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import chain, pairwise

import pytest

from ops.demo import texts
from workflows.core.markdown import render
from workflows.requests.outgoing import advice
from workflows.requests.words import DECLINE_REASONS
from workflows.vocabulary import loader
from workflows.vocabulary.shelf_life import Freshness, freshness, valid_until

TODAY = date(2026, 11, 23)
TOPICS = {row["code"]: row for row in loader.read("topics")}
GROUPS = [code for code, row in TOPICS.items() if row["parent_code"] is None]
FACETS = {row["code"] for row in loader.read("facets")}
COUNTRIES = {row["iso3"]: row for row in loader.read("countries")}
LANGUAGES = {"en", "fr", "nl"}
CONFIDENCE = {"sure", "fairly_sure", "not_sure"}
WITH_ANSWER = {"submitted", "returned", "accepted_answer", "answered", "closed"}
UNANSWERED = {"received", "triaged", "clarification_asked", "declined", "withdrawn", "offered", "lapsed", "accepted"}
WITHOUT_NEUTRAL = {"received", "declined"}
SOURCE_KINDS = {"visit", "talk", "document", "law", "website"}
FORBIDDEN = re.compile(
    r"returnee|terugkeerder|rapatrié|illegal|illégal|illegaal|!|safe to (return|go)|sûr de (rentrer|retourner)"
    r"|veilig om (terug|te)|we advise|advice|you should|we recommend|nous conseillons|recommandons|il vaut mieux"
    r"|aangeraden|aan te raden|\bbest zelf\b",
    re.IGNORECASE,
)
REQUESTER_WORDS = re.compile(r"\bcase\b|illegal|returnee|submit|invalid|!", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@([\w.-]+)")

PARTNERS = texts.read("partners")
STAFF = texts.read("staff")
REQUESTS = texts.read("requests")
QUESTIONS = [question for request in REQUESTS for question in request["questions"]]
ANSWERED = [question for question in QUESTIONS if question["answer"]]
EXCERPTS = texts.excerpts(TODAY)
SHEETS = texts.read("sheets")


def name_of(row):
    return f"{row['country']}-{row.get('title') or row['place']}"


def every_text(value):
    """All strings in a tree of content, except what a requester wrote and what only editors may read."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return list(chain.from_iterable(map(every_text, value)))
    if isinstance(value, dict):
        kept = (item for key, item in value.items() if key not in {"original", "restricted_identity"})
        return list(chain.from_iterable(map(every_text, kept)))
    return []


def freshness_of(excerpt):
    told = TODAY - timedelta(days=excerpt["information_days_ago"])
    days = min(TOPICS[code]["shelf_life_days"] for code in excerpt["topics"])
    return freshness(valid_until(told, days, COUNTRIES[excerpt["country"]]["priority"]), told, TODAY)


# --- Who ---------------------------------------------------------------------------------------------------------------


def test_twelve_partners_cover_every_country():
    assert len(PARTNERS) == 12
    assert {iso3 for partner in PARTNERS for iso3 in partner["countries"]} == set(COUNTRIES)
    for partner in PARTNERS:
        assert partner["calendar"] in {COUNTRIES[iso3]["iso2"] for iso3 in partner["countries"]}
        assert partner["timezone"] in {COUNTRIES[iso3]["timezone"] for iso3 in partner["countries"]}
        assert set(partner["languages"]) <= LANGUAGES
        assert 1 <= len(partner["researchers"]) <= 2
        assert {researcher["language"] for researcher in partner["researchers"]} <= set(partner["languages"])


def test_the_desk_has_eight_people_and_every_role_twice_where_four_eyes_need_it():
    roles = Counter(role for person in STAFF for role in person["roles"])
    assert len(STAFF) == 8
    assert roles["officer"] >= 2
    assert roles["editor"] >= 2
    assert {"manager", "administrator"} <= set(roles)
    assert any({"officer", "editor"} <= set(person["roles"]) for person in STAFF)


def test_no_two_people_share_a_login():
    logins = [person["username"] for person in STAFF]
    logins += [researcher["username"] for partner in PARTNERS for researcher in partner["researchers"]]
    assert len(logins) == len(set(logins))


# --- Questions ---------------------------------------------------------------------------------------------------------


def test_questions_are_many_varied_and_in_every_state():
    assert len(REQUESTS) >= 60
    assert all(1 <= len(request["questions"]) <= 3 for request in REQUESTS)
    assert {question["state"] for question in QUESTIONS} == WITH_ANSWER | UNANSWERED
    assert len({question["country"] for question in QUESTIONS}) >= 18
    assert {question["language"] for question in QUESTIONS} == LANGUAGES
    assert sum(question["original_language"] in {"ar", "es"} for question in QUESTIONS) >= 3
    assert {request["requester_kind"] for request in REQUESTS} == {"self", "helping"}
    assert {request["channel"] for request in REQUESTS} == {"web", "phone", "visit"}


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_a_question_keeps_to_the_vocabulary(question):
    assert question["original"]
    assert question["country"] in COUNTRIES
    assert question["topics"]
    assert all(TOPICS[code]["parent_code"] for code in question["topics"])
    assert set(question["facets"]) <= FACETS
    assert question["urgency"] in {"normal", "urgent"}
    assert (question["urgency"] == "urgent") == bool(question["urgency_reason"])
    assert bool(question["points"]) or question["state"] in WITHOUT_NEUTRAL
    assert [point["code"] for point in question["points"]] == [f"Q{n}" for n in range(1, len(question["points"]) + 1)]
    assert all(point["text"] and point["partner_text"] for point in question["points"])


@pytest.mark.parametrize("question", QUESTIONS, ids=name_of)
def test_a_question_carries_what_its_state_needs(question):
    needs = {
        "clarification_asked": {"clarification"},
        "declined": {"decline_reason", "another_place"},
        "returned": {"comments_to_partner"},
        "answered": {"reply"},
        "closed": {"reply"},
    }
    for field in needs.get(question["state"], set()):
        assert question[field]
    assert (question["answer"] is not None) == (question["state"] in WITH_ANSWER)


@pytest.mark.parametrize("question", ANSWERED, ids=name_of)
def test_an_answer_meets_every_point_with_a_source(question):
    answer = question["answer"]
    assert answer["information_date_days_ago"] > 0
    assert [point["code"] for point in answer["points"]] == [point["code"] for point in question["points"]]
    for point in answer["points"]:
        assert point["answer"]
        assert point["place"]
        assert point["confidence"] in CONFIDENCE
        assert point["sources"]
        for source in point["sources"]:
            assert source["label"]
            assert source["kind"] in SOURCE_KINDS
            assert source["mode"] in {"in_person", "phone", "paper", "online"}
            assert source["consent"] in {"named", "role", "organisation", "unnamed"}
            assert source["days_ago"] >= 0


def test_what_requesters_read_is_short_and_plain():
    for question in QUESTIONS:
        for field in ("clarification", "decline_reason", "another_place", "reply"):
            text = question.get(field, "")
            assert not REQUESTER_WORDS.search(text), text
            assert all(len(sentence.split()) <= 12 for sentence in re.split(r"(?<=[.?])\s", text)), text


# --- Excerpts ----------------------------------------------------------------------------------------------------------


def test_excerpts_have_their_mix_of_languages_countries_and_groups():
    assert Counter(excerpt["language"] for excerpt in EXCERPTS) == {"fr": 60, "en": 50, "nl": 40}
    assert {excerpt["country"] for excerpt in EXCERPTS} == set(COUNTRIES)
    groups = {TOPICS[code]["parent_code"] for excerpt in EXCERPTS for code in excerpt["topics"]}
    assert groups == set(GROUPS)


def test_excerpts_are_of_every_freshness():
    share = Counter(freshness_of(excerpt) for excerpt in EXCERPTS)
    assert share[Freshness.CURRENT] == pytest.approx(0.60 * len(EXCERPTS), abs=6)
    assert share[Freshness.CHECK_SOON] == pytest.approx(0.15 * len(EXCERPTS), abs=4)
    assert share[Freshness.OUT_OF_DATE] == pytest.approx(0.15 * len(EXCERPTS), abs=4)
    assert share[Freshness.EXPIRED] == pytest.approx(0.10 * len(EXCERPTS), abs=4)


@pytest.mark.parametrize("excerpt", EXCERPTS, ids=name_of)
def test_an_excerpt_is_whole(excerpt):
    words = re.sub(r"[|#*\-]", " ", excerpt["body"]).split()
    assert 80 <= len(words) <= 220
    assert 2 <= len(re.findall(r"^## ", excerpt["body"], re.MULTILINE)) <= 4
    assert 1 <= len(excerpt["sources"]) <= 5
    assert all(TOPICS[code]["parent_code"] for code in excerpt["topics"])
    assert set(excerpt["facets"]) <= FACETS
    assert excerpt["confidence"] in CONFIDENCE
    assert {source["kind"] for source in excerpt["sources"]} <= SOURCE_KINDS
    assert all(excerpt[field] for field in ("title", "summary", "unknown", "place"))
    assert texts.MONTH not in excerpt["body"]


@pytest.mark.parametrize("excerpt", EXCERPTS, ids=name_of)
def test_every_source_mark_in_a_text_leads_to_a_source(excerpt):
    for version in [excerpt, *excerpt["earlier"]]:
        page = render(version["body"], sources=len(excerpt["sources"]))
        assert not re.search(r">[^<]*\[\d", page)


@pytest.mark.parametrize("excerpt", [e for e in EXCERPTS if e["versions"] > 1], ids=name_of)
def test_versions_follow_each_other_and_say_what_changed(excerpt):
    line = [*excerpt["earlier"], excerpt]
    assert len(line) == excerpt["versions"] <= 3
    assert line[0]["change"] == "first"
    assert all(version["change"] in {"minor", "update", "correction"} for version in line[1:])
    assert all(version["public_note"] for version in line[1:])
    ages = [version["information_days_ago"] for version in line]
    assert ages == sorted(ages, reverse=True)
    assert all(
        (older["summary"], older["body"]) != (newer["summary"], newer["body"]) for older, newer in pairwise(line)
    )


def test_no_two_excerpts_share_a_sentence():
    owner = {}
    for excerpt in texts.read("excerpts"):
        whole = f"{excerpt['summary']}\n{excerpt['body']}\n{excerpt['unknown']}"
        for sentence in re.split(r"(?<=[.:])\s+|\n", whole):
            if len(sentence.split()) >= 5 and not sentence.startswith("|"):
                assert owner.setdefault(sentence, excerpt["title"]) == excerpt["title"]


def test_a_month_is_elided_in_french_where_speech_elides_it():
    assert texts._with_month("Prix de {month}", "août 2026", "fr") == "Prix d’août 2026"
    assert texts._with_month("Prix de {month}", "mars 2026", "fr") == "Prix de mars 2026"


# --- Sheets ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet['country']}-{sheet['language']}")
def test_a_sheet_has_ten_sections_and_excerpts_for_half_of_them(sheet):
    assert [section["topic_group"] for section in sheet["sections"]] == GROUPS
    assert all(2 <= len(re.findall(r"\.(?:\s|$)", section["intro"])) <= 4 for section in sheet["sections"])
    filled = {
        TOPICS[excerpt["topics"][0]]["parent_code"]
        for excerpt in EXCERPTS
        if (excerpt["country"], excerpt["language"]) == (sheet["country"], sheet["language"])
    }
    assert len(filled) >= 5


# --- All of it ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["partners", "staff", "requests", "excerpts", "sheets"])
def test_texts_stay_neutral_and_point_at_nobody_real(name):
    path = texts.CONTENT / f"{name}.json"
    assert path.stat().st_size < 400_000
    assert set(EMAIL.findall(path.read_text(encoding="utf-8"))) <= {"example.org", "example.net"}
    codes = set(DECLINE_REASONS)
    for text in every_text(texts.read(name)):
        assert text in codes or not FORBIDDEN.search(text), text
        assert advice(text) == [], text


def test_every_reason_to_decline_is_one_that_the_desk_offers():
    reasons = {
        one["decline_reason"] for row in texts.read("requests") for one in row["questions"] if "decline_reason" in one
    }
    assert reasons <= set(DECLINE_REASONS)
