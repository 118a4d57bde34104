"""The vocabulary in the language of the page: names for codes, and choices for forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from web_kit.language import current
from webapp.lasting import lasting
from workflows.vocabulary import queries
from workflows.vocabulary.queries import TopicGroup


@dataclass(frozen=True)
class Vocabulary:
    """Everything that has a code and a name. Sleeping terms have names too, and are no choice."""

    language: str
    countries: Mapping[str, str]
    """The choices, in the alphabetical order of the language."""
    groups: Sequence[TopicGroup]
    facets: Mapping[str, str]
    names: Mapping[str, str]
    english: Mapping[str, str]
    """The names in English, which are understood on every page where a name is typed."""

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """The choices, in the order of the country sheets."""
        return {topic.code: topic.name(self.language) for group in self.groups for topic in group.topics}

    def name(self, code: str | None) -> str:
        """The name of a code, the code itself when it is unknown, nothing for nothing."""
        return self.names.get(code, code) if code else ""

    def listed(self, codes: Iterable[str]) -> str:
        """Names with commas between them."""
        return ", ".join(self.name(code) for code in codes)


def vocabulary(session: Session, *, with_facets: bool = True) -> Vocabulary:
    """In the language of the page. It changes with a release: kept for five minutes by the process, as on the public
    site; read again by a statement each for countries, topics and facets.
    """
    asked = current(), with_facets
    return lasting("vocabulary", asked, lambda: _read(session, *asked))


def _read(session: Session, language: str, with_facets: bool) -> Vocabulary:
    countries = queries.countries(session, language, sleeping_too=True)
    groups = queries.topics(session)
    facets = queries.facets(session) if with_facets else ()
    terms = [*countries, *groups, *facets, *(topic for group in groups for topic in group.topics)]
    return Vocabulary(
        language=language,
        countries={term.code: term.name(language) for term in countries if term.active},
        groups=groups,
        facets={term.code: term.name(language) for term in facets},
        names={term.code: term.name(language) for term in terms},
        english={term.code: term.name("en") for term in terms},
    )
