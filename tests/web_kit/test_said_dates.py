"""Dates as people read them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from web_kit.language import say_date


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
