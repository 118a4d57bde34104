"""Subscribers for setting a scene, and the form with which somebody becomes one."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from tests.factories import NOW
from tests.sites import Browser
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.sealed import fingerprint
from workflows.subscribers.models import Subscriber, Subscription
from workflows.subscribers.tokens import hash_of, token_of

numbers = count(1)
GUINEA, HEALTH = ("GIN", ""), ("", "HEA")


def make_subscriber(
    session: Session, *followed: tuple[str, str], waiting: tuple[tuple[str, str], ...] = (), **values: Any
) -> Subscriber:
    """Somebody who agreed to these pairs of country and topic, to whom all before today was told."""
    address = values.pop("address", f"reader{next(numbers)}@example.org")
    told: date | None = values.pop("told_before", NOW.date() if followed else None)
    at: datetime = values.get("asked_at", NOW)
    given = {"id": uuid4(), "language": "en", "asked_at": at, "letter_at": None} | values
    row = Subscriber(**given, told_before=told, address_hash=fingerprint("subscriber address", address.encode()),
                     token_hash=hash_of(token_of(given["id"])))  # fmt: skip
    row.address = address
    session.add(row)
    for lines, confirmed in ((followed, at), (waiting, None)):
        for country, topic in lines:
            session.add(
                Subscription(subscriber_id=row.id, country=country, topic=topic, asked_at=at, confirmed_at=confirmed)
            )
    session.flush()
    return row


def asking(public: Browser, address: str = "amina@example.org", **changes: Any) -> dict[str, Any]:
    """A whole form that was open for a minute; a value of None leaves the field out."""
    with public.app.app_context():
        ticket = Ticket.issue(clock.now() - timedelta(minutes=1)).sign()
    form = {
        "ticket": ticket,
        "email": address,
        "country": "GIN",
        "topic": "",
        "language": "en",
        "website": "",
    } | changes
    return {name: value for name, value in form.items() if value is not None}
