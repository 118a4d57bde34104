"""A published text was wrong, in real browsers: whoever relied on it is shown before and told after, everywhere."""

from email import message_from_bytes
from email.message import Message

import pytest
from sqlalchemy.orm import Session

from tasks.outbox import fan_out, send
from tasks.world import World
from tests.e2e.conftest import Make, Person, Sits
from tests.e2e.scenes import Asked, asked
from tests.excerpts import published, recent
from tests.factories import make_staff
from tests.sheets import make_sheet, words_of
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.models import Excerpt
from workflows.replies.desk import send_reply

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
WRONG = "A room costs about 80 to 150 US dollars a month."
NOTICE = "We took this text back: its prices were of another town."


def relied_on(scene: Session) -> tuple[Excerpt, Asked]:
    """A published text about rent, and a question that was answered with it."""
    now, excerpt = clock.now(), published(scene, recent(title="Rent in Kinshasa"), now=clock.now())
    one = asked(scene, "What does a room cost in Kinshasa?", topics=["HOU-rent"])
    officer = make_staff(scene)
    send_reply(
        scene, officer, one.question.id, "Here are the prices.", [excerpt.ref], now, version=one.question.version
    )
    scene.commit()
    return excerpt, one


def corrects(desk: Person, excerpt: Excerpt) -> None:
    """An editor writes the correction and sends it on."""
    desk.goes_to(f"/desk/excerpts/{excerpt.ref}")
    desk.reads("1 reply")
    desk.follows("New version")
    desk.page.locator("input[value=correction]").check()
    desk.presses("Begin")
    desk.follows("Edit")
    desk.writes("In short", "A room costs about 180 to 250 US dollars a month.")
    desk.writes("What readers are told about the change", "The prices were of the wrong quarter.")
    desk.presses("Save draft")
    desk.presses("Send for approval")
    desk.reads("Sent. Another editor reads it now.")


def test_whoever_relied_on_a_text_is_shown_before_its_correction_and_told_after(
    sits: Sits, person: Make, sites: dict[str, str], scene: Session, world: World
) -> None:
    editor, second = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    excerpt, one = relied_on(scene)
    assert len(letters(world)) == 1

    corrects(sits("editor", editor.id), excerpt)

    approver = sits("second", second.id)
    approver.goes_to(f"/desk/excerpts/{excerpt.ref}")
    approver.follows("Approve and publish")
    approver.reads("Whoever received it is told.")
    approver.reads("Reply of")
    approver.presses("Approve and publish")
    approver.reads("Published.")

    asker = person("asker")
    asker.enters(sites["public"], one.code)
    top = asker.page.locator("main article > *").first
    assert "corrected" in top.inner_text()
    asker.reads("This version was wrong and was corrected on")
    asker.follows("Read the newest version")
    asker.reads("180 to 250 US dollars")
    asker.reads("The prices were of the wrong quarter.")

    news = letters(world)
    assert len(news) == 2
    for private in ("Rent", "Kinshasa", "correct", one.code):
        assert private not in "".join(letter.as_string() for letter in news)


def letters(world: World) -> list[Message]:
    """What the worker has sent to whoever asked."""
    fan_out(world)
    send(world)
    sent = [message_from_bytes(file.read_bytes()) for file in world.mailbox_folder.glob("*.eml")]
    return [letter for letter in sent if letter["To"] == "someone@example.org"]


def test_a_retracted_text_is_replaced_by_its_notice_in_the_published_sheet_at_once(
    sits: Sits, person: Make, sites: dict[str, str], scene: Session
) -> None:
    editor, second = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    excerpt, one = relied_on(scene)
    make_sheet(scene, editor, second, {"HOU": [excerpt.ref]}, language="en")
    scene.commit()

    reader = person("reader")
    reader.home = sites["public"]
    reader.goes_to("/en/sheet/COD")
    reader.reads(WRONG)

    desk = sits("editor", editor.id)
    desk.goes_to(f"/desk/excerpts/{excerpt.ref}")
    desk.follows("Retract")
    desk.reads("Whoever received it is told.")
    desk.reads("Country sheets that print it:")
    desk.writes("Public notice", NOTICE)
    desk.presses("Retract")
    desk.reads("Retracted.")

    reader.reloads()
    reader.reads(NOTICE)
    reader.misses(WRONG)
    words = words_of(reader.downloads("Word file").path().read_bytes())
    assert NOTICE in words
    assert WRONG not in words

    asker = person("asker")
    asker.enters(sites["public"], one.code)
    assert "was wrong. Do not rely on it." in asker.page.locator("main article > *").first.inner_text()
