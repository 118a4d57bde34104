"""The freshness of the library: the table of countries and topics, what to fix first, and one request to partners."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from config import policy
from web_kit.gate import staff_only
from web_kit.language import current
from web_kit.spreadsheet import csv_file
from web_kit.unit import reads, writes
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.excerpts.freshness_matrix import Matrix, Order, as_table, freshness_matrix
from workflows.excerpts.recheck_batch import Asked, ask_partners
from workflows.vocabulary.queries import regions
from workflows.vocabulary.shelf_life import Freshness

bp = Blueprint("freshness", __name__)
editorial = staff_only(Role.EDITOR, Role.OFFICER, Role.MANAGER)


@bp.get("/desk/freshness")
@editorial
@reads
def show(session: Session, actor: Staff) -> ResponseReturnValue:
    """The table, worst first unless asked for by name."""
    today, matrix = HELPDESK.local_day(clock.now()), _matrix(session)
    return render_template(
        "desk/freshness/show.html",
        matrix=matrix,
        first=matrix.fix_first[: None if "all" in request.args else policy.FIX_FIRST],
        names={group.code: group.name(current()) for group in matrix.groups},
        countries={line.country.code: line.country.name(current()) for line in matrix.lines},
        regions=regions(session),
        region=request.args.get("region", ""),
        order=_order(),
        kinds=Freshness,
        months=lambda day: _months(day, today),
        address=_address,
        may_ask=bool(actor.roles & {Role.EDITOR, Role.OFFICER}),
    )


@bp.get("/desk/freshness.csv")
@editorial
@reads
def table(session: Session, actor: Staff) -> ResponseReturnValue:
    """The same figures for a spreadsheet; nothing in it was typed by a stranger."""
    return csv_file(as_table(_matrix(session), current()), "freshness.csv")


@bp.post("/desk/freshness/ask")
@staff_only(Role.EDITOR, Role.OFFICER)
@writes
def ask(session: Session, actor: Staff) -> ResponseReturnValue:
    """Ask the partners about everything out of date in the chosen cells; says of each that was not asked why."""
    places = {
        (country, group) for country, _at, group in (text.partition("/") for text in request.form.getlist("cell"))
    }
    asked = ask_partners(session, actor, places, clock.now())
    if asked.left:
        return render_template("desk/freshness/asked.html", asked=asked, said=_said(asked))
    flash(_said(asked), "success" if asked.offered or asked.drafted else "warning")
    return redirect(url_for(".show"), 303)


def _matrix(session: Session) -> Matrix:
    today, region = HELPDESK.local_day(clock.now()), request.args.get("region", "")
    return freshness_matrix(session, today, current(), region=region, order=_order())


def _order() -> Order:
    wanted = request.args.get("order", "")
    return Order(wanted) if wanted in set(Order) else Order.STALEST


def _address(endpoint: str, **more: str) -> str:
    """This view's address with the filters of the page."""
    kept = {name: text for name in ("region", "order") if (text := request.args.get(name, ""))}
    return url_for(endpoint, **kept, **more)  # type: ignore[arg-type]


def _months(day: date, today: date) -> int:
    """Whole months of thirty days since a day."""
    return (today - day).days // 30


def _said(asked: Asked) -> str:
    """What became of the batch, in one line."""
    parts = (
        (
            asked.offered,
            ngettext(
                "%(num)d text was sent to its partner.", "%(num)d texts were sent to their partners.", asked.offered
            ),
        ),
        (
            asked.drafted,
            ngettext(
                "%(num)d request is drafted: an officer offers it.",
                "%(num)d requests are drafted: an officer offers them.",
                asked.drafted,
            ),
        ),
    )
    return " ".join(text for count, text in parts if count) or _("Nothing in these boxes is out of date.")
