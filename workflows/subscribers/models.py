"""Who follows what by e-mail. The public site reaches these rows by functions alone; the desk counts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.core.db import Base, Identified
from workflows.core.sealed import Sealed


class Subscriber(Identified, Base):
    """One address of e-mail that follows something, or that somebody typed and whose owner has not agreed yet."""

    __tablename__ = "subscriber"
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    address = Sealed("address_sealed")
    address_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """A keyed digest, by which an address is found that is here already."""
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """Of the token in the links of its letters, which is kept nowhere: it can be made again from the id."""
    language: Mapped[str]
    asked_at: Mapped[datetime]
    letter_at: Mapped[datetime | None]
    """When the letter is due that leads to the page on which its owner agrees; null when none is."""
    told_before: Mapped[date | None]
    """What was published before this day was told; null as long as nothing was agreed to."""
    __table_args__ = (
        Index("ix_subscriber_letter", "letter_at", postgresql_where="letter_at is not null"),
        Index("ix_subscriber_told", "told_before"),
    )


class Subscription(Identified, Base):
    """One country, one topic or group of topics, or one of each; what is empty is not narrowed."""

    __tablename__ = "subscription"
    subscriber_id: Mapped[UUID] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    )
    country: Mapped[str]
    topic: Mapped[str]
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("subscriber_id", "country", "topic"),
        Index("ix_subscription_followed", "country", "topic", postgresql_where="confirmed_at is not null"),
    )
