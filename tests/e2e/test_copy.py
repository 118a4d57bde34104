"""What a browser keeps of text that was not sent: ciphertext, for its writer alone, given back once, wiped with one press."""

import json

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.e2e.test_saving import SECRET, TYPED, sources, stored
from tests.e2e.test_saving import writer as writer  # noqa: PLC0414 -- a fixture
from tests.e2e.writing import Tab, Writer
from tests.factories import make_researcher
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture
def closed(writer: Writer) -> Writer:
    """Something was typed without a line, and the tab was closed."""
    tab = writer.opens()
    writer.context.set_offline(True)
    tab.text.fill(TYPED)
    tab.field("What it is, without names").fill("Three pharmacists")
    tab.field("Who or what exactly").fill(SECRET)
    tab.waits(3)
    tab.reads("Not sent yet, kept on this computer")
    tab.keeps(1)
    # As a tab closes the browser is handed its line back, an instant before the tab is gone: nothing is sent in it.
    writer.context.route("**/answer", lambda route: route.abort())
    tab.page.evaluate("addEventListener('online', (event) => event.stopImmediatePropagation(), true)")
    tab.page.close(run_before_unload=False)
    writer.context.set_offline(False)
    writer.context.unroute("**/answer")
    return writer


def key_of(tab: Tab) -> str:
    asked = "fetch('/w/copies/key', {headers: {Accept: 'application/json'}}).then((answer) => answer.json())"
    return str(tab.page.evaluate(asked)["key"])


def test_a_closed_tab_leaves_ciphertext_and_no_key(closed: Writer) -> None:
    tab = closed.opens("/w/ledger")
    raw = tab.everything_kept()
    (copy,) = tab.keeps(1)
    assert len(copy["text"]) > len(TYPED)
    key = key_of(tab)
    for word in (TYPED, "Three pharmacists", SECRET, "Gisele", "points-0", key, key[:12]):
        assert word not in raw
        assert json.dumps(word) not in raw


def test_the_next_sign_in_offers_it_beside_what_is_saved(scene: Session, closed: Writer) -> None:
    closed.signs_in()
    tab = closed.opens()
    found = tab.page.locator("#found")
    expect(found).to_contain_text("This computer kept a text that was not sent.")
    expect(found).to_contain_text(TYPED)
    expect(found).to_contain_text("Deux pharmacies sur trois en avaient.")
    assert SECRET not in tab.page.content()
    assert stored(scene) != TYPED
    with tab.page.expect_navigation():
        found.get_by_role("button", name="Take it").click()
    expect(tab.text).to_have_value(TYPED)
    assert (stored(scene), sources(scene)[0].identity) == (TYPED, SECRET)
    tab.keeps(0)


def test_it_can_be_dropped(scene: Session, closed: Writer) -> None:
    tab = closed.opens()
    tab.page.locator("#found").get_by_role("button", name="Drop it").click()
    tab.keeps(0)
    expect(tab.page.locator("#found")).to_be_hidden()
    expect(tab.page.get_by_role("button", name="Wipe this computer’s copy")).to_be_hidden()
    assert stored(scene) != TYPED


def test_a_colleague_at_the_same_computer_cannot_open_it(scene: Session, closed: Writer) -> None:
    me = scene.get_one(ResearcherAccount, closed.account)
    colleague = make_researcher(scene, scene.get_one(PartnerOrganisation, me.partner_id), language="en")
    scene.commit()
    closed.signs_in(colleague.id)
    tab = closed.opens()
    tab.text.fill("By a colleague.")
    tab.waits(2.1)
    tab.is_saved(2)
    expect(tab.page.locator("#found")).to_be_hidden()
    tab.keeps(1)


def test_after_seven_days_it_is_gone(closed: Writer) -> None:
    tab = closed.opens("/w/ledger")
    tab.keeps(1)
    tab.page.clock.install()
    tab.page.clock.set_system_time(tab.page.evaluate("Date.now()") + 8 * 24 * 3600 * 1000)
    tab.page.goto(closed.address + closed.path)
    tab.keeps(0)
    expect(tab.page.locator("#found")).to_be_hidden()


def test_one_press_wipes_it_and_the_page_says_so(writer: Writer) -> None:
    tab = writer.opens()
    writer.context.set_offline(True)
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.reads("Not sent yet, kept on this computer")
    tab.page.get_by_role("button", name="Wipe this computer’s copy").click()
    tab.reads("Nothing is kept on this computer any more.")
    tab.keeps(0)
    expect(tab.text).to_have_value(TYPED)
    tab.waits(2)
    tab.reads("Not sent yet")
    tab.keeps(0)
    writer.context.set_offline(False)
    tab.is_saved(2)
