"""What the pages of country sheets at the desk say of texts that changed since they were chosen."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import change_text, make_draft, make_text
from tests.sites import Browser
from workflows.core.actors import Role

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
