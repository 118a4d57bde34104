"""Country sheets at the desk: the list, composing one, its preview and comparison, and its way to the public."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.compared import two_sides
from web_kit.forms import EditForm, answer_conflict
from web_kit.gate import staff_only
from web_kit.language import current, direction
from web_kit.site import this_site
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.desk.saved_by import saved_by
from webapp.desk.sheets_forms import EditionForm
from webapp.desk.sheets_page import choice_words, clashes_of, read_page, taken_back, titles_of, version_of, with_form
from webapp.sheet_text import prose, unmarked
from workflows.core import clock
from workflows.core.actors import Actor, Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, NotFound, OutOfTurn
from workflows.sheets.approval_queries import changes, preview
from workflows.sheets.desk import begin_edition, discard_edition, rework_edition, save_edition, send_edition
from workflows.sheets.desk_queries import sections_of, sheet_heads, sheet_list, sheet_of
from workflows.sheets.models import Edition
from workflows.sheets.publishing import publish_edition
from workflows.sheets.words import LANGUAGES, OF_EDITION
from workflows.vocabulary.queries import countries, topics

bp = Blueprint("sheets", __name__, url_prefix="/desk/sheets")
LIST, PAGE = "desk/sheets/index.html", "desk/sheets/show.html"


@reads
def typed_edition(session: Session, actor: Actor) -> EditionForm:
    """The form as it was sent, its sections by name, for whoever was signed out meanwhile."""
    form = EditionForm()
    form.offer(titles_of(topics(session)), {}, choice_words(""))
    return form


@bp.get("")
@staff_only(Role.EDITOR)
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """Every sheet, how it stands, and the way to begin another."""
    return _list(session, actor)


@bp.post("/begin")
@staff_only(Role.EDITOR)
@writes
def begin(session: Session, actor: Staff) -> ResponseReturnValue:
    """Begin the next edition, or go to the one under work."""
    country, language = request.form.get("country", ""), request.form.get("language", "")
    try:
        begin_edition(session, actor, country, language, clock.now())
    except Incomplete:
        return _list(session, actor, _("Choose a country and a language.")), 422
    return redirect(url_for(".show", iso3=country, language=language), 303)


@bp.get("/<string(length=3):iso3>")
@staff_only(Role.EDITOR)
@reads
def show(session: Session, actor: Staff, iso3: str) -> ResponseReturnValue:
    """One country in one language: the edition under work, else the published one."""
    return render_template(PAGE, **with_form(session, read_page(session, actor, _plain(iso3), _language())))


@bp.post("/editions/<uuid:edition_id>/save")
@staff_only(Role.EDITOR)
@writes
@fills(typed_edition)
def save(session: Session, actor: Staff, edition_id: UUID) -> ResponseReturnValue:
    """Keep everything typed, and do what the pressed button does."""
    return _with_typed(session, actor, edition_id, _save, _("Saved."))


@bp.post("/editions/<uuid:edition_id>/send")
@staff_only(Role.EDITOR)
@writes
@fills(typed_edition)
def send(session: Session, actor: Staff, edition_id: UUID) -> ResponseReturnValue:
    """Keep everything typed, and ask another editor to approve it: both or neither."""
    return _with_typed(session, actor, edition_id, _save_and_send, _("Sent. Another editor approves it now."))


@bp.post("/editions/<uuid:edition_id>/rework")
@staff_only(Role.EDITOR)
@writes
def rework(session: Session, actor: Staff, edition_id: UUID) -> ResponseReturnValue:
    """Take it back to work on it."""
    return _move(session, actor, edition_id, rework_edition, _("You can work on it again."))


@bp.get("/<iso3>/discard")
@staff_only(Role.EDITOR)
@reads
def discard_form(session: Session, actor: Staff, iso3: str) -> ResponseReturnValue:
    """Ask before the edition under work is given up."""
    heads = sheet_heads(session, actor, _plain(iso3), _language())
    if heads.under_work is None:
        raise OutOfTurn("no edition is under work")
    return render_template("desk/sheets/discard.html", heads=heads, names=LANGUAGES)


@bp.post("/editions/<uuid:edition_id>/discard")
@staff_only(Role.EDITOR)
@writes
def discard(session: Session, actor: Staff, edition_id: UUID) -> ResponseReturnValue:
    """Give it up."""
    return _move(session, actor, edition_id, discard_edition, _("Discarded. What is published stays."))


@bp.post("/editions/<uuid:edition_id>/publish")
@staff_only(Role.EDITOR)
@writes
def publish(session: Session, actor: Staff, edition_id: UUID) -> ResponseReturnValue:
    """Approve and publish it."""
    command = partial(publish_edition, links=this_site().links)
    return _move(session, actor, edition_id, command, _("Published."))


@bp.get("/<iso3>/preview")
@staff_only(Role.EDITOR)
@reads
def show_preview(session: Session, actor: Staff, iso3: str) -> ResponseReturnValue:
    """The edition under work as readers would see it. The version is read before the text it approves."""
    heads = sheet_heads(session, actor, _plain(iso3), _language())
    reading = preview(session, actor, iso3, heads.language, HELPDESK.local_day(clock.now()), this_site().links)
    return render_template(
        "desk/sheets/preview.html",
        heads=heads,
        taken_back=taken_back(reading.sections, {one.group: one.title for one in reading.sections}),
        reading=reading,
        names=LANGUAGES,
        text_dir=direction(heads.language),
        prose=prose,
        unmarked=unmarked,
    )


@bp.get("/<iso3>/compare")
@staff_only(Role.EDITOR)
@reads
def compare(session: Session, actor: Staff, iso3: str) -> ResponseReturnValue:
    """What the edition under work changes in the published one."""
    heads = sheet_heads(session, actor, _plain(iso3), _language())
    titles, rows, today = titles_of(topics(session)), [], HELPDESK.local_day(clock.now())
    for group, found in changes(session, actor, iso3, heads.language).items():
        for place, (before, after) in enumerate(filter(None, map(two_sides, found))):
            rows.append({"label": "" if place else titles.get(group, group), "before": before, "after": after})
    gone = taken_back(sections_of(session, heads.under_work.id, today), titles) if heads.under_work else []
    return render_template("desk/sheets/compare.html", heads=heads, rows=rows, names=LANGUAGES, taken_back=gone)


def _list(session: Session, actor: Staff, problem: str = "") -> str:
    today = HELPDESK.local_day(clock.now())
    return render_template(
        LIST,
        rows=sheet_list(session, actor, current(), today),
        countries={term.code: term.name(current()) for term in countries(session, current())},
        chosen=request.form,
        problem=problem,
        names=LANGUAGES,
        states=OF_EDITION,
        today=today,
    )


def _with_typed(
    session: Session, actor: Staff, edition_id: UUID, command: Callable[..., object], said: str
) -> ResponseReturnValue:
    """What a button of the composing form does with what was typed; refused, the form comes back as it was typed."""
    iso3, language = sheet_of(session, actor, edition_id)
    form = EditionForm()
    try:
        with attempt(session):
            command(session, actor, edition_id, form)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _again(session, actor, iso3, language, form), 422
    except EditConflict as conflict:
        context = _over_what_stands(session, actor, iso3, language, form)
        return answer_conflict(PAGE, saved_by=saved_by(session, conflict), **context)
    flash(said, "success")
    return redirect(url_for(".show", iso3=iso3, language=language, _anchor=_section_pressed()), 303)


def _save(session: Session, actor: Staff, edition_id: UUID, form: EditionForm) -> Edition:
    return save_edition(session, actor, edition_id, form.seen_version, form.drafts(), clock.now(), form.presses())


def _save_and_send(session: Session, actor: Staff, edition_id: UUID, form: EditionForm) -> None:
    edition = _save(session, actor, edition_id, form)
    session.flush()  # the version that is sent is the one just saved
    send_edition(session, actor, edition_id, edition.version, clock.now(), gaps_known="gaps_known" in request.form)


def _move(
    session: Session, actor: Staff, edition_id: UUID, command: Callable[..., object], said: str
) -> ResponseReturnValue:
    """One move of the edition; what keeps it from moving is shown beside its section."""
    iso3, language = sheet_of(session, actor, edition_id)
    try:
        with attempt(session):
            command(session, actor, edition_id, EditForm().seen_version, clock.now())
    except Incomplete as refused:
        page = read_page(session, actor, iso3, language)
        form = EditionForm.of(page.sections, version_of(page))
        form.show_problems(refused, _)
        return render_template(PAGE, **with_form(session, page, form), kept=False), 422
    flash(said, "success")
    return redirect(url_for(".show", iso3=iso3, language=language), 303)


def _again(session: Session, actor: Staff, iso3: str, language: str, form: EditionForm) -> str:
    return render_template(PAGE, **with_form(session, read_page(session, actor, iso3, language), form, typed=True))


def _over_what_stands(session: Session, actor: Staff, iso3: str, language: str, form: EditionForm) -> dict[str, Any]:
    """Somebody saved first: both texts, and the form carries the version that stands, to be saved over it."""
    page = read_page(session, actor, iso3, language)
    form.version.data = version_of(page)
    return with_form(session, page, form, typed=True) | {"clashes": clashes_of(page, form)}


def _language() -> str:
    """The language asked for, else the desk's own. Refuses: NotFound for one in which no sheets are written."""
    code = request.args.get("language") or (current() if current() in LANGUAGES else "en")
    if code not in LANGUAGES:
        raise NotFound(code)
    return code


def _plain(iso3: str) -> str:
    """The code as it may be asked of the database."""
    return iso3 if iso3.isalnum() else ""


def _section_pressed() -> str | None:
    """Where the page is shown again: the section whose button was pressed."""
    _verb, _space, rest = request.form.get("press", "").partition(" ")
    return rest.partition(" ")[0] or None
