"""A country sheet that holds a translation: what was wrong in its original is said of it too."""

from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.published import correct
from tests.sheets import make_sheet, make_text, words_of
from tests.sites import Browser
from workflows.core.actors import Role

SHEET = "/en/sheet/COD"


def test_a_translation_whose_original_was_wrong_is_not_called_true(public: Browser, scene: Session) -> None:
    original = make_text(scene, "HOU", language="en", title="Rent in Kinshasa", versions=2)
    french = make_text(scene, "HOU", title="Loyer à Kinshasa", source_ref=original, source_number=1)
    scene.flush()
    make_sheet(scene, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), {"HOU": [french]})
    correct(scene, original, 2, "The price was for a week.", fr="Prix de la semaine.")
    scene.commit()
    page = public.get(SHEET).text
    assert '<span lang="fr" dir="auto">Prix de la semaine.</span>' in page
    assert f'href="/en/e/{original}">Read the original' in page
    assert "Read the newest version" not in page
    assert "Prix de la semaine." in words_of(public.get(f"{SHEET}.docx").data)
