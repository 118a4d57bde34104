"""The search page: words, four facets, results with their freshness."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from config import policy
from web_kit import language
from web_kit.app import limiter
from web_kit.gate import everyone
from web_kit.unit import own_transaction, reads
from webapp.public.caching import may_be_kept
from webapp.public.made_before import made_before, the_same_for_everybody
from webapp.public.results import heading_of, results_of
from webapp.public.search_address import Asked, again, as_asked, asked_for
from webapp.public.terms import Terms, terms_of
from webapp.public.words import FRESHNESS, LANGUAGES, word
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.excerpts.public import text_called
from workflows.excerpts.search import BY_MATCH, NEWEST, SHOWN, Filters, Found, search_page
from workflows.excerpts.tally import tally_search
from workflows.vocabulary.shelf_life import Freshness

bp = Blueprint("search", __name__)


@dataclass(frozen=True)
class Option:
    """One box of a facet."""

    value: str
    label: str
    count: int | None
    """Nothing where choosing it would show another number."""
    on: bool


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the address without it."""

    label: str
    url: str


@bp.get("/<language:lang>/search")
@everyone
@limiter.limit(policy.SEARCHES_PER_NETWORK)
@may_be_kept
@reads
@made_before
def results(session: Session, actor: Actor) -> ResponseReturnValue:
    """What was found, newest check or best match first; the text itself for the number that a paper has.

    A page that is no more leads to the first.
    """
    terms = terms_of(session)
    asked = asked_for(terms)
    if ref := text_called(session, asked.filters.words):
        return redirect(url_for("excerpts.show", ref=ref))
    found = search_page(session, terms.of_any(asked.filters), clock.today())
    if found.total and not found.hits:
        return redirect(again(asked.filters))
    settle(asked.filters, found)
    return render_template("public/search/results.html", **from_here(asked, found, terms))


def from_here(asked: Asked, found: Found, terms: Terms) -> dict[str, Any]:
    """What was asked for and found, and where a reader may go on: narrower, wider, in another order."""
    filters, typed, removable = asked.filters, language.apart(asked.filters.words), chips(asked.filters, terms)
    return {
        "filters": filters,
        "typed": typed,
        "heading": heading_of(found, typed, narrowed=bool(removable)),
        "asked": as_asked(filters),
        "left_out": asked.left_out,
        "found": found,
        "again": partial(again, filters),
        "results": results_of(found.hits, terms),
        "facets": facets(found, filters, terms),
        "chips": removable,
        "feed_title": name_of(filters, terms),
        "broader": broader(filters, found),
        "sorts": [(BY_MATCH, _("Best match")), (NEWEST, _("Newest check"))] if filters.words else [],
    }


def settle(filters: Filters, found: Found) -> None:
    """Count what was looked for in vain; let the page be kept where all the words were found as they were typed."""
    if in_vain(filters, found):
        count_in_vain(filters)
    elif found.total and not (found.loosely or found.meant):
        the_same_for_everybody()


def in_vain(filters: Filters, found: Found) -> bool:
    """Whether somebody looked for one country and one topic, and there is nothing fresh."""
    topics = (*filters.groups, *filters.topics)
    fresh = sum(found.by_freshness.get(kind, 0) for kind in (Freshness.CURRENT, Freshness.CHECK_SOON))
    return len(filters.countries) == len(topics) == 1 and not (fresh or filters.after or filters.freshness)


def count_in_vain(filters: Filters) -> None:
    """Tell the desk, as a bare number; each time, so such a page is always made anew."""
    with own_transaction() as session:
        tally_search(session, filters.countries[0], (*filters.groups, *filters.topics)[0])


def facets(found: Found, filters: Filters, terms: Terms) -> list[tuple[str, str, list[Option]]]:
    """The four filters with their counts; values without a result are left out unless chosen."""
    country = partial(terms.country_name, said_in=language.current())
    names: dict[str, Any] = {
        "country": (_("Country"), country, filters.countries, "country"),
        "topic": (_("Topic"), terms.topic_name, filters.groups, "group"),
        "freshness": (_("Is it up to date?"), lambda code: word(FRESHNESS, code), filters.freshness, "freshness"),
        "language": (_("Language"), lambda code: LANGUAGES.get(code, code), filters.languages, "language"),
    }
    return [
        (legend, parameter, options(found.facets[facet], chosen, label, counted=found.foretells))
        for parameter, (legend, label, chosen, facet) in names.items()
    ]


def options(counts: Any, chosen: tuple[str, ...], label: Any, *, counted: bool = True) -> list[Option]:
    """The boxes of one facet: most results first."""
    kept = {code: count for code, count in counts.items() if count} | {code: counts.get(code, 0) for code in chosen}
    ranked = sorted(kept.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Option(code, label(code), count if counted else None, code in chosen) for code, count in ranked]


def chosen_in(filters: Filters, terms: Terms) -> list[tuple[str, str, str]]:
    """Every value of every filter: its parameter, its code and its name."""
    return (
        [("country", code, terms.country_name(code)) for code in filters.countries]
        + [("topic", code, terms.topic_name(code)) for code in (*filters.groups, *filters.topics)]
        + [("freshness", code, word(FRESHNESS, code)) for code in filters.freshness]
        + [("language", code, LANGUAGES.get(code, code)) for code in filters.languages]
    )


def chips(filters: Filters, terms: Terms) -> list[Chip]:
    """The chosen filters, each with the way to drop it."""
    return [Chip(label, again(filters, without=(key, code))) for key, code, label in chosen_in(filters, terms)]


def name_of(filters: Filters, terms: Terms) -> str:
    """What is looked for, in one line: the words, then every filter; “All texts” where nothing is asked for."""
    words = [_("“%(words)s”", words=filters.words)] if filters.words else []
    return language.listed([*words, *(label for _key, _code, label in chosen_in(filters, terms))]) or _("All texts")


def broader(filters: Filters, found: Found) -> list[Chip]:
    """Up to three wider searches, for a page that found nothing; each of them finds something."""
    wider = [
        Chip(label, again(filters, drop=parameter))
        for parameter, facet, chosen, label in (
            ("country", "country", filters.countries, _("The same search in every country")),
            ("topic", "group", (*filters.groups, *filters.topics), _("The same search on every topic")),
            ("language", "language", filters.languages, _("The same search in every language")),
        )
        if chosen and sum(found.facets[facet].values())
    ]
    if not wider and found.words_elsewhere:
        wider.append(Chip(_("The same words in every country and topic"), url_for(".results", q=filters.words)))
    if filters.freshness and any(found.by_freshness.get(kind) for kind in SHOWN):
        wider.append(Chip(_("Texts of any age that are still shown"), again(filters, drop="freshness")))
    elif found.by_freshness.get(Freshness.EXPIRED):
        wider.append(Chip(_("Expired texts as well"), again(filters, freshness="expired")))
    if found.known:
        wider.append(Chip(_("Only the word “%(word)s”", word=found.known), url_for(".results", q=found.known)))
    return wider[:3]
