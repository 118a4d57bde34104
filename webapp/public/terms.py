"""The names of countries and topics, kept for a few minutes by the process: they change with a release."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask_babel import ngettext
from sqlalchemy.orm import Session

from web_kit import language
from webapp.lasting import lasting
from workflows.excerpts.search import Filters
from workflows.vocabulary import queries
from workflows.vocabulary.queries import CountryTerm, Term, TopicGroup, TopicTerm, alphabetical


@dataclass(frozen=True)
class Terms:
    """Everything a page needs to put words to codes, in the language of the page."""

    countries: tuple[CountryTerm, ...]
    groups: tuple[TopicGroup, ...]
    regions: tuple[Term, ...]
    facets: tuple[Term, ...]

    @cached_property
    def _by_code(self) -> Mapping[str, CountryTerm]:
        return {term.code: term for term in self.countries}

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """What may be asked for as `country` and as `topic`: each code by its small letters."""
        groups = [group.code for group in self.groups]
        topics = [topic.code for group in self.groups for topic in group.topics]
        return {
            "country": {code.casefold(): code for code in self._by_code},
            "topic": {code.casefold(): code for code in (*groups, *topics)},
        }

    def code(self, parameter: str, said: str) -> str:
        """The code that is meant, in capitals or small letters; empty for what is none."""
        return self.codes[parameter].get(said.casefold(), "")

    def country(self, iso3: str) -> CountryTerm | None:
        return self._by_code.get(iso3)

    def country_name(self, iso3: str, said_in: str = "") -> str:
        """Whoever says many names finds the language of the page once, and says it."""
        found = self.country(iso3)
        return found.name(said_in or language.current()) if found else iso3

    def topic(self, code: str) -> TopicTerm | TopicGroup | None:
        for group in self.groups:
            if code == group.code:
                return group
            if found := next((term for term in group.topics if term.code == code), None):
                return found
        return None

    def topic_name(self, code: str) -> str:
        """The topic's name with a capital, as it stands alone."""
        found = self.topic(code)
        name = found.name(language.current()) if found else code
        return name[:1].upper() + name[1:]

    def of_any(self, filters: Filters) -> Filters:
        """The same search where a whole group beside topics stands for its topics: several mean any of them."""
        if not (filters.groups and filters.topics):
            return filters
        within = (topic.code for group in self.groups if group.code in filters.groups for topic in group.topics)
        return replace(filters, groups=(), topics=(*filters.topics, *within))

    def alphabetical(self) -> list[CountryTerm]:
        return sorted(self.countries, key=lambda term: alphabetical(term.name(language.current())))

    def tiles(self, coverage: Mapping[str, Any], address: Callable[..., str], region: str = "") -> list[dict[str, Any]]:
        """The countries, of one region or all, as tiles with a disc and a count."""
        return [
            {
                "label": term.name(language.current()),
                "url": address("countries.show", iso3=term.code),
                "kind": coverage[term.code].freshness if term.code in coverage else "none",
                "small": _answers(coverage[term.code].count) if term.code in coverage else "",
            }
            for term in self.alphabetical()
            if term.active and region in {"", term.region_code}
        ]


def _answers(count: int) -> str:
    return str(ngettext("%(num)d answer", "%(num)d answers", count))


def terms_of(session: Session) -> Terms:
    """The vocabulary, read again after five minutes."""
    return lasting("terms", "", lambda: _read(session))


def _read(session: Session) -> Terms:
    return Terms(
        queries.countries(session, sleeping_too=True),
        queries.topics(session, sleeping_too=True),
        queries.regions(session),
        queries.facets(session),
    )
