"""One question through the whole of Terrain, in real browsers: asked, triaged, researched, reviewed, published, read."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Login, Make, Person, both_ways, give_login
from tests.e2e.steps import accepts, answers
from tests.factories import make_partner, make_researcher, make_staff
from web_kit.app import limiter
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def people(scene: Session) -> dict[str, Login]:
    """An officer, two editors and a researcher of the only partner in DR Congo."""
    limiter.reset()
    partner = make_partner(scene, name="Relais Mokili", languages=["en"])
    accounts = {
        "officer": (make_staff(scene, Role.OFFICER, language="en").id, "desk"),
        "editor": (make_staff(scene, Role.EDITOR, language="en", name="Ines").id, "desk"),
        "second": (make_staff(scene, Role.EDITOR, language="en", name="Bram").id, "desk"),
        "researcher": (make_researcher(scene, partner, language="en").id, "portal"),
    }
    logins = {name: give_login(scene, account, site, name) for name, (account, site) in accounts.items()}
    scene.commit()
    return logins


@both_ways
def test_a_question_walks_through_the_whole_house(
    person: Make, sites: dict[str, str], people: dict[str, Login]
) -> None:
    code = asks(person("requester"), sites["public"])
    officer = person("officer")
    question = triages_and_offers(officer, sites["desk"], people["officer"])
    researches(person("researcher"), sites["portal"], people["researcher"])
    accepts_and_writes_up(person("editor"), sites["desk"], people["editor"])
    ref = approves(person("second"), sites["desk"], people["second"])
    replies(officer, question)
    reads_the_reply(person("asker"), sites["public"], code)
    finds(person("reader"), sites["public"], ref)


def asks(requester: Person, site: str) -> str:
    requester.goes_to(f"{site}/en/")
    requester.goes_to(f"{site}/en/ask")
    requester.presses("Start")
    requester.presses("Continue")
    requester.page.get_by_label("Country").select_option(label="DR Congo")
    requester.presses("Continue")
    requester.presses("Continue")
    requester.presses("Continue")
    requester.reads("Write your question.")
    requester.writes("Your question", "My sister Rose needs insulin in Kinshasa. Is it sold there?")
    for _ in range(3):
        requester.presses("Continue")
    requester.chooses("Yes, you may read my question and look for an answer")
    requester.chooses("Yes, you may put the answer on public pages")
    requester.takes_time()
    requester.presses("Send my question")
    code = requester.page.locator(".receipt").inner_text()
    assert len(re.sub(r"\W", "", code)) == 24
    return code


def triages_and_offers(officer: Person, site: str, login: Login) -> str:
    officer.logs_in(site, login)
    officer.goes_to(f"{site}/desk/questions")
    officer.follows("Not read yet", exact=False)
    officer.reads("Rose")
    question = officer.page.url
    officer.writes("Q1", "Is premixed insulin sold in Kinshasa, and at what price?")
    officer.page.locator("details", has_text="Health").first.locator("summary").click()
    officer.chooses("Medicines")
    officer.presses("Finish triage")
    officer.reads("Triage is finished.")
    officer.presses("What we have already", exact=False)
    officer.presses("Nothing here answers it: choose a partner")
    officer.follows("Write the offer", exact=False)
    officer.presses("Send the offer")
    officer.reads("Offered. The partner is told.")
    return question


def researches(researcher: Person, site: str, login: Login) -> None:
    researcher.logs_in(site, login)
    researcher.home = site
    answers(researcher, "Two of three pharmacies had it, for 24 to 38 dollars.")
    researcher.reads("premixed insulin")
    assert "Rose" not in researcher.page.content()


def accepts_and_writes_up(editor: Person, site: str, login: Login) -> None:
    editor.logs_in(site, login)
    editor.goes_to(f"{site}/desk/reviews")
    editor.clicks(editor.page.locator("main table a").first)
    editor.reads("Two of three pharmacies")
    accepts(editor)
    editor.reads("Accepted")
    editor.follows("Write an excerpt")
    editor.writes("Title", "Insulin in Kinshasa")
    editor.writes("In short", "Two of three pharmacies had premixed insulin, for 24 to 38 dollars.")
    editor.page.get_by_label("Text", exact=True).fill("## In pharmacies\n\nTwo of three pharmacies had it. [1]")
    editor.presses("Save draft")
    editor.presses("Send for approval")
    editor.reads("Sent. Another editor reads it now.")


def approves(second: Person, site: str, login: Login) -> str:
    second.logs_in(site, login)
    second.goes_to(f"{site}/desk/excerpts")
    second.follows("Insulin in Kinshasa", exact=False)
    second.follows("Approve and publish")
    second.clicks(second.page.locator("main form button[type=submit]").last)
    second.reads("Published")
    ref = re.search(r"COD-HEA-\d{4}", second.page.content())
    assert ref is not None
    return ref[0]


def replies(officer: Person, question: str) -> None:
    officer.goes_to(question)
    officer.presses("Write the reply", exact=False)
    officer.page.locator("main textarea").first.fill("It is sold there, at this price.")
    officer.page.locator("main input[type=checkbox]").first.check()
    officer.presses("Send the reply")


def reads_the_reply(requester: Person, site: str, code: str) -> None:
    requester.goes_to(f"{site}/en/q")
    requester.page.locator("main input[type=text]").fill(code)
    requester.clicks(requester.page.locator("main form button[type=submit]"))
    requester.reads("Your answer is here")
    requester.reads("It is sold there, at this price.")


def finds(reader: Person, site: str, ref: str) -> None:
    reader.goes_to(f"{site}/en/search?q=insulin")
    reader.follows("Insulin in Kinshasa")
    reader.reads("Two of three pharmacies")
    reader.goes_to(f"{site}/en/e/{ref}/v1")
    for private in ("Rose", "Gisele", "Relais Mokili"):
        assert private not in reader.page.content()
