"""What the public pages read: the flat tables of published texts, nothing else."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config import policy
from workflows.core.errors import NotFound
from workflows.core.markdown import uncited
from workflows.excerpts.corrected import CORRECTED, Correction, how_fresh, version_with_correction
from workflows.excerpts.counts import BY_COUNTRY, BY_GROUP, BY_TOPIC
from workflows.excerpts.models import ExcerptState, PublishedExcerpt, PublishedVersion
from workflows.excerpts.search import share_used
from workflows.excerpts.tongues import Tongue, state_of_original, tongues_of
from workflows.excerpts.unsaid import unsaid
from workflows.vocabulary.shelf_life import Freshness, freshness

RELATED = 5
REFERENCE = "[A-Z]{3}-[A-Z]{3}-[0-9]{4,9}"
"""What every reference looks like."""
ON_PAPER = re.compile(rf"(?P<ref>{REFERENCE})(?: ?V[0-9]+)?")
NEWEST = 6


@dataclass(frozen=True)
class Text:
    """One published text, current or as one fixed version."""

    ref: str
    number: int
    country: str
    topic_group: str
    topics: tuple[str, ...]
    language: str
    place: str
    title: str
    summary: str
    body: str
    unknown: str
    confidence: str
    sources: Sequence[dict[str, Any]]
    information_date: date
    valid_until: date
    published_on: date
    freshness: Freshness
    used: float
    source_ref: str | None
    """Of a translation: the original, and its version that this renders."""
    source_number: int | None
    credit: tuple[str, ...]
    """Organisations that agreed to be named."""
    files: Sequence[dict[str, Any]]
    """Each with its name, title, media type and size."""


@dataclass(frozen=True)
class Edition:
    """One line of the version timeline."""

    number: int
    change: str
    public_note: str
    published_on: date


@dataclass(frozen=True)
class Brief:
    """One text in a list."""

    ref: str
    country: str
    topic_group: str
    topics: tuple[str, ...]
    language: str
    title: str
    summary: str
    information_date: date
    valid_until: date
    freshness: str
    """As in the results of a search."""


@dataclass(frozen=True)
class ExcerptPage:
    """Everything an excerpt's page shows. A retracted text is not in it; its notice is."""

    text: Text
    state: str
    notice: str
    versions: Sequence[Edition]
    current: int
    related: Sequence[Brief] = ()
    tongues: Sequence[Tongue] = ()
    """The original first, when there is more than one."""
    corrected: Correction | None = None
    """Of an older version that was wrong, or of a translation whose original was."""
    original_held: bool = False
    """Of a translation on hold: because its original is being checked."""
    taken_back_on: date | None = None
    """The day on which it was withdrawn or retracted."""

    @property
    def older(self) -> bool:
        """Another version took its place."""
        return self.text.number != self.current

    @property
    def holds(self) -> bool:
        """It may be said until when: neither taken back nor corrected nor replaced, and nobody is checking it."""
        return self.state == ExcerptState.PUBLISHED and self.corrected is None and not self.older

    @property
    def void(self) -> bool:
        """What it says must not be handed on: it was taken back, or this version was wrong."""
        return self.corrected is not None or self.state in (ExcerptState.WITHDRAWN, ExcerptState.RETRACTED)

    @property
    def unsaid(self) -> str:
        """What stands, marked, where nobody put a notice into the language of this translation."""
        return unsaid(self.state, self.notice, self.text.source_ref)

    @property
    def original(self) -> Tongue | None:
        """Of a translation."""
        return self.tongues[0] if self.text.source_ref and self.tongues else None


@dataclass(frozen=True)
class Coverage:
    """How much there is on one country, group or topic, and how fresh the freshest of it is."""

    count: int
    """Without what has expired, as in a search that nobody narrowed."""
    freshness: Freshness


def published_page(session: Session, ref: str, today: date) -> ExcerptPage:
    """The current text under its address for ever. Refuses: NotFound."""
    row = session.get(PublishedExcerpt, ref)
    if row is None:
        raise NotFound(ref)
    versions = _versions(session, ref)
    alike = select(PublishedExcerpt).where(
        PublishedExcerpt.listed,
        PublishedExcerpt.country == row.country,
        PublishedExcerpt.topic_group == row.topic_group,
        PublishedExcerpt.ref != ref,
        PublishedExcerpt.expires_on > today,
    )
    newest = alike.order_by(PublishedExcerpt.information_date.desc(), PublishedExcerpt.ref).limit(RELATED)
    related = [_brief(one, today) for one in session.scalars(newest)]
    tongues = tongues_of(session, row.source_ref or ref)
    corrected = next((one.corrected for one in tongues if one.ref == ref), None)
    held = row.state == ExcerptState.ON_HOLD and bool(row.source_ref and tongues and tongues[0].state == row.state)
    return ExcerptPage(
        _text(row, today), row.state, row.notice, versions, row.number, related, tongues, corrected, held,
        _taken_back_on(row),
    )  # fmt: skip


def _taken_back_on(row: PublishedExcerpt) -> date | None:
    return row.changed_on if row.state in {ExcerptState.WITHDRAWN, ExcerptState.RETRACTED} else None


def text_called(session: Session, words: str) -> str | None:
    """The reference of the text that somebody copied from a paper, with its version or without, if there is one."""
    if not (said := ON_PAPER.fullmatch(words.strip().upper())):
        return None
    return session.scalar(select(PublishedExcerpt.ref).where(PublishedExcerpt.ref == said["ref"]))


def listed_text(session: Session, ref: str, today: date) -> Brief | None:
    """A text that stands in lists, in short; None for one that does not, whatever was typed for its reference."""
    query = select(PublishedExcerpt).where(PublishedExcerpt.ref == ref, PublishedExcerpt.listed)
    row = session.scalar(query) if ref.isprintable() else None
    return _brief(row, today) if row else None


def version_page(session: Session, ref: str, number: int, today: date) -> ExcerptPage:
    """One version under its own address. A retracted one shows only its notice. Refuses: NotFound."""
    current = session.get(PublishedExcerpt, ref)
    row, corrected = version_with_correction(session, ref, number)
    if row is None or current is None:
        raise NotFound(ref)
    state = "retracted" if row.retracted else current.state
    versions, held = _versions(session, ref), False
    if state == ExcerptState.ON_HOLD and row.source_ref:
        held = session.scalar(select(state_of_original(row.source_ref))) == state
    return ExcerptPage(
        _text(row, today), state, current.notice, versions, current.number, corrected=corrected, original_held=held,
        taken_back_on=_taken_back_on(current),
    )  # fmt: skip


def two_versions(session: Session, ref: str, older: int, newer: int, today: date) -> tuple[Text, Text]:
    """Two versions to compare; nothing is left in one that was retracted. Refuses: NotFound."""
    rows = session.scalars(
        select(PublishedVersion).where(PublishedVersion.ref == ref, PublishedVersion.number.in_((older, newer)))
    )
    found = {row.number: _text(row, today) for row in rows}
    if older == newer or set(found) != {older, newer}:
        raise NotFound(ref)
    return found[older], found[newer]


def newest_texts(session: Session, today: date, country: str | None = None, limit: int = NEWEST) -> list[Brief]:
    """The most recently checked texts, of one country or of all."""
    query = select(PublishedExcerpt).where(PublishedExcerpt.listed, PublishedExcerpt.expires_on > today)
    if country:
        query = query.where(PublishedExcerpt.country == country)
    newest = query.order_by(PublishedExcerpt.information_date.desc(), PublishedExcerpt.ref.desc()).limit(limit)
    return [_brief(row, today) for row in session.scalars(newest)]


def coverage_by_country(session: Session, today: date) -> dict[str, Coverage]:
    """How much there is on each country."""
    return _coverage(session, BY_COUNTRY, today)


def coverage_by_group(session: Session, today: date) -> dict[str, Coverage]:
    """How much there is on each topic group."""
    return _coverage(session, BY_GROUP, today)


def coverage_by_topic(session: Session, country: str, today: date) -> dict[str, Coverage]:
    """How much there is on each topic of one country."""
    return _coverage(session, BY_TOPIC, today, country)


def _coverage(session: Session, counted: str, today: date, country: str = "") -> dict[str, Coverage]:
    found: dict[str, Counter[Freshness]] = defaultdict(Counter)
    for code, kind, texts in session.execute(text(counted), {"today": today, "country": country}):
        found[code][Freshness.OUT_OF_DATE if kind == CORRECTED else Freshness(kind)] += texts
    return {
        code: Coverage(kinds.total() - kinds[Freshness.EXPIRED], min(+kinds, key=tuple(Freshness).index))
        for code, kinds in found.items()
    }


def _versions(session: Session, ref: str) -> list[Edition]:
    rows = session.execute(
        select(
            PublishedVersion.number,
            PublishedVersion.change,
            PublishedVersion.public_note,
            PublishedVersion.published_on,
        )
        .where(PublishedVersion.ref == ref)
        .order_by(PublishedVersion.number.desc())
        .limit(policy.VERSIONS_SHOWN)
    )
    return [Edition(*row) for row in rows]


def _brief(row: PublishedExcerpt, today: date) -> Brief:
    return Brief(
        row.ref, row.country, row.topic_group, tuple(row.topics), row.language,
        uncited(row.title), uncited(row.summary),
        row.information_date, row.valid_until, how_fresh(row, today),
    )  # fmt: skip


def _text(row: PublishedExcerpt | PublishedVersion, today: date) -> Text:
    return Text(
        ref=row.ref,
        number=row.number,
        country=row.country,
        topic_group=row.topic_group,
        topics=tuple(row.topics),
        language=row.language,
        place=row.place,
        title=uncited(row.title),
        summary=uncited(row.summary),
        body=row.body,
        unknown=row.unknown,
        confidence=row.confidence,
        sources=row.sources,
        information_date=row.information_date,
        valid_until=row.valid_until,
        published_on=row.published_on,
        freshness=freshness(row.valid_until, row.information_date, today),
        used=share_used(row.information_date, row.valid_until, today),
        source_ref=row.source_ref,
        source_number=row.source_number,
        credit=tuple(row.credit),
        files=row.files,
    )
