"""Commissioning research at the desk: choosing a partner and writing the offer."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from tests.factories import make_assignment, make_partner, make_question, make_researcher
from tests.http.desk.commissioning import POINTS, assign, assignment, in_days, partner_in, stored, today, typed, url
from workflows.assignments.models import Assignment
from workflows.core import clock
from workflows.core.events import Event


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=POINTS)
    scene.commit()
    return row


def test_partners_of_the_country_come_first_and_who_cannot_be_asked_last_with_the_reason(desk, scene, question) -> None:
    make_partner(scene, "GIN", name="Ailleurs")
    make_partner(scene, "COD", name="Absent", away_until=today() + timedelta(days=5))
    make_assignment(scene, make_partner(scene, "COD", name="Chargé"))
    make_partner(scene, "COD", name="Libre")
    make_partner(scene, "COD", name="Fermé", active=False)
    make_partner(scene, "COD", name="Muet", read=False)
    make_partner(scene, "GIN", name="Ailleurs fermé", active=False)
    scene.commit()
    page = desk.get(assign(question)).text
    assert re.findall(r'<h3 class="grow">(\w+)</h3>', page) == [
        "Libre",
        "Chargé",
        "Ailleurs",
        "Absent",
        "Fermé",
        "Muet",
    ]
    assert len(re.findall(r"\?partner=", page)) == 3  # nobody offers to who cannot take it
    for why in ("Away until", "Takes no work.", "Nobody there has an account to read an offer."):
        assert page.count(why) == 1
    assert "Works in: Guinea" in page
    assert "1 in hand" in page


def test_the_choice_says_who_was_asked_before(desk, scene, question) -> None:
    assignment(scene, question, make_partner(scene), state="lapsed")
    assert "Asked before" in desk.get(assign(question)).text


def test_who_gave_the_work_back_stands_apart_with_what_it_said_and_takes_a_deliberate_press(
    desk, scene, question
) -> None:
    back = make_partner(scene, name="Gave back")
    old = assignment(scene, question, back, state="released", release_reason="not_safe", closed_at=clock.now())
    page = unescape(desk.get(url(old, "reassign")).text)
    apart = page[page.index("Not to be asked now") :]
    assert "Gave this back: It is not safe" in apart
    assert "Write the offer" not in page
    assert f'href="{url(old, "reassign")}?partner={back.id}">Ask again all the same' in apart
    assert POINTS[0] in desk.get(f"{url(old, 'reassign')}?partner={back.id}").text


def test_who_declined_is_listed_with_the_words_it_chose(desk, scene, question) -> None:
    assignment(scene, question, make_partner(scene), state="declined", decline_reason="no_time", closed_at=clock.now())
    assert "Declined this: We have no time now" in unescape(desk.get(assign(question)).text)


@pytest.mark.parametrize("rows", [3, 100])
def test_choosing_asks_the_database_little(desk, scene, question, rows) -> None:
    for _number in range(rows):
        make_partner(scene)
    scene.commit()
    with desk.statements() as seen:
        desk.get(assign(question))
    assert len(seen) == 7


def test_the_offer_begins_with_the_points_where_the_partner_reads_them(desk, scene, question) -> None:
    page = desk.get(assign(question, partner_in(scene))).text
    assert re.findall(r"<textarea[^>]*points-\d[^>]*>\s*([^<]*)</textarea>", page) == list(POINTS)
    assert 'name="outside_country"' not in page


def test_otherwise_the_points_stand_beside_empty_fields(desk, scene, question) -> None:
    page = desk.get(assign(question, partner_in(scene, languages=["pt"]))).text
    assert [text.strip() for text in re.findall(r"<textarea[^>]*points-\d[^>]*>([^<]*)</textarea>", page)] == ["", ""]
    assert all(point in page for point in POINTS)


def test_an_offer_is_sent(desk, scene, question) -> None:
    partner = partner_in(scene)
    answer = desk.post(assign(question, partner), typed())
    made = scene.scalars(select(Assignment)).one()
    assert (answer.status_code, answer.location) == (303, url(made))
    assert (made.state, made.partner_id, made.terms) == ("offered", partner.id, "Trois pharmacies.")
    assert made.submit_by == today() + timedelta(days=18)
    assert "Offered. The partner is told." in desk.get(url(made)).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"points-1": ""}, "Write this point in the partner’s language."),
        ({"language": "nl"}, "The partner does not work in this language."),
        ({"respond_by": ["31", "2", "2026"]}, "This date does not exist."),
        ({"respond_by": ["", "", ""]}, "Choose a day."),
        ({"submit_by": in_days(1)}, "The answer cannot be due before the response."),
        ({"terms": "Appelez Mme Béatrice Mabiala."}, "This may point to a person."),
    ],
)
def test_a_wrong_offer_keeps_everything_typed(desk, scene, question, wrong, said) -> None:
    answer = desk.post(assign(question, partner_in(scene)), typed(**wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Error:" in answer.text
    kept = typed(**wrong)
    assert kept["points-0"] in answer.text
    assert kept["terms"] in answer.text
    assert scene.scalars(select(Assignment)).all() == []


def test_what_is_wrong_with_one_point_is_said_once_above_the_form_and_once_beside_it(desk, scene, question) -> None:
    said = "Write this point in the partner’s language."
    page = desk.post(assign(question, partner_in(scene)), typed(**{"points-1": ""})).text
    summary = page[page.index('id="errors"') : page.index("</ul>", page.index('id="errors"'))]
    assert (page.count(said), summary.count(said), summary.count("<li>")) == (2, 1, 1)
    assert 'href="#points-1"' in summary


def test_personal_details_in_an_offer_are_marked_with_other_words(desk, scene, question) -> None:
    answer = desk.post(assign(question, partner_in(scene)), typed(**{"points-0": "Où vit Mme Béatrice Mabiala ?"}))
    assert "<mark>Mme Béatrice Mabiala" in answer.text
    assert "une femme" in answer.text


def test_a_partner_of_another_country_is_confirmed_first(desk, scene, question) -> None:
    partner = partner_in(scene, "GIN")
    assert 'name="outside_country"' in desk.get(assign(question, partner)).text
    assert desk.post(assign(question, partner), typed()).status_code == 422
    assert desk.post(assign(question, partner), typed(outside_country="y")).status_code == 303


def test_an_away_partner_is_refused_on_top_of_the_form(desk, scene, question) -> None:
    partner = partner_in(scene, away_until=today() + timedelta(days=5))
    answer = desk.post(assign(question, partner), typed())
    assert (answer.status_code, "This partner is away. Choose another one." in answer.text) == (422, True)


def test_a_question_that_moved_on_is_a_conflict_with_the_text_to_copy(desk, scene, officer) -> None:
    answered = make_question(scene, state="answered", points=POINTS)
    answer = desk.post(assign(answered, partner_in(scene)), typed())
    assert (answer.status_code, "Trois pharmacies." in answer.text) == (409, True)


@pytest.mark.parametrize("partner", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_partner_is_not_found(desk, question, partner) -> None:
    assert desk.get(f"{assign(question)}?partner={partner}").status_code == 404
    assert desk.post(f"{assign(question)}?partner={partner}", typed()).status_code == 404


def test_two_officers_offering_at_once_both_hear_of_it(desk, scene, question) -> None:
    first, second = partner_in(scene), partner_in(scene)
    form = typed(others=re.search(r'name="others" value="(\d)"', desk.get(assign(question, second)).text)[1])
    made = assignment(scene, question, first)
    answer = desk.post(assign(question, second), form)
    assert answer.status_code == 409
    assert f'href="{url(made)}"' in answer.text
    assert "Trois pharmacies." in answer.text
    assert 'name="others" value="1"' in answer.text
    assert desk.post(assign(question, second), typed(others=1)).status_code == 303


def test_a_second_partner_is_asked_with_one_press(desk, scene, question) -> None:
    first, other = assignment(scene, question, partner_in(scene), state="accepted"), partner_in(scene, name="Autre")
    page = desk.get(url(first)).text
    assert "Ask Autre as well" in page
    assert "Ask Autre as well" in desk.get(url(first, "second")).text
    assert url(first, "second") in desk.get(f"/desk/questions/{question.id}").text
    third = partner_in(scene)
    answer = desk.post(f"{url(first, 'second')}?partner={other.id}", {"others": 1})
    made = scene.scalars(select(Assignment).where(Assignment.partner_id == other.id)).one()
    assert (answer.status_code, answer.location) == (303, url(made))
    assert desk.post(f"{url(first, 'second')}?partner={third.id}", {"others": 1}).status_code == 409
    assert desk.post(f"{url(first, 'second')}?partner={other.id}", {"others": 2}).location == url(first, "second")


def test_an_offer_to_a_second_partner_who_reads_another_language_begins_with_the_same_terms(
    desk, scene, question
) -> None:
    first = make_assignment(
        scene, make_partner(scene), question, state="accepted", terms="Three shops.", effort="2 days"
    )
    make_partner(scene, name="Reads English", languages=["en"])
    elsewhere = make_assignment(scene, make_partner(scene), make_question(scene, state="triaged"), state="accepted")
    scene.commit()
    choice = desk.get(f"/desk/assignments/{first.id}/second").text
    address = re.search(r'href="([^"]+like=[^"]+)"', choice)[1].replace("&amp;", "&")
    offer = desk.get(address).text
    assert "Three shops." in offer
    assert "2 days" in offer
    assert desk.get(address.replace(str(first.id), str(elsewhere.id))).status_code == 404


def test_who_was_asked_one_after_the_other_is_shown(desk, scene, question) -> None:
    old = assignment(scene, question, partner_in(scene, name="Premier"), state="lapsed")
    middle = assignment(scene, question, partner_in(scene, name="Deuxième"), state="declined", replaces_id=old.id)
    new = assignment(scene, question, partner_in(scene, name="Dernier"), replaces_id=middle.id)
    assignment(scene, question, partner_in(scene, name="Parallèle"))
    for row in (old, middle, new):
        page = desk.get(url(row)).text
        chain = page[page.index('id="chain"') :]
        chain = chain[: chain.index("</section>")]
        assert [chain.index(name) for name in ("Premier", "Deuxième", "Dernier")] == sorted(
            chain.index(name) for name in ("Premier", "Deuxième", "Dernier")
        )
        assert "Parallèle" not in chain


def test_a_draft_of_the_clock_is_completed_and_offered(desk, scene, question) -> None:
    draft = assignment(scene, question, state="drafted", partner_id=None, terms="")
    assert "Complete and offer" in desk.get(url(draft)).text
    assert POINTS[0] in desk.get(url(draft, "offer")).text
    early = desk.post(url(draft, "offer"), typed(version=draft.version, **{"points-0": ""}))
    assert early.status_code == 422
    assert desk.post(url(draft, "offer"), typed(version=draft.version)).status_code == 303
    assert stored(scene, draft).state == "offered"
    assert desk.post(url(draft, "offer"), typed(version=draft.version)).status_code == 409


def test_another_partner_is_asked_instead(desk, scene, question) -> None:
    old, other = assignment(scene, question, make_partner(scene)), partner_in(scene, name="Autre")
    assert "Autre" in desk.get(url(old, "reassign")).text
    assert POINTS[0] in desk.get(f"{url(old, 'reassign')}?partner={other.id}").text
    answer = desk.post(f"{url(old, 'reassign')}?partner={other.id}", typed(version=old.version))
    new = scene.scalars(select(Assignment).where(Assignment.replaces_id == old.id)).one()
    assert answer.location == url(new)
    assert stored(scene, old).state == "revoked"


def test_a_refused_reassignment_leaves_the_old_one_in_the_database_as_it_was(desk, scene, question) -> None:
    old, other = assignment(scene, question, make_partner(scene)), partner_in(scene)
    wrong = typed(version=old.version, **{"points-0": ""})
    assert desk.post(f"{url(old, 'reassign')}?partner={other.id}", wrong).status_code == 422
    assert stored(scene, old).state == "offered"
    assert scene.scalars(select(Event)).all() == []


def test_a_recheck_has_no_question_to_reassign(desk, scene, officer) -> None:
    assert desk.get(url(assignment(scene, kind="recheck"), "reassign")).status_code == 404


def test_a_recheck_that_says_place_health_and_family_says_so_before_it_is_offered(desk, scene, officer) -> None:
    partner = partner_in(scene)
    values = {
        "state": "drafted",
        "kind": "recheck",
        "partner_id": None,
        "terms": "About a mother of five with diabetes",
    }
    plain, rare = (assignment(scene, None, partner, place=place, **values) for place in ("Kinshasa", "Boma"))
    told = "Together, these facts may tell who the person is."
    assert told not in desk.get(url(plain, "offer")).text
    page = desk.get(url(rare, "offer")).text
    assert told in page
    assert "; mother of five" in page


def test_an_offer_that_nobody_at_the_partner_could_read_is_refused_and_what_was_typed_stays(
    desk, scene, question
) -> None:
    partner = partner_in(scene, read=False)
    make_researcher(scene, partner, active=False)
    scene.commit()
    assert "Nobody at this partner has an account to read it." in desk.get(assign(question, partner)).text
    refused = desk.post(assign(question, partner), typed(terms="Quatre pharmacies."))
    assert (refused.status_code, "Quatre pharmacies." in refused.text) == (422, True)
    assert refused.text.count("Nobody at this partner has an account to read it.") == 2
    make_researcher(scene, partner)
    scene.commit()
    assert desk.post(assign(question, partner), typed()).status_code == 303
