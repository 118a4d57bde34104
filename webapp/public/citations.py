"""One version of a text as the programs that keep references read it: RIS, BibTeX, CSL-JSON; and for search engines."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import everyone
from web_kit.language import say_date
from web_kit.site import this_site
from web_kit.unit import reads
from webapp.public.caching import as_of_today, for_scripts
from webapp.public.engines import shown_in
from webapp.public.terms import Terms, terms_of
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.excerpts.public import ExcerptPage, Text, version_page

bp = Blueprint("citations", __name__)
PUBLISHER = "Terrain"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TEX = str.maketrans({one: f"\\{one}" for one in "#$%&_{}"} | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"})


@bp.get("/<language:lang>/e/<ref>/v<int:number>.<any(ris,bib,json):kind>")
@everyone
@for_scripts
@reads
def file(session: Session, actor: Actor, ref: str, number: int, kind: str) -> Response:
    """The reference to one version, to be taken into a program. Refuses: NotFound."""
    page = version_page(session, ref, number, clock.today())
    media, written = KINDS[kind]
    as_of_today(session)
    answer = Response(written(page, terms_of(session)), content_type=f"{media}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.text.ref}-v{page.text.number}.{kind}"'
    return answer


def address(text: Text) -> str:
    """Where this very version stands, for ever."""
    return this_site().base_url + url_for("excerpts.version", ref=text.ref, number=text.number)


def note(page: ExcerptPage) -> str:
    """What a reference must say beside where and when."""
    if page.state == "retracted":
        return _("Retracted: it was wrong.")
    checked, until = say_date(page.text.information_date), say_date(page.text.valid_until)
    if page.corrected:
        wrong = _("This version was wrong and was corrected on %(day)s.", day=say_date(page.corrected.on))
        return f"{_('Checked %(checked)s.', checked=checked)} {wrong}"
    if page.state == "withdrawn":
        return f"{_('Checked %(checked)s.', checked=checked)} {_('Withdrawn.')}"
    return _("Checked %(checked)s, valid until %(until)s.", checked=checked, until=until)


def about(text: Text, terms: Terms) -> list[str]:
    """The country and the topics, in the language of the page."""
    return [terms.country_name(text.country), *(terms.topic_name(code) for code in text.topics)]


def ris(page: ExcerptPage, terms: Terms) -> str:
    """One reference for Zotero, EndNote and most others."""
    text, read = page.text, clock.today()
    lines = [("TY", "ELEC"), ("ID", f"{text.ref}v{text.number}"), ("TI", text.title), ("AU", PUBLISHER),
             ("PB", PUBLISHER), ("PY", f"{text.published_on:%Y}"), ("DA", f"{text.published_on:%Y/%m/%d}"),
             ("ET", str(text.number)), ("LA", text.language), ("UR", address(text)), ("Y2", f"{read:%Y/%m/%d}"),
             ("N1", note(page)), *(("KW", word) for word in about(text, terms)), ("ER", "")]  # fmt: skip
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines)


def bibtex(page: ExcerptPage, terms: Terms) -> str:
    """One reference for LaTeX; the title keeps its capitals."""
    text = page.text
    fields = {
        "title": f"{{{_tex(text.title)}}}", "author": f"{{{PUBLISHER}}}", "year": f"{text.published_on:%Y}",
        "month": str(text.published_on.month), "version": str(text.number), "language": text.language,
        "keywords": _tex(", ".join(about(text, terms))), "note": _tex(note(page)), "url": address(text),
        "urldate": clock.today().isoformat(),
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{text.ref}v{text.number},\n{lines}\n}}\n"


def csl(page: ExcerptPage, terms: Terms) -> str:
    """One reference in the JSON that citation processors share."""
    text = page.text
    item = {
        "id": f"{text.ref}v{text.number}", "type": "webpage", "title": text.title, "author": [{"literal": PUBLISHER}],
        "publisher": PUBLISHER, "issued": _csl_day(text.published_on), "accessed": _csl_day(clock.today()),
        "version": str(text.number), "language": text.language, "keyword": ", ".join(about(text, terms)),
        "note": note(page), "URL": address(text),
    }  # fmt: skip
    return json.dumps([item], ensure_ascii=False, indent=1)


Written = Callable[[ExcerptPage, Terms], str]
KINDS: dict[str, tuple[str, Written]] = {
    "ris": ("application/x-research-info-systems", ris),
    "bib": ("application/x-bibtex", bibtex),
    "json": ("application/vnd.citationstyles.csl+json", csl),
}
NAMES = {"ris": "RIS", "bib": "BibTeX", "json": "CSL-JSON"}


def for_engines(page: ExcerptPage, terms: Terms) -> dict[str, Any]:
    """The text as schema.org describes an article; published when its first version was, `expires` is until
    when it may be relied on. What was taken back says so instead of what it says in short.
    """
    text, base = page.text, this_site().base_url
    first = min((one.published_on for one in page.versions), default=text.published_on)
    in_short = {"abstract": text.summary}
    house = {"@type": "Organization", "name": PUBLISHER, "url": base}
    return {
        "@context": "https://schema.org", "@type": "Article", "headline": text.title,
        **({"creativeWorkStatus": "Corrected" if page.corrected else "Withdrawn"} if page.void else in_short),
        "inLanguage": text.language, "identifier": text.ref, "version": text.number,
        "url": base + url_for("excerpts.show", lang=shown_in(text.language), ref=text.ref),
        "datePublished": first.isoformat(),
        "dateModified": max(text.published_on, text.information_date).isoformat(),
        **({"expires": text.valid_until.isoformat()} if page.holds else {}),
        "isAccessibleForFree": True, "license": LICENCE, "author": house, "publisher": house,
        "spatialCoverage": {"@type": "Country", "name": terms.country_name(text.country), "identifier": text.country},
        "about": [{"@type": "Thing", "name": terms.topic_name(code)} for code in text.topics],
        **({"translationOfWork": {"@type": "Article", "identifier": text.source_ref}} if text.source_ref else {}),
    }  # fmt: skip


def files_of(text: Text) -> Iterator[tuple[str, str]]:
    """The name and address of each kind of reference."""
    for kind, name in NAMES.items():
        yield name, url_for("citations.file", ref=text.ref, number=text.number, kind=kind)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)


def _csl_day(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
