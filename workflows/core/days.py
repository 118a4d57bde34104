"""Days in words, as each language writes them: the day first in English too, and the first of a month in French."""

import re
from datetime import date

from babel.dates import format_date

_DAY_FIRST = {"en": "en_GB"}
_FIRST = re.compile(r"(?<!\d)1(?= [^\W\d])")


def day_in_words(day: date, form: str, language: str) -> str:
    """A day in one of Babel's forms or patterns."""
    return first_of_month(str(format_date(day, form, locale=_DAY_FIRST.get(language, language))), language)


def first_of_month(said: str, language: str) -> str:
    """A date that was said already: in French the first day, and no other, is one in a row (1er mars)."""
    return _FIRST.sub("1er", said, count=1) if language == "fr" else said
