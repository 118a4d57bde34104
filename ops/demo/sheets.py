"""The country sheets of the demonstration: composed from what was published by then, approved and published."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ops.demo import texts
from ops.demo.world import World
from workflows.core.actors import Role
from workflows.core.links import Links
from workflows.excerpts.models import ExcerptState, PublishedExcerpt
from workflows.sheets.composition import Pin, SectionDraft
from workflows.sheets.desk import begin_edition, save_edition, send_edition
from workflows.sheets.publishing import publish_edition

PUBLISHED_DAYS_AGO = (9, 16, 24, 37, 52)
MOST_PINS = 4


def load_sheets(world: World, links: Links) -> None:
    """Publish one edition of each sheet. `links` says where a question can be asked."""
    for row, days in zip(texts.read("sheets"), PUBLISHED_DAYS_AGO, strict=True):
        _publish(world, row, days, links)


def _publish(world: World, row: dict[str, Any], days: int, links: Links) -> None:
    session, moment = world.session, world.ago(days)
    author = world.a(Role.EDITOR)
    edition = begin_edition(session, author, row["country"], row["language"], moment)
    session.flush()
    sections = _sections(world, row, days)
    save_edition(session, author, edition.id, edition.version, sections, moment)
    session.flush()
    send_edition(session, author, edition.id, edition.version, moment, gaps_known=True)
    session.flush()
    publish_edition(session, world.a(Role.EDITOR, but=author), edition.id, edition.version, moment, links)
    session.flush()


def _sections(world: World, row: dict[str, Any], days: int) -> list[SectionDraft]:
    """From the texts that an editor could use on that day, which near midnight is another one at the helpdesk."""
    day = world.day(days)
    rows = world.session.scalars(
        select(PublishedExcerpt)
        .where(
            PublishedExcerpt.country == row["country"],
            PublishedExcerpt.state == ExcerptState.PUBLISHED,
            PublishedExcerpt.published_on <= day,
            PublishedExcerpt.expires_on > day,
        )
        .order_by(PublishedExcerpt.information_date.desc())
    ).all()
    return [
        SectionDraft(section["topic_group"], section["intro"], _pins(rows, section["topic_group"], row["language"]))
        for section in row["sections"]
    ]


def _pins(rows: Sequence[PublishedExcerpt], group: str, language: str) -> tuple[Pin, ...]:
    """The section's texts, those in the sheet's language first."""
    ours = sorted((one for one in rows if one.topic_group == group), key=lambda one: one.language != language)
    return tuple(Pin(one.ref, one.number) for one in ours[:MOST_PINS])
