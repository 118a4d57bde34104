"""Dates as people read them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from web_kit.language import say_date, say_time
from workflows.answers.word_form_words import day_in_full
from workflows.core.days import day_in_words
from workflows.sheets.words import day_in


@pytest.mark.parametrize(
    ("code", "said"), [("en", "8 December 2026"), ("fr", "8 décembre 2026"), ("nl", "8 december 2026")]
)
def test_the_day_comes_first_and_the_month_is_in_letters(code, said):
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context(), force_locale(code):
        assert say_date(date(2026, 12, 8)) == said
        assert say_date(datetime(2026, 12, 8, 12, tzinfo=UTC)) == said
        assert say_date(None) == ""


@pytest.mark.parametrize(("code", "month"), [("en", "Dec"), ("fr", "déc."), ("nl", "dec"), ("ar", "ديسمبر")])
def test_a_short_date_has_its_month_in_letters_too(code, month):
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context(), force_locale(code):
        assert month in say_date(date(2026, 12, 8), "medium")


def test_the_first_of_a_month_is_one_in_a_row_in_french_alone():
    first, app = date(2026, 3, 1), Flask(__name__)
    Babel(app)
    with app.test_request_context(), force_locale("fr"):
        assert say_date(first) == "1er mars 2026"
        assert say_date(first, "medium") == "1er mars 2026"
        assert say_date(first, "EEE d MMM") == "dim. 1er mars"
        assert say_date(date(2026, 3, 11)) == "11 mars 2026"
        assert say_date(date(2026, 3, 21), "full") == "samedi 21 mars 2026"
        assert say_time(datetime(2026, 8, 1, 1, 1, tzinfo=UTC), "d MMM yyyy, HH:mm") == "1er août 2026, 01:01"
    assert day_in_words(first, "full", "fr") == "dimanche 1er mars 2026"
    assert day_in_words(first, "short", "fr") == "01/03/2026"
    assert day_in_words(first, "MMMM yyyy", "fr") == "mars 2026"
    assert [day_in_words(first, "long", code) for code in ("en", "nl", "es")] == [
        "1 March 2026", "1 maart 2026", "1 de marzo de 2026",
    ]  # fmt: skip


def test_papers_and_letters_say_the_first_in_the_same_way():
    assert day_in(date(2026, 3, 1), "fr") == "1er mars 2026"
    assert day_in_full(date(2026, 3, 1), "fr") == "dimanche 1er mars 2026"
