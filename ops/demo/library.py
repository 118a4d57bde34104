"""The published library: each excerpt drafted, approved by another editor and published in its own day."""

from datetime import datetime, timedelta
from typing import Any

from ops.demo import texts
from ops.demo.world import World
from workflows.core.actors import Role, Staff
from workflows.excerpts.approval import approvals_needed, send_for_approval
from workflows.excerpts.desk import draft_excerpt, draft_next_version, save_version
from workflows.excerpts.draft import SourceLine, Text
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.tally import SearchTally
from workflows.replies.recall import publish_and_tell

IN_VAIN = (("AFG", "HEA", 31), ("MAR", "SOC", 24), ("COD", "HOU", 18), ("NPL", "BUS", 12), ("IRQ", "SEC", 9))
"""What readers searched for without finding anything fresh: country, topic group, times."""
FOUND_OUT = {("NPL", "CIV-identity-papers"), ("ALB", "HEA-treatments")}
"""Texts, by country and first topic, that the partner of the country found out and can be asked about again. Behind the
others stands nobody, so that a request about what is out of date meets both.
"""
READY_AFTER = timedelta(days=4)
"""From the day the information was true to the day it is published."""


def load_library(world: World) -> None:
    """Publish every excerpt with its earlier versions, the older ones in their own time."""
    editors = [one for one in world.staff.values() if Role.EDITOR in one.roles]
    for place, row in enumerate(texts.excerpts(world.today)):
        author, approver = editors[place % len(editors)], editors[(place + 1) % len(editors)]
        excerpt = _publish(world, row, author, approver)
        if (row["country"], row["topics"][0]) in FOUND_OUT:
            excerpt.partner_id = world.partners[row["country"]]
        world.refs.setdefault((row["country"], row["language"]), []).append(excerpt.ref)
        world.session.flush()


def load_searches(world: World) -> None:
    """Some searches in vain of last week, for the table of freshness."""
    day = world.day(7)
    world.session.add_all(
        SearchTally(day=day, country=country, topic_group=group, searches=times) for country, group, times in IN_VAIN
    )


def _publish(world: World, row: dict[str, Any], author: Staff, approver: Staff) -> Excerpt:
    versions: list[dict[str, Any]] = [*row.get("earlier", []), row]
    first, later = versions[0], versions[1:]
    moment, text = _moment(world, first), _text(world, row, first)
    version = draft_excerpt(world.session, author, row["country"], row["language"], text, (), moment)
    _approve(world, version, author, approver, moment)
    excerpt = world.session.get_one(Excerpt, version.excerpt_id)
    for newer in later:
        moment = max(_moment(world, newer), moment + timedelta(days=1))
        _continue(world, excerpt, row, newer, author, approver, moment)
    return excerpt


def _continue(
    world: World, excerpt: Excerpt, row: dict[str, Any], newer: dict[str, Any], author: Staff, approver: Staff,
    moment: datetime,
) -> None:  # fmt: skip
    session = world.session
    change = newer.get("change", "update")
    version = draft_next_version(session, author, excerpt.id, change, moment, version=excerpt.version)
    session.flush()
    save_version(session, author, version.id, _text(world, row, newer), (), moment, version=version.version)
    _approve(world, version, author, approver, moment)


def _approve(world: World, version: ExcerptVersion, author: Staff, approver: Staff, moment: datetime) -> None:
    session = world.session
    session.flush()
    send_for_approval(session, author, version.id, moment, version=version.version)
    session.flush()
    others = [one for one in world.staff.values() if Role.EDITOR in one.roles and one not in {author, approver}]
    for agrees in (approver, *others)[: approvals_needed(session, version.topics)]:
        publish_and_tell(session, agrees, version.id, version.version, moment)
        session.flush()


def _moment(world: World, version: dict[str, Any]) -> datetime:
    return min(world.ago(version["information_days_ago"]) + READY_AFTER, world.now)


def _text(world: World, row: dict[str, Any], version: dict[str, Any]) -> Text:
    day = world.day(version["information_days_ago"])
    sources = [SourceLine(one["label"], one["kind"], min(world.day(one["days_ago"]), day)) for one in row["sources"]]
    return Text(
        title=row["title"],
        summary=version["summary"],
        body=version["body"],
        unknown=row["unknown"],
        confidence=row["confidence"],
        place=row["place"],
        topics=row["topics"],
        facets=row["facets"],
        sources=sources,
        information_date=day,
        change=version.get("change", "first"),
        public_note=version.get("public_note", ""),
    )
