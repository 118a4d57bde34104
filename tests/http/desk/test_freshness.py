"""The freshness table at the desk: what it shows, to whom, what one press does, and what it costs."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import published
from tests.factories import NOW, make_partner, make_question, make_staff
from tests.published import make_published
from tests.sites import Browser
from workflows.assignments.models import Assignment
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.tally import SearchTally

PAGE = "/desk/freshness"
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
    assert ("Ask partners to check" in page) is (role is not Role.MANAGER)


def test_accounts_people_do_not_see_it(desk: Browser, scene: Session):
    browser = sign_in(desk, scene, Role.ADMINISTRATOR)
    assert browser.get(PAGE).status_code == 403
    assert browser.get(f"{PAGE}.csv").status_code == 403


def test_a_manager_asks_no_partner(desk: Browser, scene: Session):
    assert sign_in(desk, scene, Role.MANAGER).post(f"{PAGE}/ask", {"cell": "COD/HEA"}).status_code == 403


def test_one_press_asks_the_partners_of_the_boxes(desk: Browser, scene: Session):
    partner = make_partner(scene)
    excerpt = published(scene, now=NOW)
    excerpt.partner_id, excerpt.valid_until = partner.id, TODAY - timedelta(days=3)
    browser = sign_in(desk, scene, Role.OFFICER)
    answer = browser.post(f"{PAGE}/ask", {"cell": [f"{excerpt.country}/{excerpt.topic_group}", "nonsense", "//"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert "1 text was sent to its partner." in browser.get(PAGE).text
    assert [one.state for one in scene.scalars(select(Assignment))] == ["offered"]


def test_a_press_that_asks_nobody_says_of_each_text_why(desk: Browser, scene: Session):
    excerpt = published(scene, now=NOW)
    excerpt.partner_id, excerpt.valid_until = None, TODAY - timedelta(days=3)
    browser = sign_in(desk, scene, Role.OFFICER)
    page = browser.post(f"{PAGE}/ask", {"cell": f"{excerpt.country}/{excerpt.topic_group}"})
    assert page.status_code == 200
    for said in ("No partner was asked", excerpt.ref, "No partner stands behind this text."):
        assert said in page.text
    assert scene.scalars(select(Assignment)).all() == []


def test_a_press_with_nothing_to_ask_says_so(desk: Browser, scene: Session):
    browser = sign_in(desk, scene, Role.OFFICER)
    browser.post(f"{PAGE}/ask", {})
    assert "Nothing in these boxes is out of date." in browser.get(PAGE).text


def test_the_spreadsheet_is_a_file_with_a_row_for_each_box(desk: Browser, scene: Session):
    answer = sign_in(desk, scene, Role.EDITOR).get(f"{PAGE}.csv?region=nowhere")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="freshness.csv"'
    assert answer.text.lstrip("\ufeff").splitlines() == [
        "country,topic,freshness,texts,out_of_date,oldest,asked,searched,in_hand"
    ]
    assert len(desk.get(f"{PAGE}.csv").text.splitlines()) > 100


def test_the_table_costs_the_same_at_3_and_at_300_texts(desk: Browser, scene: Session):
    browser, counts = sign_in(desk, scene, Role.OFFICER), []
    for texts in (3, 297):
        for number in range(texts):
            make_published(scene, country=("COD", "NPL", "ARM")[number % 3], **OLD)
            make_question(scene, received_at=now())
        scene.commit()
        browser.get(PAGE)
        with browser.statements() as seen:
            assert browser.get(PAGE).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 10


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
