"""Late questions of the triage queue are counted up to some number, whoever asks for them."""

import re
from datetime import timedelta
from itertools import count

import pytest

from tests.http.desk.triaging import make
from workflows.core import clock

NUMBERS = re.compile(r'<span class="num faint nowrap">([^<]+)</span></a></li>')


@pytest.fixture
def late(scene, officer, monkeypatch):
    """So many late questions about a country, the oldest first; two are counted, and one more is noticed."""
    for module in ("workflows.replies.triage_queue", "webapp.desk.questions_queue"):
        monkeypatch.setattr(f"{module}.LATE_COUNTED_TO", 2)
    now, minutes = clock.now(), count()
    over = {"triage_by": clock.today() - timedelta(days=1)}

    def asked(number: int, country: str) -> None:
        for _ in range(number):
            came = now - timedelta(days=9) + timedelta(minutes=next(minutes))
            make(scene, points=(f"{country} ?",), country=country, received_at=came, **over)
        scene.commit()

    return asked


def test_as_many_late_questions_as_are_counted_are_told_exactly(desk, late) -> None:
    late(1, "GIN")
    late(1, "COD")
    page = desk.get("/desk/questions?view=late").text
    assert NUMBERS.findall(page) == ["2", "2", "0", "0", "0", "0", "0", "2", "1", "1"]
    assert "Guinea (1)</option>" in page


def test_more_late_questions_are_told_as_so_many_or_more_and_no_country_is_lost(desk, late) -> None:
    late(3, "GIN")
    late(1, "COD")
    page = desk.get("/desk/questions?view=late").text
    assert NUMBERS.findall(page) == ["4", "2+", "0", "0", "0", "0", "0", "4", "3+"]
    assert "Guinea (3+)</option>" in page
    assert "DR Congo (0+)</option>" in page
    assert '<a href="#country">1 more country</a>' in page
    assert len(re.findall(r"\w\s\?</a>", page)) == 4
    assert re.findall(r"(\w+)\s\?</a>", desk.get("/desk/questions?view=late&country=COD").text) == ["COD"]


def test_other_views_are_counted_to_the_end_by_country_too(desk, late) -> None:
    late(3, "GIN")
    late(1, "COD")
    page = desk.get("/desk/questions").text
    assert NUMBERS.findall(page) == ["4", "2+", "0", "0", "0", "0", "0", "4", "3", "1"]
