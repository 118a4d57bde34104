"""Commissioning research: choose a partner, write the offer, complete a draft, ask another partner instead."""

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import staff_only
from web_kit.language import language_name
from web_kit.unit import attempt, reads, writes
from webapp.desk.assignments_forms import OfferForm
from webapp.desk.hints import hints_on
from webapp.desk.moments import due_text
from webapp.desk.vocabulary import vocabulary
from workflows.answers.assigned_question import question_of_assignment
from workflows.answers.assignment_queries import (
    OPEN,
    AssignmentPage,
    Line,
    assignment_page,
    assignments_of,
)
from workflows.answers.partner_suggestions import partner_suggestions
from workflows.assignments import reasons
from workflows.assignments.desk import marked_offer, offer_assignment, offer_drafted, reassign
from workflows.assignments.models import Assignment
from workflows.assignments.older_words import offered_in_older_words
from workflows.assignments.partner_choice import OfferPage, drafted_offer, new_offer
from workflows.assignments.second_partner import ask_second
from workflows.assignments.terms import INACTIVE, NOBODY_READS, OfferDraft
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import DoneMeanwhile, Incomplete, NotFound, OutOfTurn
from workflows.depersonalise import Segment, rare_combination
from workflows.requests.desk_queries import question_to_read
from workflows.requests.desk_words import FINDINGS
from workflows.requests.models import Question
from workflows.requests.second_reading import SENT_BACK, UNREAD

bp = Blueprint("offers", __name__)
officers_only = staff_only(Role.OFFICER)
Command = Callable[[OfferDraft, int], Assignment]


class _NotYet(OutOfTurn):
    """A second person has not let the text of the question stand; `why` says so."""

    def __init__(self, question_id: UUID, why: str) -> None:
        super().__init__("a second person reads the text first")
        self.question_id, self.why = question_id, why


@bp.get("/desk/questions/<uuid:question_id>/assign")
@officers_only
@reads
def choose(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """The partners to choose from; with one chosen, the offer to write. First somebody looks at what we have."""
    question = _let_stand(session, actor, question_id)
    if question.matched is None:
        flash(_("First look at what we have already."), "info")
        return redirect(url_for("question_match.show", question_id=question_id), 303)
    if "partner" not in request.args:
        return _partners(session, actor, question_id)
    page = new_offer(session, actor, question_id, _chosen(), clock.now(), _named("like"))
    return _form(page, OfferForm.of(page), session, actor)


@bp.post("/desk/questions/<uuid:question_id>/assign")
@officers_only
@writes
def offer(session: Session, actor: Staff, question_id: UUID) -> ResponseReturnValue:
    """Offer the question to the chosen partner."""
    page = new_offer(session, actor, question_id, _chosen(), clock.now())

    def command(draft: OfferDraft, version: int) -> Assignment:
        seen = OfferForm().seen_others
        return offer_assignment(session, actor, question_id, _chosen(), draft, clock.now(), others=seen)

    return _send(session, actor, page, command)


@bp.get("/desk/assignments/<uuid:assignment_id>/second")
@officers_only
@reads
def choose_second(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """The partners who could do the same side by side; one press for those who read its language."""
    page = assignment_page(session, actor, assignment_id, HELPDESK.local_day(clock.now()))
    question = _let_stand(session, actor, question_of_assignment(session, actor, assignment_id).question_id)
    return _partners(session, actor, question.id, beside=page)


@bp.post("/desk/assignments/<uuid:assignment_id>/second")
@officers_only
@writes
def ask_as_well(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Ask the same of a second partner; where that is refused, say why and let another one be chosen."""
    try:
        with attempt(session):
            made = ask_second(session, actor, assignment_id, _chosen(), clock.now(), OfferForm().seen_others)
    except DoneMeanwhile:
        flash(_("Another partner was asked meanwhile. Look at the list before you ask one more."), "warning")
        page = assignment_page(session, actor, assignment_id, HELPDESK.local_day(clock.now()))
        asked = question_of_assignment(session, actor, assignment_id)
        return _partners(session, actor, asked.question_id, beside=page), 409
    except Incomplete as refused:
        for problem in refused.problems.values():
            flash(_(problem), "error")
        return redirect(url_for(".choose_second", assignment_id=assignment_id), 303)
    flash(_("A second partner is asked as well. Both answers come to review."), "success")
    return redirect(url_for("assignments.show", assignment_id=made.id), 303)


@bp.get("/desk/assignments/<uuid:assignment_id>/offer")
@officers_only
@reads
def complete_form(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """A draft of the clock, to be completed."""
    page = drafted_offer(session, actor, assignment_id, clock.now())
    if page.question_id:
        _let_stand(session, actor, page.question_id)
    return _form(page, OfferForm.of(page, page.version), session, actor)


@bp.post("/desk/assignments/<uuid:assignment_id>/offer")
@officers_only
@writes
def complete(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Offer it to the partner it was drafted for."""
    page = drafted_offer(session, actor, assignment_id, clock.now())

    def command(draft: OfferDraft, version: int) -> Assignment:
        return offer_drafted(session, actor, assignment_id, draft, clock.now(), version)

    return _send(session, actor, page, command)


@bp.get("/desk/assignments/<uuid:assignment_id>/reassign")
@officers_only
@reads
def choose_another(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """The partners who could do it instead; with one chosen, the offer to write."""
    row = question_of_assignment(session, actor, assignment_id)
    _let_stand(session, actor, row.question_id)
    if "partner" not in request.args:
        return _partners(session, actor, row.question_id)
    page = new_offer(session, actor, row.question_id, _chosen(), clock.now())
    return _form(page, OfferForm.of(page, row.version), session, actor)


@bp.post("/desk/assignments/<uuid:assignment_id>/reassign")
@officers_only
@writes
def offer_to_another(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Take it back from the one and offer it to the other."""
    row = question_of_assignment(session, actor, assignment_id)
    page = new_offer(session, actor, row.question_id, _chosen(), clock.now())

    def command(draft: OfferDraft, version: int) -> Assignment:
        return reassign(session, actor, assignment_id, _chosen(), draft, clock.now(), version)

    return _send(session, actor, page, command)


def _let_stand(session: Session, actor: Staff, question_id: UUID) -> Question:
    """The question, once a second person has let its text stand. Refuses: NotFound, _NotYet."""
    question = question_to_read(session, actor, question_id)
    if question.second_reading_owed:
        raise _NotYet(question.id, SENT_BACK if question.sent_back_by else UNREAD)
    return question


@bp.errorhandler(_NotYet)
def _not_yet(error: _NotYet) -> ResponseReturnValue:
    """To the question, which says why: nobody types in vain."""
    flash(_(error.why), "warning")
    return redirect(url_for("questions.show", question_id=error.question_id), 303)


def _send(session: Session, actor: Staff, page: OfferPage, command: Command) -> ResponseReturnValue:
    """Read the form, give the command, and go to the assignment; or show what is wrong beside what was typed."""
    form = OfferForm.of(page, sent=True)
    if not form.validate():
        return _form(page, form, session, actor, 422)
    try:
        with attempt(session):
            made = command(form.draft(), form.seen_version)
    except Incomplete as refused:
        form.show_problems(refused, _)
        marks = marked_offer(session, actor, page.question_id, form.draft(), clock.now())
        return _form(page, form, session, actor, 422, marks, unmatched="match" in refused.problems)
    except DoneMeanwhile:
        form.others.data = page.others
        return _form(page, form, session, actor, 409, rivals=_rivals(session, actor, page))
    flash(_("Offered. The partner is told."), "success")
    return redirect(url_for("assignments.show", assignment_id=made.id), 303)


def _form(
    page: OfferPage,
    form: OfferForm,
    session: Session,
    actor: Staff,
    status: int = 200,
    marks: Sequence[Sequence[Segment]] = (),
    *,
    unmatched: bool = False,
    rivals: Sequence[Line] = (),
) -> ResponseReturnValue:
    """The offer; after a refusal with each text cut at its personal details."""
    answer = render_template(
        "desk/assignments/offer.html",
        page=page,
        form=form,
        marks=marks,
        unmatched=unmatched,
        rivals=rivals,
        hints=hints_on(session, actor, page.question_id),
        rare=_rare(page, form),
        findings=FINDINGS,
        inactive=INACTIVE,
        nobody_reads=NOBODY_READS,
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
        action=request.full_path.rstrip("?"),
    )
    return answer, status


def _rare(page: OfferPage, form: OfferForm) -> str:
    """The rare combination that a recheck says; that of a question is shown on the question's page."""
    if page.question_id is not None:
        return ""
    texts = [*(point.data or "" for point in form.points), form.terms.data or "", form.effort.data or ""]
    found = rare_combination(texts, page.place or "")
    return found.words if found else ""


def _rivals(session: Session, actor: Staff, page: OfferPage) -> Sequence[Line]:
    """Who is at work on the question, the newest first."""
    if page.question_id is None:
        return ()
    lines = assignments_of(session, actor, page.question_id, HELPDESK.local_day(clock.now()))
    return [line for line in lines if line.state in OPEN]


def _partners(session: Session, actor: Staff, question_id: UUID, beside: AssignmentPage | None = None) -> str:
    """The partners; with `beside`, those who could be asked the same as well, in one press while its words stand."""
    today = HELPDESK.local_day(clock.now())
    older = offered_in_older_words(session, actor, question_id) if beside else {}
    return render_template(
        "desk/assignments/choose.html",
        partners=partner_suggestions(session, actor, question_id, clock.now()),
        beside=beside,
        same_words=beside is not None and beside.line.id not in older,
        hints=hints_on(session, actor, question_id),
        words=vocabulary(session, with_facets=False),
        language_name=language_name,
        line_due=lambda line: due_text(line.due, today, late=line.late),
        worded=reasons.worded,
        question_id=question_id,
        action=request.path,
    )


def _chosen() -> UUID:
    """The partner named in the address. Refuses: NotFound when it is no id."""
    partner = _named("partner")
    if partner is None:
        raise NotFound("partner")
    return partner


def _named(name: str) -> UUID | None:
    """What the address names, if anything. Refuses: NotFound when it is no id."""
    try:
        return UUID(request.args[name]) if name in request.args else None
    except ValueError as malformed:
        raise NotFound(name) from malformed
