"""Excerpts at the desk: the list, one text with what is being written of it, and the form it is written in."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.forms import answer_conflict
from web_kit.gate import staff_only
from web_kit.site import Link
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from webapp.desk.counted import counted
from webapp.desk.excerpts_begun import begun_before, named_beginning, named_revision
from webapp.desk.excerpts_checks import wrong_as_saved
from webapp.desk.excerpts_discarded import discarded_line, refuse_discarded, saved_too_late, says_so, who_did
from webapp.desk.excerpts_forms import ExcerptForm, text_of
from webapp.desk.excerpts_page import as_readers_see, clashes, field_labels, page_context
from webapp.desk.in_each_language import read_beside
from webapp.desk.original import Original, original_beside
from webapp.desk.saved_by import SavedBy, saved_by
from webapp.desk.vocabulary import Vocabulary, vocabulary
from webapp.moments import moment
from workflows.core import clock
from workflows.core.actors import Actor, Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, OutOfTurn
from workflows.excerpts.desk import draft_excerpt, save_version
from workflows.excerpts.desk_page import ExcerptPage, Working, excerpt_page, ref_of
from workflows.excerpts.desk_queries import COUNTED_TO, Filters, Listed, View, excerpts_index
from workflows.excerpts.models import ExcerptState, VersionState
from workflows.excerpts.provenance import Begun, answers_offered, refuse_unknown
from workflows.excerpts.reports_page import pointing_to_persons
from workflows.excerpts.words import FRESHNESS, LANGUAGES, OF_EXCERPT, OF_VERSION

bp = says_so(Blueprint("excerpts", __name__, url_prefix="/desk/excerpts"))
editors_only = staff_only(Role.EDITOR)
FORM = "desk/excerpts/form.html"


@reads
def typed_text(session: Session, actor: Actor) -> ExcerptForm:
    """The form as it was sent, with the words of what was chosen, for whoever was signed out meanwhile."""
    return ExcerptForm.sent(vocabulary(session))


@bp.get("")
@staff_only(Role.EDITOR, Role.OFFICER)
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """The list: what is under work first, then what goes out of date soonest."""
    filters = _filters()
    listed = excerpts_index(session, actor, filters, HELPDESK.local_day(clock.now()))
    return render_template(
        "desk/excerpts/index.html",
        listed=listed,
        persons=pointing_to_persons(session, actor),
        filters=filters,
        views=_views(filters, listed),
        words=vocabulary(session, with_facets=False),
        older=_address(filters, after=listed.older) if listed.older else None,
        **_closed_lists(actor),
    )


@bp.get("/<ref>")
@staff_only(Role.EDITOR, Role.OFFICER)
@reads
def show(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """One text: as readers see it, what would change, and what can be done."""
    page = read_page(session, actor, ref)
    if page.state == ExcerptState.DISCARDED:
        said = who_did(page.versions[0])
        return render_template("desk/excerpts/discarded.html", page=page, who_did=said, of_excerpt=OF_EXCERPT)
    return render_template("desk/excerpts/show.html", **page_context(session, actor, page))


@bp.get("/new")
@editors_only
@reads
def begin(session: Session, actor: Staff) -> ResponseReturnValue:
    """The form with what an accepted answer says, or an empty one; a recheck leads to the text it was about."""
    words, start = vocabulary(session), named_beginning(session, actor)
    if start.rechecks:
        return redirect(url_for(".show", ref=ref_of(session, actor, start.rechecks)), 303)
    form = ExcerptForm.showing(words, start.text, country=start.country, language=start.language, version=0)
    return _form_page(form, words, begun=begun_before(session, actor))


@bp.post("/new")
@editors_only
@writes
@fills(typed_text)
def draft(session: Session, actor: Staff) -> ResponseReturnValue:
    """Keep the first version; the text gets its name for ever."""
    words = vocabulary(session)
    form = ExcerptForm.sent(words)
    if (page := _without_saving(form, words, begun=begun_before(session, actor))) is not None:
        return page
    try:
        with attempt(session):
            ref = _draft(session, actor, form)
    except Incomplete as refused:
        return _form_page(form, words, refused=refused, begun=begun_before(session, actor))
    flash(_("Saved as a draft."), "success")
    return redirect(url_for(".show", ref=ref), 303)


@bp.get("/<ref>/edit")
@editors_only
@reads
def edit(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """The form of the draft."""
    page, words = read_page(session, actor, ref), vocabulary(session)
    working = draft_of(page)
    form = ExcerptForm.showing(words, text_of(working), version=working.version, number=working.text.number)
    return _form_page(form, words, page, original=_beside(session, actor, page, form, words))


@bp.post("/<ref>/edit")
@editors_only
@writes
@fills(typed_text)
def save(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """Save the draft, add or remove a source, or show how it would look."""
    page, words = read_page(session, actor, ref), vocabulary(session)
    form = ExcerptForm.sent(words)
    original = _beside(session, actor, page, form, words)
    if (shown := _without_saving(form, words, page, original)) is not None:
        return shown
    try:
        with attempt(session):
            _save(session, actor, draft_of(page, form.number.data), form)
    except Incomplete as refused:
        return _form_page(form, words, page, refused=refused, original=original)
    except EditConflict as conflict:
        return _conflict(form, words, read_page(session, actor, ref), saved_by(session, conflict))
    flash(_("Saved."), "success")
    return redirect(url_for(".show", ref=ref), 303)


def read_page(session: Session, actor: Staff, ref: str) -> ExcerptPage:
    """The page of this text today. Refuses: NotFound."""
    return excerpt_page(session, actor, ref, HELPDESK.local_day(clock.now()))


def draft_of(page: ExcerptPage, number: str | None = None) -> Working:
    """The draft, which must be the version of this number if one is named. Refuses: OutOfTurn."""
    working = page.working
    refuse_discarded(page, number)
    if working is None or working.state != VersionState.DRAFT or number not in {None, str(working.text.number)}:
        raise OutOfTurn("this version is not being written")
    return working


def _beside(session: Session, actor: Staff, page: ExcerptPage, form: ExcerptForm, words: Vocabulary) -> Original | None:
    """What stands beside the text: in the form the answers to write from, and of a translation the original."""
    form.offer_answers(answers_offered(session, actor, page), page.working.revisions if page.working else ())
    form.tell_translations(read_beside(page))
    return original_beside(session, page, words)


def _draft(session: Session, actor: Staff, form: ExcerptForm) -> str:
    """Keep what was typed; the reference it got."""
    country, language, revision = form.country.data or "", form.language.data or "", named_revision()
    revisions = [revision] if revision else []
    if revision:
        refuse_unknown(session, actor, revision, request.form.getlist("known"))
    version = draft_excerpt(session, actor, country, language, form.text(), revisions, clock.now())
    session.flush()
    return ref_of(session, actor, version.excerpt_id)


def _save(session: Session, actor: Staff, working: Working, form: ExcerptForm) -> None:
    seen, now = form.seen_version, clock.now()
    revisions = form.chosen_answers(working.revisions)
    save_version(session, actor, working.id, form.text(), revisions, now, version=seen)


def _without_saving(
    form: ExcerptForm,
    words: Vocabulary,
    page: ExcerptPage | None = None,
    original: Original | None = None,
    *,
    begun: Sequence[Begun] = (),
) -> ResponseReturnValue | None:
    """What buttons other than Save answer, a form whose days cannot be read, and one of a version that was discarded.

    Refuses: OutOfTurn when the version of the form is not being written.
    """
    if page and (line := discarded_line(page, form.number.data)):
        return saved_too_late(page, form.text(), words, line)
    if page:
        draft_of(page, form.number.data)
    do = request.form.get("do", "save")
    if do == "preview":
        return _form_page(form, words, page, preview=True, original=original, begun=begun)
    if (reshaped := form.reshaped(words, do)) is not None:
        return _form_page(reshaped, words, page, original=original, begun=begun)
    return None if form.validate() else _form_page(form, words, page, status=422, original=original, begun=begun)


def _conflict(form: ExcerptForm, words: Vocabulary, page: ExcerptPage, first: SavedBy) -> ResponseReturnValue:
    """Somebody saved first: both texts, and the form carries the version that stands, to be saved over it."""
    working = draft_of(page, form.number.data)
    form.version.data = str(working.version)
    context = _form_context(form, words, page) | {"clashes": clashes(working, form.text(), words), "begun": ()}
    return answer_conflict(FORM, original=None, saved_by=first, **context)


def _form_page(
    form: ExcerptForm,
    words: Vocabulary,
    page: ExcerptPage | None = None,
    *,
    status: int = 200,
    refused: Incomplete | None = None,
    preview: bool = False,
    original: Original | None = None,
    begun: Sequence[Begun] = (),
) -> ResponseReturnValue:
    if refused:
        form.show_problems(refused, _)
    context = _form_context(form, words, page, preview=preview) | {"begun": begun, "moment": moment}
    return render_template(FORM, clashes=(), original=original, **context), 422 if refused else status


def _form_context(
    form: ExcerptForm, words: Vocabulary, page: ExcerptPage | None, *, preview: bool = False
) -> dict[str, Any]:
    language = page.language if page else form.language.data or ""
    typed = form.text()
    if not form.offered:
        form.leave_out("revisions")
    return {
        "form": form,
        "words": words,
        "page": page,
        "found": wrong_as_saved(page.working, field_labels()) if page and page.working else [],
        "rule": page.working.rule if page and page.working else None,
        "writes_in": language if language in LANGUAGES else "",
        "preview": as_readers_see(typed, language, words) if preview else None,
    }


def _filters() -> Filters:
    given = {name: text for name, text in request.args.items() if text.isprintable()}
    view = given.get("view", "")
    return Filters(
        view=View(view) if view in set(View) else View.ALL,
        words=given.get("q", ""),
        freshness=given.get("freshness", ""),
        country=given.get("country", ""),
        topic=given.get("topic", ""),
        after=given.get("after"),
    )


def _address(filters: Filters, **changed: Any) -> str:
    names = ("view", "freshness", "country", "topic")
    kept = {"q": filters.words} | {name: str(getattr(filters, name)) for name in names} | changed
    return url_for(".index", **{name: value for name, value in kept.items() if value})


def _views(filters: Filters, listed: Listed) -> list[Link]:
    labels = {
        View.ALL: _("All"),
        View.WRITING: _("Being written"),
        View.APPROVAL: _("Waiting for approval"),
        View.PLANNED: _("Approved for a day"),
        View.PUBLISHED: _("Published"),
        View.ON_HOLD: _("On hold"),
        View.WITHDRAWN: _("Taken back"),
        View.ARCHIVED: _("Archived"),
    }
    return [
        Link(label, _address(filters, view=view), view is filters.view, counted(listed.counts[view], COUNTED_TO))
        for view, label in labels.items()
    ]


def _closed_lists(actor: Staff) -> dict[str, Any]:
    return {
        "kinds": {code: _(word) for code, word in FRESHNESS.items()},
        "of_excerpt": OF_EXCERPT,
        "of_version": OF_VERSION,
        "may_write": Role.EDITOR in actor.roles,
    }
