"""What partners plan and get: days away, a task given back for safety, an adjustment in the ledger."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from ops.demo.world import World
from workflows.accounts.absences import Period, add_absence
from workflows.accounts.models import PartnerOrganisation
from workflows.answers.ledger import adjust_ledger
from workflows.assignments.agreement import Agreement
from workflows.assignments.models import Assignment, AssignmentState
from workflows.core.actors import Role

BY_LANGUAGE = {
    "en": Agreement(hours=Decimal(6)),
    "fr": Agreement(amount=Decimal(120), currency="EUR"),
    "nl": Agreement(hours=Decimal(8)),
}
OTHERWISE = Agreement(amount=Decimal(95), currency="USD")
NOTES = {"en": "Travel included", "fr": "Déplacements compris", "nl": "Reiskosten inbegrepen"}
WHY = "Two more visits were needed than we had agreed."
AWAY = ((20, 26), (60, 61))
"""In so many days, the first and the last day."""


def agreement_in(language: str) -> Agreement:
    """What was agreed with a partner who works in this language."""
    return BY_LANGUAGE.get(language, OTHERWISE)


def load_agreements(world: World) -> None:
    """Two periods for one organisation, one that lasts today for another, and one adjustment of this month."""
    first, *_others, last = world.session.scalars(select(PartnerOrganisation).order_by(PartnerOrganisation.name))
    for begins, ends in AWAY:
        _go_away(world, first, begins, ends)
    _go_away(world, last, -2, 4)
    done = select(Assignment).where(Assignment.state == AssignmentState.COMPLETED)
    row = world.session.scalars(done.order_by(Assignment.closed_at.desc())).first()
    if row is not None:
        more = Agreement(row.agreed_hours and Decimal(2), row.agreed_amount and Decimal(40), row.agreed_currency or "")
        adjust_ledger(world.session, world.a(Role.MANAGER), row.id, more, WHY, world.ago(0.1), seen=1)
    world.session.flush()


def _go_away(world: World, partner: PartnerOrganisation, begins: int, ends: int) -> None:
    days = Period(world.today + timedelta(days=begins), world.today + timedelta(days=ends))
    add_absence(world.session, world.a(Role.OFFICER), partner.id, days, world.now)
    world.session.flush()
