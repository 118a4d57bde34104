"""The address of a search: what it asks for, and the addresses of other searches that it leads to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request, url_for
from flask_babel import gettext

from config import policy
from webapp.public.terms import Terms
from webapp.public.words import LANGUAGES
from workflows.core.hidden import strip_hidden
from workflows.core.words import mark as _
from workflows.excerpts.search import BY_MATCH, KINDS, NEWEST, Filters

Value = TypeVar("Value")
MOST_VALUES = 30
LONGEST_SHOWN = 40
UNSEEN = "\N{REPLACEMENT CHARACTER}"
NOT_KNOWN = {
    "country": _("“%(value)s” is not a country that we know. We left it out."),
    "topic": _("“%(value)s” is not a topic that we know. We left it out."),
    "freshness": _("“%(value)s” does not say how old a text may be. We left it out."),
    "language": _("“%(value)s” is not a language of our texts. We left it out."),
}
"""What is said beside the filters of a value that is none, by its parameter."""
FILTERS = {"country": _("Country"), "topic": _("Topic"), "freshness": _("Is it up to date?"), "language": _("Language")}
TOO_MANY = _("“%(filter)s”: we look for up to %(most)s at once. We kept the first ones and left out the others.")


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    filters: Filters
    unknown: tuple[tuple[str, str], ...]
    """Values that nothing is called by, each after its parameter; of a long one its beginning."""

    too_many: tuple[str, ...] = ()
    """Parameters with more values than are looked for; those behind the first ones are left out."""

    @property
    def left_out(self) -> list[str]:
        """What was left out, in the language of the page."""
        unknown = [gettext(NOT_KNOWN[parameter], value=value) for parameter, value in self.unknown]
        cut = [gettext(TOO_MANY, filter=gettext(FILTERS[one]), most=MOST_VALUES) for one in self.too_many]
        return unknown + cut


def asked_for(terms: Terms) -> Asked:
    """What the address asks for, in capitals or small letters. Nothing in it can fail."""
    known = terms.codes | {"language": in_small_letters(LANGUAGES), "freshness": in_small_letters(KINDS)}
    codes: dict[str, list[str]] = {parameter: [] for parameter in known}
    given = {parameter: _once(_values(parameter)) for parameter in known}
    unknown = []
    for parameter, spelt in known.items():
        for value in given[parameter][:MOST_VALUES]:
            if code := spelt.get(value.casefold()):
                codes[parameter].append(code)
            else:
                unknown.append((parameter, value[:LONGEST_SHOWN]))
    topics = _once(codes["topic"])
    filters = Filters(
        words=words_in(request.args.get("q", "")),
        sort=NEWEST if request.args.get("sort") == NEWEST else BY_MATCH,
        after=request.args.get("after", "")[:60].replace("\0", ""),
        countries=_once(codes["country"]),
        groups=tuple(code for code in topics if "-" not in code),
        topics=tuple(code for code in topics if "-" in code),
        languages=_once(codes["language"]),
        freshness=_once(codes["freshness"]),
    )
    return Asked(filters, _once(unknown), tuple(one for one in given if len(given[one]) > MOST_VALUES))


def words_in(typed: str) -> str:
    """The words that were typed. Where only signs that nobody sees were, a sign that is in no text stands for them: the
    search finds nothing, instead of everything.
    """
    words = strip_hidden(typed).replace("\0", " ").strip()
    return (words or (UNSEEN if typed.strip() else ""))[: policy.SEARCH_QUERY_MAX]


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def in_small_letters(codes: Iterable[str]) -> dict[str, str]:
    """Each code by its small letters."""
    return {code.casefold(): str(code) for code in codes}


def _values(parameter: str) -> Iterator[str]:
    """What was given for a filter; nothing, where it says nothing."""
    given = (strip_hidden(value).strip() for value in request.args.getlist(parameter))
    return (value for value in given if value and value.isprintable())


def as_asked(filters: Filters) -> dict[str, Any]:
    """The filters as an address has them, for the pages and feeds that find the same."""
    return {
        "q": filters.words or None,
        "country": filters.countries,
        "topic": (*filters.groups, *filters.topics),
        "language": filters.languages,
        "freshness": filters.freshness,
    }


def again(filters: Filters, without: tuple[str, str] | None = None, drop: str = "", **changed: str) -> str:
    """This search's address with something changed; always from its first page unless `after` is given."""
    kept = as_asked(filters) | {"sort": filters.sort if filters.sort != BY_MATCH else None}
    if without:
        kept[without[0]] = [value for value in kept[without[0]] if value != without[1]]
    asked = {key: values for key, values in (kept | changed).items() if values and key != drop}
    return url_for("search.results", **asked)
