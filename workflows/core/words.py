"""Texts and their languages: the domain marks what it names; letters and drafts of the clock say it in a language."""

from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel.support import Translations

CATALOGUES = Path(__file__).parents[2] / "translations"
SOURCE_LANGUAGE = "en"


def mark(text: str) -> str:
    """Give the text back unchanged; the catalogue extractor finds it by this call."""
    return text


@lru_cache(maxsize=32)
def catalogue(language: str) -> NullTranslations:
    """The catalogue of a language (`fr`, `fr_BE`), an empty one, which says English, where there is none."""
    code = language.replace("_", "-").partition("-")[0]
    return Translations.load(CATALOGUES, [code])


def say(text: str, language: str) -> str:
    """A marked text in a language, in English where it has no translation."""
    return catalogue(language).gettext(text)


@lru_cache(maxsize=1)
def catalogued() -> tuple[str, ...]:
    """The languages that have a catalogue, beside the source language."""
    return tuple(sorted(folder.name for folder in CATALOGUES.iterdir() if (folder / "LC_MESSAGES").is_dir()))


def has_catalogue(language: str) -> bool:
    """Do the sites speak this language?"""
    return language == SOURCE_LANGUAGE or isinstance(catalogue(language), Translations)
