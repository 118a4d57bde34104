"""The moves of a text as the desk asks for them: the words before and after each, its form, and the command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from web_kit.forms import EditForm
from webapp.desk.excerpts_basis import revision_id
from webapp.desk.excerpts_discarded import discarded_line, refuse_discarded
from webapp.desk.excerpts_forms import (
    ApproveForm,
    CommentsForm,
    ConfirmForm,
    HoldForm,
    NextForm,
    RefuseForm,
    SaidForm,
    TakeBackForm,
    TranslateForm,
    VersionForm,
)
from webapp.desk.excerpts_notice import HINTS, NoticeForm, retract, withdraw
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.errors import OutOfTurn
from workflows.core.words import mark as _
from workflows.excerpts.approval import ask_changes
from workflows.excerpts.confirmation_models import ConfirmationState
from workflows.excerpts.confirming import agree, confirm_excerpt, refuse_confirmation, take_confirmation_back
from workflows.excerpts.desk import draft_next_version
from workflows.excerpts.desk_page import ExcerptPage, Working
from workflows.excerpts.discarding import discard_version
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import ExcerptState, VersionState
from workflows.excerpts.rechecked import next_version_from
from workflows.excerpts.standing import archive_excerpt, hold_excerpt, restore_excerpt, resume_excerpt
from workflows.excerpts.taking_back import take_back_approved
from workflows.excerpts.translations import begin_translation, update_translation
from workflows.replies.recall import publish_and_tell
from workflows.vocabulary.shelf_life import Freshness

Command = Callable[[Session, Staff, ExcerptPage, Any], str | None]
"""Makes a move; what to say of it when that is not what the step says."""


def under_work(page: ExcerptPage, form: VersionForm, *, done: bool = False) -> Working:
    """The version that the form is about. Refuses: OutOfTurn (with `done`) when it is not under work."""
    if page.working is None or str(page.working.text.number) != str(form.number.data or ""):
        if not done:
            refuse_discarded(page, form.number.data)
        raise OutOfTurn("this version is not under work any more", done=done)
    return page.working


def _publish(session: Session, actor: Staff, page: ExcerptPage, form: ApproveForm) -> str | None:
    done = page.published is not None and str(page.published.number) == form.number.data
    working = under_work(page, form, done=done)
    day = None if working.waits_for_more else form.on.data
    seen, ends_hold = form.seen_version, bool(form.ends_hold.data)
    row = publish_and_tell(session, actor, working.id, seen, clock.now(), on=day, ends_hold=ends_hold)
    return _SAID.get(VersionState(row.state))


def _ask_changes(session: Session, actor: Staff, page: ExcerptPage, form: CommentsForm) -> None:
    comments, version = form.comments.data or "", form.seen_version
    ask_changes(session, actor, under_work(page, form).id, comments, clock.now(), version=version)


def _take_back(session: Session, actor: Staff, page: ExcerptPage, form: TakeBackForm) -> None:
    reason, version = form.reason.data or "", form.seen_version
    take_back_approved(session, actor, under_work(page, form).id, reason, clock.now(), version=version)


def _discard(session: Session, actor: Staff, page: ExcerptPage, form: VersionForm) -> str | None:
    working = under_work(page, form, done=discarded_line(page, form.number.data) is not None)
    discard_version(session, actor, working.id, clock.now(), version=form.seen_version)
    return _("Discarded. What is published stays.") if page.published else None


def _continue(session: Session, actor: Staff, page: ExcerptPage, form: NextForm) -> None:
    what, seen = form.change.data or "", form.seen_version
    if named := form.revision.data:
        next_version_from(session, actor, page.id, revision_id(named), what, clock.now(), version=seen)
        return
    draft_next_version(session, actor, page.id, what, clock.now(), version=seen)


def _translate(session: Session, actor: Staff, page: ExcerptPage, form: TranslateForm) -> None:
    begin_translation(session, actor, page.id, form.language.data or "", clock.now(), version=form.seen_version)


def _update_translation(session: Session, actor: Staff, page: ExcerptPage, form: EditForm) -> None:
    update_translation(session, actor, page.id, clock.now(), version=form.seen_version)


def _confirm(session: Session, actor: Staff, page: ExcerptPage, form: ConfirmForm) -> str | None:
    source = SourceLine(form.source.data or "", form.kind.data or "", form.dated.data)
    found = confirm_excerpt(session, actor, page.id, source, clock.now(), version=form.seen_version)
    return None if found else _("Noted. Readers see it when another editor agrees.")


def _said(form: SaidForm) -> UUID:
    """What the form is about; whether it still waits is the command's to say. Refuses: OutOfTurn when it names none."""
    try:
        return UUID(form.said.data or "")
    except ValueError:
        raise OutOfTurn("the form is about nothing that was said") from None


def _agree(session: Session, actor: Staff, page: ExcerptPage, form: SaidForm) -> str | None:
    row = agree(session, actor, _said(form), clock.now())
    fallen = _(
        "It fell away: its day is too long ago by now, or its words may not be shown. Say anew that it is still true, "
        "from a newer source."
    )
    return fallen if row.state == ConfirmationState.LAPSED else None


def _refuse(session: Session, actor: Staff, page: ExcerptPage, form: RefuseForm) -> None:
    refuse_confirmation(session, actor, _said(form), form.reason.data or "", clock.now())


def _unsay(session: Session, actor: Staff, page: ExcerptPage, form: SaidForm) -> None:
    take_confirmation_back(session, actor, _said(form), clock.now())


def _hold(session: Session, actor: Staff, page: ExcerptPage, form: HoldForm) -> None:
    reason, review_on = form.reason.data or "", form.review_on.data
    seen, owner = form.seen_version, form.owner_id
    hold_excerpt(session, actor, page.id, reason, review_on, clock.now(), version=seen, owner_id=owner)


def _resume(session: Session, actor: Staff, page: ExcerptPage, form: EditForm) -> None:
    resume_excerpt(session, actor, page.id, clock.now(), version=form.seen_version)


def _archive(session: Session, actor: Staff, page: ExcerptPage, form: EditForm) -> None:
    archive_excerpt(session, actor, page.id, clock.now(), version=form.seen_version)


def _restore(session: Session, actor: Staff, page: ExcerptPage, form: EditForm) -> None:
    restore_excerpt(session, actor, page.id, clock.now(), version=form.seen_version)


_SAID = {
    VersionState.IN_REVIEW: _("Approved. Somebody else approves it next."),
    VersionState.SCHEDULED: _("Approved. It is published on that day."),
}


TRANSLATE, UPDATE_TRANSLATION = "translate", "update_translation"


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
        "publish", _publish, ApproveForm, _("Approve and publish?"),
        _("Everybody can read it at once. Your name is kept with it."), _("Approve and publish"), _("Published."),
        hints={"on": _("Empty: at once. On a day: in the morning, as long as nobody changes the text.")},
    ),
    "ask-changes": Step(
        "ask_changes", _ask_changes, CommentsForm, _("Ask for changes"),
        _("The text goes back to whoever wrote it."), _("Ask for changes"), _("Sent back with your words."),
        hints={"comments": _("Say what is wrong, and where.")},
    ),
    "work-again": Step(
        "rework", _take_back, TakeBackForm, _("Work on it again?"),
        _("It becomes a draft. Whoever approved it has to approve it anew."), _("Work on it again"),
        _("It is a draft again."), hints={"reason": _("Kept in the margin, for the desk only.")},
    ),
    "discard": Step(
        "discard", _discard, VersionForm, _("Discard this version?"),
        _("Its words are erased, and so is what was said about them. What readers have stays as it is."), _("Discard"),
        _("Discarded."), danger=True,
    ),
    "new-version": Step(
        "", _continue, NextForm, _("Begin a new version"),
        _("It begins as a copy. Readers keep the published one meanwhile."), _("Begin"),
        _("The new version is a draft."),
    ),
    "translate": Step(
        TRANSLATE, _translate, TranslateForm, _("Translate this text"),
        _("It begins as a copy of what readers have now. Replace its words; dates and sources stay."), _("Begin"),
        _("The translation is a draft. It stands among the languages of this text."),
    ),
    "update-translation": Step(
        UPDATE_TRANSLATION, _update_translation, EditForm, _("Update the translation"),
        _("A new version begins, with what changed in the original above it."), _("Begin"),
        _("The new version is a draft."),
    ),
    "still-true": Step(
        "confirm", _confirm, ConfirmForm, _("Still true?"),
        _("With a source that readers see already, the text is dated anew at once. With new words, another editor must "
          "agree first."), _("It is still true"), _("Noted. The text is dated anew."),
        hints={"source": _("In %(language)s. What it is, never who: “Talk with two pharmacists”."),
               "dated": _("The day of the source, not of today.")},
    ),
    "agree": Step(
        "agree", _agree, SaidForm, _("Do you agree that it is still true?"),
        _("The text is dated anew. Readers see the source among the others. Your name is kept with it."),
        _("I agree"), _("Noted. The text is dated anew."),
    ),
    "not-agree": Step(
        "refuse", _refuse, RefuseForm, _("Do you not agree?"),
        _("Nothing changes for readers. Whoever said so is told."), _("I do not agree"), _("Noted, with your reason."),
        hints={"reason": _("For the desk only.")},
    ),
    "unsay": Step(
        "take_back", _unsay, SaidForm, _("Take your word back?"),
        _("Nothing changes for readers, and nobody need agree any more."), _("Take my word back"), _("Taken back."),
    ),
    "hold": Step(
        "hold", _hold, HoldForm, _("Put this text on hold?"),
        _("It leaves search and lists. Its page stays with its words and says that we are checking it."),
        _("Put on hold"),
        _("On hold."),
        hints={"reason": _("For the desk only."), "review_on": _("Empty: in %(days)s days.")},
    ),
    "resume": Step(
        "resume", _resume, EditForm, _("Publish this text again?"),
        _("It comes back to search and lists, as it was."), _("Publish again"), _("Published again."),
    ),
    "withdraw": Step(
        "withdraw", withdraw, NoticeForm, _("Withdraw this text?"),
        _("It leaves search for good. Its page stays, with your notice above it."), _("Withdraw"), _("Withdrawn."),
        danger=True, recalls=True, hints=HINTS,
    ),
    "retract": Step(
        "retract", retract, NoticeForm, _("Retract this text?"),
        _("Your notice stands in its place, in every version. The text cannot come back."), _("Retract"),
        _("Retracted."), danger=True, recalls=True,
        hints=HINTS,
    ),
    "archive": Step(
        "archive", _archive, EditForm, _("Archive this text?"),
        _("It leaves the desk's lists. Its public page stays as it is."), _("Archive"), _("Archived."),
    ),
    "restore": Step(
        "restore", _restore, EditForm, _("Bring this text back?"),
        _("It comes back to the desk's lists as it was put away. Its public page stays as it is."),
        _("Bring back"), _("It is back."),
    ),
}  # fmt: skip


def may_begin(step: Step, page: ExcerptPage) -> bool:
    """Whether a move of the excerpt, or the beginning of a version, may be made now."""
    begins = {
        "": page.may_continue,
        TRANSLATE: bool(page.family.free) and page.may_write,
        UPDATE_TRANSLATION: page.may_continue and page.family.member(page.ref).lags,
    }
    said = page.said_true.moves if page.said_true else frozenset()
    return begins.get(step.move, step.move in page.moves | said)


_TWO_BECAUSE = {
    Freshness.OUT_OF_DATE: _(
        "The text is out of date, so another editor must agree. Until then readers see no change."
    ),
    Freshness.EXPIRED: _("The text has expired, so another editor must agree. Until then readers see no change."),
}
_TWO_FOR_TOPIC = _("Its topic is sensitive, so another editor must agree. Until then readers see no change.")


def worded(name: str, page: ExcerptPage, *, two: bool) -> Step:
    """The step in the words that fit: a sensitive text is not published by its first approval, a text that nobody
    could read yet is given up with its only version, and one word of `two` that a text is still true dates nothing.
    """
    if two:
        return replace(STEPS[name], text=_TWO_BECAUSE.get(page.freshness or Freshness.CURRENT, _TWO_FOR_TOPIC))
    if name == "discard" and page.state == ExcerptState.UNPUBLISHED:
        text = _("Its words are erased, and so is what was said about them. Its reference is not given again.")
        return replace(STEPS[name], heading=_("Discard this text?"), text=text)
    if name != "approve" or page.working is None or not page.working.waits_for_more:
        return STEPS[name]
    text = _("A topic of this text is sensitive: two people approve it beside its writer. Somebody else is next.")
    return replace(STEPS[name], heading=_("Approve?"), text=text, yes=_("Approve"))
