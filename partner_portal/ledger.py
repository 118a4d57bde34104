"""What the organisation gets, month by month: as a page, for a spreadsheet, and for Word."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.amounts import agreed, hours, money
from web_kit.gate import researchers_only
from web_kit.language import current
from web_kit.spreadsheet import csv_file
from web_kit.statements import in_words, title_of
from web_kit.unit import reads
from web_kit.word import word_file
from workflows.answers.ledger_queries import Month, Statement, statement
from workflows.answers.ledger_words import HOURS_AT, KINDS, cells
from workflows.core.actors import Researcher
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now

bp = Blueprint("ledger", __name__)


@bp.get("/w/ledger")
@researchers_only
@reads
def index(session: Session, actor: Researcher) -> ResponseReturnValue:
    """The statement of a month, this one when none is named."""
    return render_template(
        "ledger/index.html", found=_found(session, actor), kinds=KINDS, agreed=agreed, hours=hours, money=money
    )


@bp.get("/w/ledger.csv")
@researchers_only
@reads
def table(session: Session, actor: Researcher) -> ResponseReturnValue:
    """The same for a spreadsheet."""
    found = _found(session, actor)
    return csv_file(cells(found, _), f"statement-{found.month}.csv")


@bp.get("/w/ledger.docx")
@researchers_only
@reads
def document(session: Session, actor: Researcher) -> ResponseReturnValue:
    """The same for Word."""
    from workflows.answers.ledger_docx import statement_docx  # here: python-docx is loaded by whoever wants a file

    found = _found(session, actor)
    title = title_of(found.month.first)
    content = statement_docx(title, in_words(cells(found, _), HOURS_AT), current())
    return word_file(content, f"statement-{found.month}.docx")


def _found(session: Session, actor: Researcher) -> Statement:
    month = Month.read(request.args.get("month"), HELPDESK.local_day(now()))
    return statement(session, actor, month, actor.partner_id)
