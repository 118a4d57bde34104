"""A date typed in three boxes."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from web_kit.dates import DayMonthYear


class Seen(Form):
    on = DayMonthYear("Seen on", [Optional()])


class MustHave(Form):
    on = DayMonthYear("Seen on", [InputRequired("When was it?")])


@pytest.fixture(autouse=True)
def _page():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def _typed(form, *values):
    return form(MultiDict([("on", value) for value in values]))


@pytest.mark.parametrize("boxes", [("27", "3", "2026"), (" 27", "03 ", "2026"), ("2026-03-27",), ("٢٧", "٣", "٢٠٢٦")])
def test_three_boxes_or_an_iso_date_are_one_date(boxes):
    form = _typed(Seen, *boxes)
    assert form.validate()
    assert form.on.data == date(2026, 3, 27)


@pytest.mark.parametrize(
    "boxes", [("", "3", "2026"), ("27", "", ""), ("27", "3", "26"), ("27", "three", "2026"), ("27", "3")]
)
def test_a_half_filled_date_is_an_error_and_never_silently_no_date(boxes):
    form = _typed(Seen, *boxes)
    assert not form.validate()
    assert form.on.data is None


def test_a_date_that_does_not_exist_is_said_so_and_what_was_typed_stays():
    form = _typed(Seen, "31", "2", "2026")
    assert not form.validate()
    assert "does not exist" in form.on.errors[0]
    assert form.on.typed() == ("31", "2", "2026")


def test_three_empty_boxes_are_no_date():
    assert _typed(Seen, "", "", "").validate()
    refused = _typed(MustHave, "", "", "")
    assert not refused.validate()
    assert refused.on.errors == ["When was it?"]


def test_a_stored_date_fills_the_boxes():
    form = Seen(data={"on": date(2026, 3, 7)})
    assert form.on.typed() == ("7", "3", "2026")
    assert Seen().on.typed() == ("", "", "")
