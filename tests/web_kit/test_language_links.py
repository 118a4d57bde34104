"""The language menu leads back to a page that can be read, also after a form was sent to an address of its own."""

from uuid import UUID

import pytest
from babel import Locale
from flask import Flask

from web_kit.language import OWN_NAMES, this_page
from workflows.core.words import PARTNERS, REQUESTERS

QUESTION = f"/desk/questions/{UUID(int=7)}"


@pytest.mark.parametrize(
    ("method", "address", "back"),
    [
        ("GET", f"{QUESTION}/history?older=3", f"{QUESTION}/history?older=3"),
        ("GET", "/desk/ledger.csv?month=2026-02", "/desk/ledger?month=2026-02"),
        ("GET", "/nowhere.docx", "/nowhere.docx"),
        ("POST", f"{QUESTION}/take", QUESTION),
        ("POST", f"{QUESTION}?draft=1", QUESTION),
        ("POST", "/desk/letters/again", "/desk/letters"),
        ("POST", "/nowhere/at/all", "/"),
    ],
)
def test_the_menu_leads_tothis_page_or_the_nearest_above(desk_app: Flask, method: str, address: str, back: str) -> None:
    with desk_app.test_request_context(address, method=method):
        assert this_page() == back


@pytest.mark.parametrize("code", sorted({*REQUESTERS, *PARTNERS}))
def test_every_language_is_called_by_its_own_name(code: str) -> None:
    assert OWN_NAMES[code].casefold() == Locale(code).get_display_name(code).casefold()
    assert OWN_NAMES[code][0] == OWN_NAMES[code][0].upper()
