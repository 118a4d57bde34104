"""The freshness table at the desk: what it shows, to whom, what one press does, and what it costs."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.excerpts import published
from tests.factories import NOW, make_absence, make_partner, make_question, make_staff
from tests.published import make_published
from tests.requesters import send_reply
from tests.sites import Browser
from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.models import Assignment
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.models import Excerpt, PublishedExcerpt
from workflows.excerpts.tally import ReuseTally, SearchTally
from workflows.requests.models import Question

PAGE = "/desk/freshness"
ASK = f"{PAGE}/ask"
TODAY = clock.today()
OLD = {"information_date": TODAY - timedelta(days=200), "valid_until": TODAY - timedelta(days=1)}


def sign_in(desk: Browser, scene: Session, *roles: Role) -> Browser:
    actor = make_staff(scene, *roles)
    scene.commit()
    return desk.sign_in(actor.id)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.MANAGER])
def test_the_table_shows_what_is_old_and_asked_for(desk: Browser, scene: Session, role: Role):
    make_published(scene, **OLD)
    for _ in range(3):
        make_question(scene, received_at=now())
    page = sign_in(desk, scene, role).get(PAGE).text
    assert "DR Congo: health" in page.replace("Health", "health")
    assert "3 questions" in page
    assert "asked often" in page


def test_the_table_says_how_often_published_texts_were_enough(desk: Browser, scene: Session):
    old, recent = TODAY - timedelta(days=91), TODAY - timedelta(days=3)
    for day, ref, answered in ((recent, "COD-HEA-0001", 2), (recent, "COD-HOU-0001", 3), (old, "COD-HEA-0001", 40)):
        scene.add(ReuseTally(day=day, ref=ref, answered=answered))
    one, other = (make_question(scene, received_at=now()) for _ in range(2))
    first = send_reply(scene, one, sent_at=now(), from_database=True)
    send_reply(scene, other, sent_at=now())
    send_reply(scene, one, sent_at=now() - timedelta(days=100), from_database=True)
    scene.flush()
    first.stood_until = now()
    send_reply(scene, one, sent_at=now(), from_database=True, corrects_id=first.id)
    page = sign_in(desk, scene, Role.MANAGER).get(PAGE).text
    assert "In the last 90 days 5 people found their answer in a published text and did not ask." in page
    assert "Replies in these days that were made of published texts alone: 1 of 2." in page


def test_accounts_people_do_not_see_it(desk: Browser, scene: Session):
    browser = sign_in(desk, scene, Role.ADMINISTRATOR)
    assert browser.get(PAGE).status_code == 403
    assert browser.get(f"{PAGE}.csv").status_code == 403


def test_a_manager_asks_no_partner(desk: Browser, scene: Session):
    assert sign_in(desk, scene, Role.MANAGER).post(ASK, {"ask": "COD-HEA-0001~x"}).status_code == 403
    assert desk.get(f"{ASK}?cell=COD-HEA").status_code == 403


@pytest.fixture
def stale(scene: Session) -> Excerpt:
    """Three days out of date, found by a partner who works in the country."""
    excerpt = published(scene, now=NOW)
    excerpt.partner_id, excerpt.valid_until = make_partner(scene, name="Its own").id, TODAY - timedelta(days=3)
    return excerpt


def asked_of(page: str) -> list[str]:
    """What a page of the request would send: the ticked boxes, then what can be chosen."""
    ticked = re.findall(r'name="ask" value="([^"]+)" checked', page)
    return ticked + re.findall(r'<option value="([^"]*)">', page)


def test_the_table_leads_to_a_page_that_says_who_will_be_asked(desk: Browser, scene: Session, stale: Excerpt):
    make_published(scene, topic_group="HOU", **OLD)
    make_question(scene, received_at=now(), topics=["HOU-rent"])
    browser = sign_in(desk, scene, Role.OFFICER)
    table = browser.get(PAGE).text
    assert f'<form method="get" action="{ASK}"' in table
    assert '<input type="hidden" name="cell" value="COD-HOU">' in table
    page = browser.get(f"{ASK}?cell=COD-HOU&cell=nonsense&cell=-").text
    for said in ("1 text is out of date here.", "Will be asked", stale.ref, "Its own", "Nothing in hand", "was valid"):
        assert said in page
    assert asked_of(page) == [f"{stale.ref}~{stale.partner_id}"]
    assert scene.scalars(select(Assignment)).all() == []


def test_no_partner_is_asked_to_look_at_a_translation_of_what_was_wrong(desk: Browser, scene: Session, stale: Excerpt):
    make_question(scene, received_at=now(), topics=["HOU-rent"])
    scene.execute(
        update(PublishedExcerpt)
        .where(PublishedExcerpt.ref == stale.ref)
        .values(valid_until=stale.valid_until, corrected_on=TODAY)
    )
    browser = sign_in(desk, scene, Role.OFFICER)
    table = browser.get(PAGE).text
    assert "1 translation to put right" in table
    assert ('name="cell"' in table, "Ask about" in table) == (False, False)
    assert browser.get(f"{ASK}?cell=COD-HOU").headers["Location"] == PAGE


def test_one_press_asks_the_chosen_partners(desk: Browser, scene: Session, stale: Excerpt):
    browser = sign_in(desk, scene, Role.OFFICER)
    marks = asked_of(browser.get(f"{ASK}?cell=COD-HOU").text)
    answer = browser.post(ASK, {"ask": [*marks, "", "nonsense", "x~y"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert "1 text was sent to its partner." in browser.get(PAGE).text
    assert [one.state for one in scene.scalars(select(Assignment))] == ["offered"]


def test_a_text_whose_partner_cannot_be_asked_says_why_and_offers_another(
    desk: Browser, scene: Session, stale: Excerpt
):
    own = scene.get_one(PartnerOrganisation, stale.partner_id)
    make_absence(scene, own, TODAY, TODAY + timedelta(days=9))
    other = make_partner(scene, name="Another")
    browser = sign_in(desk, scene, Role.OFFICER)
    page = browser.get(f"{ASK}?cell=COD-HOU").text
    for said in ("No partner can be asked as it stands.", "This partner is away.", "Ask another partner instead"):
        assert said in page
    assert asked_of(page) == ["", f"{stale.ref}~{other.id}"]
    assert browser.post(ASK, {"ask": asked_of(page)}).status_code == 303
    assert [one.partner_id for one in scene.scalars(select(Assignment))] == [other.id]


def test_what_changed_since_the_page_was_made_comes_back_with_the_reason_and_another_choice(
    desk: Browser, scene: Session, stale: Excerpt
):
    browser = sign_in(desk, scene, Role.OFFICER)
    marks = asked_of(browser.get(f"{ASK}?cell=COD-HOU").text)
    make_absence(scene, scene.get_one(PartnerOrganisation, stale.partner_id), TODAY, TODAY)
    other = make_partner(scene, name="Another")
    scene.commit()
    page = browser.post(ASK, {"ask": marks})
    assert page.status_code == 409
    for said in ("No partner was asked", stale.ref, "This partner is away.", "Another"):
        assert said in page.text
    assert browser.post(ASK, {"ask": asked_of(page.text)}).status_code == 303
    assert [one.partner_id for one in scene.scalars(select(Assignment))] == [other.id]
    again = browser.post(ASK, {"ask": marks}).text
    assert "the recheck is under way" in again
    assert asked_of(again) == []


def test_where_nobody_can_be_asked_a_question_about_it_is_one_press_away(desk: Browser, scene: Session, stale: Excerpt):
    stale.partner_id = None
    scene.execute(update(PartnerOrganisation).values(countries=["NPL"]))
    browser, link = sign_in(desk, scene, Role.OFFICER), f"/desk/questions/own?about={stale.ref}"
    page = browser.get(f"{ASK}?cell=COD-HOU").text
    for said in ("No partner stands behind this text.", "There is no other partner to ask either.", f'href="{link}"'):
        assert said in page
    assert "Ask these partners" not in page
    form = browser.get(link).text
    for said in (
        f"Is this still true? Rent for a one-bedroom home ({stale.ref})</textarea>",
        '<option selected value="COD">', '<option selected value="HOU-rent">', 'value="Kinshasa"',
    ):  # fmt: skip
        assert said in form
    assert scene.scalars(select(Question.id)).all() == []
    editor = make_staff(scene, Role.EDITOR)
    scene.commit()
    assert link not in desk.sign_in(editor.id).get(f"{ASK}?cell=COD-HOU").text


def test_while_nobody_is_chosen_asking_is_not_the_main_action_and_is_refused_beside_the_choice(
    desk: Browser, scene: Session, stale: Excerpt
):
    make_absence(scene, scene.get_one(PartnerOrganisation, stale.partner_id), TODAY, TODAY)
    make_partner(scene, name="Another")
    browser = sign_in(desk, scene, Role.OFFICER)
    page = browser.get(f"{ASK}?cell=COD-HOU").text
    assert 'class="btn">' in page[: page.index("Ask these partners")].rpartition("<button")[2]
    assert "Choose another partner for at least one text above." in page
    refused = browser.post(ASK, {"ask": asked_of(page)[:1], "cell": "COD-HOU"})
    assert refused.status_code == 422
    assert f'<a href="#other-{stale.ref}">Nobody is chosen.' in refused.text
    assert f'aria-invalid="true" aria-describedby="other-{stale.ref}-error"' in refused.text
    assert scene.scalars(select(Assignment)).all() == []


def test_with_every_box_cleared_the_refusal_stands_beside_the_boxes(desk: Browser, scene: Session, stale: Excerpt):
    browser = sign_in(desk, scene, Role.OFFICER)
    page = browser.get(f"{ASK}?cell=COD-HOU").text
    assert 'class="btn go">' in page[: page.index("Ask these partners")].rpartition("<button")[2]
    assert '<input type="hidden" name="cell" value="COD-HOU">' in page
    refused = browser.post(ASK, {"cell": "COD-HOU"})
    assert refused.status_code == 422
    assert f'<a href="#ask-{stale.ref}">Nobody is chosen.' in refused.text
    assert " checked" not in refused.text


def test_an_editor_drafts_what_an_officer_offers(desk: Browser, scene: Session, stale: Excerpt):
    browser = sign_in(desk, scene, Role.EDITOR)
    page = browser.get(f"{ASK}?cell=COD-HOU").text
    assert "Draft these requests" in page
    browser.post(ASK, {"ask": asked_of(page)})
    assert "1 request is drafted: an officer offers it." in browser.get(PAGE).text
    assert [one.state for one in scene.scalars(select(Assignment))] == ["drafted"]


def test_with_nothing_to_ask_the_page_says_so(desk: Browser, scene: Session):
    browser = sign_in(desk, scene, Role.OFFICER)
    assert browser.get(f"{ASK}?cell=COD-HOU").headers["Location"] == PAGE
    assert "Nothing in these boxes is out of date." in browser.get(PAGE).text
    assert browser.post(ASK, {}).headers["Location"] == PAGE


def test_the_spreadsheet_is_a_file_with_a_row_for_each_box(desk: Browser, scene: Session):
    answer = sign_in(desk, scene, Role.EDITOR).get(f"{PAGE}.csv?region=nowhere")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="freshness.csv"'
    assert answer.text.lstrip("\ufeff").splitlines() == [
        "country,topic,freshness,texts,out_of_date,corrected,oldest,asked,searched,in_hand"
    ]
    assert len(desk.get(f"{PAGE}.csv").text.splitlines()) > 100


@pytest.mark.parametrize(("role", "most"), [(Role.MANAGER, 10), (Role.OFFICER, 15)])
def test_the_table_costs_the_same_at_3_and_at_300_texts(desk: Browser, scene: Session, role: Role, most: int):
    """Whoever asks partners has the plan for the button besides: five statements, whatever it finds."""
    browser, counts = sign_in(desk, scene, role), []
    for texts in (3, 297):
        for number in range(texts):
            make_published(scene, country=("COD", "NPL", "ARM")[number % 3], **OLD)
            make_question(scene, received_at=now())
        scene.commit()
        browser.get(PAGE)
        with browser.statements() as seen:
            assert browser.get(PAGE).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= most


def test_the_figure_and_the_list_of_what_to_fix_first_are_the_same(desk: Browser, scene: Session):
    for topic in ("HEA", "HOU", "EDU", "SEC", "CIV", "BUS", "SOC", "ACC", "MOV"):
        make_question(scene, received_at=now(), topics=[f"{topic}-x"])
    make_published(scene, topic_group="WOR", information_date=TODAY - timedelta(days=90), valid_until=TODAY)
    make_question(
        scene, received_at=now(), topics=["WOR-x"]
    )  # asked for and soon to check: that may still be relied on
    browser = sign_in(desk, scene, Role.MANAGER)
    few, whole = browser.get(PAGE).text, browser.get(f"{PAGE}?all=1").text
    assert "The first 8 of 9." in few
    assert "The first" not in whole
    assert [page.count("1 question<") for page in (few, whole)] == [8, 9]
    assert ">9 <small>fix first</small>" in few


def test_what_nothing_is_published_about_leads_an_officer_to_a_question_of_our_own(desk: Browser, scene: Session):
    make_published(scene, country="COD", topic_group="WOR", **OLD)
    for topic in ("WOR-x", "HEA-medicines"):
        make_question(scene, received_at=now(), country="COD", topics=[topic])
    own = 'href="/desk/questions/own?country=COD&amp;topic='
    page = sign_in(desk, scene, Role.OFFICER).get(PAGE).text
    table, first = page.split('id="fix-first-title"')
    assert [part.count(f'{own}HEA"') for part in (table, first)] == [1, 1]
    assert f'{own}WOR"' not in page
    for role in (Role.EDITOR, Role.MANAGER):
        assert "/desk/questions/own?" not in sign_in(desk, scene, role).get(PAGE).text


def tallies(scene: Session) -> list[tuple[str, str, int]]:
    scene.expire_all()
    return [(one.country, one.topic_group, one.searches) for one in scene.scalars(select(SearchTally))]


def test_a_search_in_vain_for_a_country_and_a_topic_is_counted_as_a_bare_number(public: Browser, scene: Session):
    public.get("/en/search?country=COD&topic=HEA-medicines&q=insulin+for+my+mother")
    public.get("/en/search?country=COD&topic=HEA")
    assert tallies(scene) == [("COD", "HEA", 2)]


@pytest.mark.parametrize(
    "asked", ["country=COD", "topic=HEA", "country=COD&country=NPL&topic=HEA", "country=COD&topic=HEA&freshness=expired",
              "country=XXX&topic=HEA", "country=COD&topic=%00"]
)  # fmt: skip
def test_nothing_else_is_counted(public: Browser, scene: Session, asked: str):
    assert public.get(f"/en/search?{asked}").status_code == 200
    assert tallies(scene) == []


def test_a_search_that_found_something_fresh_is_not_counted(public: Browser, scene: Session):
    make_published(scene)
    scene.commit()
    public.get("/en/search?country=COD&topic=HEA")
    assert tallies(scene) == []
