"""Texts that were found, as the list of results shows them: everything said once is looked up once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask import url_for
from flask_babel import gettext, ngettext

from webapp.public.terms import Terms
from workflows.core.words import mark as _
from workflows.excerpts.search import Found, Hit


@dataclass(frozen=True, slots=True)
class Result:
    """One result, in the words of the page; `snippet` in pieces, each with whether it is one of the words."""

    url: str
    eyebrow: str
    title: str
    lang: str
    snippet: Sequence[tuple[str, bool]]
    meta: tuple[str, str]
    checked: date
    kind: str
    until: date | None
    """None of what is not right at all."""
    share: float


def results_of(hits: Iterable[Hit], terms: Terms) -> list[Result]:
    """The results in their order."""
    before = url_for("excerpts.show", ref="")  # a reference has no letter that an address would change
    country, topic, sources = cache(terms.country_name), cache(terms.topic_name), cache(_sources)
    return [
        Result(
            url=before + hit.ref,
            eyebrow=f"{country(hit.country)} · {topic(hit.topic_group)}",
            title=hit.title,
            lang=hit.language,
            snippet=hit.snippet,
            meta=(sources(hit.sources), hit.language.upper()),
            checked=hit.information_date,
            kind=hit.freshness,
            until=None if hit.corrected_on else hit.valid_until,
            share=hit.used,
        )
        for hit in hits
    ]


def _sources(count: int) -> str:
    return str(ngettext("%(num)d source", "%(num)d sources", count))


def heading_of(found: Found, words: str, *, narrowed: bool) -> str:
    """How much there is for these words, or where no text has them all; `narrowed`, the reader has chosen filters."""
    if not words:
        return str(ngettext("%(num)d answer", "%(num)d answers", found.total))
    if not found.loosely:
        said = ngettext("%(num)d answer for “%(words)s”", "%(num)d answers for “%(words)s”", found.total, words=words)
        return str(said)
    nowhere = _nowhere(found, narrowed=narrowed, one_word=" " not in words)
    return gettext(nowhere, words=words)


def _nowhere(found: Found, *, narrowed: bool, one_word: bool) -> str:
    """Where no text has the word, or has all of the words; marked."""
    if found.foretells:
        return _("No text has “%(words)s”") if one_word else _("No text has all of “%(words)s”")
    if narrowed and one_word:
        return _("No text within these filters has “%(words)s”")
    if narrowed:
        return _("No text within these filters has all of “%(words)s”")
    return _("Only expired texts have “%(words)s”") if one_word else _("Only expired texts have all of “%(words)s”")
