"""What a program may ask behind the question mark. What makes no sense is refused by name, never left out."""

from datetime import date
from typing import Annotated, Any, Self, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, WithJsonSchema
from werkzeug.datastructures import MultiDict

from config import policy
from web_kit.app import LARGEST_NUMBER
from webapp.public.search_address import MOST_VALUES, words_in
from webapp.public.terms import Terms
from webapp.public.words import LANGUAGES
from workflows.excerpts.news import KINDS
from workflows.excerpts.public import REFERENCE
from workflows.excerpts.search import BY_MATCH, NEWEST, Filters
from workflows.excerpts.search import KINDS as FRESHNESS
from workflows.excerpts.search_cursor import is_cursor

REF = f"^{REFERENCE}$"
LONGEST_SHOWN = 40
NO_DAY = "must be a day, such as 2026-01-31"
SAID = {
    "missing": "must be given",
    "too_short": "must be given",
    "too_long": "may be given up to {max_length} times",
    "extra_forbidden": "is no parameter of this address",
    "string_too_long": "may have up to {max_length} characters",
    "string_pattern_mismatch": "is not the name of a text, such as COD-HOU-0042",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "date_parsing": NO_DAY,
    "date_from_datetime_parsing": NO_DAY,
    "date_from_datetime_inexact": NO_DAY,
}
"""What is wrong in our words, by what the library calls it."""


class Unfit(Exception):
    """What was asked makes no sense; each with the parameter that it is about."""

    def __init__(self, problems: list[dict[str, str]]) -> None:
        super().__init__("unfit")
        self.problems = problems


def _known(code: str, info: ValidationInfo) -> str:
    name = str(info.field_name)
    if not info.context:
        return code
    if found := info.context[name].get(code.casefold()):
        return str(found)
    raise ValueError(f"is no {name} of /api/v1/{'topics' if name == 'topic' else 'countries'}")


def _cursor(after: str) -> str:
    if not is_cursor(after):
        raise ValueError("is no cursor: take it from the address in `next`")
    return after


def _place(after: str) -> str:
    if place_of(after) is None:
        raise ValueError("is no cursor: take it from the address in `next`")
    return after


def _one_of(*values: str) -> Any:
    def check(value: str) -> str:
        if value.casefold() not in values:
            raise ValueError(f"must be one of {', '.join(values)}")
        return value.casefold()

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(values)})]


Known = Annotated[str, AfterValidator(_known)]
Cursor = Annotated[str, AfterValidator(_cursor), WithJsonSchema({"type": "string", "format": "cursor"})]
Place = Annotated[str, AfterValidator(_place), WithJsonSchema({"type": "string", "format": "place"})]
Ref = Annotated[str, Field(pattern=REF)]
COUNTRY, LANGUAGE = "ISO 3166-1 alpha-3.", "Of the text."
NEXT = "Where the page before ended; `next` of an answer has it already."


def _some(about: str) -> Any:
    return Field((), max_length=MOST_VALUES, description=about)


class Asked(BaseModel):
    """The parameters of one address; the fields are their names."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)
    """Built for the first who asks, and described here: words below a field are read from the source at each start."""

    @classmethod
    def read(cls, args: MultiDict[str, str], terms: Terms) -> Self:
        """Refuses: Unfit."""
        several = {name for name, field in cls.model_fields.items() if get_origin(field.annotation) is tuple}
        given = {name: tuple(values) if name in several else values[0] for name, values in args.lists()}
        twice = [name for name, values in args.lists() if name not in several and len(values) > 1]
        if twice:
            raise Unfit([{"parameter": name, "message": "may be given once"} for name in twice])
        try:
            return cls.model_validate(given, context=terms.codes)
        except ValidationError as error:
            raise Unfit(list(_problems(error))) from None


def _problems(error: ValidationError) -> Any:
    """Each once, in our words; where a parameter has several values, after the one that it is about."""
    found = error.errors(include_url=False)
    values = {one["loc"][0] for one in found if len(one["loc"]) > 1}
    for one in found:
        name, *place = one["loc"]
        if one["type"] == "too_short" and name in values:
            continue
        said = SAID.get(one["type"], "is not as /api/v1/openapi.json says").format(**one.get("ctx", {}))
        said = str(one["ctx"]["error"]) if one["type"] == "value_error" else said
        value = f"“{str(one['input'])[:LONGEST_SHOWN]}” " if place else ""
        yield {"parameter": str(name), "message": value + said}


class PageAsked(Asked):
    """A list in pages."""

    limit: int = Field(policy.API_PAGE_SIZE, ge=1, le=policy.API_PAGE_SIZE_LARGEST, description="How many at most.")


class OfThese(PageAsked):
    """What narrows a list; several values of one parameter mean any of them."""

    country: tuple[Known, ...] = _some(COUNTRY)
    topic: tuple[Known, ...] = _some("A topic or a whole group of topics.")
    language: tuple[_one_of(*LANGUAGES), ...] = _some(LANGUAGE)  # type: ignore[valid-type]

    def filters(self, **more: Any) -> Filters:
        """The same for the search."""
        groups = tuple(code for code in self.topic if "-" not in code)
        topics = tuple(code for code in self.topic if "-" in code)
        return Filters(countries=self.country, groups=groups, topics=topics, languages=self.language, **more)


class ExcerptsAsked(OfThese):
    """As on the search page."""

    q: str = Field(
        "", max_length=policy.SEARCH_QUERY_MAX, description='Words; "several in quotation marks" must stand together.'
    )
    freshness: tuple[_one_of(*FRESHNESS), ...] = _some(  # type: ignore[valid-type]
        "corrected: a translation whose original was wrong. Without it everything but expired texts."
    )
    sort: _one_of(BY_MATCH, NEWEST) = Field(  # type: ignore[valid-type]
        BY_MATCH, description="Best match (without words: the same as newest), or newest check first."
    )
    after: Cursor = Field("", description=NEXT)

    def search(self) -> Filters:
        return self.filters(words=words_in(self.q), freshness=self.freshness, sort=self.sort, after=self.after)


class VersionsAsked(PageAsked):
    """The versions of one text."""

    before: int = Field(LARGEST_NUMBER, ge=1, le=LARGEST_NUMBER, description="Only versions with a smaller number.")


class FreshnessAsked(Asked):
    """Which texts somebody keeps copies of."""

    ref: tuple[Ref, ...] = Field(
        min_length=1, max_length=policy.API_PAGE_SIZE_LARGEST, description="The names of texts."
    )


class RetractionsAsked(OfThese):
    """Since when, and of what kind."""

    kind: tuple[_one_of(*KINDS), ...] = _some("Without it all of them.")  # type: ignore[valid-type]
    since: date | None = Field(None, description="The first day.")
    after: Place = Field("", description=NEXT)


class ChangesAsked(PageAsked):
    """Since when. Not by topic: a text that gets another topic would be missed by whoever keeps those of the one."""

    country: tuple[Known, ...] = _some(COUNTRY)
    language: tuple[_one_of(*LANGUAGES), ...] = _some(LANGUAGE)  # type: ignore[valid-type]
    changed_since: date | None = Field(
        None,
        description="The first day; without it from the beginning. Give the `changed_on` of the last text that you "
        "were given: more may have changed later on that day.",
    )
    after: Place = Field("", description=NEXT)

    def filters(self) -> Filters:
        """The same for the query."""
        return Filters(countries=self.country, languages=self.language)

    @property
    def place(self) -> tuple[date, str]:
        """After which day and name to begin."""
        day, ref, _ = place_of(self.after) or (date.min, "", 0)
        return max((self.changed_since or date.min, ""), (day, ref))


class SheetAsked(Asked):
    """Which sheet of a country."""

    language: _one_of(*LANGUAGES) | None = Field(  # type: ignore[valid-type]
        None, description="Without it English, else any that there is."
    )


def place_of(after: str) -> tuple[date, str, int] | None:
    """Where a list of news ended; None for what is no such place."""
    day, _, rest = after.partition(".")
    ref, _, number = rest.partition(".")
    try:
        at, version = date.fromisoformat(day), int(number) if number.isdecimal() else 0
        return at, ref.replace("\0", ""), min(version, LARGEST_NUMBER)
    except ValueError:
        return None
