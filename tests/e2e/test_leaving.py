"""Signing out wipes what this computer kept, so it asks first; and every page says that something is kept."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.test_copy import closed as closed  # noqa: PLC0414 -- a fixture
from tests.e2e.test_saving import SECRET, TYPED, stored
from tests.e2e.test_saving import writer as writer  # noqa: PLC0414 -- a fixture
from tests.e2e.writing import Tab, Writer
from workflows.assignments.models import Assignment

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def unsent(writer: Writer) -> Tab:
    """Something was typed that did not get through, with an identity."""
    tab = writer.opens()
    tab.page.route("**/answer", lambda route: route.abort())
    tab.text.fill(TYPED)
    tab.field("Who or what exactly").fill(SECRET)
    tab.waits(2.1)
    tab.reads("Not sent yet, kept on this computer")
    return tab


def signs_out(tab: Tab) -> None:
    tab.page.locator(".menu summary").last.click()
    tab.page.get_by_role("button", name="Sign out").click()


def test_it_asks_and_stays(unsent: Tab) -> None:
    signs_out(unsent)
    dialog = unsent.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Something was not sent yet")
    dialog.get_by_role("button", name="Stay").click()
    expect(dialog).to_be_hidden()
    expect(unsent.text).to_have_value(TYPED)
    unsent.keeps(1)


def test_it_sends_and_signs_out(scene: Session, unsent: Tab) -> None:
    unsent.page.unroute("**/answer")
    signs_out(unsent)
    with unsent.page.expect_navigation(url="**/login"):
        unsent.page.get_by_role("button", name="Send it and sign out").click()
    assert stored(scene) == TYPED
    unsent.keeps(0)


def test_what_cannot_be_sent_does_not_sign_out(unsent: Tab) -> None:
    signs_out(unsent)
    dialog = unsent.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send it and sign out").click()
    expect(dialog.get_by_role("alert")).to_contain_text("It could not be sent now.")
    unsent.keeps(1)


def test_it_can_be_taken_along_without_names(unsent: Tab) -> None:
    signs_out(unsent)
    with unsent.page.expect_download() as file:
        unsent.page.get_by_role("button", name="Download the text").click()
    taken = Path(file.value.path()).read_text(encoding="utf-8")
    assert file.value.suggested_filename.startswith("task-T-")
    assert f"{TYPED}\n" in taken
    assert taken.startswith("\nQ1 ")
    assert SECRET not in taken
    for empty in ("Did you not find it?", "Which place", "What has this price?", "Who or what it is, without names"):
        assert empty not in taken
    assert not re.search(r":\s*$", taken, re.MULTILINE)


def test_it_wipes_and_signs_out(scene: Session, unsent: Tab) -> None:
    signs_out(unsent)
    with unsent.page.expect_navigation(url="**/login"):
        unsent.page.get_by_role("button", name="Wipe it and sign out").click()
    unsent.keeps(0)
    assert stored(scene) != TYPED


def test_with_nothing_unsent_nobody_is_asked(writer: Writer) -> None:
    tab = writer.opens()
    with tab.page.expect_navigation(url="**/login"):
        signs_out(tab)


def test_every_page_says_that_something_is_kept_and_leads_there(closed: Writer) -> None:
    tab = closed.opens("/w")
    strip = tab.page.locator("#kept")
    expect(strip).to_contain_text("Text that was not sent is kept on this computer.")
    signs_out(tab)
    expect(tab.page.get_by_role("dialog").get_by_role("button", name="Send it and sign out")).to_be_hidden()
    tab.page.get_by_role("button", name="Stay").click()
    with tab.page.expect_navigation():
        strip.get_by_role("link", name="Look at it").click()
    expect(tab.page.locator("#found")).to_contain_text(TYPED)


def test_every_page_can_wipe_it(closed: Writer) -> None:
    tab = closed.opens("/w")
    tab.page.locator("#kept").get_by_role("button", name="Wipe it").click()
    expect(tab.page.locator("#kept")).to_be_hidden()
    tab.keeps(0)


def test_to_stop_because_it_is_not_safe_is_never_asked_back_and_takes_along_what_was_typed(scene, writer) -> None:
    tab, asked = writer.opens(), []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.text.fill(TYPED)
    tab.page.get_by_text("Give the task back", exact=True).click()
    with tab.page.expect_navigation(url="**/w"):
        tab.page.get_by_role("button", name="It is not safe: stop now").click()
    assert (asked, stored(scene)) == ([], TYPED)
    assert scene.scalars(select(Assignment.state)).one() == "released"
    tab.keeps(0)


def test_without_a_line_nobody_is_told_to_be_signed_out(unsent: Tab) -> None:
    unsent.writer.context.set_offline(True)
    signs_out(unsent)
    dialog = unsent.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Wipe it and sign out").click()
    expect(dialog).to_contain_text("you are still signed in here")
    unsent.keeps(0)
    assert TYPED not in unsent.page.content()
    assert unsent.page.locator("textarea").count() == 0
    unsent.writer.context.set_offline(False)
    with unsent.page.expect_navigation():
        dialog.get_by_role("button", name="Wipe it and sign out").click()
    assert unsent.page.url.endswith("/login")
