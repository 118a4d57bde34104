"""One question through the whole pipeline, told once and acted by any browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.journey.reader import Reader
from workflows.core import clock

ORIGINAL = "Is insulin sold in Kinshasa, and what does one month of it cost? My brother {name} needs it."
CHECKS = range(1, 14)


@dataclass
class Cast:
    """Everybody's browser."""

    requester: Reader
    officer: Reader
    researcher: Reader
    editor: Reader
    second_editor: Reader
    public: Reader


@dataclass
class Said:
    """What is typed where; the canary replaces these words by markers."""

    original: str = ORIGINAL.format(name="Jean")
    contact: str = "someone@example.org"
    points: tuple[str, str] = ("Is insulin sold in Kinshasa?", "What does one month of it cost?")
    terms: str = "At least three pharmacies."
    note: str = "The shop asked us not to be named."
    source_label: str = "Pharmacists of three shops"
    identity: str = "Second counter, the tall pharmacist"
    answer: str = "Yes. Two of three pharmacies had it on the day of the visit."
    remark: str = "Both points are dated."
    one_source: str = "Each shop speaks for itself."
    returned: str = "Please add the price of one month."
    title: str = "Insulin in the pharmacies of Kinshasa"
    summary: str = "Three pharmacies of Kinshasa sold insulin in the week of the visit."
    body: str = "## Where\n\nIn the larger pharmacies [1].\n\n## Price\n\nFrom 18 to 25 US dollars a month."
    reply: str = "Yes, insulin is sold in Kinshasa. One month costs 18 to 25 US dollars."
    sheet_intro: str = "What is known about care."


@dataclass
class Story:
    """The state of the telling: what later steps need from earlier ones."""

    cast: Cast
    said: Said = field(default_factory=Said)
    wait: Callable[[], None] = lambda: None
    """A person needs a few seconds for a form."""
    code: str = ""
    ref: str = ""
    question: str = ""

    @property
    def seen_on(self) -> date:
        return clock.today() - timedelta(days=2)

    def tell(self) -> None:
        for step in STEPS:
            step(self)


def fill_day(page: Reader, name: str, day: date) -> None:
    for place, number in enumerate((day.day, day.month, day.year)):
        page.fill(name, str(number), place)


def ask(story: Story) -> None:
    page, said = story.cast.requester, story.said
    page.open("/en/ask")
    page.press("Start")
    page.choose("requester_kind", "self")
    page.press("Continue")
    page.choose("questions-0-country", "COD")
    page.fill("questions-0-place", "Kinshasa")
    page.press("Continue")
    page.press("Continue")
    page.fill("questions-0-text", said.original)
    page.press("Continue")
    page.press("Continue")
    page.choose("language", "en")
    page.fill("contact", said.contact)
    page.press("Continue")
    page.choose("consent", "y")
    page.choose("publishing", "y")
    story.wait()
    page.press("Send my question")
    [story.code] = re.findall(r"\b(?:[0-9A-HJKMNP-TV-Z]{4} ){5}[0-9A-HJKMNP-TV-Z]{4}\b", page.text.replace("\xa0", " "))


def triage(story: Story) -> None:
    page, said = story.cast.officer, story.said
    page.open("/desk/questions")
    page.follow("Not read yet")
    story.question = page.path
    page.fill("points-0", said.points[0])
    page.press("Add a point")
    page.fill("points-1", said.points[1])
    page.choose("topics", "HEA-medicines")
    page.choose("urgency", "normal")
    page.press("Finish triage")


def offer(story: Story) -> None:
    page, said = story.cast.officer, story.said
    page.open(story.question)
    page.press("What we have already")
    page.press("Nothing here answers it")
    page.follow("Write the offer")
    page.fill("terms", said.terms)
    page.fill("effort", "One day")
    page.press("Send the offer")


def accept_offer(story: Story) -> None:
    page = story.cast.researcher
    page.open("/w")
    page.follow("T-")
    page.press("Accept")


def answer(story: Story) -> None:
    page, said = story.cast.researcher, story.said
    page.fill("points-0-text", said.answer)
    page.fill("points-0-place", "Kinshasa")
    fill_day(page, "points-0-information_date", story.seen_on)
    page.choose("points-0-confidence", "fairly_sure")
    source = "points-0-sources-0"
    page.choose(f"{source}-kind", "talk")
    page.fill(f"{source}-label", said.source_label)
    fill_day(page, f"{source}-dated", story.seen_on)
    page.choose(f"{source}-mode", "in_person")
    page.choose(f"{source}-consent", "role")
    page.fill(f"{source}-identity", said.identity)
    page.choose("points-1-not_found", "y")
    page.fill("points-1-searched_where", "Three pharmacies and one hospital")
    page.fill("points-1-place", "Kinshasa")
    fill_day(page, "points-1-information_date", story.seen_on)
    page.choose("points-1-confidence", "not_sure")
    page.fill("note", said.note)
    page.press("Save now")
    page.press("Send for review")


def return_once(story: Story) -> None:
    page = story.cast.editor
    page.open("/desk/reviews")
    page.follow("T-")
    page.fill("comment_Q2", story.said.returned)
    page.press("Send back")


def answer_again(story: Story) -> None:
    page = story.cast.researcher
    page.open("/w")
    page.follow("T-")
    assert story.said.returned in page.text
    page.unchoose("points-1-not_found", "y")
    page.fill("points-1-text", "From 18 to 25 US dollars a month.")
    page.choose("points-1-confidence", "sure")
    source = "points-1-sources-0"
    page.choose(f"{source}-kind", "visit")
    page.fill(f"{source}-label", "Prices on the shelf")
    fill_day(page, f"{source}-dated", story.seen_on)
    page.choose(f"{source}-mode", "in_person")
    page.choose(f"{source}-consent", "role")
    page.press("Send for review")


def accept_answer(story: Story) -> None:
    page = story.cast.editor
    page.open("/desk/reviews")
    page.follow("T-")
    for number in CHECKS:
        page.choose(f"verdict_{number}", "yes")
    page.fill("remark_1", story.said.remark)
    page.fill("remark_4", story.said.one_source)
    page.press("Accept")


def draft_excerpt(story: Story) -> None:
    page, said = story.cast.editor, story.said
    page.follow("Write an excerpt")
    page.fill("title", said.title)
    page.fill("summary", said.summary)
    page.fill("body", said.body)
    page.fill("unknown", "There are no prices for the east.")
    page.fill("place", "Kinshasa")
    page.choose("confidence", "fairly_sure")
    page.press("Save draft")
    page.press("Send for approval")
    story.ref = page.path.rsplit("/", 1)[-1]


def publish(story: Story) -> None:
    page = story.cast.second_editor
    page.open(f"/desk/excerpts/{story.ref}")
    page.follow("Approve and publish")
    page.press("Approve and publish")


def reply(story: Story) -> None:
    page = story.cast.editor
    page.open(f"{story.question}/reply")
    page.fill("text", story.said.reply)
    page.choose("refs", story.ref)
    page.press("Send the reply")


def read_reply(story: Story) -> None:
    page = story.cast.requester
    page.open("/en/q")
    page.fill("code", story.code.lower().replace(" ", ""))
    page.press("Show my question")
    assert story.said.reply in page.text
    assert story.said.title in page.text


def find(story: Story) -> None:
    page = story.cast.public
    page.open("/en/")
    page.open("/en/search?q=insulin")
    page.follow(story.said.title)
    assert page.path == f"/en/e/{story.ref}"
    assert "From 18 to 25 US dollars" in page.text


def compose_sheet(story: Story) -> None:
    page = story.cast.editor
    page.open("/desk/sheets/COD?language=en")
    page.press("Begin the first edition")
    page.fill("sections-7-intro", story.said.sheet_intro)
    page.choose("sections-7-add", story.ref)
    page.press_name("press", "add HEA")
    page.press("Save")
    page.choose("gaps_known", "yes")
    page.press("Send for approval")


def publish_sheet(story: Story) -> None:
    page = story.cast.second_editor
    page.open("/desk/sheets/COD?language=en")
    page.press("Approve and publish")


def read_sheet(story: Story) -> None:
    page = story.cast.public
    page.open("/en/sheet/COD")
    assert story.said.title in page.text
    assert story.said.sheet_intro in page.text


STEPS: tuple[Callable[[Story], None], ...] = (
    ask, triage, offer, accept_offer, answer, return_once, answer_again, accept_answer, draft_excerpt, publish, reply,
    read_reply, find, compose_sheet, publish_sheet, read_sheet,
)  # fmt: skip
