"""What the pages of country sheets cost the database: the same, however much is in them."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import make_draft, make_sheet, make_text
from tests.sites import Browser
from workflows.core.actors import Role, Staff

PATHS = ("/desk/sheets/%s?language=fr", "/desk/sheets/%s/preview?language=fr", "/desk/sheets/%s/compare?language=fr")


@pytest.fixture
def editors(scene: Session) -> tuple[Staff, Staff]:
    return make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_costs_the_same_at_3_and_at_300_texts(
    desk: Browser, scene: Session, editors: tuple[Staff, Staff], path: str, monkeypatch: Any
):
    monkeypatch.setattr("config.policy.SHEET_PINS_MAX", 100)
    counts = []
    for texts, country in ((1, "GIN"), (100, "NPL")):
        refs = {
            group: [make_text(scene, group, country=country) for _ in range(texts)] for group in ("HEA", "HOU", "EDU")
        }
        make_sheet(scene, *editors, refs, country=country)
        make_draft(scene, editors[0], refs, {"HEA": "Nouveau."}, country=country)
        scene.commit()
        counts.append(statements(desk.sign_in(editors[0].id), path % country))
    assert counts[0] == counts[1] <= 15


def test_the_list_costs_the_same_however_many_sheets_there_are(
    desk: Browser, scene: Session, editors: tuple[Staff, Staff]
):
    counts = []
    for countries in (("GIN",), ("NPL", "ARM", "ECU", "ALB")):
        for country in countries:
            ref = make_text(scene, "HEA", country=country)
            for language in ("fr", "nl", "en"):
                make_sheet(scene, *editors, {"HEA": [ref]}, country=country, language=language)
        scene.commit()
        counts.append(statements(desk.sign_in(editors[0].id), "/desk/sheets"))
    assert counts[0] == counts[1] <= 6


def statements(browser: Browser, path: str) -> int:
    """How many the page takes once the log-in is warm."""
    browser.get(path)
    with browser.statements() as seen:
        assert browser.get(path).status_code == 200
    return len(seen)
