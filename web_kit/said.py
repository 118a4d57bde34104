"""What templates say, in the language of the page: a catalogue is found once for each language, not for each word.

Flask-Babel looks for it again at every call, which was a fifth of what a page of results costs.
"""

from babel import Locale
from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_locale, get_translations

_CATALOGUES: dict[Locale, NullTranslations] = {}


def speak_in_templates(app: Flask) -> None:
    """Give the templates of this site `_` and `ngettext`."""
    env = app.jinja_env
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _catalogue().ugettext(message),
        lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    env.globals["_"] = env.globals["gettext"]


def _catalogue() -> NullTranslations:
    locale = get_locale()
    if locale is None:
        return get_translations()
    found = _CATALOGUES.get(locale)
    if found is None:
        found = _CATALOGUES[locale] = get_translations()
    return found
