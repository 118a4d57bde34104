"""What the accounts page reads: people, what they may do, and whether they can get in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.desk import Standing, standings
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount, StaffAccount
from workflows.core.actors import Staff

NO_LOGIN = Standing("", active=False, invited_until=None, seen_at=None)


@dataclass(frozen=True)
class AccountLine:
    """One person. `kind` is staff or researcher; `works_for` the partner organisation of a researcher."""

    id: UUID
    kind: str
    name: str
    roles: tuple[str, ...]
    works_for: str
    active: bool
    standing: Standing


def accounts_page(session: Session, actor: Staff, now: datetime) -> tuple[list[AccountLine], list[AccountLine]]:
    """Staff, then researchers, by name; three statements."""
    staff = session.scalars(
        select(StaffAccount).where(StaffAccount.visible_to(actor)).order_by(StaffAccount.name)
    ).all()
    researchers = session.execute(
        select(ResearcherAccount, PartnerOrganisation.name)
        .join(PartnerOrganisation, PartnerOrganisation.id == ResearcherAccount.partner_id)
        .where(ResearcherAccount.visible_to(actor))
        .order_by(PartnerOrganisation.name, ResearcherAccount.name)
    ).all()
    known = standings(session, [row.id for row in staff] + [row.id for row, _ in researchers], now)
    return (
        [
            AccountLine(row.id, "staff", row.name, tuple(row.roles), "", row.active, known.get(row.id, NO_LOGIN))
            for row in staff
        ],
        [
            AccountLine(row.id, "researcher", row.name, (), partner, row.active, known.get(row.id, NO_LOGIN))
            for row, partner in researchers
        ],
    )


def partner_choices(session: Session, actor: Staff) -> dict[str, str]:
    """Partner organisations that somebody may be invited to, by id."""
    rows = session.execute(
        select(PartnerOrganisation.id, PartnerOrganisation.name)
        .where(PartnerOrganisation.visible_to(actor), PartnerOrganisation.active)
        .order_by(PartnerOrganisation.name)
    )
    return {str(row_id): name for row_id, name in rows}
