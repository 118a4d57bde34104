"""The ledger at the desk: every month all partners, one partner, and what a manager adjusts."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import HiddenField, StringField, TextAreaField

from config import policy
from web_kit.amounts import Number, agreed, hours, money
from web_kit.forms import Form
from web_kit.gate import staff_only
from web_kit.language import current
from web_kit.spreadsheet import csv_file
from web_kit.statements import in_words, title_of
from web_kit.unit import attempt, reads, writes
from web_kit.word import word_file
from workflows.answers.ledger import adjust_ledger
from workflows.answers.ledger_queries import Month, Statement, statement, task_account
from workflows.answers.ledger_words import HOURS_AT, KINDS, cells
from workflows.assignments.agreement import Agreement
from workflows.assignments.partner_choice import one_partner
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import DoneMeanwhile, Incomplete

bp = Blueprint("ledger", __name__)
managers_only = staff_only(Role.MANAGER)


class AdjustForm(Form):
    """By how much, and why. `seen` is how many entries stood there when it was opened."""

    hours = Number(_l("Hours"))
    amount = Number(_l("Fee"))
    currency = StringField(_l("Currency"))
    reason = TextAreaField(_l("Why"), default="")
    seen = HiddenField()

    @property
    def by(self) -> Agreement:
        return Agreement(self.hours.data, self.amount.data, self.currency.data or "")

    @property
    def seen_entries(self) -> int:
        return int(self.seen.data) if str(self.seen.data or "").isdecimal() else -1


@bp.get("/desk/ledger")
@managers_only
@reads
def index(session: Session, actor: Staff) -> ResponseReturnValue:
    """What each partner gets for a month."""
    found = statement(session, actor, _month())
    return render_template("desk/ledger/index.html", found=found, hours=hours, money=money)


@bp.get("/desk/ledger.csv")
@managers_only
@reads
def table(session: Session, actor: Staff) -> ResponseReturnValue:
    """Every line of the month, of all partners, for a spreadsheet."""
    found = statement(session, actor, _month())
    return csv_file(cells(found, _, partners=True), f"ledger-{found.month}.csv")


@bp.get("/desk/ledger/<uuid:partner_id>")
@managers_only
@reads
def show(session: Session, actor: Staff, partner_id: UUID) -> ResponseReturnValue:
    """The statement of one partner, as it sees it."""
    return render_template(
        "desk/ledger/show.html",
        partner=one_partner(session, actor, partner_id, clock.now()),
        found=statement(session, actor, _month(), partner_id),
        kinds=KINDS,
        agreed=agreed,
        hours=hours,
        money=money,
    )


@bp.get("/desk/ledger/<uuid:partner_id>.csv")
@managers_only
@reads
def partner_table(session: Session, actor: Staff, partner_id: UUID) -> ResponseReturnValue:
    """The same for a spreadsheet."""
    found = _of_partner(session, actor, partner_id)[1]
    return csv_file(cells(found, _), f"statement-{found.month}.csv")


@bp.get("/desk/ledger/<uuid:partner_id>.docx")
@managers_only
@reads
def document(session: Session, actor: Staff, partner_id: UUID) -> ResponseReturnValue:
    """The same for Word, with the partner's name for the accounts."""
    from workflows.answers.ledger_docx import statement_docx  # here: python-docx is loaded by whoever wants a file

    name, found = _of_partner(session, actor, partner_id)
    title = title_of(found.month.first) + f" · {name}"
    content = statement_docx(title, in_words(cells(found, _), HOURS_AT), current())
    return word_file(content, f"statement-{found.month}.docx")


@bp.get("/desk/ledger/tasks/<uuid:assignment_id>")
@managers_only
@reads
def task(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """What stands for one task, and the form to adjust it."""
    return _task(session, actor, assignment_id, AdjustForm(formdata=None, currency=policy.AGREED_CURRENCY))


@bp.post("/desk/ledger/tasks/<uuid:assignment_id>")
@managers_only
@writes
def adjust(session: Session, actor: Staff, assignment_id: UUID) -> ResponseReturnValue:
    """Adjust it; 409 with what stands there now when another manager did meanwhile."""
    form = AdjustForm()
    if not form.validate():
        return _task(session, actor, assignment_id, form, 422)
    try:
        with attempt(session):
            seen, now = form.seen_entries, clock.now()
            entry = adjust_ledger(session, actor, assignment_id, form.by, form.reason.data or "", now, seen=seen)
    except DoneMeanwhile:
        return _task(session, actor, assignment_id, form, 409)
    except Incomplete as refused:
        form.show_problems(refused, _)
        return _task(session, actor, assignment_id, form, 422)
    flash(_("Adjusted. It stands in the statement of this month."), "success")
    return redirect(url_for(".show", partner_id=entry.partner_id), 303)


def _month() -> Month:
    return Month.read(request.args.get("month"), HELPDESK.local_day(clock.now()))


def _of_partner(session: Session, actor: Staff, partner_id: UUID) -> tuple[str, Statement]:
    name = one_partner(session, actor, partner_id, clock.now()).name
    return name, statement(session, actor, _month(), partner_id)


def _task(
    session: Session, actor: Staff, assignment_id: UUID, form: AdjustForm, status: int = 200
) -> ResponseReturnValue:
    """The page of one task; after a refusal for being late the form goes again over what stands there now."""
    account = task_account(session, actor, assignment_id)
    if status != 422:
        form.seen.data = str(len(account.entries))
    answer = render_template(
        "desk/ledger/task.html",
        account=account,
        assignment_id=assignment_id,
        form=form,
        late=status == 409,
        kinds=KINDS,
        agreed=agreed,
    )
    return answer, status
