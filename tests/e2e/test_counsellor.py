"""A counsellor asks for somebody, in a real browser: asked back, answered, and read where it was asked."""

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Person, Sits
from tests.factories import make_counsellor, make_staff
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def asks_for_somebody(counsellor: Person) -> None:
    counsellor.goes_to("/en/caseload")
    counsellor.follows("Ask for somebody")
    counsellor.writes("Your label", "B.M.")
    counsellor.writes("What do they want to know?", "Is premixed insulin sold in the town, and what does it cost?")
    counsellor.page.get_by_label("Which country?").select_option(label="DR Congo")
    counsellor.page.get_by_label("In which language do we answer?").select_option("en")
    counsellor.chooses("Yes, the person agrees that you use it like this")
    counsellor.presses("Send")
    counsellor.reads("We received your question")


def test_a_counsellor_asks_is_asked_back_and_reads_the_reply(sits: Sits, scene: Session) -> None:
    account, officer = make_counsellor(scene, language="en"), make_staff(scene, Role.OFFICER)
    scene.commit()

    counsellor, desk = sits("counsellor", account.id, "caseload"), sits("officer", officer.id)
    asks_for_somebody(counsellor)

    desk.goes_to("/desk/questions")
    desk.follows("Not read yet", exact=False)
    desk.misses("B.M.")
    question = desk.page.url
    desk.presses("Ask the requester")
    desk.writes("Your question", "Which town is it?")
    desk.presses("Send")

    counsellor.goes_to("/en/caseload")
    counsellor.reads("We have a question for you")
    counsellor.follows("B.M.")
    counsellor.reads("Which town is it?")
    counsellor.writes("Your reply", "It is Kinshasa.")
    counsellor.presses("Send my reply")

    desk.goes_to(question)
    desk.reads("It is Kinshasa.")
    desk.writes("Q1", "Is premixed insulin sold in Kinshasa?")
    desk.page.locator("details", has_text="Health").first.locator("summary").click()
    desk.chooses("Medicines")
    desk.presses("Finish triage")
    desk.presses("Write the reply")
    desk.writes("Your reply", "Yes, it is sold there.")
    desk.presses("Send the reply")

    counsellor.goes_to("/en/caseload")
    counsellor.follows("B.M.")
    counsellor.reads("Your answer is here")
    counsellor.reads("Yes, it is sold there.")
