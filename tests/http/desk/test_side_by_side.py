"""Two partners at work on one question: each page names the other, and nobody proposes a third."""

from datetime import timedelta

import pytest

from tests.factories import make_partner, make_question
from tests.http.desk.commissioning import POINTS, assignment, today, url
from workflows.core import clock


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=POINTS)
    scene.commit()
    return row


def beside(page: str) -> str:
    """What the page of an assignment says of those side by side with it."""
    return page.partition('id="beside"')[2].partition("</section>")[0]


@pytest.mark.parametrize("rows", [3, 300])
def test_assignments_side_by_side_cost_no_statement_each(desk, scene, question, rows) -> None:
    row = assignment(scene, question)
    for number in range(rows):
        assignment(scene, question, make_partner(scene), number=900_000 + number, state="accepted")
    with desk.statements() as seen:
        page = desk.get(url(row)).text
    assert len(seen) == 9
    assert page.count('<bdi class="mono nowrap">T-9') == rows


def test_the_page_of_each_assignment_names_the_other_partners_at_work(desk, scene, question) -> None:
    day = today() + timedelta(days=6)
    first = assignment(scene, question, make_partner(scene, name="Kimia"), respond_by=day)
    second = assignment(scene, question, make_partner(scene, name="Lisungi"), state="accepted", submit_by=day)
    assignment(scene, question, make_partner(scene, name="Parti"), state="lapsed", closed_at=clock.now())
    assignment(scene, None, make_partner(scene, name="Ailleurs"), state="accepted", submit_by=day)
    pages = {row: beside(desk.get(url(row)).text) for row in (first, second)}
    assert (url(second) in pages[first], "Lisungi" in pages[first], "In research" in pages[first]) == (True, True, True)
    assert (url(first) in pages[second], "Kimia" in pages[second], "Offered" in pages[second]) == (True, True, True)
    for page in pages.values():
        assert f"{day:%a} {day.day} {day:%b}" in page
        assert "Parti" not in page
        assert "Ailleurs" not in page


def test_an_answer_that_was_accepted_is_still_named_beside_the_other(desk, scene, question) -> None:
    row = assignment(scene, question)
    done = assignment(scene, question, make_partner(scene), state="completed", closed_at=clock.now())
    assert url(done) in beside(desk.get(url(row)).text)


def test_what_replaced_an_assignment_stands_in_its_chain_alone(desk, scene, question) -> None:
    first = assignment(scene, question, state="declined", closed_at=clock.now())
    assignment(scene, question, make_partner(scene), replaces_id=first.id)
    page = desk.get(url(first)).text
    assert "Who was asked, one after the other" in page
    assert "side by side" not in page


def test_no_third_partner_is_proposed_while_two_are_at_work(desk, scene, question) -> None:
    first = assignment(scene, question)
    make_partner(scene, name="Troisième")
    scene.commit()
    assert "Ask Troisième as well" in desk.get(url(first)).text
    second = assignment(scene, question, make_partner(scene, name="Deuxième"))
    for address in (url(first), url(second), f"/desk/questions/{question.id}"):
        page = desk.get(address).text
        assert "2 partners are at work on this question. No other one is proposed." in page
        assert "Ask Troisième as well" not in page
        assert "Ask a second partner as well" not in page
        assert "Ask one more partner all the same" in page


def test_an_officer_may_still_ask_a_third_partner_knowing_who_is_at_work(desk, scene, question) -> None:
    first = assignment(scene, question)
    second = assignment(scene, question, make_partner(scene, name="Deuxième"))
    third = make_partner(scene, name="Troisième")
    scene.commit()
    page = desk.get(url(first, "second")).text
    assert "2 partners are at work on this question." in page
    assert url(second) in page
    assert "Ask Troisième as well" in page
    assert desk.post(f"{url(first, 'second')}?partner={third.id}", {"others": 2}).status_code == 303
