"""The numbers and addresses that a contact agreed to see published: they alone may stand in a public text."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from workflows.answers.content import points_of
from workflows.answers.models import Revision
from workflows.depersonalise import Finding, Kind, find
from workflows.excerpts.models import Excerpt, ExcerptVersion, VersionSource

REACHES = {Kind.EMAIL, Kind.PHONE, Kind.NUMBER}
"""Kinds by which somebody is reached; a telephone number that nothing announces is a long number to the search."""


def agreed_ways(session: Session, version: ExcerptVersion, language: str, today: date) -> frozenset[str]:
    """How those may be reached who agreed in the answers that this version is written from, as `way_of` spells it.

    The last word of an answer counts. A translation rests on the answers of the version it renders. One statement.
    """
    contents = session.scalars(
        select(Revision.content)
        .where(Revision.answer_id.in_(feeding(version)))
        .order_by(Revision.answer_id, Revision.number.desc())
        .ext(distinct_on(Revision.answer_id))
    )
    agreed = [one for content in contents for point in points_of(content) for one in point.contacts if one.may_publish]
    found = (one for contact in agreed for one in find(contact.reach, language, today))
    return frozenset(way for one in found if (way := way_of(one)))


def feeding(version: ExcerptVersion) -> Select[UUID]:
    """The answers that a version is written from; a translation, those of the version it renders."""
    return answers_behind(ExcerptVersion.id == version.id)


def answers_behind(versions: ColumnElement[bool]) -> Select[UUID]:
    """The same for every version of which this holds; it may ask for columns of the excerpt as well."""
    wanted = (
        select(ExcerptVersion.id, Excerpt.source_id, ExcerptVersion.source_number)
        .join(Excerpt, Excerpt.id == ExcerptVersion.excerpt_id)
        .where(versions)
        .subquery()
    )
    rendered = and_(ExcerptVersion.excerpt_id == wanted.c.source_id, ExcerptVersion.number == wanted.c.source_number)
    return (
        select(Revision.answer_id)
        .join(VersionSource, VersionSource.revision_id == Revision.id)
        .join(ExcerptVersion, ExcerptVersion.id == VersionSource.version_id)
        .join(wanted, or_(ExcerptVersion.id == wanted.c.id, rendered))
    )


def way_of(found: Finding) -> str:
    """The figures of a number, without how they were grouped, or an address; nothing: nobody is reached by this."""
    if found.kind not in REACHES:
        return ""
    if found.kind is Kind.EMAIL:
        return "".join(found.text.casefold().split())
    return "".join(_figures(found.text)).removeprefix("00")


def _figures(text: str) -> Iterator[str]:
    return (str(int(one)) for one in text if one.isdecimal())
