"""The preview of a Word form that came back: what goes and what comes for it stand beside one another."""

import re

import pytest
from sqlalchemy import select

from tests.factories import make_word_upload
from workflows.answers.models import Answer, AnswerPoint


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ("كتب زميل شيئًا آخر.", "One.", [("كتب زميل شيئًا آخر.", "One.")]),
        ("كتب زميل.\n\nشيئًا آخر.", "One.", [("كتب زميل.", "One."), ("شيئًا آخر.", "Empty")]),
        ("كتب زميل.", "One.\n\nTwo.", [("Empty", "One."), ("كتب زميل.", "Two.")]),
        ("Same.\n\nكتب زميل.", "Same.\n\nOne.", [("Same.", "Same."), ("كتب زميل.", "One.")]),
        ("كتب زميل.\n\nSame.", "Same.\n\nOne.", [("كتب زميل.", "Empty"), ("Same.", "Same."), ("Empty", "One.")]),
    ],
)
def test_what_comes_stands_beside_what_goes_for_it(scene, work, browser, before, after, rows) -> None:
    scene.scalars(select(AnswerPoint)).one().text = before
    found = {"fields": [["Q1.text", after]], "rows": [], "others": []}
    make_word_upload(scene, scene.scalars(select(Answer)).one(), found=found)
    scene.commit()
    shown = browser.get(f"/w/t/{work.id}/upload").text.split('class="cmp"')[1].split("</section>")[0]
    cells = [re.sub(r"<label.*?</label>", "", cell) for cell in shown.split('<div class="c')[1:]]
    sides = [re.sub("<[^>]*>", "", "<" + cell.partition('<span dir="auto"')[2]).strip() for cell in cells]
    assert list(zip(sides[::2], sides[1::2], strict=True)) == rows
