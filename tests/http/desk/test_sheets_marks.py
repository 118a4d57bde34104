"""What the pages of country sheets at the desk say of texts that changed since they were chosen."""

import re
from datetime import date

import pytest
from babel.dates import format_date
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import change_text, form_in, make_draft, make_text
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.sheets.models import Edition

PAGE, SHEETS = "/desk/sheets/COD?language=fr", "/desk/sheets"


@pytest.fixture
def health(desk: Browser, scene: Session) -> str:
    """A text of which the draft of a sheet has the first of two versions."""
    editor, ref = make_staff(scene, Role.EDITOR), make_text(scene, "HEA", title="Soins à Kinshasa", versions=2)
    make_draft(scene, editor, {"HEA": [ref]})
    scene.commit()
    desk.sign_in(editor.id)
    return ref


def test_a_newer_version_is_named(desk: Browser, health: str) -> None:
    assert "Version 2 exists" in desk.get(PAGE).text


@pytest.mark.parametrize("state", ["withdrawn", "retracted"])
def test_what_was_withdrawn_and_what_was_retracted_have_each_their_word(
    desk: Browser, scene: Session, health: str, state: str
) -> None:
    change_text(scene, health, state=state, notice="Le centre a fermé.")
    scene.commit()
    page, sheets = desk.get(PAGE).text, desk.get(SHEETS).text
    assert "Le centre a fermé." in page
    for one in ("withdrawn", "retracted"):
        assert (f"A text was {one}" in page) == (one == state)
        assert (f"</svg>{one.capitalize()}</span>" in page) == (one == state)
        assert (f"1 {one}" in sheets) == (one == state)


def test_a_translation_whose_original_is_being_checked_says_that_it_is_the_original(
    desk: Browser, scene: Session, health: str
) -> None:
    original = make_text(scene, "HEA", language="nl")
    change_text(scene, original, state="on_hold")
    change_text(scene, health, state="on_hold", source_ref=original, source_number=1)
    scene.commit()
    assert "</svg>The original is being checked</span>" in desk.get(PAGE).text
    change_text(scene, original, state="published")
    scene.commit()
    assert "</svg>Being checked</span>" in desk.get(PAGE).text


@pytest.mark.parametrize("path", ["", "/preview", "/compare"])
def test_a_text_taken_back_is_said_before_anybody_sends_or_approves(
    desk: Browser, scene: Session, health: str, path: str
) -> None:
    address, said = f"/desk/sheets/COD{path}?language=fr", "Texts of this edition were taken back."
    assert said not in desk.get(address).text
    change_text(scene, health, state="retracted", notice="Faux.")
    scene.commit()
    page = desk.get(address).text
    assert said in page
    section = "#HEA" if path == "" else "/desk/sheets/COD?language=fr#HEA"
    title = '<a href="%s" lang="fr">Santé' if path == "/preview" else '<a href="%s">Health'
    assert re.search(title % re.escape(section) + "[^<]*</a>: A text was retracted", page)


def test_whoever_may_approve_cannot_press_the_button_while_a_text_is_taken_back(
    desk: Browser, scene: Session, health: str
) -> None:
    edition = scene.scalars(select(Edition)).one()
    desk.post(f"/desk/sheets/editions/{edition.id}/send", {"version": edition.version, "gaps_known": "yes"})
    other = make_staff(scene, Role.EDITOR)
    change_text(scene, health, state="withdrawn", notice="Faux.")
    scene.commit()
    desk.sign_in(other.id)
    for path in ("", "/preview"):
        page = desk.get(f"/desk/sheets/COD{path}?language=fr").text
        [button] = re.findall(r"<button[^>]*>(?=(?:(?!</button>).)*Approve and publish)", page)
        assert " disabled" in button
        assert 'aria-describedby="taken-back"' in button


def test_sending_it_is_refused_at_the_section_concerned(desk: Browser, scene: Session, health: str) -> None:
    edition = scene.scalars(select(Edition)).one()
    change_text(scene, health, state="retracted", notice="Faux.")
    scene.commit()
    typed = form_in(desk.get(PAGE).text) | {"gaps_known": "yes"}
    answer = desk.post(f"/desk/sheets/editions/{edition.id}/send", typed)
    assert answer.status_code == 422
    [place] = re.findall(r'<li><a href="#(sections-\d-pins)">Health[^<]*</a> A text of this section', answer.text)
    section = answer.text[answer.text.index('<section class="q" id="HEA"') :]
    assert f'class="err" id="{place}"' in section[: section.index("</section>")]
    assert "Texts of this edition were taken back." not in answer.text, "said once above the sections"
    scene.refresh(edition)
    assert edition.state == "draft"


@pytest.mark.parametrize("path", ["", "/preview", "/compare"])
def test_a_retracted_text_is_named_once(desk: Browser, scene: Session, health: str, path: str) -> None:
    scene.execute(update(PublishedVersion).where(PublishedVersion.ref == health).values(title=health))
    change_text(scene, health, state="retracted", title=health, notice="Faux.")
    scene.commit()
    page = desk.get(f"/desk/sheets/COD{path}?language=fr").text
    seen = re.sub(r'<(?:span class="vh"|select).*?</(?:span|select)>', "", page[page.index("<main") :], flags=re.DOTALL)
    assert len(re.findall(f">[^<]*{health}", seen)) == 1


def test_the_preview_says_the_sheet_in_its_own_language_and_what_is_around_it_in_the_desks(
    desk: Browser, scene: Session, health: str
) -> None:
    row = scene.scalars(select(PublishedExcerpt).where(PublishedExcerpt.ref == health)).one()
    checked, until = row.information_date, row.valid_until
    page = desk.get("/desk/sheets/COD/preview?language=fr").text
    before, _, rest = page.partition('<article class="measure mt5" lang="fr" dir="ltr">')
    sheet, _, after = rest.rpartition("</article>")
    assert '<html lang="en"' in before
    assert "Readers will see it like this" in before
    for said in (
        ">Table des matières</h2>",
        "À jour",
        f"Vérifié le {_day(checked, 'fr')}",
        f"valable jusqu’au {_day(until, 'fr')}",
    ):
        assert said in sheet, said
    for said in (">Contents</h2>", "Current", "Checked", "valid until"):
        assert said not in sheet, said
    assert "Table des matières" not in before + after


def _day(day: date, language: str) -> str:
    return f'<time datetime="{day.isoformat()}" class="num">{format_date(day, "medium", language)}</time>'
