"""The mark of a source leads to it in the text; where there is nothing to lead to, nobody reads its brackets."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import make_sheet, make_text
from tests.sites import Browser
from workflows.core.actors import Role

MARK = re.compile(r"\[\d")
SOURCE = {"label": "Visite de trois pharmacies", "kind": "visit", "dated": "2026-03-09"}


@pytest.fixture
def cited(scene: Session) -> str:
    """A text that cites its two sources wherever it can, kept by a sheet as well."""
    ref = make_text(
        scene, topics=["HEA-medicines"], title="Insuline à Kinshasa [1]", summary="Deux pharmacies sur trois en avaient [1] [2].",
        body="Dans les grandes pharmacies [1] [2], au comptoir.", sources=[SOURCE, SOURCE],
    )  # fmt: skip
    make_sheet(scene, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), {"HEA": [ref]})
    scene.commit()
    return ref


@pytest.mark.parametrize(
    "path",
    ["/fr/search?q=comptoir", "/fr/search?q=pharmacies", "/fr/search", "/fr/c/COD", "/fr/e/{ref}", "/fr/sheet/COD",
     "/feeds/COD.atom", "/feeds/COD.json", "/api/v1/excerpts?q=comptoir"],
)  # fmt: skip
def test_no_list_feed_or_summary_shows_brackets(public: Browser, cited: str, path: str) -> None:
    answer = public.get(path.format(ref=cited))
    assert answer.status_code == 200
    assert "Insuline à Kinshasa" in re.sub(r"\\u00e0", "à", answer.text)
    assert not MARK.search(answer.text)


def test_the_snippet_has_the_words_around_the_mark(public: Browser, cited: str) -> None:
    page = re.sub(r"</?mark>", "", public.get("/fr/search?q=comptoir").text)
    assert "Dans les grandes pharmacies, au comptoir." in page


def test_the_text_itself_keeps_its_marks(public: Browser, cited: str) -> None:
    told = public.get(f"/api/v1/excerpts/{cited}").json["text"]
    assert (told["title"], told["summary"]) == ("Insuline à Kinshasa", "Deux pharmacies sur trois en avaient.")
    assert "[1] [2]" in told["body"]
    page = public.get(f"/fr/e/{cited}").text
    assert re.search(r'<sup><a href="#s1"[^>]*>1</a> <a href="#s2"[^>]*>2</a></sup>', page)
