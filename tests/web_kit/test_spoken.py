"""The language in use is asked for with every word of a page, and changes with it."""

from flask import Flask
from flask_babel import force_locale

from web_kit.language import current, spoken


def test_outside_of_a_page_no_language_is_spoken() -> None:
    assert (spoken(), current()) == (None, "en")


def test_a_part_in_another_language_is_heard_and_then_the_page_again(desk_app: Flask) -> None:
    with desk_app.test_request_context("/desk/sheets"):
        heard = [current()]
        with force_locale("fr"):
            heard.append(current())
        assert [*heard, current()] == ["en", "fr", "en"]
