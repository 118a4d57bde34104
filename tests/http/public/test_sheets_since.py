"""What became of the texts of a country sheet since: on its page, in its files, and in what programs are told."""

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.pdf_words import pdf_words, unspaced
from tests.published import correct
from tests.sheets import LINKS, change_text, make_sheet, make_text, words_of
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.sheets.composition import Pin
from workflows.sheets.models import PublishedEdition
from workflows.sheets.words import day_in
from workflows.vocabulary.shelf_life import check_soon_from

TODAY = HELPDESK.local_day(now())
SHEET = "/en/sheet/COD"


@dataclass(frozen=True)
class Sheet:
    """One published sheet on DR Congo in French; of the first text it has the first of two versions."""

    health: str
    housing: str


@pytest.fixture
def sheet(scene: Session) -> Sheet:
    health, housing = make_text(scene, "HEA", versions=2), make_text(scene, "HOU", title="Loyer", body="Un reçu.")
    made = Sheet(health, housing)
    make_sheet(
        scene, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), {"HEA": [health], "HOU": [housing]}
    )
    scene.commit()
    return made


def section(page: str, group: str) -> str:
    return page.split(f'<section class="stack mt6" id="{group}"')[1].split("</section>", maxsplit=1)[0]


ONLY_WORDS = (lambda file: unspaced(words_of(file)), pdf_words)
"""Of a Word file and of a PDF."""


def files(public: Browser) -> list[str]:
    """The words of both files, without the spaces that line ends swallow."""
    return [words(public.get(f"{SHEET}.{kind}").data) for kind, words in zip(("docx", "pdf"), ONLY_WORDS, strict=True)]


def test_a_text_on_hold_is_being_checked_and_nothing_says_until_when_it_holds(
    public: Browser, scene: Session, sheet: Sheet
):
    before = [words.count(unspaced("valable jusqu")) for words in files(public)]
    change_text(scene, sheet.housing, state="on_hold")
    scene.commit()
    held = section(public.get(SHEET).text, "HOU")
    assert "A text of this section is being checked again." in held
    for said in ("out of date", "valid until", "Current"):
        assert said not in held, said
    for words, count in zip(files(public), before, strict=True):
        assert unspaced("Un texte de cette section est en cours de vérification.") in words
        assert words.count(unspaced("valable jusqu")) == count - 1


def test_the_contents_say_of_a_section_that_a_text_of_it_is_to_be_checked_soon(
    public: Browser, scene: Session, sheet: Sheet
):
    for ref, days in ((sheet.health, 10), (sheet.housing, 160)):
        dated = TODAY - timedelta(days=days)
        until = dated + timedelta(days=180)
        soon = check_soon_from(until, dated)
        change_text(scene, ref, information_date=dated, valid_until=until, check_soon_from=soon)
    scene.commit()
    contents = public.get(SHEET).text.split('aria-labelledby="contents"')[1].split("</nav>")[0]
    said = re.findall(r'<span class="vh">([^<]+): </span><a href="#(HEA|HOU)"', contents)
    assert said == [("Check soon", "HOU"), ("Current", "HEA")]


def test_a_pinned_version_that_was_wrong_says_so_on_the_page_and_in_both_files(
    public: Browser, scene: Session, sheet: Sheet
):
    correct(scene, sheet.health, 2, "Le prix était par semaine.")
    scene.commit()
    wrong = section(public.get(SHEET).text, "HEA")
    for said in ("A text of this section was wrong", "This version was wrong and was corrected on", "Corrected since",
                 "Le prix était par semaine.", "Read the newest version", "d-withdrawn"):  # fmt: skip
        assert said in wrong, said
    for said in ("valid until", "d-current", "A newer version exists"):
        assert said not in wrong, said
    for words in files(public):
        for said in ("Cette version était fausse", "Le prix était par semaine.", "Corrigé depuis"):
            assert unspaced(said) in words, said
    told = public.get("/api/v1/sheets/COD?language=fr").json
    [item] = next(one for one in told["sections"] if one["topic_group"] == "HEA")["items"]
    assert (item["state"], item["notice"]) == ("corrected", "Le prix était par semaine.")
    assert (item["freshness"], item["valid_until"]) == (None, None)


def test_the_files_say_that_a_newer_version_came_after_them(public: Browser, scene: Session, sheet: Sheet):
    assert unspaced("Lire la version") not in pdf_words(public.get(f"{SHEET}.pdf").data)
    change_text(scene, sheet.housing, number=2, published_on=TODAY)
    scene.commit()
    for words in files(public):
        assert unspaced("Une version plus récente existe.") in words
    with ZipFile(BytesIO(public.get(f"{SHEET}.docx").data)) as file:
        inside = b" ".join(file.read(name) for name in file.namelist() if name.startswith("word/")).decode("latin-1")
    assert f"/e/{sheet.housing}" in inside


def again(scene: Session, sheet: Sheet) -> None:
    """Another edition of the same sheet."""
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    make_sheet(scene, author, approver, {"HEA": [Pin(sheet.health, 2)], "HOU": [sheet.housing]})
    scene.commit()


def test_the_files_of_a_replaced_edition_say_so_and_those_of_the_newest_do_not(
    public: Browser, scene: Session, sheet: Sheet
):
    again(scene, sheet)
    said = unspaced(f"L’édition 2 du {day_in(TODAY, 'fr')} a remplacé celle-ci.")
    for kind, words in zip(("docx", "pdf"), ONLY_WORDS, strict=True):
        assert said in words(public.get(f"{SHEET}/editions/1.{kind}").data)
        assert said not in words(public.get(f"{SHEET}/editions/2.{kind}").data)
    page = public.get(f"{SHEET}/editions/1").text
    assert "Read edition 2, the newest" in page
    assert "Replaced" in page


def test_the_files_of_a_sheet_past_its_day_say_so(public: Browser, scene: Session, sheet: Sheet):
    past = TODAY - timedelta(days=1)
    [row] = scene.scalars(select(PublishedEdition))
    row.review_on, row.content = past, row.content | {"review_on": past.isoformat()}
    scene.commit()
    for words in files(public):
        assert unspaced(f"Cette fiche est périmée\u00a0: elle était à revoir pour le {day_in(past, 'fr')}.") in words


def test_every_file_says_where_one_sees_what_changed_since(public: Browser, scene: Session, sheet: Sheet):
    for words in files(public):
        assert unspaced(f"{LINKS.public}/fr/sheet/COD/editions/1") in words
    again(scene, sheet)
    assert "/fr/sheet/COD/editions/1" in words_of(public.get(f"{SHEET}/editions/1.docx").data)


def test_the_files_name_the_language_of_a_text_that_is_not_in_that_of_the_sheet(public: Browser, scene: Session):
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    texts = [make_text(scene, "HEA", language=language, title=language) for language in ("fr", "nl")]
    make_sheet(scene, author, approver, {"HEA": texts})
    scene.commit()
    for words in files(public):
        assert words.count("Nederlands") == 1
        assert "Français" not in words


@pytest.mark.parametrize("state", ["withdrawn", "retracted"])
def test_what_was_withdrawn_and_what_was_retracted_have_each_their_word(
    public: Browser, scene: Session, sheet: Sheet, state: str
):
    change_text(scene, sheet.housing, state=state, notice="Ces prix étaient faux.")
    scene.commit()
    page, printed = public.get(SHEET).text, files(public)
    for english, french in {"Withdrawn": "Retiré", "Retracted": "Rétracté"}.items():
        this = english.lower() == state
        assert (f"</svg> {english}</span>" in section(page, "HOU")) == this
        assert (f'<span class="vh">{english}: </span><a href="#HOU"' in page) == this
        assert [french in words for words in printed] == [this, this]
    told = public.get("/api/v1/sheets/COD?language=fr").json
    [item] = next(one for one in told["sections"] if one["topic_group"] == "HOU")["items"]
    assert (item["state"], item["text"], item["notice"]) == (state, None, "Ces prix étaient faux.")


def test_a_translation_whose_original_is_being_checked_says_that_it_is_the_original(
    public: Browser, scene: Session, sheet: Sheet
):
    original = make_text(scene, "HOU", language="nl")
    change_text(scene, sheet.housing, state="on_hold", source_ref=original, source_number=1)
    for state, said in (("on_hold", True), ("published", False)):
        change_text(scene, original, state=state)
        scene.commit()
        page = section(public.get(SHEET).text, "HOU")
        assert ("The original of this text is being checked." in page, "We are checking this text." in page) == (
            said, not said,
        )  # fmt: skip
        for words in files(public):
            assert (unspaced("L’original de ce texte est en cours de vérification.") in words) == said


def test_programs_are_told_of_how_many_sections_the_page_warns(public: Browser, scene: Session, sheet: Sheet):
    def told() -> tuple[int, int]:
        [line] = public.get("/api/v1/sheets").json["items"]
        whole = public.get("/api/v1/sheets/COD?language=fr").json
        assert line["freshness"] == whole["freshness"] == "current"
        return line["unsound_sections"], whole["unsound_sections"]

    assert told() == (0, 0)
    assert "Not all of it" not in public.get(SHEET).text
    change_text(scene, sheet.housing, valid_until=TODAY - timedelta(days=1))
    scene.commit()
    assert "Not all of it" in public.get(SHEET).text
    assert told() == (1, 1)
