"""What stands beside an answer, a question, a later date or a reason: saving neither sends it nor takes it away."""

from typing import Any

import pytest
from lxml import html
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.http.portal.test_answers import point, source
from workflows.answers.models import AnswerPoint, Revision
from workflows.assignments.models import Assignment, AssignmentMessage

pytestmark = pytest.mark.usefixtures("stopped")
JSON = {"Accept": "application/json"}
ASKED = "May we telephone?"
WHY = "Our driver is ill."
TYPED = {"message": ASKED, "until": ["30", "3", "2026"], "words": WHY}
ANSWER = {"points-0-code": "Q1", "points-0-text": "Two of three had it."}
SAYS = "What is typed below the answer is not sent yet."


def sends(browser, work: Assignment, to: str = "answer", version: int = 1, **typed: Any) -> Any:
    return browser.post(f"/w/t/{work.id}/{to}", ANSWER | {"version": str(version)} | typed)


def compared(browser, work: Assignment, **typed: Any) -> dict[str, str]:
    """What a copy with these words says that the desk does not know, by its label."""
    answer = browser.post(f"/w/t/{work.id}/answer", ANSWER | {"version": "1", "compare": "1"} | typed, headers=JSON)
    assert answer.status_code == 200
    return {clash["label"]: clash["yours"] for clash in answer.json.get("clashes", ())}


def beside(page: Any) -> tuple[str, list[str], str, int]:
    """What stands in the question, the date and the reason, and how many of their boxes are open."""
    tree = html.fromstring(page.text)
    boxes = tree.xpath("//details[@open][.//*[@id='message' or @id='until' or @id='words']]")
    return (tree.get_element_by_id("message").text_content().strip(), tree.xpath("//input[@name='until']/@value"),
            tree.get_element_by_id("words").text_content().strip(), len(boxes))  # fmt: skip


@pytest.mark.parametrize("press", [{}, {"add": "points-0-sources"}, {"remove": "points-0-sources-0"}])
def test_a_press_that_saves_shows_what_stands_beside_the_answer_again(scene: Session, work, browser, press) -> None:
    page = sends(browser, work, **TYPED, **press)
    assert (page.status_code, beside(page)) == (200, (ASKED, ["30", "3", "2026"], WHY, 3))
    assert SAYS in page.text
    assert 'data-typed="1"' in page.text
    assert scene.scalars(select(AnswerPoint.text)).one() == "Two of three had it."
    assert scene.scalar(select(func.count()).select_from(AssignmentMessage)) == 0


@pytest.mark.parametrize(("name", "field"), [("sources", "label"), ("prices", "what"), ("contacts", "label")])
def test_a_row_that_is_added_takes_the_focus_when_the_page_has_no_address_of_its_own(
    work, browser, name, field
) -> None:
    page = sends(browser, work, message=ASKED, add=f"points-0-{name}")
    tree = html.fromstring(page.text)
    [focused] = tree.xpath("//*[@autofocus]")
    assert focused.get("id") == f"points-0-{name}-0-{field}"
    assert not tree.xpath(f"//*[@id='points-0-{name}']/self::details[not(@open)]")


@pytest.mark.parametrize(("press", "way"), [("files", "files"), ("word", "upload")])
def test_without_a_script_a_press_that_leads_away_opens_beside_what_was_typed(scene, work, browser, press, way) -> None:
    page = sends(browser, work, **TYPED, **{press: "1"}, bare="1")
    assert (page.status_code, beside(page)) == (200, (ASKED, ["30", "3", "2026"], WHY, 3))
    [link] = html.fromstring(page.text).get_element_by_id("held").xpath(".//a")
    assert (link.get("href"), link.get("target")) == (f"/w/t/{work.id}/{way}", "_blank")
    assert scene.scalars(select(AnswerPoint.text)).one() == "Two of three had it."


def test_without_a_script_nothing_is_sent_for_review_over_what_was_typed_beside_it(
    scene: Session, work, browser
) -> None:
    whole = point(0) | source(0) | {"credit": "anonymous"}
    page = sends(browser, work, **whole, message=ASKED, send="1", bare="1")
    assert page.status_code == 422
    assert "Your answer is saved, and not sent yet either." in page.text
    assert beside(page)[0] == ASKED
    assert scene.scalar(select(func.count()).select_from(Revision)) == 0


def test_without_a_script_telling_the_desk_one_thing_leaves_the_others(scene: Session, work, browser) -> None:
    asked = sends(browser, work, "ask", **TYPED, bare="1")
    assert (asked.status_code, beside(asked)) == (200, ("", ["30", "3", "2026"], WHY, 2))
    assert "Your question is with the desk." in asked.text
    assert SAYS in asked.text
    later = sends(browser, work, "more-time", version=2, **TYPED | {"message": "And the clinic?"}, bare="1")
    assert (later.status_code, beside(later)) == (200, ("And the clinic?", ["", "", ""], WHY, 2))
    assert scene.scalars(select(AssignmentMessage.text)).one() == ASKED
    assert sends(browser, work, "ask", version=3, message="And the clinic?", bare="1").status_code == 303


def test_where_a_script_keeps_it_or_nothing_was_typed_the_press_leads_on(work, browser) -> None:
    """A script takes the mark of the bare page out."""
    assert sends(browser, work, **TYPED, files="1").location == f"/w/t/{work.id}/files"
    assert sends(browser, work, version=2, word="1", bare="1", message=" ").location == f"/w/t/{work.id}/upload"
    assert 'name="bare"' in browser.get(f"/w/t/{work.id}").text


def test_with_nothing_beside_it_a_press_that_saves_leads_to_the_page_anew(work, browser) -> None:
    page = sends(browser, work, message=" ", until=["", "", ""], words="")
    assert page.status_code == 303
    assert SAYS not in browser.get(page.location).text.split("data-words")[0]


def test_what_stands_beside_it_is_there_on_every_page_that_refuses(work, browser) -> None:
    half = {"points-0-information_date": ["31", "2", "2026"]}
    for page, status in (
        (sends(browser, work, **TYPED, **half), 422),
        (sends(browser, work, version=7, **TYPED, **half, **{"points-0-text": "Another text."}), 409),
        (sends(browser, work, "more-time", version=2, **TYPED | {"until": ["31", "2", "2026"]}), 422),
        (sends(browser, work, version=3, **TYPED, send="1"), 422),
    ):
        assert page.status_code == status
        assert beside(page)[::2] == (ASKED, WHY)
        assert beside(page)[3] == 3


def test_a_copy_is_said_to_hold_what_the_desk_was_not_told(work, browser) -> None:
    sends(browser, work)
    waiting = {"Your question to the desk": ASKED, "I need until": "30 3 2026", "Tell the desk more": WHY}
    assert compared(browser, work, **TYPED) == waiting
    assert compared(browser, work, until=["31", "2", ""]) == {"I need until": "31 2"}
    assert compared(browser, work, message=" \r\n ") == {}


def test_what_the_desk_was_told_is_not_offered_again_though_the_reply_was_lost(work, browser) -> None:
    assert sends(browser, work, "ask", message=f"{ASKED} \r\n").status_code == 303
    assert sends(browser, work, "more-time", version=2, until=["30", "3", "2026"]).status_code == 303
    assert compared(browser, work, **TYPED | {"message": f" {ASKED}\n"}) == {"Tell the desk more": WHY}
    assert sends(browser, work, "release", version=2, reason="no_time", words=WHY).status_code == 303
    assert compared(browser, work, **TYPED) == {}


def test_what_a_colleague_asked_otherwise_leaves_ones_own_question(scene: Session, work, browser) -> None:
    sends(browser, work, "ask", message="Which town?")
    assert compared(browser, work, message=ASKED) == {"Your question to the desk": ASKED}
    assert scene.scalars(select(AssignmentMessage.text)).one() == "Which town?"
