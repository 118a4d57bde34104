"""What somebody typed at the desk is not lost, whatever is pressed; beside an original also without scripts."""

import pytest
from playwright.sync_api import Page

from tests.factories import make_staff
from tests.http.desk.triaging import make, points, stored, url
from tests.reviews import submitted
from tests.sheets import make_draft, make_text
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
HALF = "Où trouver de l’insu"


@pytest.fixture
def officer(scene):
    person = make_staff(scene, Role.OFFICER)
    scene.commit()
    return person


def presses(page: Page, name: str) -> None:
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("button", ["What we have already", "Decline", "Show the contact", "Assign to me"])
def test_another_button_saves_what_was_typed(opens, scene, officer, scripts, button) -> None:
    question = make(scene)
    page = opens(officer.id, url(question), java_script_enabled=scripts)
    page.get_by_label("Q1", exact=True).fill(HALF)
    presses(page, button)
    assert points(scene, question) == [HALF]
    page.goto(page.url.partition("/desk")[0] + url(question))
    assert page.get_by_label("Q1", exact=True).input_value() == HALF


def test_a_note_and_the_neutral_text_are_kept_with_one_press(opens, scene, officer) -> None:
    question = make(scene)
    page = opens(officer.id, url(question), java_script_enabled=False)
    page.get_by_label("Q1", exact=True).fill(HALF)
    page.get_by_label("Write about this question").fill("Parler à Amina.")
    presses(page, "Keep as a note")
    assert page.get_by_text("Parler à Amina.").is_visible()
    assert page.get_by_label("Q1", exact=True).input_value() == HALF


def test_the_key_that_assigns_saves_too(opens, scene, officer) -> None:
    question = make(scene)
    page = opens(officer.id, url(question))
    page.get_by_label("Q1", exact=True).fill(HALF)
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert (points(scene, question), stored(scene, question).officer_id) == ([HALF], officer.id)


@pytest.mark.parametrize("press", [None, "Add a point"])
def test_a_link_asks_before_it_leaves_what_was_typed(opens, scene, officer, press) -> None:
    question = make(scene)
    page = opens(officer.id, url(question))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Q1", exact=True).press_sequentially(HALF)
    if press:
        presses(page, press)
        page.locator("h1").click()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").first.click()
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.get_by_label("Q1", exact=True).input_value() == HALF


def test_nothing_typed_asks_nothing(opens, scene, officer) -> None:
    page = opens(officer.id, url(make(scene)))
    page.on("dialog", lambda dialog: pytest.fail(dialog.type))
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.url.endswith("/desk/questions")


def test_a_link_asks_before_it_leaves_what_an_editor_typed(opens, scene) -> None:
    editor = make_staff(scene, Role.EDITOR)
    scene.commit()
    page = opens(editor.id, "/desk/excerpts/new")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Title", exact=True).press_sequentially(HALF)
    page.get_by_role("navigation").get_by_role("link", name="Excerpts", exact=True).first.click()
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.get_by_label("Title", exact=True).input_value() == HALF


def leaves_by(page: Page, *links: str) -> list[str]:
    """What the browser asks when somebody presses these, one after the other, and stays each time."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    for link in links:
        page.locator(link).first.evaluate("one => one.click()")
        page.wait_for_timeout(200)
    return asked


SIGN_OUT, AWAY = ".menu form[method=post] button", ".top nav a, header nav a"


def test_a_note_about_an_answer_asks_before_a_link_or_another_form_leaves_it(opens, scene) -> None:
    at = submitted(scene)
    page = opens(at.editor.id, f"/desk/reviews/{at.answer.id}")
    note = page.get_by_label("Note to the partner", exact=True)
    note.press_sequentially(HALF)
    assert leaves_by(page, AWAY, SIGN_OUT, AWAY) == ["beforeunload"] * 3
    assert note.input_value() == HALF


def test_saving_the_note_itself_asks_nothing(opens, scene) -> None:
    at = submitted(scene)
    page = opens(at.editor.id, f"/desk/reviews/{at.answer.id}")
    page.on("dialog", lambda dialog: pytest.fail(dialog.type))
    page.get_by_label("Note to the partner", exact=True).press_sequentially(HALF)
    with page.expect_navigation(wait_until="load"):
        page.locator("#review .rail .btn").filter(has_text="Save").click()
    assert page.get_by_label("Note to the partner", exact=True).input_value() == HALF


def test_the_introduction_of_a_sheet_asks_before_it_is_left_and_not_when_it_is_saved(opens, scene) -> None:
    editor = make_staff(scene, Role.EDITOR)
    make_draft(scene, editor, {"HEA": [make_text(scene, "HEA")]})
    scene.commit()
    page = opens(editor.id, "/desk/sheets/COD?language=fr")
    intro = page.locator("textarea").first
    intro.press_sequentially(HALF)
    assert leaves_by(page, AWAY, SIGN_OUT) == ["beforeunload"] * 2
    presses(page, "Save")
    assert page.locator("textarea").first.input_value() == HALF
