"""Scenes at the excerpt desk: a text that may be sent for approval, and one that was published by four eyes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, make_staff
from workflows.answers.attachment_models import Attachment
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.events import record
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_excerpt, draft_next_version, save_version
from workflows.excerpts.draft import SourceLine, Text
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt
from workflows.excerpts.published_files import files_beside
from workflows.excerpts.publishing import publish_excerpt

LATER = NOW + timedelta(days=40)
SOURCES = (
    SourceLine("Visit to eleven homes", "visit", TODAY - timedelta(days=12)),
    SourceLine("Talk with two letting agents", "talk", TODAY - timedelta(days=11)),
)


FRENCH = "## Prix\n\nLe prix comprend une cour partagée [1]. Une caution de trois mois est courante [2]."
"""The body of `text()` in another language: nobody approves a translation that is its original still."""


def text(**values: Any) -> Text:
    """A whole text about rent, fit for approval."""
    given: dict[str, Any] = {
        "title": "Rent for a one-bedroom home", "summary": "A room costs about 80 to 150 US dollars a month.",
        "body": "## Prices\n\nThe price includes a shared yard [1]. A deposit of three months is common [2].",
        "unknown": "There are no prices for the east.", "confidence": "fairly_sure", "place": "Kinshasa",
        "topics": ("HOU-rent",), "facets": (), "sources": SOURCES, "information_date": TODAY - timedelta(days=11),
    }  # fmt: skip
    return Text(**given | values)


def recent(**values: Any) -> Text:
    """The same text as of five days ago, for pages that ask the real clock."""
    day = clock.today() - timedelta(days=5)
    sources = tuple(SourceLine(one.label, one.kind, day) for one in SOURCES)
    return text(**{"information_date": day, "sources": sources} | values)


def drafted(
    session: Session, author: Staff, typed: Text | None = None, revisions: Sequence[UUID] = (), **values: Any
) -> ExcerptVersion:
    """A draft in English about DR Congo."""
    given = {"country": "COD", "language": "en", "now": NOW}
    wanted = given | values
    version = draft_excerpt(
        session, author, wanted["country"], wanted["language"], typed or text(), revisions, wanted["now"]
    )
    session.flush()
    return version


def sent(session: Session, author: Staff, typed: Text | None = None, **values: Any) -> ExcerptVersion:
    """The same, before another editor."""
    version = drafted(session, author, typed, **values)
    send_for_approval(session, author, version.id, values.get("now", NOW), version=version.version)
    session.flush()
    return version


def published(
    session: Session, typed: Text | None = None, author: Staff | None = None, now: datetime = NOW, **values: Any
) -> Excerpt:
    """Published by a second editor."""
    author = author or make_staff(session, Role.EDITOR)
    version = sent(session, author, typed, now=now, **values)
    approver = make_staff(session, Role.EDITOR)
    open_files(session, approver, version, now)
    excerpt = publish_excerpt(session, approver, version.id, version.version, now)
    session.flush()
    return excerpt


def open_files(session: Session, who: Staff, version: ExcerptVersion, now: datetime) -> None:
    """Look at each file that goes with the version, as the desk's page records it."""
    for file in files_beside(session, version.id):
        record(session, who, "reading.file", session.get_one(Attachment, file.id), now)
    session.flush()


def found_by(session: Session, words: str) -> list[str]:
    hit = PublishedExcerpt.search.op("@@")(func.to_tsquery("simple", words))
    return list(session.scalars(select(PublishedExcerpt.ref).where(hit)))


def republish(
    session: Session, excerpt: Excerpt, author: Staff, approver: Staff, change: str = "update", **values
) -> ExcerptVersion:
    """The next version, written, sent and published forty days later."""
    version = draft_next_version(session, author, excerpt.id, change, LATER, version=excerpt.version)
    session.flush()
    given = {"change": change, "public_note": "Prices rose.", "information_date": TODAY + timedelta(days=39)}
    save_version(session, author, version.id, text(**given | values), [], LATER, version=version.version)
    session.flush()
    send_for_approval(session, author, version.id, LATER, version=version.version)
    session.flush()
    publish_excerpt(session, approver, version.id, version.version, LATER)
    session.flush()
    return version
