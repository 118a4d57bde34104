"""A no to an offer and a withdrawal: typed on a bad line, kept by the browser until the desk has it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy.orm import Session

from tests.e2e.conftest import serving
from tests.e2e.writing import Tab, Writer, sits_down
from tests.factories import make_answer, make_assignment, make_researcher
from tests.sites import Browser as Client
from workflows.accounts.models import LoginSession, PartnerOrganisation
from workflows.assignments.models import Assignment

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
INSTEAD, WHY = "The nurses of the second ward", "Our driver is ill."
KEPT = "This computer kept a text that was not sent."
NO_LINE = "This needs the connection. Nothing was sent; press again when the line is back."
FORMS = {
    "offered": ("No, we cannot do this", "Whom could we ask instead?", INSTEAD, "We have no time", "Decline"),
    "accepted": ("Withdraw my answer and give the task back", "Tell the desk more", WHY, "We have no time",
                 "Withdraw my answer"),
}  # fmt: skip


@pytest.fixture(params=FORMS)
def writer(request, browser: Browser, portal: Client, portal_app, scene: Session) -> Iterator[Writer]:
    me = make_researcher(scene, language="en")
    task = make_assignment(scene, scene.get_one(PartnerOrganisation, me.partner_id), state=request.param)
    if request.param == "accepted":
        make_answer(scene, task, state="submitted", submitted_at=task.created_at)
    scene.commit()
    one = sits_down(browser, portal, serving(portal_app), f"/w/t/{task.id}", me.id)
    yield one
    one.context.close()
    next(one.server, None)


@pytest.fixture
def words(request) -> tuple[str, ...]:
    return FORMS[request.node.callspec.params["writer"]]


def form(tab: Tab) -> Locator:
    return tab.page.locator("#short")


def types(tab: Tab, words: tuple[str, ...]) -> None:
    box, label, text, reason, _press = words
    tab.page.get_by_text(box).click()
    form(tab).get_by_label(reason).check()
    tab.field(label).fill(text)
    tab.waits(0.5)
    tab.keeps(1)


def presses(tab: Tab, words: tuple[str, ...]) -> None:
    form(tab).get_by_role("button", name=words[4]).click()


def is_there_again(tab: Tab, words: tuple[str, ...]) -> None:
    expect(tab.field(words[1])).to_have_value(words[2])
    expect(tab.field(words[1])).to_be_visible()
    expect(form(tab).get_by_label(words[3])).to_be_checked()
    expect(form(tab).get_by_text(KEPT)).to_be_visible()


def test_without_a_line_a_press_keeps_the_page_and_sends_once_it_is_back(scene: Session, writer, words) -> None:
    tab = writer.opens()
    types(tab, words)
    writer.context.set_offline(True)
    presses(tab, words)
    expect(form(tab).get_by_role("alert")).to_have_text(NO_LINE)
    expect(tab.field(words[1])).to_have_value(words[2])
    writer.context.set_offline(False)
    presses(tab, words)
    tab.page.wait_for_url("**/w")
    expect(tab.page.get_by_text("Thank you. The desk knows.")).to_be_visible()
    expect(tab.page.locator("#kept")).to_be_hidden()
    tab.keeps(0)
    scene.expire_all()
    assert scene.query(Assignment).one().state in {"declined", "released"}


def test_a_tab_that_was_closed_is_filled_in_again_and_nobody_else_reads_the_copy(writer, words) -> None:
    tab = writer.opens()
    types(tab, words)
    tab.page.close(run_before_unload=False)
    elsewhere = writer.opens("/w/ledger")
    assert json.dumps(words[2])[1:-1] not in elsewhere.everything_kept()
    elsewhere.page.locator("#kept").get_by_role("link", name="Look at it").click()
    is_there_again(elsewhere, words)


def test_one_press_wipes_the_copy_and_the_screen(writer, words) -> None:
    tab = writer.opens()
    types(tab, words)
    tab.page.reload()
    is_there_again(tab, words)
    form(tab).get_by_role("button", name="Drop it").click()
    expect(form(tab).get_by_text(KEPT)).to_be_hidden()
    expect(tab.page.locator("#kept")).to_be_hidden()
    tab.keeps(0)
    expect(tab.field(words[1])).to_have_value("")
    expect(form(tab).get_by_label(words[3])).not_to_be_checked()
    tab.waits(1)
    tab.keeps(0)


@pytest.mark.parametrize("writer", ["offered"], indirect=True)
def test_the_strip_above_wipes_it_too(writer, words) -> None:
    tab = writer.opens()
    types(tab, words)
    tab.page.reload()
    is_there_again(tab, words)
    tab.page.locator("#kept").get_by_role("button", name="Wipe it").click()
    tab.keeps(0)
    expect(tab.field(words[1])).to_have_value("")


def test_a_log_in_that_ended_gives_it_back_on_the_page_that_says_so(scene: Session, writer, words) -> None:
    tab = writer.opens()
    types(tab, words)
    scene.query(LoginSession).delete()
    scene.commit()
    presses(tab, words)
    expect(tab.page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(tab.page.locator("main")).to_contain_text(words[2])


def test_what_is_wrong_is_said_on_a_page_with_what_was_typed(writer, words) -> None:
    tab = writer.opens()
    tab.page.get_by_text(words[0]).click()
    tab.field(words[1]).fill(words[2])
    presses(tab, words)
    expect(tab.page.locator("#errors")).to_be_visible()
    expect(tab.field(words[1])).to_have_value(words[2])
    expect(form(tab).get_by_text(KEPT)).to_be_hidden()
    tab.keeps(1)
