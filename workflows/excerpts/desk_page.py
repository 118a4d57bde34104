"""One excerpt at the desk: what the public reads, what is being written, who wrote it and who may approve it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Label, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from config import policy
from workflows.accounts.models import StaffAccount
from workflows.answers.content import FrozenPoint, points_of
from workflows.answers.models import Revision
from workflows.core.access import find_visible, visible
from workflows.core.actors import Role, Staff
from workflows.core.errors import NotFound
from workflows.core.events import Event
from workflows.excerpts.approval import approvals_needed
from workflows.excerpts.changes_asked import ChangesAsked, changes_asked
from workflows.excerpts.checks import Reading, keeps_from_approval, obstacles, read_version, taken_back
from workflows.excerpts.confirmation_models import Confirmation
from workflows.excerpts.corrected import as_read
from workflows.excerpts.desk import HAS_BEEN_READ, OPEN
from workflows.excerpts.lifecycle import EXCERPT, EXCERPT_VERSION
from workflows.excerpts.models import (
    Approval,
    Excerpt,
    ExcerptState,
    ExcerptVersion,
    PublishedExcerpt,
    Verification,
    VersionSource,
)
from workflows.excerpts.published_files import FileBeside, files_beside
from workflows.excerpts.said_true import SaidTrue, Verified, in_the_way, said_true, verified_by, with_what_is_said
from workflows.excerpts.translations import Family, family_of
from workflows.excerpts.unsaid import unsaid
from workflows.vocabulary.shelf_life import Freshness, freshness, valid_until
from workflows.vocabulary.validity import shortest_shelf_life

FIELDS = ("title", "summary", "body", "unknown", "confidence", "place", "topics", "facets", "sources",
          "information_date", "valid_until")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text as readers would see it."""

    number: int
    title: str
    summary: str
    body: str
    unknown: str
    confidence: str
    place: str
    topics: Sequence[str]
    facets: Sequence[str]
    sources: Sequence[Mapping[str, Any]]
    information_date: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long the topics keep: the days of the shortest one, the country's priority, and until when that is."""

    days: int
    priority: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The version under work. `moves` are those that whoever looks may make now; `problems` keep it from approval."""

    id: UUID
    version: int
    state: str
    text: Written
    change: str
    public_note: str
    translated_notes: Mapping[str, str]
    valid_until_reason: str
    changes_asked: ChangesAsked | None
    saved_at: datetime
    writers: tuple[str, ...]
    mine: bool
    approvers: tuple[str, ...]
    """Who did not write in it and may still approve it."""
    approved_by: tuple[str, ...]
    approvals_needed: int
    publish_at: datetime | None
    """When the clock publishes it."""
    moves: frozenset[str]
    reading: Reading
    problems: Mapping[str, str]
    obstacles: tuple[tuple[str, str], ...]
    """The same without any left out: a field may have several."""
    rule: Rule | None
    revisions: tuple[UUID, ...]
    """The accepted revisions it is written from."""
    answers: tuple[UUID, ...]
    points: tuple[FrozenPoint, ...]
    """What those revisions say."""
    files: tuple[FileBeside, ...]
    """What came with those answers; readers get what is released of it."""

    @property
    def waits_for_more(self) -> bool:
        """The next approval is not the last one."""
        return self.approvals_needed - len(self.approved_by) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One line of the history."""

    number: int
    state: str
    change: str
    public_note: str
    author: str
    approver: str
    at: datetime
    discarded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptPage:
    """Everything the page of one excerpt shows. `moves` are the excerpt's that whoever looks may make now."""

    id: UUID
    version: int
    ref: str
    country: str
    topic_group: str
    language: str
    state: str
    hold_reason: str
    hold_owner: str
    hold_review_on: date | None
    published: Written | None
    files: Sequence[Mapping[str, Any]]
    """What readers have with it."""
    notice: str
    unsaid: str
    """What stands, marked, where nobody put the notice into the language of this translation."""
    freshness: Freshness | None
    stands: str
    """What `as_read` says readers are told of it; nothing before anybody could read it."""
    working: Working | None
    moves: frozenset[str]
    may_continue: bool
    """A next version may be begun."""
    recheck_id: UUID | None
    family: Family
    may_write: bool
    versions: tuple[VersionLine, ...]
    verified: tuple[Verified, ...]
    said_true: SaidTrue | None


def excerpt_page(session: Session, actor: Staff, ref: str, today: date) -> ExcerptPage:
    """One excerpt with its versions; seventeen statements at most. Refuses: NotFound."""
    family = family_of(session, actor, ref)
    found: Any = session.execute(with_what_is_said(actor).where(Excerpt.ref == ref)).one_or_none()
    if found is None:
        raise NotFound(ref)
    excerpt, said, recheck_id = found
    versions, flat = _versions(session, excerpt), session.get(PublishedExcerpt, ref)
    verified = session.scalars(
        select(Verification).where(Verification.excerpt_id == excerpt.id).order_by(Verification.at.desc())
    ).all()
    people = _People(session, excerpt, versions, verified, said)
    row = _open_version(session, actor, excerpt)
    shown = flat if excerpt.state != ExcerptState.RETRACTED else None
    return ExcerptPage(
        id=excerpt.id, version=excerpt.version, ref=ref, country=excerpt.country, topic_group=excerpt.topic_group,
        language=excerpt.language, state=excerpt.state,
        hold_reason=excerpt.hold_reason or "", hold_owner=people.name(excerpt.hold_owner_id),
        hold_review_on=excerpt.hold_review_on, recheck_id=recheck_id, published=_written(shown) if shown else None,
        files=shown.files if shown else (), notice=flat.notice if flat else "",
        unsaid=unsaid(flat.state, flat.notice, flat.source_ref) if flat else "",
        freshness=freshness(shown.valid_until, shown.information_date, today) if shown else None,
        working=_working(session, actor, excerpt, row, people, today) if row else None,
        moves=_moves(EXCERPT, actor, excerpt) - {"publish", "discard", "confirm" if in_the_way(said, flat) else ""},
        may_continue=Role.EDITOR in actor.roles and row is None and excerpt.state in HAS_BEEN_READ,
        family=family, may_write=Role.EDITOR in actor.roles,
        versions=tuple(_version_line(one, people) for one in versions),
        verified=tuple(verified_by(one, people.name) for one in verified),
        said_true=said_true(actor, said, flat, people.name), stands=as_read(flat, today) if flat else "",
    )  # fmt: skip


def ref_of(session: Session, actor: Staff, excerpt_id: UUID) -> str:
    """The name of an excerpt. Refuses: NotFound."""
    return find_visible(session, actor, Excerpt, excerpt_id).ref


class _People:
    """The names of whoever had to do with an excerpt, and of every editor who may approve; one statement."""

    def __init__(
        self, session: Session, excerpt: Excerpt, versions: Sequence[Any], verified: Sequence[Any],
        said: Confirmation | None,
    ) -> None:  # fmt: skip
        wanted = {excerpt.hold_owner_id, *(one.editor_id for one in verified), *(one.agreed_by_id for one in verified)}
        wanted |= {said.author_id, said.decided_by} if said else set()
        for version in versions:
            wanted |= {version.author_id, version.discarded_by, *version.approver_ids, *version.co_author_ids}
        rows = session.execute(
            select(StaffAccount.id, StaffAccount.name, StaffAccount.can_act().label("can_act"), StaffAccount.roles)
            .where(or_(StaffAccount.id.in_(wanted - {None}), StaffAccount.roles.overlap([Role.EDITOR])))
            .order_by(StaffAccount.name)
        ).all()
        self.names = {row.id: row.name for row in rows}
        self.editors = {row.id: row.name for row in rows if row.can_act and Role.EDITOR in row.roles}

    def name(self, person: UUID | None) -> str:
        return self.names.get(person, "") if person else ""


def _versions(session: Session, excerpt: Excerpt) -> Sequence[Any]:
    """The newest versions without their texts."""
    row, given_up = ExcerptVersion, aliased(Event)
    lines = select(row.number, row.state, row.change, row.public_note, row.author_id, row.co_author_ids, row.saved_at,
                   row.published_at, _approvers(), given_up.actor_id.label("discarded_by"),
                   given_up.at.label("discarded_at"))  # fmt: skip
    how = and_(given_up.object_id == row.id, given_up.kind == "excerpt_version.discard")
    wanted = (
        lines.outerjoin(given_up, how)
        .where(row.excerpt_id == excerpt.id)
        .order_by(row.number.desc())
        .limit(policy.VERSIONS_SHOWN)
    )
    return session.execute(wanted).all()


def _approvers() -> Label[list[UUID]]:
    """Who approved the version, in their order."""
    said = select(Approval.editor_id).where(Approval.version_id == ExcerptVersion.id).order_by(Approval.at)
    return func.array(said.correlate(ExcerptVersion).scalar_subquery()).label("approver_ids")


def _open_version(session: Session, actor: Staff, excerpt: Excerpt) -> ExcerptVersion | None:
    mine = visible(actor, ExcerptVersion).where(ExcerptVersion.excerpt_id == excerpt.id)
    return session.scalar(mine.where(ExcerptVersion.state.in_(OPEN)))


def _working(
    session: Session, actor: Staff, excerpt: Excerpt, row: ExcerptVersion, people: _People, today: date
) -> Working:
    reading = read_version(session, row, excerpt.language, today)
    wrote, approved = (row.author_id, *row.co_author_ids), [one.editor_id for one in row.approvals]
    linked = session.execute(
        select(Revision.id, Revision.answer_id, Revision.content)
        .join(VersionSource, VersionSource.revision_id == Revision.id)
        .where(VersionSource.version_id == row.id)
        .order_by(Revision.submitted_at, Revision.id)
    ).all()
    return Working(
        id=row.id, version=row.version, state=row.state, text=_written(row), change=row.change,
        public_note=row.public_note, translated_notes=row.translated_notes, saved_at=row.saved_at,
        valid_until_reason=row.valid_until_reason or "", changes_asked=changes_asked(session, row),
        writers=tuple(people.name(one) for one in wrote if people.name(one)), mine=actor.id in wrote,
        approvers=tuple(name for one, name in people.editors.items() if one not in {*wrote, *approved}),
        approved_by=tuple(people.name(one) for one in approved), approvals_needed=approvals_needed(session, row.topics),
        publish_at=row.publish_at,
        moves=_moves(EXCERPT_VERSION, actor, row), reading=reading,
        problems=taken_back(excerpt) | keeps_from_approval(row, reading, today),
        obstacles=(*taken_back(excerpt).items(), *obstacles(row, reading, today)),
        rule=_rule(session, excerpt.country, row),
        revisions=tuple(one.id for one in linked), answers=tuple(dict.fromkeys(one.answer_id for one in linked)),
        points=tuple(point for one in linked for point in points_of(one.content)),
        files=files_beside(session, row.id) if linked else (),
    )  # fmt: skip


def _rule(session: Session, country: str, row: ExcerptVersion) -> Rule | None:
    found = shortest_shelf_life(session, country, row.topics)
    return Rule(days=found[0], priority=found[1], until=valid_until(row.information_date, *found)) if found else None


def _written(row: ExcerptVersion | PublishedExcerpt) -> Written:
    return Written(number=row.number, **{name: getattr(row, name) for name in FIELDS})


def _version_line(row: Any, people: _People) -> VersionLine:
    return VersionLine(
        number=row.number, state=row.state, change=row.change, public_note=row.public_note,
        author=people.name(row.author_id), approver=", ".join(map(people.name, row.approver_ids)),
        at=row.discarded_at or row.published_at or row.saved_at, discarded_by=people.name(row.discarded_by),
    )  # fmt: skip


def _moves(lifecycle: Any, actor: Staff, row: Any) -> frozenset[str]:
    return frozenset(move.name for move in lifecycle.offers(actor, row))
