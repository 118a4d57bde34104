"""The freshness of the library: the table of countries and topics, what to fix first, and one request to partners.

Who would be asked is shown first (GET); what is then pressed (POST) names text and partner, and is looked at again.
"""

from collections.abc import Sequence
from datetime import date, timedelta

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
from webapp.desk.recheck_choice import choices
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.excerpts.freshness_matrix import Cell, Matrix, Order, as_table, freshness_matrix
from workflows.excerpts.recheck_batch import Asked, ask_partners
from workflows.excerpts.recheck_plan import Plan, recheck_plan
from workflows.replies.relying import Reuse, reuse_since
from workflows.vocabulary.queries import regions
from workflows.vocabulary.shelf_life import Freshness

bp = Blueprint("freshness", __name__)
editorial = staff_only(Role.EDITOR, Role.OFFICER, Role.MANAGER)
askers = staff_only(Role.EDITOR, Role.OFFICER)


@bp.get("/desk/freshness")
@editorial
@reads
def show(session: Session, actor: Staff) -> ResponseReturnValue:
    """The table, worst first unless asked for by name."""
    today, matrix = HELPDESK.local_day(clock.now()), _matrix(session)
    return render_template(
        "desk/freshness/show.html",
        matrix=matrix,
        **_reuse(session, today),
        **_first(session, actor, matrix),
        **_names(matrix),
        regions=regions(session),
        region=request.args.get("region", ""),
        order=_order(),
        kinds=Freshness,
        months=lambda day: _months(day, today),
        address=_address,
        **_may(actor),
    )


@bp.get("/desk/freshness.csv")
@editorial
@reads
def table(session: Session, actor: Staff) -> ResponseReturnValue:
    """The same figures for a spreadsheet; nothing in it was typed by a stranger."""
    return csv_file(as_table(_matrix(session), current()), "freshness.csv")


@bp.get("/desk/freshness/ask")
@askers
@reads
def plan(session: Session, actor: Staff) -> ResponseReturnValue:
    """Of each text out of date in these cells: who will be asked, or why nobody, and who else could be."""
    return _plan(session, actor)


@bp.post("/desk/freshness/ask")
@askers
@writes
def ask(session: Session, actor: Staff) -> ResponseReturnValue:
    """Ask the chosen partners; those who could not be asked come back with the reason and another choice."""
    if not (chosen := choices()):
        return _plan(session, actor, _("Nobody is chosen. Choose a partner for at least one text."))
    asked = ask_partners(session, actor, chosen, clock.now())
    if asked.left:
        return _ask(Plan(asked.left), actor, _said(asked), made=True), 409
    flash(_said(asked), "success")
    return redirect(url_for(".show"), 303)


def _first(session: Session, actor: Staff, matrix: Matrix) -> dict[str, Sequence[Cell] | Plan | None]:
    """The boxes to fix first; and what the button below them would do, for whoever may press it."""
    first = matrix.fix_first[: None if "all" in request.args else policy.FIX_FIRST]
    cells = {(cell.country, cell.group) for cell in first if cell.stale}
    asks = bool(cells) and _may(actor)["may_ask"]
    return {"first": first, "plan": recheck_plan(session, actor, cells, clock.now()) if asks else None}


def _may(actor: Staff) -> dict[str, bool]:
    """Whether this person asks partners, and files questions of the helpdesk's own."""
    return {"may_ask": bool(actor.roles & {Role.EDITOR, Role.OFFICER}), "may_file": Role.OFFICER in actor.roles}


def _plan(session: Session, actor: Staff, nobody: str = "") -> ResponseReturnValue:
    """The request for the cells of the page, before anybody is asked; `nobody` says that none was chosen (422)."""
    cells = (text.partition("-") for text in request.values.getlist("cell"))
    planned = recheck_plan(session, actor, {(country, group) for country, _at, group in cells}, clock.now())
    if planned.texts:
        return _ask(planned, actor, nobody=nobody), 422 if nobody else 200
    flash(_("Nothing in these boxes is out of date."), "warning")
    return redirect(url_for(".show"), 303)


def _ask(planned: Plan, actor: Staff, said: str = "", *, made: bool = False, nobody: str = "") -> str:
    return render_template(
        "desk/freshness/ask.html",
        plan=planned,
        offers=Role.OFFICER in actor.roles,
        said=said,
        made=made,
        nobody=nobody,
        cells=request.values.getlist("cell"),
    )


def _reuse(session: Session, today: date) -> dict[str, Reuse | int]:
    """How many people found their answer before they asked, and in how many days until today."""
    return {"reuse": reuse_since(session, today - timedelta(days=policy.DEMAND_DAYS)), "days": policy.DEMAND_DAYS}


def _matrix(session: Session) -> Matrix:
    today, region = HELPDESK.local_day(clock.now()), request.args.get("region", "")
    return freshness_matrix(session, today, current(), region=region, order=_order())


def _names(matrix: Matrix) -> dict[str, dict[str, str]]:
    """What its columns and rows are called in the reader's language."""
    return {
        "names": {group.code: group.name(current()) for group in matrix.groups},
        "countries": {line.country.code: line.country.name(current()) for line in matrix.lines},
    }


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
    return " ".join(text for count, text in parts if count)
