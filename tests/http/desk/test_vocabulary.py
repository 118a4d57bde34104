"""The desk keeps the names of countries and topics for a few minutes: they change with a release."""

import pytest

from tests.http.desk.triaging import POINT, make
from webapp import lasting
from webapp.desk import vocabulary
from workflows.core.clock import now

PAGE = "/desk/questions"


@pytest.fixture
def minutes(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How many have passed; the last one counts."""
    passed = [10.0]
    monkeypatch.setattr(lasting, "monotonic", lambda: 60 * passed[-1])
    return passed


def test_they_are_read_once_for_each_language_and_again_after_five_minutes(desk, officer, minutes, monkeypatch) -> None:
    read, really = [], vocabulary._read
    monkeypatch.setattr(vocabulary, "_read", lambda *asked: read.append(asked[1]) or really(*asked))

    def readings(languages: str) -> list[str]:
        read.clear()
        for language in languages.split():
            desk.client.set_cookie(desk.site.cookie("language"), language)
            assert f'<html lang="{language}"' in desk.get(PAGE).text
        return list(read)

    assert readings("en en fr en fr") == ["en", "fr"]
    minutes.append(minutes[-1] + 5.1)
    assert readings("fr fr en") == ["fr", "en"]


def test_what_they_are_read_for_is_never_kept(desk, scene, officer, minutes) -> None:
    assert POINT not in desk.get("/desk/questions").text
    make(scene, points=(POINT,), received_at=now())
    assert POINT in desk.get("/desk/questions").text
