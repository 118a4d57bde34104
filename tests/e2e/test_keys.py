"""Single keys at the desk, pressed in a real browser: they do what the buttons do, and leave fields alone."""

import pytest
from playwright.sync_api import Page

from tests.excerpts import published, recent
from tests.factories import make_question, make_staff
from workflows.core.actors import Role
from workflows.core.clock import now

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def officer(scene):
    """An officer who is an editor too, and three questions with neutral words."""
    person = make_staff(scene, Role.OFFICER, Role.EDITOR)
    for word in ("Eins", "Zwei", "Drei"):
        make_question(scene, points=(f"{word} ?",))
    scene.commit()
    return person


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText || document.activeElement.tagName").strip()


def presses(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_rows_are_walked_chosen_opened_and_left_by_keys(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions")
    first, second, third = page.locator(".queue .q1 a").all_inner_texts()
    walked = []
    for key in ("j", "j", "j", "j", "k"):
        presses(page, key)
        walked.append(focused(page))
    assert walked == [first, second, third, third, second]
    presses(page, "x")
    assert [box.is_checked() for box in page.locator(".queue input").all()] == [False, True, False]
    page.locator(".queue input").nth(2).focus()  # a box takes no letters
    presses(page, "k", "x")
    assert page.locator(".queue input:checked").count() == 0
    with page.expect_navigation():
        presses(page, "Enter")
    assert second.replace("\u00a0", " ") in page.content()
    with page.expect_navigation():
        presses(page, "u")
    assert page.url.endswith("/desk/questions")


def test_a_list_is_gone_back_to_as_it_was_left_and_walked_on_from_the_row_that_was_opened(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions?view=open&country=COD")
    rows = page.locator(".queue .q1 a").all_inner_texts()
    presses(page, "j", "j")
    with page.expect_navigation():
        presses(page, "Enter")
    with page.expect_navigation():
        presses(page, "u")
    assert page.url.endswith("/desk/questions?view=open&country=COD")
    presses(page, "j")
    assert focused(page) == rows[2]
    with page.expect_navigation():
        presses(page, "Enter")
    with page.expect_navigation():
        page.get_by_role("link", name="Triage").last.click()
    assert page.url.endswith("/desk/questions?view=open&country=COD")


def test_a_text_leads_back_to_the_list_that_it_was_found_in(opens, scene, officer) -> None:
    published(scene, recent(), now=now())
    scene.commit()
    page = opens(officer.id, "/desk/excerpts?view=published&country=COD")
    presses(page, "j")
    with page.expect_navigation():
        presses(page, "Enter")
    with page.expect_navigation():
        presses(page, "u")
    assert page.url.endswith("/desk/excerpts?view=published&country=COD")


def test_enter_on_a_box_opens_the_row_and_sends_no_form(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions")
    page.locator(".queue input").first.focus()
    with page.expect_navigation():
        presses(page, "Enter")
    assert page.locator("h1").count() == 1
    assert "/desk/questions/" in page.url


def test_g_and_a_letter_go_to_another_page_and_a_letter_presses_its_button(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions")
    with page.expect_navigation():
        presses(page, "g", "r")
    assert page.url.endswith("/desk/reviews")
    with page.expect_navigation():
        presses(page, "g", "t")
    presses(page, "j", "x")
    assert page.get_by_role("status").filter(has_text="1 chosen").count() == 1
    with page.expect_navigation():
        presses(page, "a")
    assert focused(page).startswith("1 question")
    assert page.locator("nav.views [aria-current]").first.inner_text().split() == ["New", "3"]


def test_shift_ticks_everything_between_two_boxes(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions")
    boxes = page.locator(".queue input")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.locator(".queue tr.sel").count() == 3
    assert page.locator("[data-chosen]").inner_text() == "3 chosen"


def test_the_list_of_keys_opens_on_a_question_mark_and_closes_again(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions")
    keys = page.locator("details.keys .sheet")
    assert not keys.is_visible()
    presses(page, "?")
    assert keys.is_visible()
    presses(page, "Escape")
    assert not keys.is_visible()


def test_keys_in_a_field_or_with_a_modifier_are_left_alone(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions")
    page.evaluate("document.querySelector('main form').insertAdjacentHTML('afterbegin', '<input id=here type=text>')")
    page.locator("#here").focus()
    page.keyboard.type("jxa?")
    assert page.locator("#here").input_value() == "jxa?"
    page.locator("h1").click()
    presses(page, "Control+j", "Alt+x", "Meta+j")
    assert page.locator(".queue input:checked").count() == 0
    assert focused(page) != page.locator(".queue .q1 a").first.inner_text()


def test_whoever_turned_the_keys_off_gets_none(opens, officer) -> None:
    page = opens(officer.id, "/desk/account")
    page.get_by_label("Use single keys").uncheck()
    with page.expect_navigation():
        page.locator("form", has_text="Use single keys").get_by_role("button", name="Save").click()
    page.goto(page.url.replace("account", "questions"))
    presses(page, "j", "x", "?")
    assert page.locator("kbd, script[src*=keys]").count() == 0
    assert page.locator(".queue input:checked").count() == 0


def test_without_scripts_the_list_of_keys_still_opens_by_mouse(opens, officer) -> None:
    page = opens(officer.id, "/desk/questions", java_script_enabled=False)
    page.locator("details.keys summary").click()
    assert page.locator("details.keys .sheet").is_visible()
