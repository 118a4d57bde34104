"""A part of a page in another language than the page leaves nothing of it behind."""

import pytest
from flask import Flask, g
from flask_babel import gettext

from web_kit.language import current, speaking


def said() -> str:
    return f"{current()}: {gettext('Contents')}"


def test_only_what_is_called_inside_is_in_the_other_language(desk_app: Flask) -> None:
    with desk_app.test_request_context("/desk/sheets"):
        before, kept = said(), set(vars(g))
        assert before == "en: Contents"
        assert speaking("fr", said) == "fr: Table des matières"
        assert said() == before
        assert speaking("nl", said).startswith("nl: ")
        assert set(vars(g)) == kept


def test_a_part_that_cannot_be_shown_leaves_the_page_its_language(desk_app: Flask) -> None:
    def broken() -> str:
        raise LookupError(current())

    with desk_app.test_request_context("/desk/sheets"):
        with pytest.raises(LookupError, match="fr"):
            speaking("fr", broken)
        assert said() == "en: Contents"
