"""What the clock throws away of old log-ins."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy


def tidy_logins(session: Session, now: datetime) -> int:
    """Delete sessions, links and counted failures that ended long ago (SESSIONS_KEPT_DAYS). Gives their number."""
    before = now - timedelta(days=policy.SESSIONS_KEPT_DAYS)
    return session.scalar(text("select authn.tidy(:before)"), {"before": before}) or 0
