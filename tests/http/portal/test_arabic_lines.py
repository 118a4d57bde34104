"""Lines that mix our words with what somebody typed: on a page from right to left nothing is turned round."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_answer, make_assignment, make_researcher
from tests.http.portal.test_answers import point, send_to, source
from workflows.assignments.models import Assignment

pytestmark = pytest.mark.usefixtures("stopped")


@pytest.fixture
def reader(scene: Session, portal, partner, work):
    """One researcher, who reads in whatever language is asked for."""
    someone = make_researcher(scene, partner, language="ar")
    scene.commit()
    signed_in = portal.sign_in(someone.id)

    def speak(language: str) -> Any:
        signed_in.client.set_cookie(signed_in.site.cookie("language"), language)
        return signed_in

    return speak


@pytest.mark.parametrize(("language", "said"), [
    ("ar", "<bdi>Kinshasa</bdi>، الكونغو الديمقراطية"), ("fr", "<bdi>Kinshasa</bdi>, RD Congo"),
])  # fmt: skip
def test_place_and_country_stand_apart_with_the_comma_of_the_language(work, reader, language: str, said: str) -> None:
    assert said in reader(language).get(f"/w/t/{work.id}").text


def test_a_point_in_another_script_fills_its_line_however_long_it_is(scene: Session, partner, reader) -> None:
    """So a short one begins where a long one does."""
    offer = make_assignment(scene, partner, None, ("Prix ?", "À quel prix, et " + "où exactement " * 20), language="fr")
    scene.commit()
    page = reader("ar").get(f"/w/t/{offer.id}").text
    assert page.count('<span class="pre grow" dir="auto" lang="fr">') == 2


def test_the_effort_that_the_desk_typed_is_not_turned_round(scene: Session, partner, work, reader) -> None:
    offer = make_assignment(scene, partner, effort="1 jour", language="fr")
    scene.commit()
    effort = '<bdi lang="fr">1 jour</bdi>'
    for task in (offer, work):
        assert effort in reader("ar").get(f"/w/t/{task.id}").text


def test_what_was_agreed_and_how_stand_apart(scene: Session, partner, reader) -> None:
    offer = make_assignment(scene, partner, effort="1 jour", language="fr", agreed_hours=8)
    scene.commit()
    assert '<small><bdi lang="fr">1 jour</bdi></small>' in reader("ar").get(f"/w/t/{offer.id}").text


@pytest.mark.parametrize(("language", "comma"), [("ar", "،"), ("ru", ","), ("es", ",")])
def test_a_day_and_its_time_are_parted_as_in_the_language(work, reader, language: str, comma: str) -> None:
    page = reader(language).get(f"/w/t/{work.id}").text
    assert f"{comma} 11:00</time>" in page.split('id="says"')[1]


def clash(browser: Any, work: Assignment, language: str) -> list[dict[str, str]]:
    """What differs between a draft that was saved and one of another window."""
    typed = {"credit": "anonymous", "note": "", **point(0, text="-")}
    saved = browser(language).post(send_to(work), typed | {"version": "1"} | source(0, label="1 jour au marché"))
    assert saved.status_code == 303
    answer = browser(language).post(send_to(work), typed | {"version": "1"}, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    return answer.json["clashes"]


@pytest.mark.parametrize(("language", "label"), [("ar", "\u20681 jour au marché\u2069"), ("fr", "1 jour au marché")])
def test_typed_words_within_one_of_our_lines_are_set_apart_where_the_page_goes_from_right_to_left(
    work, reader, language: str, label: str
) -> None:
    told = [one["theirs"] for one in clash(reader, work, language) if "jour" in one["theirs"]]
    assert len(told) == 1
    assert label in told[0]
    assert ("\u2068" in told[0]) == (language == "ar")


def test_a_row_without_a_name_yet_begins_with_no_dash(work, reader) -> None:
    typed = {"version": "1", "credit": "anonymous", **point(0, text="-"), "points-0-sources-0-label": "A list"}
    assert reader("en").post(send_to(work), typed).status_code == 303
    answer = reader("en").post(
        send_to(work), {"version": "1", "points-0-code": "Q1"}, headers={"Accept": "application/json"}
    )
    assert [one["theirs"] for one in answer.json["clashes"] if one["label"] == "Q1 Sources"] == ["A list"]


@pytest.mark.parametrize("page", ["", "/files", "/drafts", "/upload"])
def test_every_page_of_a_task_belongs_to_my_work(work, reader, page: str) -> None:
    shown = reader("en").get(f"/w/t/{work.id}{page}").text
    assert '<a href="/w" aria-current="page">My work</a>' in shown


def test_an_empty_side_of_a_conflict_says_so(scene: Session, partner, reader) -> None:
    work = make_assignment(scene, partner, state="accepted")
    make_answer(scene, work)
    scene.commit()
    assert (
        reader("en").post(send_to(work), {"version": "1", **point(0, text="-"), "credit": "anonymous"}).status_code
        == 303
    )
    answer = reader("en").post(send_to(work), {"version": "1", "points-0-code": "Q1", "credit": "anonymous"})
    assert answer.status_code == 409
    assert '<span class="faint">Empty</span>' in answer.text.split('id="apart"')[1].split("</section>")[0]
