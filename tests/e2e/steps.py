"""Steps that more than one journey takes."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.e2e.conftest import Person
from workflows.core import clock


def answers(researcher: Person, text: str) -> None:
    """Take up the first task of the list, answer its one point with a source, and send it."""
    day = clock.today() - timedelta(days=2)
    typed = (str(day.day), str(day.month), str(day.year))
    researcher.goes_to("/w")
    researcher.clicks(researcher.page.locator("main table a").first)
    researcher.presses("Accept")
    researcher.writes("Your answer", text)
    researcher.writes("For which place is this true?", "Kinshasa")
    researcher.dates("On which day was it true?", *typed)
    researcher.page.get_by_label("Fairly sure").check()
    researcher.writes("What it is, without names", "Visit to three pharmacies")
    for label, value in (("Kind", "visit"), ("How", "in_person"), ("What may be published", "role")):
        researcher.page.get_by_label(label, exact=True).select_option(value)
    researcher.dates("When you saw or heard it", *typed)
    researcher.writes("Who or what exactly", "Pharmacist Gisele M.")
    saves(researcher)
    researcher.presses("Send for review")
    researcher.reads("Thank you. An editor reads your answer now.")


def saves(researcher: Person) -> None:
    """Save what is typed: with scripts the page stays and says so."""
    if not researcher.scripts:
        return researcher.presses("Save now")
    researcher.page.get_by_role("button", name="Save now", exact=True).click()
    return is_saved(researcher)


def is_saved(researcher: Person) -> None:
    expect(researcher.page.locator("#says")).to_have_text(re.compile(r"^Saved \d\d:\d\d"))
    researcher.looks()


def accepts(editor: Person) -> None:
    """Say yes to all thirteen points of an answer with one source, say why that can stand when asked, and accept it."""
    for verdict in editor.page.locator("input[type=radio][value=yes]").all():
        verdict.check(force=True)
    editor.presses("Accept", exact=False)
    editor.reads("We count one independent source for Q1.")
    editor.writes("Remark on point 4", "Marked as a single source.")
    editor.presses("Accept", exact=False)
