"""A question that the helpdesk asks itself: a form without a person, a page without a requester, an end without a reply."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.excerpts import drafted, published
from tests.factories import make_assignment, make_question, make_request, make_staff
from tests.held_back import leads_to_why
from tests.http.desk.triaging import stored, url
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.models import Excerpt
from workflows.requests.models import Point, Question, Request

OWN = "/desk/questions/own"
TEXT = "Peut-on louer une chambre à Goma, et à quel prix ?"


def typed(desk, **values) -> dict:
    ticket = re.search(r'name="ticket"[^>]*value="([^"]+)"', desk.get(OWN).text).group(1)
    given = {"ticket": ticket, "written_in": "fr", "questions-0-text": TEXT, "questions-0-country": "COD"}
    return given | values


@pytest.fixture
def ours(desk, scene, officer) -> Question:
    desk.post(OWN, typed(desk, **{"questions-0-topic": "HOU-rent"}))
    return scene.scalars(select(Question)).one()


def test_it_asks_for_no_agreement_no_contact_and_no_way_of_coming(desk, officer) -> None:
    page = desk.get(OWN).text.partition("<main")[2]
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page))
    assert asked >= {"questions-0-text", "questions-0-country", "questions-0-topic", "questions-0-place", "written_in"}
    assert not asked & {"consent", "contact", "channel", "requester_kind", "language"}
    assert f'href="{OWN}"' in desk.get("/desk/questions/new").text


def test_it_is_filed_to_be_triaged_at_once_and_prints_no_code(desk, scene, officer) -> None:
    form = typed(desk)
    first, second = desk.post(OWN, form), desk.post(OWN, form)
    question = scene.scalars(select(Question)).one()
    assert (first.status_code, first.location, second.location) == (303, url(question), url(question))
    assert scene.scalars(select(Request.channel)).all() == ["desk"]
    page = desk.get(first.location).text
    assert "Filed. Finish its triage here." in page
    assert scene.scalars(select(Point.text)).all() == [TEXT]


def test_its_page_speaks_of_no_requester_and_offers_nothing_that_needs_one(desk, ours) -> None:
    page = desk.get(url(ours)).text
    assert "the helpdesk itself" in page
    for words in ("for themselves", "Ask the requester", "To the requester", "Decline<", "Show the contact"):
        assert words not in page
    desk.post(url(ours), {"version": ours.version, "country": "COD", "place": "Goma", "topics": ["HOU-rent"],
                          "urgency": "normal", "points-0": TEXT, "do": "triage"})  # fmt: skip
    page = desk.get(url(ours)).text
    assert "Offer to a partner" in page
    assert "Write the reply" not in page


def test_it_is_closed_after_one_more_look_unless_a_partner_is_at_work(desk, scene, ours) -> None:
    went = desk.post(url(ours, "go"), {"go": "finish", "version": ours.version})
    assert went.location == url(ours, "finish")
    assert "Nobody is written to." in desk.get(url(ours, "finish")).text
    working = make_assignment(scene, question=ours, state="accepted")
    scene.commit()
    refused = desk.post(url(ours, "finish"), {"version": stored(scene, ours).version})
    assert (refused.status_code, "A partner works on it" in refused.text) == (422, True)
    working.state = "completed"
    scene.commit()
    assert desk.post(url(ours, "finish"), {"version": stored(scene, ours).version}).status_code == 303
    assert stored(scene, ours).state == "closed"


def test_a_question_about_a_published_text_begins_with_its_country_topic_and_words(desk, scene, officer) -> None:
    excerpt = published(scene, language="fr")
    scene.commit()
    page = desk.get(f"{OWN}?about={excerpt.ref}").text
    asked = re.search(r"<textarea[^>]*>\s*([^<]+)</textarea>", page).group(1)
    assert asked == f"Est-ce encore vrai\N{NO-BREAK SPACE}? Rent for a one-bedroom home ({excerpt.ref})"
    assert '<option selected value="fr">' in page[page.index('id="written_in"') :]
    given = {"questions-0-text": asked, "questions-0-topic": "HOU-rent", "questions-0-place": "Kinshasa"}
    assert desk.post(OWN, typed(desk, **given)).status_code == 303
    question = scene.scalars(select(Question)).one()
    assert (question.country, question.topics, question.original) == ("COD", ["HOU-rent"], asked)


@pytest.mark.parametrize(
    ("address", "country", "topic"),
    [
        ("country=COD&topic=HOU-rent", "COD", "HOU-rent"),
        ("country=COD&topic=HEA", "COD", ""),
        ("country=ZZZ&topic=HO", "", ""),
        ("topic=-", "", ""),
    ],
)
def test_the_address_says_about_which_country_and_topic_it_is(desk, officer, address, country, topic) -> None:
    page = desk.get(f"{OWN}?{address}").text
    chosen = re.findall(r'<option selected value="([^"]*)"', page)
    assert chosen[:2] == [country, topic]


def test_a_question_about_a_text_that_is_not_published_begins_nowhere(desk, scene, officer) -> None:
    draft = drafted(scene, make_staff(scene, Role.EDITOR))
    ref = scene.get_one(Excerpt, draft.excerpt_id).ref
    scene.commit()
    assert [desk.get(f"{OWN}?about={one}").status_code for one in (ref, "COD-HOU-9999", "x")] == [404] * 3


def test_what_is_missing_is_said_beside_the_field_and_the_rest_is_kept(desk, scene, officer) -> None:
    answer = desk.post(OWN, typed(desk, **{"questions-0-text": "Où ?", "questions-0-place": "Goma"}))
    assert (answer.status_code, 'value="Goma"' in answer.text) == (422, True)
    assert "Write a little more" in answer.text
    late = desk.post(OWN, typed(desk, ticket="x"))
    assert (late.status_code, "This page was open too long." in late.text, TEXT in late.text) == (422, True, True)
    assert leads_to_why(late.text)
    assert scene.scalars(select(Request.id)).all() == []


def test_nobody_but_an_officer_files_or_closes_one(desk, scene, ours) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    scene.commit()
    assert [desk.get(OWN).status_code, desk.post(OWN, {}).status_code, desk.get(url(ours, "finish")).status_code] == [
        403
    ] * 3


def test_what_is_missing_and_what_may_point_to_a_person_are_said_at_once(desk, scene, officer) -> None:
    telling = {"questions-0-text": "Peut-on joindre M. Kalala au +243 812 345 678 depuis Goma ?"}
    page = desk.post(OWN, typed(desk, **telling | {"questions-0-country": "XXX"})).text
    assert "Choose a country from the list." in page
    assert "+243 812 345 678</bdi></mark>" in page
    assert scene.scalars(select(Request.id)).all() == []


def test_nobody_is_asked_back_or_refused_by_address(desk, ours) -> None:
    assert [desk.get(url(ours, page)).status_code for page in ("clarify", "decline")] == [409, 409]


def test_its_page_of_a_reply_says_that_nobody_waits_for_one(desk, ours) -> None:
    page = desk.get(url(ours, "reply")).text
    assert "Nobody waits for a reply." in page
    assert "Send the reply" not in page


def test_split_in_two_both_stay_our_own(desk, ours) -> None:
    desk.post(url(ours), {"version": ours.version, "country": "COD", "place": "Goma", "topics": ["HOU-rent"],
                          "urgency": "normal", "points-0": TEXT, "points-1": "Et à Bukavu ?", "do": "triage"})  # fmt: skip
    page = desk.get(url(ours, "split")).text
    assert "The new question is our own too." in page
    assert "Whoever asked" not in page


def test_merged_it_goes_on_in_another_of_our_own_and_nobody_reads_a_reply(desk, scene, ours, officer) -> None:
    nobody = dict.fromkeys(("requester_kind", "contact", "consent_version", "consented_at", "code_hash"))
    request = make_request(scene, channel="desk", code_key_version=0, **nobody)
    stays = make_question(scene, request, state="triaged", points=(TEXT,))
    ours.state, ours.merged_into_id, ours.unmerge_by = "merged", stays.id, clock.today() + timedelta(days=7)
    scene.commit()
    assert "Our own question goes on in another one." in desk.get(url(ours)).text
    page = desk.get(url(stays)).text
    assert "These questions of our own go on in this one:" in page
    assert "Whoever asked" not in page


def test_merged_into_one_that_was_asked_it_is_not_listed_under_whoever_asked(desk, scene, ours, officer) -> None:
    stays = make_question(scene, state="triaged", points=(TEXT,))
    ours.state, ours.merged_into_id, ours.unmerge_by = "merged", stays.id, clock.today() + timedelta(days=7)
    scene.commit()
    page = desk.get(url(stays)).text
    assert url(ours) in page.partition("These questions of our own go on in this one:")[2]
    assert "Whoever asked these" not in page
    asked = make_question(scene, state="merged", merged_into_id=stays.id)
    scene.commit()
    of_others, _, of_our_own = desk.get(url(stays)).text.partition("These questions of our own go on in this one:")
    assert (url(asked) in of_others, url(ours) in of_others) == (True, False)
    assert (url(asked) in of_our_own, url(ours) in of_our_own) == (False, True)
    assert of_others.count("Whoever asked these reads the reply to this question:") == 1


@pytest.mark.parametrize("asked", [True, False])
def test_only_where_somebody_asked_a_requester_reads_the_new_date_of_a_partner(
    desk, scene, ours, officer, asked
) -> None:
    question = make_question(scene, state="triaged", points=(TEXT,)) if asked else ours
    ours.state = "triaged"
    day = clock.today()
    row = make_assignment(scene, question=question, state="accepted", submit_by=day, requester_date=day)
    scene.commit()
    until = day + timedelta(days=9)
    form = {"version": row.version, "until": [str(until.day), str(until.month), str(until.year)]}
    page = desk.get(desk.post(f"/desk/assignments/{row.id}/extend", form).location).text
    assert ("The date has moved, for the requester too." in page, "Said to the requester" in page) == (asked, asked)
    assert ("The date has moved." in page) == (not asked)
