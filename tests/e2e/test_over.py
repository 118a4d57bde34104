"""A task ends while somebody types: the page says why, keeps the text, and promises nothing that cannot be done.

And while nothing can be sent what sticks to a small window is one short line.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.e2e.test_copy import a_colleague_saves
from tests.e2e.test_copy import closed as closed  # noqa: PLC0414 -- a fixture
from tests.e2e.test_leaving import signs_out
from tests.e2e.test_saving import SECRET, TYPED, stored
from tests.e2e.test_saving import writer as writer  # noqa: PLC0414 -- a fixture
from tests.e2e.writing import Tab, Writer
from tests.factories import make_staff
from tests.sites import Browser as Client
from workflows.accounts.models import ResearcherAccount
from workflows.assignments.models import Assignment
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
WHY = "The desk took this task back: it is not needed any more."
HEIGHT = {390: 56, 320: 72}


@pytest.fixture
def withdraws(scene: Session, desk: Client) -> Callable[[], None]:
    """An officer presses “Revoke” at the desk."""

    def press() -> None:
        officer = make_staff(scene, Role.OFFICER)
        scene.commit()
        task = scene.scalars(select(Assignment)).one()
        answer = desk.sign_in(officer.id).post(f"/desk/assignments/{task.id}/revoke", {"version": str(task.version)})
        assert answer.status_code == 303

    return press


def box(tab: Tab, place: str) -> dict[str, float]:
    return dict(tab.page.locator(place).bounding_box() or {})


def test_the_desk_withdraws_while_somebody_types(scene: Session, writer: Writer, withdraws: Callable[[], None]) -> None:
    writer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = writer.opens()
    tab.text.fill("Saved before. ")
    tab.waits(2.1)
    tab.is_saved(2)
    withdraws()
    tab.text.fill(TYPED)
    tab.field("Who or what exactly").fill(SECRET)
    tab.waits(2.1)
    tab.reads("Paused: this cannot be saved any more")
    expect(tab.page.locator("#strip")).to_contain_text(WHY)
    for label in ("Save now", "Send for review", "Add a source", "Send the question"):
        expect(tab.page.get_by_role("button", name=label)).to_have_count(0)
    tab.waits(600)
    expect(tab.text).to_have_value(TYPED)
    assert stored(scene) == "Saved before."
    tab.page.get_by_role("button", name="Keep my text").click()
    expect(tab.page.locator("#strip")).to_be_focused()
    tab.page.get_by_role("button", name="Copy my text").click()
    expect(tab.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    with tab.page.expect_download() as file:
        tab.page.locator("#take").get_by_role("button", name="Download the text").click()
    taken = Path(file.value.path()).read_text(encoding="utf-8")
    for text in (copied, taken):
        assert (TYPED in text, SECRET in text) == (True, False)
    expect(tab.text).to_have_value(TYPED)


def test_opened_again_the_task_shows_what_was_saved(writer: Writer, withdraws: Callable[[], None]) -> None:
    tab = writer.opens()
    tab.text.fill("Saved before.")
    tab.waits(2.1)
    tab.is_saved(2)
    withdraws()
    tab.page.reload()
    expect(tab.page.locator("main")).to_contain_text(WHY)
    expect(tab.page.locator("main")).to_contain_text("Saved before.")
    expect(tab.page.get_by_text("Send by")).to_have_count(0)


def test_what_this_computer_kept_is_shown_when_the_task_is_opened_again(
    closed: Writer, withdraws: Callable[[], None]
) -> None:
    withdraws()
    tab = closed.opens()
    found = tab.page.locator("#found")
    expect(found).to_contain_text("cannot be sent any more")
    expect(found).to_contain_text(TYPED)
    expect(tab.page.locator("#kept")).to_be_hidden()
    tab.page.set_viewport_size({"width": 390, "height": 844})
    expect(found.locator(".h").first).to_be_hidden()
    expect(found.locator(".lab").last).to_contain_text("Kept on this computer")
    with tab.page.expect_download() as file:
        found.get_by_role("button", name="Download the text").click()
    taken = Path(file.value.path()).read_text(encoding="utf-8")
    assert (TYPED in taken, "Three pharmacists" in taken, SECRET in taken) == (True, True, False)
    tab.keeps(1)
    found.get_by_role("button", name="Drop it").click()
    tab.keeps(0)
    expect(found).to_be_hidden()


def offline(tab: Tab) -> None:
    tab.writer.context.set_offline(True)


def another_saved(tab: Tab) -> None:
    tab.page.evaluate("document.querySelector('#answer [name=version]').value = 7")


def signed_out(tab: Tab) -> None:
    tab.writer.context.clear_cookies()


def over(tab: Tab) -> None:
    tab.page.route("**/answer", lambda route: route.fulfill(status=409, json={"heading": "", "text": WHY}))


TROUBLES: dict[str, Callable[[Tab], Any]] = {
    "kept": offline, "clash": another_saved, "out": signed_out, "over": over,
}  # fmt: skip


@pytest.mark.parametrize("width", HEIGHT)
@pytest.mark.parametrize("language", ["fr", "nl", "ru"])
def test_what_sticks_to_a_small_window_is_one_short_line(scene, writer, language: str, width: int) -> None:
    scene.execute(update(ResearcherAccount).values(language=language))
    scene.commit()
    for state, trouble in TROUBLES.items():
        a_colleague_saves(scene, f"Before {state}.")
        tab = writer.opens()
        tab.page.set_viewport_size({"width": width, "height": 844})
        tab.page.wait_for_load_state("networkidle")
        trouble(tab)
        tab.page.locator("#answer textarea").first.fill(f"While {state}.")
        tab.waits(2.1)
        expect(tab.page.locator(f".dock[data-state={state}]")).to_be_visible()
        tab.page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        bar = box(tab, ".dock")
        assert 0 < bar["height"] <= HEIGHT[width], (state, language, bar)
        assert bar["y"] + bar["height"] == 844
        strip = tab.page.locator("#strip")
        assert not strip.is_visible() or box(tab, "#strip")["y"] + box(tab, "#strip")["height"] <= 0
        tab.page.close(run_before_unload=False)
        writer.context.set_offline(False)
        writer.signs_in()


def test_to_sign_out_there_promises_not_to_send_it(closed: Writer, withdraws: Callable[[], None]) -> None:
    withdraws()
    tab = closed.opens()
    expect(tab.page.locator("#found")).to_contain_text(TYPED)
    signs_out(tab)
    dialog = tab.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Download the text")).to_be_visible()
    expect(dialog.get_by_role("button", name="Send it and sign out")).to_be_hidden()
