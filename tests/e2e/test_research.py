"""What partners find, on its way through review, in real browsers: two at once, and back for a second round."""

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Person, Sits
from tests.e2e.scenes import FOUND, POINT, asked, at_work, sent_for_review
from tests.e2e.steps import accepts, answers
from tests.factories import make_staff
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_a_second_partner_is_asked_with_one_press_and_neither_answer_is_lost(sits: Sits, scene: Session) -> None:
    officer, editor = make_staff(scene), make_staff(scene, Role.EDITOR)
    first, second = at_work(scene, "Relais Mokili"), at_work(scene, "Maison Ndako")
    one = asked(scene, POINT)
    answer = sent_for_review(scene, first, one)

    desk = sits("officer", officer.id)
    desk.goes_to(f"/desk/assignments/{answer.assignment_id}")
    desk.presses("Ask Maison Ndako as well")
    desk.reads("Maison Ndako")

    researcher = sits("researcher", second.researcher.id, "portal")
    answers(researcher, "All three pharmacies had it.")
    researcher.misses("Two of three pharmacies")

    review = sits("editor", editor.id)
    review.goes_to("/desk/reviews")
    assert review.page.locator("main table tbody tr").count() == 2
    assert {accepts_the_first(review), accepts_the_first(review)} == {"Two of three", "All three"}

    desk.goes_to(one.desk)
    assert desk.page.locator("aside.rail").inner_text().count("Completed") == 2


def accepts_the_first(review: Person) -> str:
    """Accept the first answer of the queue; how its text begins."""
    review.goes_to("/desk/reviews")
    review.clicks(review.page.locator("main table a").first)
    text = review.page.locator("#point-Q1 p.pre").first.inner_text()
    accepts(review)
    review.reads("It can be written up now.")
    return text.partition(" pharmacies")[0]


def test_an_answer_is_sent_back_with_a_comment_on_a_paragraph_and_its_second_round_compared(
    sits: Sits, scene: Session
) -> None:
    editor, at = make_staff(scene, Role.EDITOR), at_work(scene, "Relais Mokili")
    answer = sent_for_review(scene, at, asked(scene, POINT))

    review = sits("editor", editor.id)
    review.goes_to(f"/desk/reviews/{answer.id}")
    review.clicks(review.page.locator('#point-Q1 a[href="?on=Q1-1#margin"]'))
    review.writes("Your comment", "A month of what? Please say how many pens.")
    review.page.get_by_label("For the partner, when the answer is sent back").check()
    review.presses("Add the comment", exact=False)
    review.presses("Send back")
    review.reads("The partner is working on it again.")

    researcher = sits("researcher", at.researcher.id, "portal")
    researcher.goes_to(f"/w/t/{answer.assignment_id}")
    point = researcher.page.locator("#Q1").inner_text()
    assert "It costs 24 dollars a month." in point
    assert "A month of what?" in point
    researcher.writes("Your answer", FOUND.replace("24 dollars a month", "24 dollars for five pens"))
    researcher.presses("Send for review")
    researcher.reads("Thank you. An editor reads your answer now.")

    review.goes_to(f"/desk/reviews/{answer.id}")
    review.reads("round 2")
    compared(review)
    accepts(review)
    review.reads("It can be written up now.")


def compared(review: Person) -> None:
    point = review.page.locator("#point-Q1")
    assert "Submission 1" in point.inner_text()
    assert "Submission 2" in point.inner_text()
    assert "five pens" in " ".join(point.locator("ins").all_inner_texts())
    assert "month" in " ".join(point.locator("del").all_inner_texts())
    assert "About text that has changed:" in point.inner_text()
    assert "A month of what?" in point.inner_text()
