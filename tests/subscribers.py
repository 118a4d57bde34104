"""Subscribers for setting a scene, the form with which somebody becomes one, and the letters that they get."""

import re
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from tasks.outbox import fan_out, send
from tasks.subscribers import tell
from tasks.world import World
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


def letters(world: World) -> list[Message]:
    """Everything that was written to readers, once the worker has done all that is due."""
    tell(world)
    fan_out(world)
    send(world)
    return [message_from_bytes(file.read_bytes()) for file in sorted(world.mailbox_folder.glob("*.eml"))]


def link_in(letter: Message) -> str:
    """The path of the only address in a letter."""
    [link] = re.findall(r"https?://\S+", str(letter.get_payload(decode=True), "utf-8"))
    return "/" + link.split("/", 3)[3]
