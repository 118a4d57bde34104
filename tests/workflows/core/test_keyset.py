"""A page continues after the last row shown; a tampered place begins at the beginning."""

from datetime import date
from uuid import UUID

import pytest

from workflows.core.keyset import next_key, parse_key

DAY, ID = date(2026, 3, 10), UUID(int=7)


def test_a_place_comes_back_as_it_was() -> None:
    key = next_key([(DAY, ID), (DAY, UUID(int=8))], 1, lambda row: row)
    assert parse_key(key) == (DAY, ID)


def test_the_last_page_leads_nowhere() -> None:
    assert next_key([(DAY, ID)], 1, lambda row: row) is None


@pytest.mark.parametrize("text", [None, "", "~", "2026-03-10", f"yesterday~{ID}", "2026-03-10~me", "2026-03-10~x~y"])
def test_a_tampered_place_is_no_place(text: str | None) -> None:
    assert parse_key(text) is None
