"""Words that public pages put to codes."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from workflows.core.words import mark
from workflows.vocabulary.shelf_life import Freshness

CONFIDENCE = {
    "sure": (mark("Sure"), mark("Several sources agree")),
    "fairly_sure": (mark("Fairly sure"), mark("One good source, or small differences")),
    "not_sure": (mark("Not sure"), mark("Only heard, could not be checked")),
}
FRESHNESS = {
    Freshness.CURRENT: mark("Current"),
    Freshness.CHECK_SOON: mark("Check soon"),
    Freshness.OUT_OF_DATE: mark("Out of date"),
    Freshness.EXPIRED: mark("Expired"),
}
CHANGES = {
    "first": mark("First published"),
    "minor": mark("Small changes"),
    "update": mark("Updated"),
    "correction": mark("Corrected"),
    "withdrawn": mark("Withdrawn"),
    "retracted": mark("Retracted"),
}
SOURCE_KINDS = {
    "visit": mark("Visit"),
    "talk": mark("Talk"),
    "document": mark("Document"),
    "law": mark("Law"),
    "website": mark("Website"),
    "media": mark("Media"),
    "organisation": mark("Organisation"),
}
LANGUAGES = {"en": "English", "fr": "Français", "nl": "Nederlands", "ar": "العربية", "es": "Español"}


def word(table: Mapping[Any, str], code: str) -> str:
    """The word for a code in the language of the page; the code itself for one nobody foresaw."""
    return _(table[code]) if code in table else code
