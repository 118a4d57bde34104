"""One published text: as it is now, as one fixed version, and two versions compared."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.compared import two_sides
from web_kit.gate import everyone
from web_kit.language import apart, direction, listed, say_date
from web_kit.unit import reads
from webapp.public import files
from webapp.public.caching import as_of_today, may_be_kept
from webapp.public.citations import address, files_of, for_engines
from webapp.public.terms import terms_of
from webapp.public.words import CHANGES, CONFIDENCE, FRESHNESS, LANGUAGES, NOT_RELIED_ON, SOURCE_KINDS, word
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.core.clock import now
from workflows.core.markdown import render
from workflows.excerpts.compare import compare
from workflows.excerpts.news import TAKEN_BACK
from workflows.excerpts.public import ExcerptPage, Text, published_page, two_versions, version_page

bp = Blueprint("excerpts", __name__)
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Line:
    """A line for a macro: a fact, a source, a version."""

    label: str = ""
    value: str = ""
    small: str = ""
    kind: str = ""
    kind_label: str = ""
    note: str = ""
    lang: str = ""
    when: date | None = None
    text: str = ""
    url: str = ""
    url_label: str = ""
    address: str = ""
    current: bool = False
    term: str = ""


@bp.get("/<language:lang>/e/<ref>")
@everyone
@may_be_kept
@reads
def show(session: Session, actor: Actor, ref: str) -> ResponseReturnValue:
    """The current text."""
    page = published_page(session, ref, clock.today())
    return _page(session, page, fixed=False)


@bp.get("/<language:lang>/e/<ref>/v<int:number>")
@everyone
@may_be_kept
@reads
def version(session: Session, actor: Actor, ref: str, number: int) -> ResponseReturnValue:
    """One version, for ever."""
    page = version_page(session, ref, number, clock.today())
    return _page(session, page, fixed=True)


@bp.get("/<language:lang>/e/<ref>/diff/<int:older>..<int:newer>")
@everyone
@may_be_kept
@reads
def diff(session: Session, actor: Actor, ref: str, older: int, newer: int) -> ResponseReturnValue:
    """What changed between two versions, paragraph by paragraph; of what was taken back, its page with the notice."""
    before, after = two_versions(session, ref, older, newer, clock.today())
    page = published_page(session, ref, clock.today())
    if page.state in TAKEN_BACK:
        return _page(session, page, fixed=True)
    as_of_today(session)
    return render_template(
        "public/excerpts/diff.html", before=before, after=after, rows=compared(before, after), terms=terms_of(session)
    )


def _page(session: Session, page: ExcerptPage, *, fixed: bool) -> ResponseReturnValue:
    terms = terms_of(session)
    as_of_today(session)
    return render_template(
        "public/excerpts/show.html",
        page=page,
        text=page.text,
        fixed=fixed,
        terms=terms,
        body=render(page.text.body, sources=len(page.text.sources), source_label=_("Source")),
        facts=facts(page),
        sources=[source(one, page.text.language) for one in page.text.sources],
        history=history(page),
        citation=citation(session, page),
        citation_files=files_of(page.text),
        files=files.listed(page),
        address=address(page.text),
        for_engines=for_engines(page, terms),
        text_dir=direction(page.text.language),
        languages_of_texts=LANGUAGES,
        language_name=LANGUAGES.get(page.text.language, page.text.language),
    )


def compared(before: Text, after: Text) -> list[dict[str, Any]]:
    """The rows of the comparison; a part keeps its name on its first row, and what is of the text says its language."""
    rows: list[dict[str, Any]] = []
    headings = {one.strip() for text in (before, after) for one in HEADING.findall(text.body)}
    for (label, lang, old), (_label, _lang, new) in zip(_parts(before), _parts(after), strict=True):
        first = len(rows)
        for left, right in filter(None, map(two_sides, compare(old, new))):
            said = "".join(words for words, _mark in right or left).strip()
            name = "" if len(rows) > first else label
            rows.append({"label": name, "before": left, "after": right, "lang": lang, "heading": said in headings})
    return rows


def _parts(text: Text) -> list[tuple[str, str, str]]:
    """What may differ between two versions, each with its name and its language; headings without marks, apart."""
    return [
        (_("Title"), text.language, text.title),
        (_("In short"), text.language, text.summary),
        (_("Text"), text.language, HEADING.sub(r"\n\1\n", text.body)),
        (_("What we do not know"), text.language, text.unknown),
        (_("Sources"), text.language, "\n\n".join(one["label"] for one in text.sources)),
        (_("Last checked"), "", say_date(text.information_date)),
    ]


def facts(page: ExcerptPage) -> list[Line]:
    """Four facts: is it up to date, when was it true, on what does it rest, how sure are we.

    We are not sure of what was taken back or wrong.
    """
    text = page.text
    place = _("Place: %(place)s", place=apart(text.place)) if text.place else ""
    sure, why = CONFIDENCE.get(text.confidence, (text.confidence, ""))
    kinds: dict[str, int] = {}
    for one in text.sources:
        kinds[one.get("kind", "")] = kinds.get(one.get("kind", ""), 0) + 1
    told = listed(f"{count} × {word(SOURCE_KINDS, kind)}" for kind, count in kinds.items())
    return [
        _up_to_date(page),
        Line(term=_("Last checked"), value=say_date(text.information_date, "medium"), small=place),
        Line(term=_("Sources"), value=str(len(text.sources)), small=told),
        *([] if page.void else [Line(term=_("How sure are we?"), value=_(sure), small=_(why) if why else "")]),
    ]


def _up_to_date(page: ExcerptPage) -> Line:
    """Whether it may be relied on: what is being checked or was taken back is not, whatever its day says."""
    text, term = page.text, _("Is it up to date?")
    state = "corrected" if page.corrected and page.state == "published" else page.state
    if state in NOT_RELIED_ON:
        kind, said = NOT_RELIED_ON[state]
        return Line(term=term, value=_(said), kind=kind)
    if page.older:
        return Line(term=term, value=_("Older version"), kind="none")
    day = say_date(text.valid_until)
    past = text.freshness in {"out_of_date", "expired"}
    until = _("was valid until %(day)s", day=day) if past else _("until %(day)s", day=day)
    return Line(term=term, value=word(FRESHNESS, text.freshness), small=until, kind=text.freshness)


def source(one: dict[str, Any], language: str) -> Line:
    """A source as the public may know it: what it is, never who."""
    dated = one.get("dated")
    note = say_date(date.fromisoformat(dated), "medium") if dated else ""
    kind = word(SOURCE_KINDS, one.get("kind", ""))
    return Line(label=one.get("label", ""), lang=language, kind_label=kind, note=note)


def history(page: ExcerptPage) -> list[Line]:
    """The timeline of versions, newest first, each with the way to compare it with the one before."""
    lines, numbers = [], [edition.number for edition in page.versions]
    for edition, before in zip_longest(page.versions, numbers[1:]):
        here = edition.number == page.text.number
        lines.append(
            Line(
                label=_("Version %(number)s", number=edition.number),
                when=edition.published_on,
                text=word(CHANGES, edition.change),
                note=edition.public_note,
                lang=page.text.language,
                url=url_for(".diff", ref=page.text.ref, older=before, newer=edition.number)
                if before and page.state != "retracted"
                else "",
                url_label=_("See what changed"),
                address=_address_of(page, edition.number),
                current=here,
            )
        )
    return lines


def _address_of(page: ExcerptPage, number: int) -> str:
    """Where a version of this text is read; nowhere when it is the one on the page."""
    if number == page.text.number:
        return ""
    if number == page.current:
        return url_for(".show", ref=page.text.ref)
    return url_for(".version", ref=page.text.ref, number=number)


def citation(session: Session, page: ExcerptPage) -> str:
    """How to cite this version; the address is fixed to it. One that was wrong says so wherever it is cited."""
    terms, text = terms_of(session), page.text
    facts = {
        "title": apart(text.title),
        "country": terms.country_name(text.country),
        "topic": terms.topic_name(text.topic_group),
        "number": text.number,
        "checked": say_date(text.information_date),
        "address": apart(address(text)),
        "today": say_date(now()),
    }
    if page.corrected:
        return _(
            "Terrain, “%(title)s”, %(country)s: %(topic)s, version %(number)s, checked %(checked)s, "
            "corrected on %(corrected)s. %(address)s (read %(today)s).",
            corrected=say_date(page.corrected.on),
            **facts,
        )
    if page.state == "withdrawn":
        return _(
            "Terrain, “%(title)s”, %(country)s: %(topic)s, version %(number)s, checked %(checked)s, "
            "withdrawn. %(address)s (read %(today)s).",
            **facts,
        )
    return _(
        "Terrain, “%(title)s”, %(country)s: %(topic)s, version %(number)s, checked %(checked)s, "
        "valid until %(until)s. %(address)s (read %(today)s).",
        until=say_date(text.valid_until),
        **facts,
    )
