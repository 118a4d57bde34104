"""What an editor does with a text beside writing it: each move on a small page of its own, or with one button."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from config import policy
from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import attempt, reads, writes
from webapp.desk.excerpt_steps import STEPS, TRANSLATE, Step, may_begin, under_work, worded
from webapp.desk.excerpts import read_page
from webapp.desk.excerpts_basis import basis, basis_in, prefilled
from webapp.desk.excerpts_discarded import says_so
from webapp.desk.excerpts_forms import ApproveForm, HoldForm, TranslateForm, VersionForm
from webapp.desk.excerpts_notice import NoticeForm, languages_told
from webapp.desk.excerpts_page import files_of, page_context, relied_on, told
from webapp.desk.excerpts_signed import SIGNED, signed
from webapp.desk.excerpts_stale import changed_meanwhile
from webapp.desk.vocabulary import vocabulary
from workflows.accounts.editors import editors_at_work
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.words import mark as _
from workflows.excerpts.approval import approved_before, cancel_the_day, rework, send_for_approval
from workflows.excerpts.confirming import takes_two
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.file_openings import openings_of
from workflows.excerpts.lifecycle import EXCERPT_VERSION
from workflows.excerpts.models import Change, ExcerptState, ExcerptVersion, VersionState
from workflows.excerpts.words import CHANGE_HINTS, SOURCE_KINDS

bp = says_so(Blueprint("excerpt_moves", __name__, url_prefix="/desk/excerpts/<ref>"))
editors_only = staff_only(Role.EDITOR)
BACK = {VersionState.IN_REVIEW, VersionState.SCHEDULED}
"""While a version waits for approval, taking it back has a page; what changes were asked of is taken up at once."""
NAME = f"<any({', '.join(repr(name) for name in STEPS)}):name>"


@bp.get(f"/{NAME}")
@editors_only
@reads
def ask(session: Session, actor: Staff, ref: str, name: str) -> ResponseReturnValue:
    """The page before a move; who approved already reads what came of it instead. Refuses: OutOfTurn, NotAllowed."""
    page = read_page(session, actor, ref)
    if name == "approve" and (done := approved_before(session, actor, page.id)):
        return _back(ref, _approved(done), "info")
    version, number = _standing(page, STEPS[name])
    said, given = page.said_true and page.said_true.id, basis(session, actor, page, request.args.get("revision"))
    begun = {"version": version, "number": number, "said": said} | prefilled(given)
    return _page(session, actor, page, name, STEPS[name].form(formdata=None, **begun))


@bp.post(f"/{NAME}")
@editors_only
@writes
def make(session: Session, actor: Staff, ref: str, name: str) -> ResponseReturnValue:
    """Make the move."""
    page, step = read_page(session, actor, ref), STEPS[name]
    form = step.form()
    if not form.validate():
        return _page(session, actor, page, name, form, 422)
    try:
        with attempt(session):
            said = step.make(session, actor, page, form)
    except Incomplete as refused:
        form.show_problems(refused, gettext)
        return _page(session, actor, page, name, form, 422)
    except EditConflict as conflict:
        return changed_meanwhile(session, read_page(session, actor, ref), form, conflict)
    return _back(_translation(session, actor, ref, form) if name == TRANSLATE else ref, said or step.said)


@bp.post("/send")
@editors_only
@writes
def send(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """Hand the draft to another editor; or say on its page what is still missing."""
    page, form = read_page(session, actor, ref), VersionForm()
    working = under_work(page, form)
    try:
        with attempt(session):
            send_for_approval(session, actor, working.id, clock.now(), version=form.seen_version)
    except Incomplete as refused:
        context = page_context(session, actor, page) | {"refused": refused.problems}
        return render_template("desk/excerpts/show.html", **context), 422
    except EditConflict as conflict:
        return changed_meanwhile(session, read_page(session, actor, ref), form, conflict)
    return _back(ref, _("Sent. Another editor reads it now."))


@bp.post("/rework")
@editors_only
@writes
def take_back(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """Make it a draft again; when somebody approved it, ask first."""
    form = VersionForm()
    working = under_work(read_page(session, actor, ref), form)
    if working.approved_by:
        return redirect(url_for(".ask", ref=ref, name="work-again"), 303)
    rework(session, actor, working.id, clock.now(), version=form.seen_version)
    return _back(ref, _("It is a draft again."))


@bp.post("/cancel-day")
@editors_only
@writes
def cancel_day(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """Do not publish it on the day that was chosen."""
    form = VersionForm()
    working = under_work(read_page(session, actor, ref), form)
    cancel_the_day(session, actor, working.id, clock.now(), version=form.seen_version)
    return _back(ref, _("Cancelled. The text waits for approval."))


def _standing(page: ExcerptPage, step: Step) -> tuple[int, int | None]:
    """The version of the row that the move is about, when it may be made now. Refuses: OutOfTurn, NotAllowed."""
    if step.of_version:
        states = BACK if step.move == "rework" else EXCERPT_VERSION.move(step.move).sources
        if page.working is None or page.working.state not in states:
            raise OutOfTurn(f"nothing to {step.move}")
        if step.move not in page.working.moves:
            raise NotAllowed(f"whoever wrote in it may not {step.move}")
        return page.working.version, page.working.text.number
    if not may_begin(step, page):
        raise OutOfTurn(f"an excerpt that is {page.state} is not to {step.move or 'continue'}")
    return page.version, None


def _page(
    session: Session, actor: Staff, page: ExcerptPage, name: str, form: EditForm, status: int = 200
) -> ResponseReturnValue:
    step, people = worded(name, page, two=_takes_two(session, page, name)), relied_on(session, actor, page.ref)
    _offer(session, actor, page, step.move, form)
    words = vocabulary(session, with_facets=name in SIGNED)
    corrects = name == "approve" and page.working is not None and page.working.change == Change.CORRECTION
    shown = render_template(
        "desk/excerpts/move.html",
        page=page,
        step=step,
        form=form,
        action=request.path,
        words=words,
        recalls=step.recalls or corrects,
        corrects=corrects,
        told=told(people["reliance"].count),
        files=_to_open(session, page) if name == "approve" else [],
        reader=actor.id,
        source_kinds=SOURCE_KINDS,
        change_hints=CHANGE_HINTS,
        basis=basis_in(session, actor, page, form),
        hold_days=policy.HOLD_REVIEW_DAYS,
        language_name=language_name,
        **signed(session, actor, page, name, words, HELPDESK.local_day(clock.now())),
        **people,
    )
    return shown, status


def _to_open(session: Session, page: ExcerptPage) -> list[dict[str, Any]]:
    """The files that readers would get with the version, each with who opened it."""
    openings = openings_of(session, page.working.id) if page.working and page.working.files else {}
    return [one for one in files_of(page, openings) if one["released"]]


def _offer(session: Session, actor: Staff, page: ExcerptPage, move: str, form: EditForm) -> None:
    """Ask for what fits the text as it stands."""
    if isinstance(form, TranslateForm):
        form.offer(page.family.free)
    if isinstance(form, HoldForm):
        form.offer(editors_at_work(session), actor.id)
    if isinstance(form, NoticeForm):
        form.offer(page.language, languages_told(page, move))
    if isinstance(form, ApproveForm) and page.working:
        form.fit(held=page.state == ExcerptState.ON_HOLD, last=not page.working.waits_for_more)


def _takes_two(session: Session, page: ExcerptPage, name: str) -> bool:
    """Whether another editor has to agree that the text is still true."""
    text, today = page.published if name == "still-true" else None, HELPDESK.local_day(clock.now())
    return text is not None and takes_two(session, text.topics, text.valid_until, today)


def _translation(session: Session, actor: Staff, ref: str, form: EditForm) -> str:
    """The text in the language in which it was begun a moment ago."""
    members = read_page(session, actor, ref).family.members
    return next(one.ref for one in members if one.language == form["language"].data)


def _approved(version: ExcerptVersion) -> str:
    """What became of a version that whoever looks has approved."""
    then = {
        VersionState.IN_REVIEW: _("You approved this version. Another editor has to approve it too."),
        VersionState.SCHEDULED: _("You approved this version. It is published on its day."),
    }
    return then.get(VersionState(version.state), _("You approved this version. It is published."))


def _back(ref: str, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(gettext(said), tone)
    return redirect(url_for("excerpts.show", ref=ref), 303)
