"""What the public reads of a published sheet: one statement, the truth of today, and the very bytes of the file."""

from datetime import timedelta

import pytest

from tests.at_desk import AtDesk
from tests.pdf_words import pdf_words, unspaced
from tests.sheets import change_text, make_sheet, make_text, words_of
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.core.errors import NotFound
from workflows.sheets.document import Phrase, SourceText
from workflows.sheets.public import country_sheets, sheet_file, sheet_page
from workflows.sheets.reading import Places, document
from workflows.sheets.states import SectionState
from workflows.sheets.words import day_in
from workflows.vocabulary.shelf_life import Freshness

TODAY = HELPDESK.local_day(now())
PLACES = Places(str, "here")


def test_the_public_reads_a_sheet_in_one_statement(at_desk: AtDesk, people, reader):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health], "HOU": [people.housing]})
    page = sheet_page(reader, "COD", ("nl", "en"), TODAY)
    assert (page.reading.edition.language, page.current, page.freshness) == ("fr", True, Freshness.CURRENT)
    states = {section.group: section.state for section in page.reading.sections}
    assert (states["HEA"], states["HOU"], states["ACC"]) == (
        SectionState.NEWER_AVAILABLE, SectionState.CURRENT, SectionState.EMPTY)  # fmt: skip
    with pytest.raises(NotFound):
        sheet_page(reader, "GIN", ("fr",), TODAY)


def test_sources_are_numbered_once_through_the_whole_sheet(at_desk: AtDesk, people, scene, reader):
    other = make_text(scene, "EDU", sources=[{"label": "Une école", "kind": "visit", "dated": None}])
    scene.commit()
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health, people.more_health], "EDU": [other]})
    reading = sheet_page(reader, "COD", ("fr",), TODAY).reading
    numbers = [item.sources for section in reading.sections for item in section.items]
    assert numbers == [(1,), (1,), (2,)]
    assert [source.label for source in reading.sources] == ["Visite de trois pharmacies", "Une école"]


def test_a_retracted_text_leaves_the_page_and_the_word_file_at_once(at_desk: AtDesk, people, scene, reader):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health], "HOU": [people.housing]})
    change_text(scene, people.health, state="retracted", notice="Les prix étaient faux.")
    scene.commit()
    page = sheet_page(reader, "COD", ("fr",), TODAY)
    health = page.reading.sections[7]
    assert (health.state, health.items[0].standing.notice) == (SectionState.SOURCE_WITHDRAWN, "Les prix étaient faux.")
    text = words_of(sheet_file(reader, page, "docx", PLACES))
    assert text.count("Deux pharmacies sur trois") == 1  # the housing text, which stands
    assert "Les prix étaient faux." in text


def test_a_file_is_told_the_language_of_a_text_of_its_source_and_of_its_notice(at_desk: AtDesk, people, scene, reader):
    source = {"label": "Bezoek aan drie huizen", "kind": "visit", "dated": "2026-09-12"}
    kept, gone = (make_text(scene, "HOU", language="nl", title=f"Huur {at}", body="Duur [1].", unknown="De prijs van water.",
                            sources=[source]) for at in range(2))  # fmt: skip
    scene.commit()
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HOU": [kept, gone]})
    change_text(scene, gone, state="withdrawn", notice="De prijs was onjuist.")
    scene.commit()
    page = sheet_page(reader, "COD", ("fr",), TODAY)
    first, second = document(page.reading, PLACES).sections[4].items
    assert (first.language, first.language_text) == ("nl", "Nederlands")
    assert first.markdown.endswith("\n\nDuur [1].")
    assert first.sources == (SourceText("Bezoek aan drie huizen", "12 septembre 2026", "nl"),)
    assert first.sources[0].language == "nl"
    assert [(one.text, one.language) for one in first.unknown] == [
        ("Ce que nous ne savons pas.", "fr"),
        ("De prijs van water.", "nl"),
    ]
    assert (second.markdown, second.gone) == ("", (Phrase("De prijs was onjuist.", "nl"),))


def test_an_untouched_sheet_sends_the_very_bytes_that_were_frozen(at_desk: AtDesk, people, reader):
    with at_desk() as session:
        frozen = make_sheet(session, people.author, people.other, {"HEA": [people.health]}).docx
    assert sheet_file(reader, sheet_page(reader, "COD", ("fr",), TODAY), "docx", PLACES) == frozen


def test_an_older_edition_stays_as_it_was(at_desk: AtDesk, people, reader):
    for intro in ("Un.", "Deux."):
        with at_desk() as session:
            make_sheet(session, people.author, people.other, {"HEA": [people.health]}, {"HEA": intro})
    page = sheet_page(reader, "COD", ("fr",), TODAY, number=1)
    assert (page.current, page.reading.sections[7].intro) == (False, "Un.")
    assert [line.number for line in page.editions] == [2, 1]
    with pytest.raises(NotFound):
        sheet_page(reader, "COD", ("fr",), TODAY, number=3)


def test_an_expired_sheet_leaves_the_list_and_keeps_its_page(at_desk: AtDesk, people, reader):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]})
    late, expired = TODAY + timedelta(days=366), TODAY + timedelta(days=365 + 60)
    assert [(line.freshness, line.unsound) for line in country_sheets(reader, "COD", TODAY)] == [(Freshness.CURRENT, 0)]
    assert [line.freshness for line in country_sheets(reader, "COD", late)] == [Freshness.OUT_OF_DATE]
    assert country_sheets(reader, "COD", expired) == ()
    assert sheet_page(reader, "COD", ("fr",), expired).freshness is Freshness.EXPIRED


def test_a_file_says_of_which_day_its_discs_are_and_where_those_of_today_are(at_desk: AtDesk, people, reader):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]})
    page = sheet_page(reader, "COD", ("fr",), TODAY)
    text = words_of(sheet_file(reader, page, "docx", PLACES))
    day = day_in(TODAY, "fr")
    assert f"l’état des textes au {day}" in text
    assert text.count("/fr/sheet/COD/editions/1") == 2
    assert text.count(f"état au {day}") == 1
    made = unspaced(f"état au {day}")
    assert made in pdf_words(sheet_file(reader, page, "pdf", PLACES))


def test_a_file_fetched_after_a_text_has_passed_its_day_says_so_as_the_page_does(at_desk: AtDesk, people, reader):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]})
    until = sheet_page(reader, "COD", ("fr",), TODAY).reading.sections[7].items[0].standing.valid_until
    later = until + timedelta(days=1)
    page = sheet_page(reader, "COD", ("fr",), later)
    text = words_of(sheet_file(reader, page, "docx", PLACES))
    assert page.reading.sections[7].items[0].standing.past
    assert f"était valable jusqu’au {day_in(until, 'fr')}" in text
    assert f"état au {day_in(later, 'fr')}" in text


def test_a_sheet_is_listed_with_the_sections_that_are_not_up_to_date(at_desk: AtDesk, people, scene, reader):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]})
    change_text(scene, people.health, state="withdrawn", notice="Les prix étaient faux.")
    scene.commit()
    (line,) = country_sheets(reader, "COD", TODAY)
    assert (line.freshness, line.unsound, line.only_held) == (Freshness.CURRENT, 1, False)
