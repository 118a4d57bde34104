"""What researchers change about their own account."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.accounts.models import ResearcherAccount
from workflows.core.actors import Researcher


def choose_language(session: Session, actor: Researcher, language: str) -> None:
    """Say in which language the workspace and its letters speak to oneself."""
    mine = update(ResearcherAccount).where(ResearcherAccount.id == actor.id)
    session.execute(mine.values(language=language).execution_options(synchronize_session=False))


def my_timezone(session: Session, actor: Researcher) -> str:
    """The time zone one lives in."""
    return session.scalars(select(ResearcherAccount.timezone).where(ResearcherAccount.id == actor.id)).one()
