"""What the accounts page reads: people, what they may do, and whether they can get in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.accounts.desk import NO_LOGIN, Standing, standings
from workflows.accounts.models import CounsellorAccount, PartnerOrganisation, ResearcherAccount, StaffAccount
from workflows.core.access import find_visible
from workflows.core.actors import Staff


@dataclass(frozen=True)
class AccountLine:
    """One person. `kind` is staff, researcher or counsellor; `works_for` the organisation of the latter two."""

    id: UUID
    kind: str
    name: str
    roles: tuple[str, ...]
    works_for: str
    active: bool
    standing: Standing
    keeps_accounts: bool = False
    """Whether a researcher invites and shuts colleagues."""


@dataclass(frozen=True)
class Accounts:
    """Everybody who may log in."""

    staff: list[AccountLine]
    researchers: list[AccountLine]
    counsellors: list[AccountLine]


def accounts_page(session: Session, actor: Staff, now: datetime) -> Accounts:
    """By name, researchers and counsellors by organisation first; four statements."""
    staff = session.scalars(
        select(StaffAccount).where(StaffAccount.visible_to(actor)).order_by(StaffAccount.name)
    ).all()
    researchers = session.execute(
        select(ResearcherAccount, PartnerOrganisation.name)
        .join(PartnerOrganisation, PartnerOrganisation.id == ResearcherAccount.partner_id)
        .where(ResearcherAccount.visible_to(actor))
        .order_by(PartnerOrganisation.name, ResearcherAccount.name)
    ).all()
    counsellors = session.scalars(
        select(CounsellorAccount)
        .where(CounsellorAccount.visible_to(actor))
        .order_by(CounsellorAccount.organisation, CounsellorAccount.name)
    ).all()
    ids = [row.id for row in staff] + [row.id for row, _ in researchers] + [row.id for row in counsellors]
    known = standings(session, ids, now)

    def line(row: Any, kind: str, works_for: str = "", roles: tuple[str, ...] = ()) -> AccountLine:
        standing, keeps = known.get(row.id, NO_LOGIN), getattr(row, "keeps_accounts", False)
        return AccountLine(row.id, kind, row.name, roles, works_for, row.active, standing, keeps)

    return Accounts(
        [line(row, "staff", roles=tuple(row.roles)) for row in staff],
        [line(row, "researcher", partner) for row, partner in researchers],
        [line(row, "counsellor", row.organisation) for row in counsellors],
    )


def colleagues(session: Session, actor: Staff, counsellor_id: UUID) -> dict[str, str]:
    """Counsellors of the same organisation who may log in, by id. Refuses: NotFound."""
    leaving = find_visible(session, actor, CounsellorAccount, counsellor_id)
    rows = session.execute(
        select(CounsellorAccount.id, CounsellorAccount.name)
        .where(
            CounsellorAccount.visible_to(actor),
            CounsellorAccount.active,
            CounsellorAccount.id != leaving.id,
            func.lower(CounsellorAccount.organisation) == leaving.organisation.lower(),
        )
        .order_by(CounsellorAccount.name)
    )
    return {str(row_id): name for row_id, name in rows}


def partner_choices(session: Session, actor: Staff) -> dict[str, str]:
    """Partner organisations that somebody may be invited to, by id."""
    rows = session.execute(
        select(PartnerOrganisation.id, PartnerOrganisation.name)
        .where(PartnerOrganisation.visible_to(actor), PartnerOrganisation.active)
        .order_by(PartnerOrganisation.name)
    )
    return {str(row_id): name for row_id, name in rows}
