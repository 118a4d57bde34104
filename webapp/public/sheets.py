"""Country sheets: the current edition, every edition for ever, and each as a Word file and as a PDF."""

import re

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config import policy
from web_kit.app import limiter
from web_kit.gate import everyone
from web_kit.language import current, direction, language_name
from web_kit.site import this_site
from web_kit.unit import reads
from web_kit.word import DOCX, file_of
from webapp.public.caching import as_of_today, for_scripts, may_be_kept
from webapp.sheet_text import prose, unmarked
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.core.errors import NotFound
from workflows.sheets.files import Kind
from workflows.sheets.frozen import FrozenEdition
from workflows.sheets.paper import NoLetters
from workflows.sheets.portions import part_with
from workflows.sheets.public import SheetPage, sheet_file, sheet_page
from workflows.sheets.reading import Places
from workflows.sheets.words import LANGUAGES
from workflows.vocabulary.queries import country

bp = Blueprint("sheets", __name__, url_prefix="/<language:lang>/sheet")
ISO3 = re.compile(r"[A-Z]{3}")
KINDS: dict[Kind, str] = {"docx": DOCX, "pdf": "application/pdf"}
counted = limiter.shared_limit(lambda: policy.SHEET_FILES_PER_NETWORK, scope="sheets")


@bp.get("/<iso3>")
@everyone
@may_be_kept
@reads
def show(session: Session, actor: Actor, iso3: str) -> ResponseReturnValue:
    """The current edition, in the language of the page if there is one, else in another, which the page says."""
    return _page(session, iso3)


@bp.get("/<iso3>/editions/<int:number>")
@everyone
@may_be_kept
@reads
def edition(session: Session, actor: Actor, iso3: str, number: int) -> ResponseReturnValue:
    """One edition under its own address."""
    return _page(session, iso3, number)


@bp.get("/<iso3>.<any(docx, pdf):kind>")
@everyone
@counted
@for_scripts
@reads
def file(session: Session, actor: Actor, iso3: str, kind: Kind) -> ResponseReturnValue:
    """The current edition as a Word file or as a PDF."""
    return _file(session, iso3, kind)


@bp.get("/<iso3>/editions/<int:number>.<any(docx, pdf):kind>")
@everyone
@counted
@for_scripts
@reads
def edition_file(session: Session, actor: Actor, iso3: str, number: int, kind: Kind) -> ResponseReturnValue:
    """One edition as a Word file or as a PDF."""
    return _file(session, iso3, kind, number)


def _found(session: Session, iso3: str, number: int | None) -> SheetPage:
    """The asked language, the page's, then English, then whatever there is. Refuses: NotFound."""
    if not ISO3.fullmatch(iso3):
        raise NotFound(iso3)
    as_of_today(session)
    wanted = [code for code in (request.args.get("language"), current(), "en") if code in LANGUAGES]
    return sheet_page(session, iso3, wanted, clock.today(), number)


def _page(session: Session, iso3: str, number: int | None = None) -> ResponseReturnValue:
    page = _found(session, iso3, number)
    frozen = page.reading.edition
    return render_template(
        "public/sheets/show.html",
        sheet=page,
        part=part_with(page.reading, request.args.get("section")),
        frozen=frozen,
        country=country(session, iso3),
        fixed=number is not None,
        wanted=request.args.get("language") or current(),
        names=LANGUAGES,
        language_name=language_name,
        text_dir=direction(frozen.language),
        prose=prose,
        unmarked=unmarked,
    )


def _places(frozen: FrozenEdition) -> Places:
    page = url_for("sheets.edition", lang=frozen.language, iso3=frozen.country, number=frozen.number)
    base = this_site().base_url
    return Places(lambda ref: base + url_for("excerpts.show", ref=ref), base + page)


def _file(session: Session, iso3: str, kind: Kind, number: int | None = None) -> ResponseReturnValue:
    page = _found(session, iso3, number)
    frozen = page.reading.edition
    try:
        content = sheet_file(session, page, kind, _places(frozen))
    except NoLetters as missing:
        raise NotFound(kind) from missing
    return file_of(content, KINDS[kind], f"terrain-{frozen.country}-{frozen.language}-{frozen.number}.{kind}")
