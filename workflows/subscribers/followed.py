"""What can be followed, as a search that finds it, and how many follow a text."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.search import Filters
from workflows.subscribers.models import Subscription


@dataclass(frozen=True, slots=True)
class Followed:
    """A country, a topic or group of topics, or both; empty is every one."""

    country: str = ""
    topic: str = ""


def wanted(followed: Followed) -> Filters:
    """The search that finds what is followed."""
    one = (followed.topic,) if followed.topic else ()
    narrow = "-" in followed.topic
    return Filters(
        countries=(followed.country,) if followed.country else (),
        groups=() if narrow else one,
        topics=one if narrow else (),
    )


def count_followers(session: Session, ref: str) -> int:
    """How many follow the country or a topic of this published text; never who. One statement."""
    text = PublishedExcerpt
    topics = func.array_cat(text.topics, text.topic_groups).label("topics")
    row = select(text.country, topics).where(text.ref == ref).subquery()
    followed = select(func.count(Subscription.subscriber_id.distinct())).where(
        Subscription.confirmed_at.is_not(None),
        Subscription.country.in_(["", row.c.country]),
        (Subscription.topic == "") | (Subscription.topic == func.any(row.c.topics)),
    )
    return session.scalar(followed) or 0
