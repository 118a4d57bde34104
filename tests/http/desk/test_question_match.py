"""What we have already on a question, before it is offered to anybody."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.excerpts import published
from tests.factories import NOW, make_partner, make_question, make_staff
from tests.http.desk.commissioning import assign, typed
from tests.published import make_published
from workflows.assignments.models import Assignment
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedExcerpt
from workflows.replies.models import Reply, ReplyPin
from workflows.requests.models import Question

POINT = "L’insuline est-elle vendue à Kinshasa ?"


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=(POINT,), matched=None, received_at=clock.now())
    scene.commit()
    return row


def url(question, *more) -> str:
    return "/".join((f"/desk/questions/{question.id}/match", *more))


def shown(page) -> list[str]:
    return re.findall(r'<bdi class="mono nowrap">([A-Z]+-[A-Z]+-\d+)</bdi>', page)


def old(scene, **values) -> str:
    return make_published(scene, information_date=clock.today() - timedelta(days=200), **values)


def test_texts_are_ranked_by_words_topic_place_and_freshness(desk, scene, question) -> None:
    day = clock.today()
    about = make_published(scene)
    stale = old(scene)
    english = make_published(scene, language="en", title="Insulin in Kinshasa", summary="Sold.", body="Two sellers.")
    other = make_published(scene, place="Goma", title="Aspirine à Goma", summary="En stock.", body="Partout.")
    make_published(scene, country="GIN")
    make_published(scene, topics=["HOU-rent"], topic_group="HOU", title="Loyer", summary="Loyer.", body="Loyer.")
    make_published(scene, state="on_hold")
    make_published(scene, information_date=day - timedelta(days=900))
    scene.commit()
    page = desk.get(url(question)).text
    assert shown(page)[0] == about
    assert set(shown(page)) == {about, stale, english, other}
    assert shown(page).index(english) < shown(page).index(other)
    assert "Same topic" in page
    assert "Same place" in page
    assert "insuline" in page


def test_this_answers_it_leads_to_the_reply_with_the_text_chosen_and_counts_as_reuse(desk, scene, question) -> None:
    ref = make_published(scene)
    scene.commit()
    link = re.search(r'href="([^"]*/reply\?ref=[^"]*)"', desk.get(url(question)).text)[1]
    form = desk.get(link).text
    assert re.search(rf'value="{ref}" checked', form)
    sent = desk.post(f"/desk/questions/{question.id}/reply", {"version": question.version, "refs": [ref], "do": "send"})
    assert sent.status_code == 303
    assert scene.scalars(select(Reply.from_database)).all() == [True]
    assert [(pin.ref, pin.number) for pin in scene.scalars(select(ReplyPin))] == [(ref, 1)]


def test_a_stale_text_is_not_sent_but_rechecked(desk, scene, question) -> None:
    partner, excerpt, day = make_partner(scene), published(scene, now=NOW), clock.today()
    excerpt.partner_id = partner.id
    flat = scene.get(PublishedExcerpt, excerpt.ref)
    flat.topics, flat.valid_until, flat.expires_on = ["HEA-medicines"], day - timedelta(days=2), day + timedelta(days=9)
    scene.commit()
    page = desk.get(url(question)).text
    card = page[page.index(excerpt.ref) : page.index("</article>", page.index(excerpt.ref))]
    assert "This answers it" not in card
    assert "Ask the partner to recheck" in card
    answer = desk.post(url(question, "recheck"), {"ref": excerpt.ref})
    draft = scene.scalars(select(Assignment)).one()
    assert (answer.status_code, answer.location) == (303, f"/desk/assignments/{draft.id}/offer")
    assert (draft.kind, draft.proposed_partner_id) == ("recheck", partner.id)
    assert "The partner is being asked" in desk.get(url(question)).text
    assert desk.post(url(question, "recheck"), {"ref": excerpt.ref}).status_code == 409


def test_the_same_question_leads_to_merging(desk, scene, question) -> None:
    other = make_question(scene, state="triaged", points=("Vend-on de l’insuline à Kinshasa ?",))
    scene.commit()
    page = desk.get(url(question)).text
    link = re.search(r'href="(/desk/questions/merge\?[^"]*)"', page)[1].replace("&amp;", "&")
    assert f"question={other.id}" in link
    assert desk.get(link).status_code == 200


def test_offering_leads_here_first_and_from_here_to_the_partners(desk, scene, question) -> None:
    answer = desk.get(assign(question))
    assert (answer.status_code, answer.location) == (303, url(question))
    assert "First look at what we have already." in desk.get(url(question)).text
    answer = desk.post(url(question), {"version": question.version})
    assert (answer.status_code, answer.location) == (303, assign(question))
    scene.expire_all()
    assert scene.get(Question, question.id).matched == []
    assert desk.get(assign(question)).status_code == 200


def test_an_offer_of_an_unseen_match_keeps_what_was_typed_and_leads_here(desk, scene, question) -> None:
    partner = make_partner(scene)
    scene.commit()
    answer = desk.post(assign(question, partner), typed())
    assert answer.status_code == 422
    assert "Trois pharmacies." in answer.text
    assert f'href="{url(question)}"' in answer.text


def test_a_text_changed_meanwhile_is_a_conflict(desk, question) -> None:
    assert desk.post(url(question), {"version": question.version + 1}).status_code == 409


def test_before_triage_it_can_be_read_and_not_decided(desk, scene, officer) -> None:
    question = make_question(scene, country=None, topics=[], matched=None)
    scene.commit()
    page = desk.get(url(question)).text
    assert "Finish triage first." in page
    assert "Choose the country in the question first." in page


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"country": "NPL", "place": "Butwal", "topics": []}, "Nepal, Butwal"),
        ({"country": "NPL", "place": None, "topics": ["HOU-rent"]}, "Nepal · Rent and prices"),
        ({"country": None, "place": "Butwal", "topics": ["HOU-rent"]}, "Butwal · Rent and prices"),
        ({"country": None, "place": None, "topics": []}, None),
    ],
)
def test_where_and_about_what_it_asks_is_said_as_far_as_it_is_known(desk, scene, officer, values, line) -> None:
    row = make_question(scene, state="received", points=(), **values)
    scene.commit()
    said = desk.get(url(row)).text.partition("What was asked</h2>")[2].partition("</section>")[0]
    assert re.findall(r'<p class="small faint">([^<]*)</p>', said) == ([line] if line else [])
    assert "<ol" not in said


def test_a_text_with_nothing_in_common_has_no_empty_line(desk, scene, officer) -> None:
    one = make_question(scene, state="triaged", points=(POINT,), topics=["HEA-medicines"])
    make_question(scene, state="triaged", points=("Quel bus pour Goma ?",), topics=["MOV-transport"])
    scene.commit()
    assert not re.search(r"<p[^>]*>\s*</p>", desk.get(url(one)).text)


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_asks_the_database_little(desk, scene, question, rows) -> None:
    for _number in range(rows):
        old(scene)
        make_question(scene, state="triaged", points=(POINT,))
    scene.commit()
    with desk.statements() as seen:
        desk.get(url(question))
    assert len(seen) == 11


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_only_officers_match(desk, scene, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    question = make_question(scene, state="triaged")
    scene.commit()
    assert desk.get(url(question)).status_code == 403


@pytest.mark.parametrize(("values", "said"), [
    ({"points": (), "topics": []}, "Not looked yet. Write the neutral text and choose its topics first."),
    ({"country": None}, "Not looked yet. Choose the country in the question first."),
    ({}, "Nothing is published on this yet."),
])  # fmt: skip
def test_nothing_is_found_only_once_there_is_something_to_look_with(desk, scene, officer, values, said) -> None:
    row = make_question(scene, received_at=clock.now(), **{"points": (POINT,)} | values)
    scene.commit()
    page = desk.get(url(row)).text
    assert said in page
    assert ("Nothing is published" in page, "Nobody asks the same." in page) == (values == {}, values == {})


def test_no_small_word_is_shown_as_one_in_common(desk, scene, officer) -> None:
    asked = "Combien coûte une chambre pour deux personnes entre Kinshasa et Goma, sans caution ?"
    one = make_question(scene, state="triaged", points=(asked,), matched=None, language="en")
    make_published(scene, title="Chambre pour deux, sans caution", summary="Combien ?", body="Entre 50 et 80 USD.")
    scene.commit()
    page = desk.get(url(one)).text
    shown = re.search(r"Words in common: <bdi>([^<]*)</bdi>", page)[1].lower().split(", ")
    assert "caution" in shown
    assert set(shown).isdisjoint({"combien", "deux", "entre", "sans", "et", "une", "pour"})
