"""The list of results writes how fresh a text is by itself, for speed: it says the same as everywhere else."""

import re
from datetime import date

import pytest
from flask import render_template_string

from tests.web_kit.gallery import gallery_app
from workflows.vocabulary.shelf_life import Freshness

ONE = """{% import "kit/page.html" as page %}{{ page.hits([item]) }}"""
OTHER = """{% import "kit/state.html" as state %}{{ state.freshness(item.kind, item.until, item.share) }}
{{ state.day(item.checked) }}"""


@pytest.mark.parametrize("kind", list(Freshness))
def test_a_result_is_as_fresh_as_its_page_says(kind: Freshness) -> None:
    item = {
        "title": "Rent", "url": "#", "eyebrow": "DR Congo", "lang": "en", "snippet": [("A room", False)], "meta": [],
        "kind": kind, "until": date(2026, 11, 28), "share": 0.4, "checked": date(2026, 3, 1),
    }  # fmt: skip
    with gallery_app().test_request_context("/gallery/public"):
        listed = _tight(render_template_string(ONE, item=item))
        wanted = _tight(render_template_string(OTHER, item=item))
    fresh, _sep, checked = wanted.partition("</div>")
    assert f"{fresh}</div>" in listed
    assert checked in listed


def _tight(html: str) -> str:
    return re.sub(r"\s+", "", html)
