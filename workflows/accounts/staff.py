"""What members of staff change about their own account."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflows.accounts.models import StaffAccount
from workflows.core.actors import Staff


def use_single_keys(session: Session, actor: Staff, *, on: bool) -> None:
    """Say whether a single letter presses a button for oneself."""
    mine = update(StaffAccount).where(StaffAccount.id == actor.id)
    session.execute(mine.values(single_keys=on).execution_options(synchronize_session=False))
