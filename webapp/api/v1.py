"""`/api/v1`: keyless, read only, nothing that the public pages do not show."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from web_kit.gate import everyone
from web_kit.site import this_site
from webapp.api import answers
from webapp.api.asked import (
    REF,
    ChangesAsked,
    ExcerptsAsked,
    FreshnessAsked,
    RetractionsAsked,
    SheetAsked,
    VersionsAsked,
    place_of,
)
from webapp.api.document import document
from webapp.api.operation import Told, following, operation
from webapp.public.caching import last_modified
from webapp.public.terms import terms_of
from workflows.core import clock
from workflows.core.errors import NotFound
from workflows.excerpts import open_data
from workflows.excerpts.news import KINDS, corrections_and_retractions, newest_change
from workflows.excerpts.open_news import retraction
from workflows.excerpts.public import coverage_by_country, coverage_by_group
from workflows.excerpts.search import listed_page
from workflows.sheets.open_data import Sheet, current_sheets, open_sheet

bp = Blueprint("api", __name__, url_prefix="/api/v1")
ASKED_FIRST = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Max-Age": "86400",
               "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since"}  # fmt: skip


@bp.after_request
def let_scripts_in(answer: Response) -> Response:
    """Scripts of any site may ask, without cookies, and read what matters of the answer's head."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    answer.headers.update(ASKED_FIRST if request.method == "OPTIONS" else {})
    return answer


@bp.get("/excerpts")
@everyone
@operation(answers.ExcerptList, ExcerptsAsked)
def excerpts(session: Session, asked: ExcerptsAsked) -> Told:
    """Published texts, searched, filtered and sorted as on the search page."""
    today = clock.today()
    found = listed_page(session, terms_of(session).of_any(asked.search()), today, asked.limit)
    items = tuple(open_data.briefly(hit, base()) for hit in found.hits)
    changed = newest_change(session) or date.min
    further = following(after=found.next_after) if found.next_after else None
    told = answers.ExcerptList(items, found.loosely, further)
    return Told(told, last_modified(changed, today, (today,)))


@bp.get("/excerpts/<ref>")
@everyone
@operation(open_data.Excerpt)
def excerpt(session: Session, ref: str) -> Told:
    """One text as it is now; of one that was taken back, that it was."""
    today = clock.today()
    found = open_data.open_excerpt(session, fit(ref), base(), today)
    return Told(found, last_modified(found.changed_on, today, open_data.turns_of(found.freshness)))


@bp.get("/excerpts/<ref>/versions")
@everyone
@operation(answers.VersionList, VersionsAsked)
def versions(session: Session, ref: str, asked: VersionsAsked) -> Told:
    """All versions of one text, the newest first."""
    rows = open_data.open_versions(session, fit(ref), asked.before, asked.limit + 1, base())
    shown = tuple(rows[: asked.limit])
    return Told(
        answers.VersionList(ref, shown, following(before=shown[-1].version) if len(rows) > len(shown) else None)
    )


@bp.get("/excerpts/<ref>/versions/<int:number>")
@everyone
@operation(open_data.Version)
def version(session: Session, ref: str, number: int) -> Told:
    """One version, for ever."""
    today = clock.today()
    found, changed_on = open_data.open_version(session, fit(ref), number, base(), today)
    return Told(found, last_modified(changed_on, today, open_data.turns_of(found.freshness)))


@bp.get("/freshness")
@everyone
@operation(answers.FreshnessList, FreshnessAsked)
def freshness(session: Session, asked: FreshnessAsked) -> Told:
    """Whether copies are still good: how up to a hundred texts stand today."""
    items = tuple(open_data.how_they_stand(session, asked.ref, base(), clock.today()))
    known = {item.ref for item in items}
    return Told(answers.FreshnessList(items, tuple(ref for ref in dict.fromkeys(asked.ref) if ref not in known)))


@bp.get("/retractions")
@everyone
@operation(answers.RetractionList, RetractionsAsked)
def retractions(session: Session, asked: RetractionsAsked) -> Told:
    """Corrections, withdrawals and retractions, the latest first: what anybody who keeps copies must know."""
    found = corrections_and_retractions(
        session, terms_of(session).of_any(asked.filters()), asked.kind or KINDS, asked.since, place_of(asked.after),
        asked.limit + 1,
    )  # fmt: skip
    shown = found[: asked.limit]
    after = ".".join(str(part) for part in shown[-1].place) if len(found) > len(shown) else ""
    return Told(
        answers.RetractionList(
            tuple(retraction(one, base()) for one in shown), following(after=after) if after else None
        )
    )


@bp.get("/changes")
@everyone
@operation(answers.ChangeList, ChangesAsked)
def changes(session: Session, asked: ChangesAsked) -> Told:
    """Texts in the order in which they last changed, those that were taken back too: for whoever mirrors us."""
    found = open_data.changed_after(session, asked.filters(), asked.place, asked.limit + 1, base(), clock.today())
    shown = tuple(found[: asked.limit])
    after = f"{shown[-1].changed_on}.{shown[-1].ref}" if len(found) > len(shown) else ""
    return Told(answers.ChangeList(shown, following(after=after) if after else None))


@bp.get("/countries")
@everyone
@operation(answers.CountryList)
def countries(session: Session) -> Told:
    """All countries, with how much is published about each."""
    coverage = coverage_by_country(session, clock.today())
    return Told(
        answers.CountryList(
            tuple(
                answers.Country(term.code, names(term), *known(coverage, term.code), f"{base()}/en/c/{term.code}")
                for term in terms_of(session).countries
            )
        )
    )


@bp.get("/topics")
@everyone
@operation(answers.TopicList)
def topics(session: Session) -> Told:
    """All topics in their groups, with how much is published about each group."""
    coverage = coverage_by_group(session, clock.today())
    groups = terms_of(session).groups
    return Told(
        answers.TopicList(
            tuple(
                answers.TopicGroup(
                    group.code, names(group), *known(coverage, group.code),
                    tuple(answers.Topic(topic.code, names(topic)) for topic in group.topics),
                )
                for group in groups
            )
        )
    )  # fmt: skip


@bp.get("/sheets")
@everyone
@operation(answers.SheetList)
def sheets(session: Session) -> Told:
    """The current country sheets."""
    return Told(answers.SheetList(tuple(current_sheets(session, base(), clock.today()))))


@bp.get("/sheets/<iso3>")
@everyone
@operation(Sheet, SheetAsked)
def sheet(session: Session, iso3: str, asked: SheetAsked) -> Told:
    """The current edition of a country's sheet."""
    return edition_in(session, iso3, asked)


@bp.get("/sheets/<iso3>/editions/<int:number>")
@everyone
@operation(Sheet, SheetAsked)
def edition(session: Session, iso3: str, number: int, asked: SheetAsked) -> Told:
    """One edition, for ever; what was withdrawn since has its notice in its place."""
    return edition_in(session, iso3, asked, number)


@bp.get("/openapi.json")
@everyone
@operation(dict[str, Any])
def openapi(session: Session) -> Told:
    """This interface, described for machines (OpenAPI 3.1)."""
    return Told(document(terms_of(session)))


def base() -> str:
    """The address of this site."""
    return this_site().base_url


def fit(ref: str) -> str:
    """Refuses (NotFound) what can be no text's name."""
    if not re.fullmatch(REF, ref):
        raise NotFound(ref)
    return ref


def edition_in(session: Session, iso3: str, asked: SheetAsked, number: int | None = None) -> Told:
    """In the language that was asked for and no other; without one, English or any. Refuses: NotFound."""
    if terms_of(session).country(iso3) is None:
        raise NotFound(iso3)
    found = open_sheet(session, iso3, (asked.language or "en",), base(), clock.today(), number)
    if asked.language and found.language != asked.language:
        raise NotFound(iso3)
    return Told(found)


def names(term: Any) -> answers.Names:
    """Of a country or topic."""
    return answers.Names(term.name("en"), term.name("fr"), term.name("nl"), term.name("ar"))


def known(coverage: Any, code: str) -> tuple[int, Any]:
    """How much there is, and how fresh the freshest of it is."""
    found = coverage.get(code)
    return (found.count, found.freshness) if found else (0, None)
