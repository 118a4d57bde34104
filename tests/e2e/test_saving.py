"""Nothing typed is ever lost: the line is cut, a reply is lost, the server dies, two write at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.conftest import serving
from tests.e2e.writing import Tab, Writer, sits_down
from tests.factories import make_answer, make_assignment, make_researcher
from tests.sites import Browser as Client
from web_kit.app import limiter
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer, AnswerPoint, Source
from workflows.core import clock

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
TYPED = "Two of three pharmacies had it on Monday."
SECRET = "Gisele M. of the second window"


@pytest.fixture
def writer(browser: Browser, portal: Client, portal_app, scene: Session) -> Iterator[Writer]:
    limiter.reset()
    me = make_researcher(scene, language="en")
    partner = scene.get_one(PartnerOrganisation, me.partner_id)
    task = make_assignment(scene, partner, state="accepted", submit_by=clock.today() + timedelta(days=9))
    make_answer(scene, task, saved_at=clock.now() - timedelta(days=1))
    scene.commit()
    server = serving(portal_app)
    one = sits_down(browser, portal, server, f"/w/t/{task.id}", me.id)
    yield one
    one.context.close()
    next(one.server, None)


@pytest.fixture
def tab(writer: Writer) -> Tab:
    return writer.opens()


def stored(scene: Session) -> str:
    scene.expire_all()
    return scene.scalars(select(AnswerPoint.text)).one()


def sources(scene: Session) -> list[Any]:
    scene.expire_all()
    return list(scene.scalars(select(Source).where(Source.dropped.is_(False)).order_by(Source.position)))


def test_two_seconds_after_the_last_key_it_is_saved(scene, tab) -> None:
    tab.text.fill(TYPED)
    tab.waits(1.9)
    assert stored(scene) != TYPED
    tab.waits(0.2)
    tab.is_saved(2)
    assert stored(scene) == TYPED
    tab.keeps(0)


def test_whoever_never_stops_typing_is_saved_every_fifteen_seconds(scene, tab) -> None:
    for _ in range(15):
        tab.text.press_sequentially("x")
        tab.waits(1)
    tab.is_saved(2)
    assert "xxxxxxxxxx" in stored(scene)


def test_a_slow_line_is_told_while_it_lasts(tab) -> None:
    waiting: list[Any] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    tab.page.route("**/answer", hold)
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.waits(1.1)
    tab.reads("Saving…")
    waiting[0].continue_()
    tab.is_saved(2)


def test_a_cut_line_is_said_kept_tried_again_and_overcome(scene, tab) -> None:
    tab.writer.context.set_offline(True)
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.reads("Not sent yet, kept on this computer")
    expect(tab.page.locator("#strip")).to_contain_text("No connection. Saved last: ")
    tab.keeps(1)
    tab.text.fill(TYPED + " And on Tuesday.")
    tab.waits(70)
    tab.reads("Not sent yet, kept on this computer")
    tab.writer.context.set_offline(False)
    tab.is_saved(2)
    expect(tab.page.locator("#strip")).to_be_hidden()
    assert stored(scene) == TYPED + " And on Tuesday."
    tab.keeps(0)


def test_tries_come_after_2_4_8_16_30_and_then_every_60_seconds(tab) -> None:
    tries: list[float] = []
    tab.page.route("**/answer", lambda route: (tries.append(tab.page.evaluate("Date.now()")), route.abort()))
    tab.text.fill(TYPED)
    for wait, number in ((2, 1), (2, 2), (4, 3), (8, 4), (16, 5), (30, 6), (60, 7), (60, 8)):
        tab.waits(wait - 0.2)
        assert len(tries) == number - 1
        # Said anew as the next try is planned: a clock that went on before would put it off.
        tab.page.evaluate("document.getElementById('says').textContent = ''")
        with tab.page.expect_event("requestfailed"):
            tab.waits(0.3)
        tab.reads("Not sent yet, kept on this computer")


def test_a_server_that_died_is_sent_everything_when_it_is_back(scene, portal_app, tab) -> None:
    next(tab.writer.server, None)
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.reads("Not sent yet, kept on this computer")
    tab.writer.server = serving(portal_app, int(tab.writer.address.rpartition(":")[2]))
    next(tab.writer.server)
    tab.waits(2.1)
    tab.is_saved(2)
    assert stored(scene) == TYPED


def test_a_reply_that_was_lost_is_no_conflict_and_seals_once(scene, tab) -> None:
    with tab.without_replies() as lost:
        tab.field("What it is, without names").fill("Three pharmacists")
        tab.field("Who or what exactly").fill(SECRET)
        tab.text.fill(TYPED)
        tab.waits(2.1)
        tab.reads("Not sent yet, kept on this computer")
    assert lost == [200]
    tab.waits(2.1)
    tab.is_saved(3)
    (source,) = sources(scene)
    assert (source.label, source.keeps_identity, stored(scene)) == ("Three pharmacists", True, TYPED)
    assert tab.page.locator('[name="points-0-sources-0-id"]').input_value() == str(source.id)


def test_an_identity_is_sealed_when_its_field_was_left_and_is_gone_from_the_page(scene, tab) -> None:
    tab.field("What it is, without names").fill("Three pharmacists")
    identity = tab.field("Who or what exactly")
    identity.press_sequentially("Gisele")
    tab.waits(20)
    tab.is_saved(2)
    assert not sources(scene)[0].keeps_identity
    identity.press_sequentially(SECRET.removeprefix("Gisele"))
    tab.text.focus()
    tab.waits(2.1)
    expect(identity).to_have_value("")
    expect(tab.page.get_by_text("Kept, sealed. Type again only to replace it.")).to_be_visible()
    assert (sources(scene)[0].identity, len(sources(scene))) == (SECRET, 1)
    tab.text.fill(TYPED)
    tab.waits(2.1)
    expect(tab.page.locator('[name="version"]').first).to_have_value("4")
    assert sources(scene)[0].keeps_identity
    tab.keeps(0)


def test_a_half_typed_date_is_marked_when_it_was_left_and_the_rest_is_saved(scene, tab) -> None:
    tab.text.fill(TYPED)
    day = tab.page.get_by_role("group", name="On which day was it true?").get_by_label("Day")
    day.fill("31")
    tab.page.get_by_role("group", name="On which day was it true?").get_by_label("Month").fill("2")
    tab.waits(2.1)
    tab.reads("could not be read")
    assert stored(scene) == TYPED
    partly = int(tab.page.locator("#answer [name=version]").input_value())  # 1; 2 where typing it all took two seconds
    expect(tab.page.get_by_text("This date does not exist")).to_have_count(0)
    tab.text.focus()
    tab.waits(0.1)
    expect(tab.page.get_by_text("This date does not exist")).to_be_visible()
    day.fill("28")
    tab.waits(2.1)
    tab.is_saved(partly + 1)
    expect(tab.page.get_by_text("This date does not exist")).to_have_count(0)


def test_two_tabs_in_conflict_show_both_texts_and_overwrite_nothing(scene, tab) -> None:
    other = tab.writer.opens()
    other.text.fill("Theirs.")
    other.waits(2.1)
    other.is_saved(2)
    tab.text.fill("Mine.")
    tab.waits(2.1)
    tab.reads("Paused: both texts are above")
    both = tab.page.locator("#clash")
    expect(both).to_contain_text("Theirs.")
    expect(both).to_contain_text("Mine.")
    expect(both).to_contain_text("You changed this in another window. Nothing was overwritten.")
    expect(tab.page.get_by_text("changed this")).to_have_count(1)
    expect(tab.page.locator("#strip")).to_be_hidden()
    tab.text.fill("Mine, longer.")
    tab.waits(20)
    assert stored(scene) == "Theirs."
    tab.keeps(1)
    both.get_by_role("button", name="Save my text").click()
    tab.is_saved(2)
    assert stored(scene) == "Mine, longer."
    expect(both).to_be_hidden()


def test_the_other_text_can_be_kept(scene, tab) -> None:
    other = tab.writer.opens()
    other.text.fill("Theirs.")
    other.waits(2.1)
    other.is_saved(2)
    tab.text.fill("Mine.")
    tab.waits(2.1)
    tab.reads("Paused: both texts are above")
    with tab.page.expect_navigation():
        tab.page.locator("#clash").get_by_role("button", name="Keep what is saved").click()
    expect(tab.text).to_have_value("Theirs.")
    tab.keeps(0)


def test_leaving_asks_while_something_is_not_sent(tab) -> None:
    asked: list[str] = []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.text.press_sequentially(TYPED)
    tab.page.get_by_role("link", name="Statement").click()
    tab.page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    tab.waits(2.1)
    tab.is_saved(2)
    with tab.page.expect_navigation():
        tab.page.get_by_role("link", name="Statement").click()
    assert asked == ["beforeunload"]


def test_a_page_that_shows_both_texts_already_waits_for_a_press(scene, tab) -> None:
    """The page of a conflict that a browser without scripts would get: typing on does not decide it."""
    answer = scene.scalars(select(Answer)).one()
    answer.version += 1
    scene.commit()
    tab.page.evaluate("document.querySelector('#answer textarea').value = 'Mine.'")
    tab.page.evaluate("HTMLFormElement.prototype.submit.call(document.getElementById('answer'))")
    expect(tab.page.get_by_text("A colleague changed this in the meantime.")).to_have_count(1)
    tab.text.press_sequentially("More.")
    tab.waits(20)
    tab.reads("Paused: both texts are above")
    assert "Mine" not in stored(scene)
    tab.page.get_by_role("button", name="Save my text").click()
    tab.is_saved(3)
    assert "Mine" in stored(scene)


def test_the_list_of_points_says_at_once_how_far_each_is(tab) -> None:
    far = tab.page.locator(".todo-l [data-far=Q1]")
    tab.text.fill("")
    tab.field("For which place is this true?").fill("")
    tab.waits(2.1)
    tab.is_saved(2)
    expect(far.get_by_text("Not started")).to_be_visible()
    tab.text.fill(TYPED)
    tab.waits(2.1)
    tab.is_saved(3)
    expect(far.get_by_text("Begun")).to_be_visible()
    expect(far.get_by_text("Not started")).to_be_hidden()
