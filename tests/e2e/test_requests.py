"""What happens to a request before anybody researches it, in real browsers: split, merged, asked back."""

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Make, Person, Sits, both_ways
from tests.e2e.scenes import POINT, asked
from tests.factories import make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_one_question_becomes_two_and_whoever_asked_sees_two_cards(
    sits: Sits, person: Make, sites: dict[str, str], scene: Session
) -> None:
    officer, one = make_staff(scene), asked(scene, POINT, "Which papers does a child need for school?")
    scene.commit()

    desk = sits("officer", officer.id)
    desk.goes_to(one.desk)
    desk.presses("Split into two")
    desk.chooses("goes to the new one", at=1)
    desk.page.locator("details", has_text="School").first.locator("summary").click()
    desk.presses("Split")
    desk.reads("Split. This is the new question")
    desk.reads("Which papers does a child need for school?")
    desk.misses(POINT)

    asker = person("asker")
    asker.enters(sites["public"], one.code)
    asker.reads("Question 1 of 2")
    asker.reads("Question 2 of 2")
    assert asker.page.locator("article").count() == 2
    assert POINT in asker.page.locator("article").first.inner_text()
    assert "for school" not in asker.page.locator("article").last.inner_text(), "nobody finished this text yet"


def test_two_people_asked_the_same_and_both_read_one_answer_until_they_are_taken_apart(
    sits: Sits, person: Make, sites: dict[str, str], scene: Session
) -> None:
    officer = make_staff(scene)
    first, second = asked(scene, POINT), asked(scene, "Can one buy premixed insulin in Kinshasa?")
    scene.commit()

    desk = sits("officer", officer.id)
    desk.goes_to(f"{second.desk}/match")
    desk.follows("Same question")
    desk.page.locator(f"input[name=into][value='{first.question.id}']").check()
    desk.presses("Merge")
    desk.reads("Merged. Every code shows the state and the reply of this question.")
    desk.presses("Write the reply")
    desk.writes("Your reply", "Yes, in two of three pharmacies.")
    desk.presses("Send the reply")

    askers = [person("first"), person("second")]
    for asker, one in zip(askers, (first, second), strict=True):
        asker.enters(sites["public"], one.code)
        asker.reads("Your answer is here")
        asker.reads("Yes, in two of three pharmacies.")

    desk.goes_to(second.desk)
    desk.reads("Possible until")
    desk.presses("Take apart again")
    desk.reads("Taken apart. This question has dates of its own again.")
    for asker in askers:
        asker.goes_to("/en/q/status")
    askers[0].reads("Yes, in two of three pharmacies.")
    askers[1].misses("Yes, in two of three pharmacies.")
    askers[1].reads("We are reading your question")


@both_ways
def test_the_clocks_stand_still_while_whoever_asked_is_asked_back(
    sits: Sits, person: Make, sites: dict[str, str], scene: Session
) -> None:
    officer, one = make_staff(scene), asked(scene)
    scene.commit()

    desk, asker = sits("officer", officer.id), person("asker")
    desk.goes_to(one.desk)
    desk.presses("Ask the requester")
    desk.writes("Your question", "Which kind of insulin is it?")
    desk.presses("Send")
    desk.reads("Your question is on its way. We wait for 30 days.")
    assert "The requester" in rail(desk)

    asker.enters(sites["public"], one.code)
    asker.reads("We have a question for you")
    asker.reads("Which kind of insulin is it?")
    asker.reads("We wait for your reply until")
    asker.writes("Your reply", "The premixed one, twice a day.")
    asker.presses("Send my reply")
    asker.misses("We have a question for you")

    desk.goes_to(one.desk)
    desk.reads("The premixed one, twice a day.")
    desk.writes("Q1", POINT)
    desk.presses("Finish triage")
    desk.reads("Triage is finished.")


def rail(desk: Person) -> str:
    return desk.page.locator("aside.rail").inner_text()
