"""What templates say, in the language of the page: catalogue and sentence are found once for each language.

Flask-Babel looks for the catalogue again at every call, and Jinja copies all that a page knows for each word that it
says within a loop or block. It is still Jinja that marks a sentence as HTML, and that escapes what is filled in.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_translations

from web_kit.language import spoken

MOST_SENTENCES = 8192
_CATALOGUES: dict[str, NullTranslations] = {}


def speak_in_templates(app: Flask) -> None:
    """Give the templates of this site `_`, `ngettext`, and `pgettext` for what is called differently elsewhere."""
    env = app.jinja_env
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _catalogue().ugettext(message),
        lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, message: _catalogue().upgettext(context, message),
    )
    say_in: Callable[..., Any] = env.globals["gettext"]  # type: ignore[assignment]
    count_in: Callable[..., Any] = env.globals["ngettext"]  # type: ignore[assignment]
    nowhere = env.from_string("").new_context()  # a page that knows nothing, in which what is filled in is escaped

    @lru_cache(maxsize=MOST_SENTENCES)
    def sentence(language: str, message: str) -> Any:  # noqa: ARG001 -- the language is the page's
        return say_in(nowhere, message)

    def say(message: str, /, **values: Any) -> Any:
        return say_in(nowhere, message, **values) if values else sentence(_language(), message)

    @lru_cache(maxsize=MOST_SENTENCES)
    def counted(language: str, one: str, many: str, number: int) -> Any:  # noqa: ARG001 -- as above
        return count_in(nowhere, one, many, number)

    def count(one: str, many: str, number: int, /, **values: Any) -> Any:
        return count_in(nowhere, one, many, number, **values) if values else counted(_language(), one, many, number)

    env.globals.update({"_": say, "gettext": say, "ngettext": count})


def _language() -> str:
    """Of the page; nothing where there is none."""
    locale = spoken()
    return str(locale.language) if locale else ""


def _catalogue() -> NullTranslations:
    language = _language()
    found = _CATALOGUES.get(language)
    if found is None:
        found = _CATALOGUES[language] = get_translations()
    return found
