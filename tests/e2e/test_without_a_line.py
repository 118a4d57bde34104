"""A press that needs the line, made without one, says that it did nothing."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.e2e.test_saving import TYPED, stored
from tests.e2e.test_saving import tab as tab  # noqa: PLC0414 -- a fixture
from tests.e2e.test_saving import writer as writer  # noqa: PLC0414 -- a fixture
from workflows.assignments.models import AssignmentMessage

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
IN_VAIN = "This needs the connection. Nothing was sent; press again when the line is back."


def test_a_button_without_a_line_leaves_nobody_on_an_empty_page(scene, tab) -> None:
    tab.writer.context.set_offline(True)
    tab.text.fill(TYPED)
    tab.page.get_by_role("button", name="Add a source").click()
    tab.reads(IN_VAIN)
    tab.reads("Not sent yet, kept on this computer")
    expect(tab.text).to_have_value(TYPED)
    tab.writer.context.set_offline(False)
    tab.is_saved(2)
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name="Add a source").click()
    assert stored(scene) == TYPED


@pytest.mark.parametrize("press", ["Send the question", "Save and go to the files", "To the Word form"])
def test_a_press_that_needs_the_line_says_that_nothing_was_sent_until_the_line_is_back(scene, tab, press) -> None:
    tab.writer.context.set_offline(True)
    tab.page.get_by_text("Ask the desk a question").click()
    tab.field("Your question to the desk").fill("May we telephone?")
    tab.page.get_by_role("button", name=press).click()
    tab.reads(IN_VAIN)
    tab.page.evaluate("document.getElementById('says').textContent = ''")
    tab.waits(2.1)
    tab.reads(IN_VAIN)
    tab.writer.context.set_offline(False)
    says = r"^Saved \d\d:\d\d. What is typed below the answer is not sent yet.$"
    expect(tab.page.locator("#says")).to_have_text(re.compile(says), timeout=20_000)
    assert scene.scalars(select(AssignmentMessage)).all() == []


def test_only_saving_without_a_line_promises_to_try_again(tab) -> None:
    tab.writer.context.set_offline(True)
    tab.text.fill(TYPED)
    tab.page.get_by_role("button", name="Save now").last.click()
    tab.reads("Not sent yet, kept on this computer")
    expect(tab.page.locator("#says")).not_to_contain_text(IN_VAIN)
