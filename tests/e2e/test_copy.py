"""What a browser keeps of text that was not sent: ciphertext, for its writer alone, given back once, wiped with one press."""

import json
import re

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.e2e.test_saving import SECRET, TYPED, sources, stored
from tests.e2e.test_saving import writer as writer  # noqa: PLC0414 -- a fixture
from tests.e2e.writing import Tab, Writer
from tests.factories import make_researcher
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount
from workflows.answers.models import Answer, AnswerPoint

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
    tab.page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    tab.page.close(run_before_unload=False)
    writer.context.set_offline(False)
    return writer


@pytest.fixture
def tab(writer: Writer) -> Tab:
    """A form with a day that does not exist, and a source."""
    tab = writer.opens()
    tab.text.fill(TYPED)
    tab.field("What it is, without names").fill("Three pharmacists")
    tab.field("Who or what exactly").fill(SECRET)
    types_no_day(tab)
    return tab


def a_colleague_saves(scene: Session, text: str) -> None:
    """The answer first and then its words, as saving takes them, so that a save on its way is waited for."""
    scene.execute(update(Answer).values(version=Answer.version + 1))
    scene.execute(update(AnswerPoint).values(text=text))
    scene.commit()


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


def test_one_press_wipes_the_copy_and_the_screen_and_nothing_is_sent_later(scene: Session, writer: Writer) -> None:
    tab = writer.opens()
    before = stored(scene)
    writer.context.set_offline(True)
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.reads("Not sent yet, kept on this computer")
    tab.page.get_by_role("button", name="Wipe this computer’s copy").click()
    expect(tab.page.get_by_role("heading", name="Wiped")).to_be_visible()
    expect(tab.page.locator("#strip")).to_be_hidden()
    tab.keeps(0)
    assert tab.page.locator("textarea").count() == 0
    assert TYPED not in tab.page.content()
    tried: list[str] = []
    tab.page.on("request", lambda request: tried.append(request.method))
    writer.context.set_offline(False)
    tab.waits(70)
    assert (tried, stored(scene)) == ([], before)
    tab.keeps(0)
    asked: list[str] = []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with tab.page.expect_navigation():
        tab.page.get_by_role("link", name="Open the task again").click()
    expect(tab.text).to_have_value(before)
    assert asked == []


def test_a_date_that_cannot_be_read_is_there_again_after_a_reload(scene: Session, writer: Writer, tab: Tab) -> None:
    tab.waits(2.1)
    tab.reads("could not be read")
    tab.keeps(1)
    tab.page.close(run_before_unload=False)
    again = writer.opens()
    expect(day(again, "Day")).to_have_value("31")
    expect(day(again, "Month")).to_have_value("2")
    expect(again.page.locator("#found")).to_be_hidden()
    again.waits(2.1)
    again.reads("could not be read")
    again.keeps(1)
    day(again, "Day").fill("28")
    again.waits(2.1)
    expect(again.page.locator("#says")).to_contain_text("Saved")
    again.keeps(0)
    assert len(sources(scene)) == 1


def test_a_refused_send_offers_no_copy_of_what_stands_in_its_own_form(scene: Session, tab: Tab) -> None:
    tab.keeps(1)
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name="Send for review").click()
    expect(tab.page.get_by_text("This date does not exist").first).to_be_visible()
    tab.keeps(1)
    expect(tab.page.locator("#found")).to_be_hidden()
    expect(day(tab, "Day")).to_have_value("31")
    assert (sources(scene)[0].identity, len(sources(scene))) == (SECRET, 1)
    asked: list[str] = []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.page.get_by_role("link", name="Statement").click()
    tab.page.wait_for_timeout(200)
    assert asked == ["beforeunload"]


def test_a_text_that_was_saved_though_its_reply_was_lost_is_not_offered(scene: Session, writer: Writer) -> None:
    tab = writer.opens()
    with tab.without_replies() as lost:
        tab.field("What it is, without names").fill("Three pharmacists")
        tab.field("Who or what exactly").fill(SECRET)
        tab.text.fill(TYPED)
        tab.waits(2.1)
        tab.reads("Not sent yet, kept on this computer")
        tab.keeps(1)
    assert lost == [200]
    tab.page.close(run_before_unload=False)
    again = writer.opens()
    again.keeps(0)
    expect(again.page.locator("#found")).to_be_hidden()
    assert (stored(scene), sources(scene)[0].identity) == (TYPED, SECRET)


def test_taking_a_copy_after_a_colleague_saved_shows_both_texts_and_one_choice(scene: Session, closed: Writer) -> None:
    tab = closed.opens()
    expect(tab.page.locator("#found")).to_be_visible()
    a_colleague_saves(scene, "By a colleague.")
    with tab.page.expect_navigation():
        tab.page.locator("#found").get_by_role("button", name="Take it").click()
    both = tab.page.locator("#apart")
    expect(both).to_contain_text("A colleague changed this in the meantime.")
    expect(both).to_contain_text("By a colleague.")
    expect(both).to_contain_text(TYPED)
    tab.keeps(1)
    expect(tab.page.locator("#found")).to_be_hidden()
    expect(tab.page.get_by_role("button", name="Save my text")).to_have_count(1)
    tab.page.get_by_role("button", name="Save my text").click()
    expect(tab.page.locator("#says")).to_have_text(re.compile(r"^Saved \d\d:\d\d"))
    tab.keeps(0)
    assert (stored(scene), sources(scene)[0].identity) == (TYPED, SECRET)


def test_a_conflict_puts_the_offer_of_a_copy_off(scene: Session, closed: Writer) -> None:
    tab = closed.opens()
    found = tab.page.locator("#found")
    expect(found).to_be_visible()
    scene.execute(update(Answer).values(version=Answer.version + 1))
    scene.commit()
    tab.text.fill("Mine.")
    tab.waits(2.1)
    tab.reads("Paused: both texts are above")
    expect(found).to_be_hidden()
    tab.page.locator("#clash").get_by_role("button", name="Save my text").click()
    expect(tab.page.locator("#says")).to_have_text(re.compile(r"^Saved \d\d:\d\d"))
    expect(found).to_contain_text(TYPED)
    expect(tab.page.locator("#clash")).to_be_hidden()


def day(tab: Tab, box: str) -> Locator:
    return tab.page.get_by_role("group", name="On which day was it true?").get_by_label(box)


def types_no_day(tab: Tab) -> None:
    for box, typed in (("Day", "31"), ("Month", "2"), ("Year", "2026")):
        day(tab, box).fill(typed)
