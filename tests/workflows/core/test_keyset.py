"""A page continues after the last row shown; a tampered place begins at the beginning."""

from datetime import date
from uuid import UUID

import pytest

from workflows.core.keyset import read_key, write_key

DAY, ID = date(2026, 3, 10), UUID(int=7)
READERS = (date.fromisoformat, UUID)


def test_a_place_comes_back_as_it_was() -> None:
    assert read_key(write_key((DAY, ID)), *READERS) == (DAY, ID)


@pytest.mark.parametrize("text", [None, "", "~", "2026-03-10", f"yesterday~{ID}", "2026-03-10~me", "2026-03-10~x~y"])
def test_a_tampered_place_is_no_place(text: str | None) -> None:
    assert read_key(text, *READERS) is None
