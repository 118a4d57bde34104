"""One edition of a country sheet, in real browsers: composed, its gaps named, compared, approved and taken home."""

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Make, Person, Sits
from tests.factories import make_staff
from tests.pdf_words import pdf_words, unspaced
from tests.sheets import make_sheet, make_text, words_of
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
INTRO = "Rents are asked in US dollars."


def test_an_edition_is_composed_compared_approved_by_another_editor_and_taken_home(
    sits: Sits, person: Make, sites: dict[str, str], scene: Session
) -> None:
    editor, second = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    health = make_text(scene, "HEA", language="en", title="Insulin in Kinshasa")
    rent = make_text(scene, "HOU", language="en", title="Rent in Kinshasa", summary="Rooms cost 80 dollars.")
    make_sheet(scene, editor, second, {"HEA": [health]}, language="en")
    scene.commit()

    author = sits("author", editor.id)
    author.goes_to("/desk/sheets")
    author.follows("DR Congo")
    author.presses("Begin the next edition")
    housing = author.page.locator("#HOU")
    housing.locator("textarea").fill(INTRO)
    housing.locator("select").select_option(index=1)
    author.clicks(housing.get_by_role("button", name="Add"))
    assert rent in author.page.locator("#HOU").inner_text()
    author.reads(INTRO)
    author.presses("Send for approval")
    author.reads("Edition under work")
    author.chooses("Readers may see that this edition has nothing on these")
    author.presses("Send for approval")
    author.reads("You wrote in this edition. Another editor has to approve it.")

    approves(sits("approver", second.id))

    reader = person("reader")
    reader.home = sites["public"]
    reader.goes_to("/en/sheet/COD")
    reader.reads(INTRO)
    reader.reads("Rooms cost 80 dollars.")
    reader.reads("Nobody has looked for this yet.")
    file = reader.downloads("Word file")
    assert file.suggested_filename == "terrain-COD-en-2.docx"
    printed = reader.downloads("PDF")
    assert printed.suggested_filename == "terrain-COD-en-2.pdf"
    for said in (INTRO, "Rooms cost 80 dollars."):
        assert said in words_of(file.path().read_bytes())
        assert unspaced(said) in pdf_words(printed.path().read_bytes())


def approves(approver: Person) -> None:
    approver.goes_to("/desk/sheets/COD?language=en")
    approver.follows("Compare with edition 1")
    approver.reads("Rents are asked in US dollars.")
    approver.page.go_back()
    approver.follows("Preview")
    approver.reads("Readers will see it like this, as edition 2.")
    approver.reads("Rooms cost 80 dollars.")
    approver.presses("Approve and publish")
    approver.reads("Published")
