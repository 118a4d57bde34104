"""How the sheets of a country stand, counted in one statement, as each sheet says it of itself."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.at_desk import AtDesk
from tests.published import correct
from tests.sheets import change_text, make_sheet, make_text
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.sheets.public import country_sheets, sheet_page

TODAY = HELPDESK.local_day(now())
LONG_AGO = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("became", "unsound", "only_held"),
    [
        ({}, 0, False),
        ({"state": "on_hold"}, 1, True),
        ({"state": "withdrawn", "notice": "Faux."}, 1, False),
        ({"state": "retracted", "notice": "Faux."}, 1, False),
        ({"valid_until": LONG_AGO}, 1, False),
        ({"state": "on_hold", "valid_until": LONG_AGO}, 1, True),
        ({"number": 2}, 0, False),
    ],
)
def test_a_list_says_of_a_sheet_what_the_sheet_says_of_itself(
    at_desk: AtDesk, people, scene, reader, became, unsound: int, only_held: bool
):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.more_health], "HOU": [people.housing]})
    if became:
        change_text(scene, people.housing, **became)
    scene.commit()
    [line] = country_sheets(reader, "COD", TODAY)
    reading = sheet_page(reader, "COD", ("fr",), TODAY).reading
    assert (line.unsound, line.only_held) == (reading.unsound, reading.only_held) == (unsound, only_held)


def test_a_text_that_was_corrected_and_one_being_checked_are_not_only_held(at_desk: AtDesk, people, scene, reader):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health], "HOU": [people.housing]})
    correct(scene, people.health, 2, "C’était par semaine.")
    change_text(scene, people.housing, state="on_hold")
    scene.commit()
    [line] = country_sheets(reader, "COD", TODAY)
    assert (line.unsound, line.only_held) == (2, False)


def test_sheets_in_three_languages_take_one_statement(at_desk: AtDesk, people, scene, reader):
    dutch = make_text(scene, "HEA", language="nl", body="Nederlands.")
    scene.commit()
    with at_desk() as session:
        for language, text in (("nl", dutch), ("fr", people.health), ("en", people.housing)):
            make_sheet(session, people.author, people.other, {"HEA": [text]}, language=language)
    change_text(scene, dutch, state="withdrawn")
    scene.commit()
    sent: list[str] = []
    event.listen(reader.connection(), "before_cursor_execute", lambda *call: sent.append(call[2]))
    lines = country_sheets(reader, "COD", TODAY)
    assert [(one.language, one.unsound) for one in lines] == [("en", 0), ("fr", 0), ("nl", 1)]
    assert len(sent) == 1
