"""A question to the desk, a later date, a reason: typed beside the answer, kept by the browser until the desk has it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.test_leaving import signs_out
from tests.e2e.test_saving import TYPED, stored
from tests.e2e.test_saving import writer as writer  # noqa: PLC0414 -- a fixture
from tests.e2e.writing import Tab, Writer
from workflows.answers.drafts import AnswerDraft, PointDraft, SourceDraft
from workflows.answers.partner import save_answer
from workflows.assignments.models import Assignment, AssignmentMessage
from workflows.core import clock
from workflows.core.actors import Researcher

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
ASKED = "May we telephone the ward?"
WHY = "Our driver is ill."
QUESTION, REASON = "Your question to the desk", "Tell the desk more"
SAYS = "What is typed below the answer is not sent yet."


def types(tab: Tab, label: str, text: str) -> None:
    """Write it, in a box that is opened for it."""
    if not tab.field(label).is_visible():
        tab.page.locator("details.card").filter(has=tab.field(label)).locator("summary").click()
    tab.field(label).fill(text)


def closes(tab: Tab) -> None:
    """The tab is closed without a line, and nothing is sent as it goes."""
    tab.writer.context.route("**/answer", lambda route: route.abort())
    tab.page.close(run_before_unload=False)
    tab.writer.context.set_offline(False)
    tab.writer.context.unroute("**/answer")


def takes(tab: Tab) -> None:
    with tab.page.expect_navigation():
        tab.page.locator("#found").get_by_role("button", name="Take it").click()


def messages(scene: Session) -> list[str]:
    scene.expire_all()
    return list(scene.scalars(select(AssignmentMessage.text)))


@pytest.fixture
def asking(writer: Writer) -> Tab:
    """A question was typed while there was a line; the answer is saved, and the question only kept."""
    tab = writer.opens()
    types(tab, QUESTION, ASKED)
    tab.waits(2.1)
    tab.reads(SAYS)
    tab.keeps(1)
    return tab


@pytest.mark.parametrize("line", ["with a line", "without a line"])
def test_a_question_outlives_its_tab_as_ciphertext_and_is_offered_again(scene, writer: Writer, line: str) -> None:
    tab = writer.opens()
    writer.context.set_offline(line == "without a line")
    types(tab, QUESTION, ASKED)
    types(tab, REASON, WHY)
    tab.waits(2.1)
    tab.reads(SAYS if line == "with a line" else "Not sent yet, kept on this computer")
    tab.keeps(1)
    closes(tab)
    writer.signs_in()
    elsewhere = writer.opens("/w/ledger")
    for word in (ASKED, WHY, "telephone", "message"):
        assert json.dumps(word)[1:-1] not in elsewhere.everything_kept()
    again = writer.opens()
    found = again.page.locator("#found")
    expect(found).to_contain_text(QUESTION)
    expect(found).to_contain_text(ASKED)
    expect(found).to_contain_text(WHY)
    takes(again)
    for label, text in ((QUESTION, ASKED), (REASON, WHY)):
        expect(again.field(label)).to_be_visible()
        expect(again.field(label)).to_have_value(text)
    again.reads(SAYS)
    again.keeps(1)
    expect(found).to_be_hidden()
    assert messages(scene) == []


def test_a_question_that_was_sent_is_not_offered_again(scene: Session, asking: Tab) -> None:
    types(asking, REASON, WHY)
    with asking.page.expect_navigation():
        asking.page.get_by_role("button", name="Send the question").click()
    assert messages(scene) == [ASKED]
    expect(asking.page.locator("#found")).to_contain_text(WHY)
    expect(asking.page.locator("#found")).not_to_contain_text(ASKED)
    asking.page.locator("#found").get_by_role("button", name="Drop it").click()
    asking.keeps(0)


def test_a_question_that_was_all_there_was_leaves_nothing_once_it_is_sent(scene: Session, asking: Tab) -> None:
    with asking.page.expect_navigation():
        asking.page.get_by_role("button", name="Send the question").click()
    asking.keeps(0)
    expect(asking.page.locator("#found")).to_be_hidden()
    assert messages(scene) == [ASKED]


def test_a_question_that_was_emptied_again_is_kept_no_more(asking: Tab) -> None:
    asking.field(QUESTION).fill("")
    asking.waits(2.1)
    asking.keeps(0)
    expect(asking.page.locator("#says")).not_to_contain_text(SAYS)


def test_a_session_that_ended_leaves_the_question_and_the_sign_in_goes_on_with_it(scene, writer: Writer) -> None:
    tab = writer.opens()
    writer.context.clear_cookies()
    types(tab, QUESTION, ASKED)
    tab.waits(2.1)
    tab.reads("Paused: sign in again")
    tab.page.get_by_role("button", name="Send the question").click()
    expect(tab.page.get_by_role("dialog")).to_be_visible()
    writer.signs_in()
    tab.page.get_by_role("dialog").get_by_role("button", name="Not now").first.click()
    tab.page.evaluate("dispatchEvent(new Event('focus'))")
    tab.reads(SAYS)
    expect(tab.field(QUESTION)).to_have_value(ASKED)
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name="Send the question").click()
    assert messages(scene) == [ASKED]


def test_leaving_asks_while_a_question_is_not_sent(asking: Tab) -> None:
    asked: list[str] = []
    asking.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    asking.page.get_by_role("link", name="Statement").click()
    asking.page.wait_for_timeout(200)
    assert asked == ["beforeunload"]


def test_signing_out_does_not_wipe_a_question_that_nobody_sent(asking: Tab) -> None:
    signs_out(asking)
    dialog = asking.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Send it and sign out").click()
    expect(dialog.get_by_role("alert")).to_contain_text("It could not be sent now.")
    with asking.page.expect_download() as file:
        dialog.get_by_role("button", name="Download the text").click()
    assert f"{QUESTION}: {ASKED}" in Path(file.value.path()).read_text(encoding="utf-8")
    asking.keeps(1)


def test_a_question_beside_an_answer_that_is_handed_in_is_shown_and_can_be_dropped(scene, writer: Writer) -> None:
    task, day = scene.scalars(select(Assignment)).one(), clock.today() - timedelta(days=3)
    source = SourceDraft("Q1", None, "visit", "Visit to three pharmacies", day, "in_person", "role")
    draft = AnswerDraft([PointDraft("Q1", TYPED, "Kinshasa", day, "fairly_sure")], [source])
    save_answer(scene, Researcher(writer.account, task.partner_id), task.id, 1, draft, clock.now())
    scene.commit()
    tab = writer.opens()
    types(tab, QUESTION, ASKED)
    with tab.page.expect_navigation():
        tab.page.get_by_role("button", name="Send for review").click()
    expect(tab.page.get_by_text("Thank you. An editor reads your answer now.")).to_be_visible()
    found = tab.page.locator("#found")
    expect(found).to_contain_text("cannot be sent any more")
    expect(found).to_contain_text(ASKED)
    found.get_by_role("button", name="Drop it").click()
    tab.keeps(0)


def test_a_reason_that_went_along_is_kept_no_more(scene: Session, writer: Writer) -> None:
    tab = writer.opens()
    tab.text.fill(TYPED)
    types(tab, REASON, WHY)
    tab.page.get_by_label("We have no time any more").check()
    with tab.page.expect_navigation(url="**/w"):
        tab.page.get_by_role("button", name="Give it back").click()
    tab.keeps(0)
    expect(tab.page.locator("#kept")).to_be_hidden()
    assert (messages(scene), stored(scene)) == ([WHY], TYPED)
