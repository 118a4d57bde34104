"""Words that public pages put to codes."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from workflows.core.words import mark as _
from workflows.excerpts.news import FOUND_WRONG
from workflows.excerpts.words import FRESHNESS

__all__ = ["CHANGES", "CONFIDENCE", "FRESHNESS", "LANGUAGES", "NOT_RELIED_ON", "SOURCE_KINDS", "word"]

CONFIDENCE = {
    "sure": (_("Sure"), _("Several sources agree")),
    "fairly_sure": (_("Fairly sure"), _("One good source, or small differences")),
    "not_sure": (_("Not sure"), _("Only heard, could not be checked")),
}
NOT_RELIED_ON = {
    "on_hold": ("on_hold", _("Being checked")),
    "withdrawn": ("withdrawn", _("Withdrawn")),
    "retracted": ("retracted", _("Retracted")),
    "corrected": ("corrected", _("Corrected since")),
}
"""By the state of a text: the disc and the word that stand where its freshness would."""
CHANGES = {
    "first": _("First published"),
    "minor": _("Small changes"),
    "update": _("Updated"),
    "correction": _("Corrected"),
    FOUND_WRONG: _("Original corrected"),
    "withdrawn": _("Withdrawn"),
    "retracted": _("Retracted"),
}
SOURCE_KINDS = {
    "visit": _("Visit"),
    "talk": _("Talk"),
    "document": _("Document"),
    "law": _("Law"),
    "website": _("Website"),
    "media": _("Media"),
    "organisation": _("Organisation"),
}
LANGUAGES = {"en": "English", "fr": "Français", "nl": "Nederlands", "ar": "العربية", "es": "Español"}


def word(table: Mapping[Any, str], code: str) -> str:
    """The word for a code in the language of the page; the code itself for one nobody foresaw."""
    return gettext(table[code]) if code in table else code
