"""Following a question in a real browser, in both directions and without scripts: every page examined."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy.orm import Session

from config import policy
from tests.e2e.conftest import Make, Person
from tests.e2e.scenes import POINT, Asked, asked
from tests.requesters import ask_back, publish, send_reply
from web_kit.app import limiter
from workflows.core import clock
from workflows.replies.models import ReplyPin

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
ways = pytest.mark.parametrize(("lang", "scripts"), [("en", True), ("ar", True), ("fr", False)])


@dataclass(frozen=True)
class Follower:
    """Somebody at the public site in one language, who asked something and holds the code."""

    person: Person
    one: Asked
    lang: str

    def enters(self, code: str) -> None:
        self.person.goes_to(f"/{self.lang}/q")
        self.person.page.locator("input[name=code]").fill(code)
        self.sends("/q")

    def sends(self, action: str) -> None:
        """Press the button of the form that goes there."""
        self.person.clicks(self.person.page.locator(f"main form[action$='{action}'] button[type=submit]").first)

    def follows(self, path: str) -> None:
        self.person.clicks(self.person.page.locator(f"main a[href*='{path}']").first)

    def comes_back(self) -> None:
        self.person.goes_to(f"/{self.lang}/q/status")

    @property
    def code(self) -> str:
        return re.sub(r"\s", " ", self.person.page.locator(".receipt").inner_text())

    @property
    def refused(self) -> bool:
        return self.person.page.locator("#errors").is_visible()


@pytest.fixture
def follower(person: Make, sites: dict[str, str], scene: Session, lang: str) -> Follower:
    limiter.reset()
    one = asked(scene, POINT)
    scene.commit()
    somebody = person(f"follower-{lang}")
    somebody.home = sites["public"]
    somebody.enlarges = True
    return Follower(somebody, one, lang)


def answered(scene: Session, one: Asked) -> None:
    """A reply of two weeks ago that rests on a published text."""
    scene.rollback()
    scene.expire_all()
    publish(scene, "COD-HEA-0001", number=2)
    reply = send_reply(scene, one.question, sent_at=clock.now() - timedelta(days=15))
    scene.flush()
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=2, position=1))
    scene.commit()


@ways
def test_a_code_is_mistyped_shown_replaced_and_burnt(follower: Follower) -> None:
    follower.enters("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")
    assert follower.refused
    follower.enters(follower.one.code.lower().replace("-", " "))
    follower.sends("/code/show")
    assert follower.code == follower.one.code.replace("-", " ") or follower.code == follower.one.code
    follower.follows("/q/status")
    follower.follows("/code/new")
    follower.sends("/code/new")
    new = follower.code
    follower.follows("/q/status")
    follower.sends("/q/leave")
    follower.enters(follower.one.code)
    assert follower.refused
    follower.enters(new)
    follower.follows("/code/burn")
    follower.sends("/code/burn")
    follower.enters(new)
    assert follower.refused


@ways
def test_leaving_in_haste_leaves_nothing_for_the_way_back(follower: Follower) -> None:
    page = follower.person.page
    led_to = []

    def rain(route: Route) -> None:
        """What our answer does to the browser, and another page instead of one of the internet."""
        answer = route.fetch(max_redirects=0)
        led_to.append(answer.headers["location"])
        route.fulfill(status=200, headers=answer.headers, content_type="text/html", body="<h1>Rain</h1>")

    page.route("**/q/away", rain)
    follower.enters(follower.one.code)
    page.locator("a.exit").click()
    expect(page.get_by_role("heading")).to_have_text("Rain")
    assert led_to == [policy.EXIT_ADDRESS]
    page.go_back()
    expect(page.locator("input[name=code]")).to_be_visible()
    expect(page.locator("input[name=code]")).to_have_value("")


@ways
def test_a_question_back_is_answered_and_the_answer_read_and_judged(follower: Follower, scene: Session) -> None:
    ask_back(scene, follower.one.question, at=clock.now())
    scene.commit()
    follower.enters(follower.one.code)
    follower.sends(f"/clarify/{follower.one.question.id}")
    assert follower.refused
    follower.person.page.locator("textarea[name=reply]").fill("Every day.")
    follower.sends(f"/clarify/{follower.one.question.id}")
    assert not follower.person.page.locator("textarea[name=reply]").count()

    answered(scene, follower.one)
    follower.comes_back()
    follower.person.reads("Two pharmacies of three have it.")
    follower.follows("/q/answer/")
    with follower.person.page.expect_download() as file:
        follower.person.page.locator("main a[href$='.pdf']").click()
    assert file.value.suggested_filename == "text.pdf"
    follower.comes_back()
    follower.person.clicks(follower.person.page.locator("button[name=verdict]").last)
    assert not follower.person.page.locator("button[name=verdict]").count()
    scene.expire_all()
    assert follower.one.question.state == "answered"


@ways
def test_a_question_is_withdrawn_and_everything_is_deleted(follower: Follower) -> None:
    follower.enters(follower.one.code)
    follower.follows("/q/withdraw/")
    follower.sends(f"/q/withdraw/{follower.one.question.id}")
    assert not follower.person.page.locator("main a[href*='/q/withdraw/']").count()
    follower.follows("/q/delete")
    follower.sends("/q/delete")
    assert follower.person.page.url.endswith(f"/{follower.lang}/q")
    follower.enters(follower.one.code)
    assert follower.refused


PIECES = """bubble => {
    const node = bubble.firstChild, range = document.createRange();
    return [...node.data.matchAll(/\\p{Nd}+/gu)].map(one => {
        range.setStart(node, one.index);
        range.setEnd(node, one.index + one[0].length);
        const box = range.getBoundingClientRect();
        return [one[0], box.left, box.top];
    });
}"""


@pytest.mark.parametrize("lang", ["ar"])
@pytest.mark.parametrize("scripts", [True])
@pytest.mark.parametrize("number", ["+243 81 000 00 00", "24 000", "12-05-2026", "0812-345-678", "١٢-٠٥-٢٠٢٦"])
def test_the_groups_of_a_number_stand_from_left_to_right_on_one_line_of_an_arabic_answer(
    follower: Follower, scene: Session, number: str
) -> None:
    send_reply(scene, follower.one.question, words=f"الهاتف أو الثمن {number} فرنك كونغولي.", language="ar")
    scene.commit()
    follower.enters(follower.one.code)
    bubble = follower.person.page.locator(".bubble", has_text="الهاتف")
    pieces = bubble.evaluate(PIECES)
    assert [piece for piece, _, _ in pieces] == re.findall(r"[^\D]+", number)
    lefts, tops = [left for _, left, _ in pieces], {round(top) for _, _, top in pieces}
    assert lefts == sorted(lefts)
    assert len(tops) == 1
