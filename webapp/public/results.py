"""Texts that were found, as the list of results shows them: everything said once is looked up once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask import url_for
from flask_babel import ngettext

from webapp.public.terms import Terms
from workflows.excerpts.search import Hit


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
