"""One case: what whoever asked would see of it, the counsellor's label, and a code for the person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid4, uuid5

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import StringField

from web_kit.forms import EditForm, Form
from web_kit.gate import counsellors_only
from web_kit.language import current, other_tongue
from web_kit.site import this_site
from web_kit.typed import fills
from web_kit.unit import reads, writes
from webapp.answer_files import can_be_pdf, spoken_in
from webapp.codes import in_two_lines
from webapp.following import ReplyForm, reply_forms, told_apart
from webapp.moments import moment
from workflows.core import clock
from workflows.core.actors import Counsellor
from workflows.core.errors import Incomplete
from workflows.replies.public import Card, status_page
from workflows.requests.codes import CodeGiven, CodeMeanwhile, code_given
from workflows.requests.counsellor import acting_in, give_code, name_case
from workflows.requests.counsellor_queries import case_head
from workflows.requests.receipts import KEY_VERSION, fingerprint, new_code
from workflows.vocabulary.queries import countries, topics

bp = Blueprint("client", __name__, url_prefix="/<language:lang>/caseload/<uuid:request_id>")
NOTHING_REFUSED: Mapping[UUID, ReplyForm] = {}


class NameForm(Form):
    """The counsellor's own label of a case."""

    label = StringField(_l("Your label"))


@bp.get("")
@counsellors_only
@reads
def show(session: Session, actor: Counsellor, request_id: UUID) -> ResponseReturnValue:
    """One card for each question."""
    return case_page(session, actor, request_id)


@bp.post("/label")
@counsellors_only
@writes
@fills(NameForm)
def label(session: Session, actor: Counsellor, request_id: UUID) -> ResponseReturnValue:
    """Name the case for oneself."""
    form = NameForm()
    try:
        name_case(session, actor, request_id, form.label.data or "", clock.now())
    except Incomplete as refused:
        form.show_problems(refused, _)
        return case_page(session, actor, request_id, 422, naming=form)
    flash(_("Saved."))
    return redirect(url_for(".show", request_id=request_id), 303)


@bp.post("/code")
@counsellors_only
@writes
def code(session: Session, actor: Counsellor, request_id: UUID) -> ResponseReturnValue:
    """Make a receipt code for the person and show it this once. It stands in no address, cookie or log.

    The same form sent again, as by reloading, makes the same code: what was written on paper goes on working. It does
    so too when another page was open beside it.
    """
    key, turn = this_site().receipt_key, EditForm().version.data or ""
    made = new_code(key, uuid5(request_id, request.form.get("once") or str(uuid4())))
    try:
        give_code(session, actor, request_id, fingerprint(key, made), KEY_VERSION, turn, clock.now())
    except CodeMeanwhile as refused:
        return _made_already(actor, request_id, refused.given)
    follow = this_site().links.to("follow", language=current())
    back = url_for(".show", request_id=request_id)
    return render_template("caseload/client/code.html", code=in_two_lines(made), follow=follow, back=back, languages=[])


def _made_already(actor: Counsellor, request_id: UUID, given: CodeGiven) -> ResponseReturnValue:
    """By whom and when, and the way to end that code knowingly."""
    when = moment(given.at)
    if given.by == actor.id:
        said = _("You made a code for this person %(when)s, after this page was opened.", when=when)
    elif given.by_person:
        said = _("The person took a new code %(when)s, after this page was opened.", when=when)
    else:
        said = _("A colleague made a code for this person %(when)s, after this page was opened.", when=when)
    values = {"request_id": request_id, "said": said, "turn": given.turn, "once": uuid4(), "languages": []}
    return make_response(render_template("caseload/client/code_made.html", **values), 409)


def case_page(
    session: Session,
    actor: Counsellor,
    request_id: UUID,
    status: int = 200,
    refused: Mapping[UUID, ReplyForm] = NOTHING_REFUSED,
    naming: NameForm | None = None,
    late_text: str | None = None,
) -> ResponseReturnValue:
    """The page of one case, with what was refused beside its field."""
    head = case_head(session, actor, request_id)
    given = code_given(session, request_id)
    cards = status_page(session, acting_in(session, actor, request_id), clock.now())
    if head.erased:
        cards = tuple(_without_day_of_erasure(card) for card in cards)
    page = render_template(
        "caseload/client/show.html",
        head=head,
        cards=cards,
        about=_about(session, cards),
        forms=reply_forms(cards, dict(refused)),
        naming=naming or NameForm(formdata=None, data={"label": head.label}),
        form=naming or next(iter(refused.values()), None),
        late_text=late_text,
        once=uuid4(),
        turn=given.turn if given else "",
        excerpt_url=_excerpt_url,
        move_url=lambda move, question_id: url_for(
            f"client_moves.{move}", request_id=request_id, question_id=question_id
        ),
        files=lambda card: _files(request_id, card),
    )
    return make_response(page, status)


def _without_day_of_erasure(card: Card) -> Card:
    """It has come already."""
    return replace(card, question=replace(card.question, delete_on=None))


def _about(session: Session, cards: Sequence[Card]) -> dict[UUID, str]:
    """What tells the questions of one case apart; the vocabulary is read only when there are several."""
    if len(cards) < 2:
        return {}
    groups = topics(session, sleeping_too=True)
    terms = (*countries(session, sleeping_too=True), *groups, *(one for group in groups for one in group.topics))
    names = {one.code: one.name(current()) for one in terms}
    return told_apart(cards, names.__getitem__, lambda code: names[code][:1].upper() + names[code][1:])


def _files(request_id: UUID, card: Card) -> list[tuple[str, str]]:
    """What each file of the newest answer is called, with its language when that is not the page's; and its address."""
    language = spoken_in(card)
    kinds = {"docx": _("Word file")} | ({"pdf": _("PDF")} if can_be_pdf(language) else {})
    where = {"request_id": request_id, "question_id": card.question.id}
    return [
        (name + other_tongue(language), url_for(f"client_answer.{kind}", **where))  # type: ignore[arg-type]
        for kind, name in kinds.items()
    ]


def _excerpt_url(ref: str, number: int | None = None) -> str:
    return f"{this_site().links.public}/{current()}/e/{ref}" + (f"/v{number}" if number else "")
