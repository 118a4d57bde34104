"""What the clock throws away of old log-ins and accounts."""

from datetime import datetime, timedelta

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from config import policy
from workflows.accounts.models import FormerAddress


def tidy_logins(session: Session, now: datetime) -> int:
    """Delete sessions, links and counted failures that ended long ago (SESSIONS_KEPT_DAYS). Gives their number."""
    before = now - timedelta(days=policy.SESSIONS_KEPT_DAYS)
    return session.scalar(text("select authn.tidy(:before)"), {"before": before}) or 0


def forget_former_addresses(session: Session, now: datetime) -> None:
    """Delete the addresses that accounts had before, once the letter has had its time (FORMER_ADDRESS_KEPT_DAYS)."""
    session.execute(
        delete(FormerAddress).where(FormerAddress.at < now - timedelta(days=policy.FORMER_ADDRESS_KEPT_DAYS))
    )
