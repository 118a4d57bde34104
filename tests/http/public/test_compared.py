"""Two versions side by side: what readers see of them, once where nothing changed, each word in its own language."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from workflows.core import clock
from workflows.excerpts.models import PublishedVersion

SOURCES = [{"label": "Prix affichés", "kind": "document", "dated": "2026-11-02"}]


@pytest.fixture
def rows(public: Browser, scene: Session) -> list[tuple[str, str, str, str]]:
    """Each cell: its classes, its label, the attributes of what it holds, and that without tags."""
    ref = make_published(scene, versions=2)
    scene.execute(
        update(PublishedVersion)
        .where(PublishedVersion.ref == ref, PublishedVersion.number == 1)
        .values(
            body="## Où\n\nDans deux pharmacies. [1]\n\n## Prix\n\nDe 18 à 25 dollars.",
            sources=SOURCES,
            information_date=clock.today() - timedelta(days=90),
        )
    )
    scene.commit()
    page = public.get(f"/en/e/{ref}/diff/1..2").text
    cells = re.findall(
        r'(?s)<div class="(c[^"]*)"[^>]*><span class="lab">(.*?)</span><span(?: class="heads")? (dir[^>]*)>(.*?)</div>',
        page,
    )
    assert page.count('<div class="c only-l" aria-hidden="true">') == sum(
        _bare(before[3]) == _bare(after[3]) for before, after in zip(cells[::2], cells[1::2], strict=True)
    )
    return [(kind, _bare(label), how, _bare(words)) for kind, label, how, words in cells]


def _bare(html: str) -> str:
    return unescape(re.sub("<[^>]+>", "", html)).strip()


def test_what_did_not_change_or_is_new_stands_once_on_a_phone(rows: list[tuple[str, str, str, str]]) -> None:
    for (kind, _label, _how, before), (other, label, _same, after) in zip(rows[::2], rows[1::2], strict=True):
        assert kind == ("c only-l" if before in {after, "Empty"} else "c")
        assert other == "c"
        assert ("Version 2" in label) is (before != after)


def test_no_mark_of_a_heading_is_shown(rows: list[tuple[str, str, str, str]]) -> None:
    said = [words for *_, words in rows]
    assert "Prix" in "\n".join(said)
    assert not any("#" in words for words in said)


def test_a_heading_stands_apart_from_what_is_above_and_below_it(public: Browser, scene: Session) -> None:
    body = "Avant tout.\n## Prix\nDe 18 à 25 dollars."
    ref = make_published(scene, versions=2, body=body)
    scene.commit()
    page = public.get(f"/en/e/{ref}/diff/1..2").text
    cells = re.findall(r'(?s)<div class="c[^"]*"[^>]*>.*?<span( class="heads")? dir[^>]*>(.*?)</span>', page)
    said = [(bool(heads), _bare(words)) for heads, words in cells]
    at = said.index((True, "Prix"))
    assert said[at - 1][1] == "Avant tout."
    assert said[at + 2 :][0] == (False, "De 18 à 25 dollars.")


def test_new_sources_and_a_later_day_are_changes_too(rows: list[tuple[str, str, str, str]]) -> None:
    changed = [(before[3], after[3]) for before, after in zip(rows[::2], rows[1::2], strict=True)]
    assert ("Prix affichés", "Empty") in changed
    assert ("Empty", "Visite de trois pharmacies") in changed
    assert rows[-1][3] != rows[-2][3]
    assert {kind for kind, *_ in rows[-2:]} == {"c"}


def test_the_words_of_the_text_are_in_its_language_and_ours_are_not(rows: list[tuple[str, str, str, str]]) -> None:
    assert {how for *_, how, _words in rows[:-2]} == {'dir="ltr" lang="fr"'}
    assert {how for *_, how, _words in rows[-2:]} == {'dir="auto"'}
