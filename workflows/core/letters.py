"""Renders a letter: a folder with `subject.txt` and `body.txt`, in one language, strictly, as plain text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from workflows.core.words import catalogue


@dataclass(frozen=True)
class Words:
    """What a letter says. The subject is one line."""

    subject: str
    body: str


def render(folder: Path, language: str, context: Mapping[str, Any]) -> Words:
    """The words of a letter. A name that the context lacks is an error, never an empty place."""
    papers = _papers(folder, language)
    subject = papers.get_template("subject.txt").render(context)
    body = papers.get_template("body.txt").render(context)
    return Words(" ".join(subject.split()), body.strip() + "\n")


@lru_cache(maxsize=128)
def _papers(folder: Path, language: str) -> Environment:
    papers = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=select_autoescape(()),  # plain text: an ampersand stays one
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    papers.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    return papers
