"""What an editor does with a text beside writing it: each move on a small page of its own, or with one button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from config import policy
from web_kit.forms import EditForm
from web_kit.gate import staff_only
from web_kit.unit import attempt, reads, writes
from webapp.desk.excerpts import read_page
from webapp.desk.excerpts_forms import CommentsForm, ConfirmForm, HoldForm, NextForm, NoticeForm, VersionForm
from webapp.desk.excerpts_page import page_context, relied_on, told
from webapp.desk.vocabulary import vocabulary
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.words import mark as _
from workflows.excerpts.approval import ask_changes, rework, send_for_approval
from workflows.excerpts.desk import draft_next_version
from workflows.excerpts.desk_page import ExcerptPage, Working
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import Change, VersionState
from workflows.excerpts.standing import archive_excerpt, confirm_excerpt, hold_excerpt, resume_excerpt
from workflows.excerpts.words import CHANGE_HINTS
from workflows.replies.recall import publish_and_tell, retract_and_tell, withdraw_and_tell

bp = Blueprint("excerpt_moves", __name__, url_prefix="/desk/excerpts/<ref>")
editors_only = staff_only(Role.EDITOR)
Command = Callable[[Session, Staff, ExcerptPage, Any], Any]


def _publish(session: Session, actor: Staff, page: ExcerptPage, form: VersionForm) -> None:
    done = page.published is not None and str(page.published.number) == form.number.data
    publish_and_tell(session, actor, under_work(page, form, done=done).id, form.seen_version, clock.now())


def _ask_changes(session: Session, actor: Staff, page: ExcerptPage, form: CommentsForm) -> None:
    comments, version = form.comments.data or "", form.seen_version
    ask_changes(session, actor, under_work(page, form).id, comments, clock.now(), version=version)


def _continue(session: Session, actor: Staff, page: ExcerptPage, form: NextForm) -> None:
    draft_next_version(session, actor, page.id, form.change.data or "", clock.now(), version=form.seen_version)


def _confirm(session: Session, actor: Staff, page: ExcerptPage, form: ConfirmForm) -> None:
    source = SourceLine(form.source.data or "", form.kind.data or "", form.dated.data)
    confirm_excerpt(session, actor, page.id, source, clock.now(), version=form.seen_version)


def _hold(session: Session, actor: Staff, page: ExcerptPage, form: HoldForm) -> None:
    reason, review_on = form.reason.data or "", form.review_on.data
    hold_excerpt(session, actor, page.id, reason, review_on, clock.now(), version=form.seen_version)


def _resume(session: Session, actor: Staff, page: ExcerptPage, form: EditForm) -> None:
    resume_excerpt(session, actor, page.id, clock.now(), version=form.seen_version)


def _withdraw(session: Session, actor: Staff, page: ExcerptPage, form: NoticeForm) -> None:
    withdraw_and_tell(session, actor, page.id, form.notice.data or "", clock.now(), version=form.seen_version)


def _retract(session: Session, actor: Staff, page: ExcerptPage, form: NoticeForm) -> None:
    retract_and_tell(session, actor, page.id, form.notice.data or "", clock.now(), version=form.seen_version)


def _archive(session: Session, actor: Staff, page: ExcerptPage, form: EditForm) -> None:
    archive_excerpt(session, actor, page.id, clock.now(), version=form.seen_version)


@dataclass(frozen=True)
class Step:
    """One move with the page that asks before it. `move` is the lifecycle's name; `recalls` whoever has the text."""

    move: str
    make: Command
    form: type[EditForm]
    heading: str
    text: str
    yes: str
    said: str
    danger: bool = False
    recalls: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_version(self) -> bool:
        return issubclass(self.form, VersionForm)


STEPS = {
    "approve": Step(
        "publish", _publish, VersionForm, _("Approve and publish?"),
        _("Everybody can read it at once. Your name is kept with it."), _("Approve and publish"), _("Published."),
    ),
    "ask-changes": Step(
        "ask_changes", _ask_changes, CommentsForm, _("Ask for changes"),
        _("The text goes back to whoever wrote it."), _("Ask for changes"), _("Sent back with your words."),
        hints={"comments": _("Say what is wrong, and where.")},
    ),
    "new-version": Step(
        "", _continue, NextForm, _("Begin a new version"),
        _("It begins as a copy. Readers keep the published one meanwhile."), _("Begin"),
        _("The new version is a draft."),
    ),
    "still-true": Step(
        "confirm", _confirm, ConfirmForm, _("Still true?"),
        _("The text is dated anew. Readers see the source among the others."), _("It is still true"),
        _("Noted. The text is dated anew."),
        hints={"source": _("What it is, never who: “Talk with two pharmacists”."),
               "dated": _("The day of the source, not of today.")},
    ),
    "hold": Step(
        "hold", _hold, HoldForm, _("Put this text on hold?"),
        _("It leaves search and lists. Its page stays and says that we are checking it."), _("Put on hold"),
        _("On hold."),
        hints={"reason": _("For the desk only."), "review_on": _("Empty: in %(days)s days.")},
    ),
    "resume": Step(
        "resume", _resume, EditForm, _("Publish this text again?"),
        _("It comes back to search and lists, as it was."), _("Publish again"), _("Published again."),
    ),
    "withdraw": Step(
        "withdraw", _withdraw, NoticeForm, _("Withdraw this text?"),
        _("It leaves search for good. Its page stays, with your notice above it."), _("Withdraw"), _("Withdrawn."),
        danger=True, recalls=True, hints={"notice": _("Readers see this, in the language of the text.")},
    ),
    "retract": Step(
        "retract", _retract, NoticeForm, _("Retract this text?"),
        _("Your notice stands in its place, in every version. The text cannot come back."), _("Retract"),
        _("Retracted."), danger=True, recalls=True,
        hints={"notice": _("Readers see this, in the language of the text.")},
    ),
    "archive": Step(
        "archive", _archive, EditForm, _("Archive this text?"),
        _("It leaves the desk's lists. Its public page stays as it is."), _("Archive"), _("Archived."),
    ),
}  # fmt: skip
NAME = f"<any({', '.join(repr(name) for name in STEPS)}):name>"


@bp.get(f"/{NAME}")
@editors_only
@reads
def ask(session: Session, actor: Staff, ref: str, name: str) -> ResponseReturnValue:
    """The page before a move. Refuses: OutOfTurn, NotAllowed."""
    page = read_page(session, actor, ref)
    version, number = _standing(page, STEPS[name])
    return _page(session, actor, page, name, STEPS[name].form(formdata=None, version=version, number=number))


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
            step.make(session, actor, page, form)
    except Incomplete as refused:
        form.show_problems(refused, gettext)
        return _page(session, actor, page, name, form, 422)
    return _back(ref, step.said)


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
    return _back(ref, _("Sent. Another editor reads it now."))


@bp.post("/rework")
@editors_only
@writes
def take_back(session: Session, actor: Staff, ref: str) -> ResponseReturnValue:
    """Make it a draft again."""
    form = VersionForm()
    working = under_work(read_page(session, actor, ref), form)
    rework(session, actor, working.id, clock.now(), version=form.seen_version)
    return _back(ref, _("It is a draft again."))


def under_work(page: ExcerptPage, form: VersionForm, *, done: bool = False) -> Working:
    """The version that the form is about. Refuses: OutOfTurn (with `done`) when it is not under work."""
    if page.working is None or str(page.working.text.number) != str(form.number.data or ""):
        raise OutOfTurn("this version is not under work any more", done=done)
    return page.working


def _standing(page: ExcerptPage, step: Step) -> tuple[int, int | None]:
    """The version of the row that the move is about, when it may be made now. Refuses: OutOfTurn, NotAllowed."""
    if step.of_version:
        if page.working is None or page.working.state != VersionState.IN_REVIEW:
            raise OutOfTurn(f"nothing to {step.move}")
        if step.move not in page.working.moves:
            raise NotAllowed(f"whoever wrote in it may not {step.move}")
        return page.working.version, page.working.text.number
    if not (step.move in page.moves if step.move else page.may_continue):
        raise OutOfTurn(f"an excerpt that is {page.state} is not to {step.move or 'continue'}")
    return page.version, None


def _page(
    session: Session, actor: Staff, page: ExcerptPage, name: str, form: EditForm, status: int = 200
) -> ResponseReturnValue:
    step, people = STEPS[name], relied_on(session, actor, page.ref)
    corrects = name == "approve" and page.working is not None and page.working.change == Change.CORRECTION
    shown = render_template(
        "desk/excerpts/move.html",
        page=page,
        step=step,
        form=form,
        action=request.path,
        words=vocabulary(session, with_facets=False),
        recalls=step.recalls or corrects,
        told=told(people["reliance"].count),
        change_hints=CHANGE_HINTS,
        hold_days=policy.HOLD_REVIEW_DAYS,
        **people,
    )
    return shown, status


def _back(ref: str, said: str) -> ResponseReturnValue:
    flash(gettext(said), "success")
    return redirect(url_for("excerpts.show", ref=ref), 303)
