"""Splitting a question: where each point belongs, and what the new question is about."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import FieldList, RadioField, SelectField, StringField

from web_kit.forms import EditForm, checkboxes
from web_kit.gate import staff_only
from web_kit.unit import attempt, reads, writes
from webapp.desk.vocabulary import Vocabulary, vocabulary
from workflows.assignments.splitting import Share, split_obstacle, split_question
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.requests.desk_queries import NeutralQuestion, neutral_question, question_to_read
from workflows.requests.neutral import NeutralDraft

bp = Blueprint("question_splitting", __name__, url_prefix="/desk/questions/<uuid:question_id>")
officers_only = staff_only(Role.OFFICER)
SHARES = {Share.STAYS: _("stays here"), Share.MOVES: _("goes to the new one"), Share.BOTH: _("stands in both")}


class SplitForm(EditForm):
    """One answer for each point; country and topics of the new question begin as those of the first, which keeps some
    or all of its own.
    """

    shares = FieldList(RadioField(validate_choice=False))
    keeps = checkboxes(_("Topics that stay with this question"))
    country = SelectField(_("Country"), validate_choice=False)
    place = StringField(_("Place"))
    topics = checkboxes(_("Topics"))

    @classmethod
    def of(cls, question: NeutralQuestion) -> "SplitForm":
        """As the page opens it: everything stays."""
        draft = question.draft
        values = {"country": draft.country or "", "place": draft.place, "topics": list(draft.topics),
                  "keeps": list(draft.topics)}  # fmt: skip
        shares = [str(Share.STAYS)] * len(draft.points)
        return cls(formdata=None, version=question.version, shares=shares, **values)

    def offer(self, words: Vocabulary, question: NeutralQuestion) -> None:
        """Fill in what can be chosen."""
        self.keeps.choices = {code: words.name(code) for code in question.draft.topics}
        self.country.choices = {"": gettext("Choose a country"), **words.countries}
        self.topics.choices = dict(words.topics)
        for at, entry in enumerate(self.shares.entries, start=1):
            entry.label.text = f"Q{at}"
            entry.choices = {str(share): str(label) for share, label in SHARES.items()}

    def draft(self, question: NeutralQuestion) -> NeutralDraft:
        """What the new question is about; circumstances and urgency come along."""
        return NeutralDraft(
            country=self.country.data or None,
            place=self.place.data or "",
            topics=tuple(self.topics.data or ()),
            facets=question.draft.facets,
            urgency=question.draft.urgency,
            urgency_reason=question.draft.urgency_reason,
        )

    def kept(self, question: NeutralQuestion) -> tuple[str, ...] | None:
        """The topics that stay with the first; none is asked about where it has one only."""
        return tuple(self.keeps.data or ()) if len(question.draft.topics) > 1 else None

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """What is wrong with the shares stands once, over all of them."""
        problems = dict(refused.problems)
        if problem := problems.pop("shares", None):
            self.shares.errors = (translate(problem),)
        super().show_problems(Incomplete(problems), translate)


@bp.get("/split")
@officers_only
@reads
def show(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The points, each with where it belongs."""
    question, row = _read(session, actor, question_id), question_to_read(session, actor, question_id)
    return _page(session, question, SplitForm.of(question), obstacle=split_obstacle(session, row))


@bp.post("/split")
@officers_only
@writes
def split(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Make the new question and go on with it."""
    form, question = SplitForm(), _read(session, actor, question_id)
    shares, version = tuple(entry.data or "" for entry in form.shares.entries), form.seen_version
    draft, kept = form.draft(question), form.kept(question)
    try:
        with attempt(session):
            part = split_question(session, actor, question_id, shares, draft, clock.now(), version, kept)
    except Incomplete as refused:
        form.show_problems(refused, gettext)
        return _page(session, question, form, 422)
    flash(gettext("Split. This is the new question; its original stays with the first."), "success")
    return redirect(url_for("questions.show", question_id=part.id), 303)


def _read(session: Session, actor: Staff, question_id: UUID) -> NeutralQuestion:
    return neutral_question(session, actor, question_to_read(session, actor, question_id), None, None, clock.now())


def _page(
    session: Session, question: NeutralQuestion, form: SplitForm, status: int = 200, obstacle: str = ""
) -> ResponseReturnValue:
    words = vocabulary(session, with_facets=False)
    form.offer(words, question)
    page = render_template("desk/questions/split.html", form=form, question=question, words=words, obstacle=obstacle)
    return page, status
