"""Filing a question of the helpdesk's own: about a published text that no partner stands behind, or about anything."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import FieldList, FormField, SelectField

from web_kit.gate import staff_only
from web_kit.language import current
from web_kit.unit import attempt, reads, writes
from webapp.asking import ANSWER_LANGUAGES, WrittenDownForm
from webapp.desk.question_filing import FiledQuestion, offer_topics
from webapp.desk.vocabulary import vocabulary
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.excerpts.asked_anew import question_about
from workflows.requests.our_own import file_our_own

bp = Blueprint("our_own_questions", __name__, url_prefix="/desk/questions")
officers_only = staff_only(Role.OFFICER)


class OurOwnForm(WrittenDownForm):
    """One question, and the language that it is written in; there is nobody to agree to anything."""

    questions = FieldList(FormField(FiledQuestion), min_entries=1, max_entries=1)
    written_in = SelectField(_("Written in"), validate_choice=False, choices=ANSWER_LANGUAGES, default=current)


@bp.get("/own")
@officers_only
@reads
def form(session: Session, actor: Staff) -> ResponseReturnValue:
    """The empty form; with `about`, the question whether that published text is still true; with `country` and `topic`,
    a question about those; which of a group of topics is meant, the officer says.
    """
    ref = request.args.get("about", "")
    given = _asking(session, actor, ref) if ref else {"questions": [_about(session)]}
    return _page(session, OurOwnForm.blank(clock.now(), **given))


@bp.post("/own")
@officers_only
@writes
def submit(session: Session, actor: Staff) -> ResponseReturnValue:
    """File it and show it, to be triaged at once; or the form again with everything that was typed."""
    typed, now = OurOwnForm(), clock.now()
    if (ticket := typed.ticket_to_file(now)) is None:
        return _page(session, typed, 422, gettext("This page was open too long. Please send it once more."))
    [asked], language, meant = typed.typed_questions(), typed.written_in.data or "", bool(typed.read_again.data)
    try:
        with attempt(session):
            question = file_our_own(session, actor, ticket.submission_id, asked, language, now, read_again=meant)
    except Incomplete as refused:
        typed.show_problems(refused, gettext)
        return _page(session, typed, 422)
    flash(gettext("Filed. Finish its triage here."), "success")
    return redirect(url_for("questions.show", question_id=question.id), 303)


def _asking(session: Session, actor: Staff, ref: str) -> dict[str, Any]:
    question, language = question_about(session, actor, ref)
    return {"questions": [asdict(question)]} | ({"written_in": language} if language in ANSWER_LANGUAGES else {})


def _about(session: Session) -> dict[str, str]:
    """What the address says that the question is about, as far as there is such a country and topic."""
    country, topic = request.args.get("country", ""), request.args.get("topic", "")
    if not country and not topic:
        return {}
    words = vocabulary(session, with_facets=False)
    of_group = [one for one in words.topics if topic and (one == topic or one.startswith(f"{topic}-"))]
    meant = of_group[0] if len(of_group) == 1 else ""
    return {"country": country if country in words.countries else "", "topic": meant}


def _page(session: Session, shown: OurOwnForm, status: int = 200, notice: str = "") -> ResponseReturnValue:
    words = vocabulary(session, with_facets=False)
    offer_topics(shown, words)
    shown.offer(words.countries)
    pointing = shown.pointing(clock.now())
    page = render_template("desk/questions/our_own.html", form=shown, pointing=pointing, notice=notice)
    return page, status
