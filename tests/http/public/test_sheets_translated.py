"""A country sheet that holds a translation: what was wrong in its original is said of it too; and a sheet in another
language than its page."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.published import correct
from tests.sheets import make_sheet, make_text, words_of
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.core.words import REQUESTERS
from workflows.sheets.words import month_in

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


@pytest.mark.parametrize("language", REQUESTERS)
def test_the_line_above_a_sheet_names_the_month_in_the_language_of_the_page(
    public: Browser, scene: Session, language: str
) -> None:
    text = make_text(scene, "HOU", title="Loyer à Kinshasa")
    scene.flush()
    make_sheet(scene, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), {"HOU": [text]})
    scene.commit()
    [line] = re.findall(r'<p class="eyebrow mt4">(.*?)</p>', public.get(f"/{language}/sheet/COD").text)
    assert month_in(HELPDESK.local_day(now()), language).lower() in line.lower()
    assert "lang=" not in line
