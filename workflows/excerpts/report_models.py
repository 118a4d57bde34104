"""What readers say about a published text. The public site may write a report and never read one."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Index, LargeBinary, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.actors import Actor, Clock, Role, Staff
from workflows.core.db import Base, Identified, Versioned, reference
from workflows.core.lifecycle import state_check
from workflows.core.sealed import Sealed


class ReportState(StrEnum):
    """How far the desk is with it."""

    RECEIVED = "received"
    CHECKING = "checking"
    CLEARED = "cleared"
    """One editor finds nothing to do about personal data, and another has to agree."""
    CLOSED = "closed"


class Reason(StrEnum):
    """What a reader found."""

    PERSONAL = "personal"
    WRONG = "wrong"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"


class Outcome(StrEnum):
    """What became of it."""

    CORRECTED = "corrected"
    STILL_TRUE = "still_true"
    TAKEN_BACK = "taken_back"
    NOTHING = "nothing"


class ReaderReport(Identified, Versioned, Base):
    """One report by nobody in particular about one version of a text."""

    __tablename__ = "reader_report"
    ref: Mapped[str]
    number: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str]
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    text = Sealed("text_sealed")
    state: Mapped[str]
    assignment_id: Mapped[UUID | None] = reference("assignment.id", nullable=True)
    """The recheck it led to."""
    outcome: Mapped[str | None]
    cleared_by: Mapped[UUID | None]
    """Who found nothing to do about personal data, before another editor agreed."""
    editor_id: Mapped[UUID | None]
    """Who closed it."""
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    co_author_ids = ()
    """Nobody clears it together with somebody else; parties ask."""
    __table_args__ = (
        state_check(ReportState),
        Index("ix_reader_report_open", "ref", postgresql_where="state <> 'closed'"),
        Index("ix_reader_report_state", "state", "at"),
    )

    @property
    def author_id(self) -> UUID | None:
        """Whose word another editor has to agree with."""
        return self.cleared_by

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        sees = isinstance(actor, Clock) or (isinstance(actor, Staff) and Role.EDITOR in actor.roles)
        return cls.id.is_not(None) if sees else false()
