"""Writing an excerpt: drafted from accepted revisions, saved as it grows, and continued after publishing."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from workflows.answers.models import Answer, AnswerState, Revision
from workflows.assignments.models import Assignment
from workflows.core.access import lock_visible
from workflows.core.actors import Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import record
from workflows.core.hidden import plain_text
from workflows.core.parties import editors
from workflows.core.words import mark as _
from workflows.excerpts.draft import NOT_OFFERED, Text, plain_line, wrong_fields
from workflows.excerpts.kept import keep_text
from workflows.excerpts.lifecycle import EXCERPT, EXCERPT_VERSION
from workflows.excerpts.models import (
    Change,
    Excerpt,
    ExcerptState,
    ExcerptVersion,
    PublishedExcerpt,
    VersionSource,
    VersionState,
)
from workflows.excerpts.words import CHANGES, LANGUAGES
from workflows.requests.consent import stays_private
from workflows.vocabulary.models import Country, Facet, Topic
from workflows.vocabulary.validity import longest_validity

OPEN = (VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.SCHEDULED, VersionState.CHANGES_ASKED)
HAS_BEEN_READ = (ExcerptState.PUBLISHED, ExcerptState.ON_HOLD, ExcerptState.WITHDRAWN)


def draft_excerpt(
    session: Session,
    actor: Staff,
    country: str,
    language: str,
    typed: Text,
    revisions: Sequence[UUID],
    now: datetime,
) -> ExcerptVersion:
    """Begin an excerpt with its first version, from accepted revisions (none: from the editor's own desk research).

    Its name for ever, such as COD-HOU-0042, follows from the country and the group of its first topic.
    Refuses: NotAllowed, Incomplete by field.
    """
    editors_only(actor)
    problems = _wrong(session, typed, now) | _wrong_revisions(session, country, revisions)
    if session.get(Country, country) is None:
        problems["country"] = NOT_OFFERED
    if language not in LANGUAGES:
        problems["language"] = NOT_OFFERED
    days = _days(session, country, typed, problems)
    group = session.scalar(select(Topic.parent_code).where(Topic.code == typed.topics[0])) or typed.topics[0]
    excerpt = Excerpt(
        ref=next_ref(session, country, group),
        country=country,
        topic_group=group,
        language=language,
        state=ExcerptState.UNPUBLISHED,
        partner_id=_partner_of(session, revisions),
        created_at=now,
    )
    EXCERPT.open(session, actor, excerpt, now, ref=excerpt.ref)
    version = ExcerptVersion(excerpt_id=excerpt.id, number=1, state=VersionState.DRAFT, author_id=actor.id)
    _write(version, typed, days, Change.FIRST, now)
    EXCERPT_VERSION.open(session, actor, version, now, ref=excerpt.ref, number=1)
    _link(session, version, revisions)
    keep_text(session, actor, version, now)
    return version


def save_version(
    session: Session,
    actor: Staff,
    version_id: UUID,
    typed: Text,
    revisions: Sequence[UUID],
    now: datetime,
    *,
    version: int,
) -> ExcerptVersion:
    """Keep a draft as it stands, complete or not. Whoever saves has written in it and may not approve it.

    Refuses: NotFound, NotAllowed, OutOfTurn (not a draft), EditConflict, Incomplete by field.
    """
    row = lock_visible(session, actor, ExcerptVersion, version_id, version)
    editors_only(actor)
    if row.state != VersionState.DRAFT:
        raise OutOfTurn(f"a version that is {row.state} is not written in")
    excerpt = lock_visible(session, actor, Excerpt, row.excerpt_id)
    problems = _wrong(session, typed, now) | _wrong_revisions(session, excerpt.country, revisions)
    if not any(topic.startswith(f"{excerpt.topic_group}-") for topic in typed.topics):
        problems.setdefault("topics", _("Keep at least one topic of the group that the reference names."))
    if row.number > 1 and typed.change not in CHANGES:
        problems["change"] = NOT_OFFERED
    days = _days(session, excerpt.country, typed, problems)
    _write(row, typed, days, Change.FIRST if row.number == 1 else Change(typed.change), now)
    if actor.id not in {row.author_id, *row.co_author_ids}:
        row.co_author_ids = [*row.co_author_ids, actor.id]
    excerpt.partner_id = excerpt.partner_id or _partner_of(session, revisions)
    _link(session, row, revisions)
    keep_text(session, actor, row, now)
    record(session, actor, "excerpt_version.save", row, now)
    return row


def draft_next_version(
    session: Session, actor: Staff, excerpt_id: UUID, change: str, now: datetime, *, version: int
) -> ExcerptVersion:
    """Begin the next version as a copy of what the public reads. `change` says what it will be to readers.

    Refuses: NotFound, NotAllowed, EditConflict, Incomplete (no such change), OutOfTurn (nothing to continue, or a
    version is already being written).
    """
    row = copy_published(session, actor, excerpt_id, change, now, version=version)
    keep_text(session, actor, row, now)
    return row


def copy_published(
    session: Session, actor: Staff, excerpt_id: UUID, change: str, now: datetime, *, version: int
) -> ExcerptVersion:
    """The next version as `draft_next_version` begins it; the caller keeps its text, once it is what it begins with."""
    excerpt = lock_visible(session, actor, Excerpt, excerpt_id, version)
    editors_only(actor)
    if change not in CHANGES:
        raise Incomplete({"change": NOT_OFFERED})
    versions = session.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == excerpt.id)).all()
    old = next((one for one in versions if one.state == VersionState.PUBLISHED), None)
    flat = session.get(PublishedExcerpt, excerpt.ref)
    if excerpt.state not in HAS_BEEN_READ or old is None or flat is None or any(one.state in OPEN for one in versions):
        raise OutOfTurn("there is no published version to continue, or one is being written")
    row = ExcerptVersion(
        excerpt_id=excerpt.id, number=max(one.number for one in versions) + 1, state=VersionState.DRAFT,
        author_id=actor.id, title=old.title, summary=old.summary, body=old.body, unknown=old.unknown,
        confidence=old.confidence, place=old.place, topics=old.topics, facets=old.facets, sources=flat.sources,
        information_date=flat.information_date, valid_until=flat.valid_until,
        valid_until_reason=old.valid_until_reason, change=change, public_note="", saved_at=now,
        source_number=old.source_number,
    )  # fmt: skip
    EXCERPT_VERSION.open(session, actor, row, now, ref=excerpt.ref, number=row.number)
    linked = session.scalars(select(VersionSource.revision_id).where(VersionSource.version_id == old.id)).all()
    _link(session, row, linked)
    return row


def editors_only(actor: Staff) -> None:
    """Refuses (NotAllowed) anybody who is no editor."""
    if not editors.includes(actor, None):
        raise NotAllowed("excerpts are written by editors")


def _wrong(session: Session, typed: Text, now: datetime) -> dict[str, str]:
    topics = session.scalars(select(Topic.code).where(Topic.parent_code.is_not(None))).all()
    facets = session.scalars(select(Facet.code)).all()
    return wrong_fields(typed, HELPDESK.local_day(now), topics, facets)


def _wrong_revisions(session: Session, country: str, revisions: Sequence[UUID]) -> dict[str, str]:
    accepted = session.scalar(
        select(func.count())
        .select_from(Revision)
        .join(Answer, Answer.id == Revision.answer_id)
        .join(Assignment, Assignment.id == Answer.assignment_id)
        .where(Revision.id.in_(revisions), Answer.state == AnswerState.ACCEPTED, Assignment.country == country)
        .where(~stays_private(Answer.question_id))
    )
    return (
        {}
        if accepted == len(set(revisions))
        else {"revisions": _("Only accepted answers about this country, to people who agreed, can be written up.")}
    )


def _days(session: Session, country: str, typed: Text, problems: dict[str, str]) -> tuple[date, date]:
    """When it was true and until when it may be relied on: the rule's day, a shorter one, a longer one with a reason.

    Refuses (Incomplete) with these problems and its own.
    """
    true_on = typed.information_date
    longest = longest_validity(session, country, typed.topics, true_on) if true_on and not problems else None
    if longest and (typed.valid_until or longest) > longest and not typed.valid_until_reason.strip():
        problems["valid_until_reason"] = _("Say why this holds longer than the topic allows.")
    if problems or longest is None or true_on is None:
        raise Incomplete(problems or {"topics": NOT_OFFERED})
    return true_on, typed.valid_until or longest


def _write(row: ExcerptVersion, typed: Text, days: tuple[date, date], change: Change, now: datetime) -> None:
    row.title, row.place = plain_line(typed.title), plain_line(typed.place)
    row.summary, row.body, row.unknown = plain_text(typed.summary), plain_text(typed.body), plain_text(typed.unknown)
    row.confidence = typed.confidence
    row.topics, row.facets = list(typed.topics), list(typed.facets)
    row.sources = [source.as_json() for source in typed.sources]
    row.information_date, row.valid_until = days
    row.valid_until_reason = plain_text(typed.valid_until_reason) or None
    row.change, row.public_note = change, plain_text(typed.public_note)
    notes = {language: plain_text(note) for language, note in typed.translated_notes.items() if language in LANGUAGES}
    row.translated_notes = {language: note for language, note in notes.items() if note}
    row.approved_hash, row.saved_at = None, now


def _link(session: Session, row: ExcerptVersion, revisions: Sequence[UUID]) -> None:
    """The revisions it is written from now; those it was written from before and that are not named again go."""
    linked = {
        one.revision_id: one for one in session.scalars(select(VersionSource).where(VersionSource.version_id == row.id))
    }
    for revision_id in set(revisions) - linked.keys():
        session.add(VersionSource(version_id=row.id, revision_id=revision_id))
    for revision_id in linked.keys() - set(revisions):
        session.delete(linked[revision_id])


def _partner_of(session: Session, revisions: Sequence[UUID]) -> UUID | None:
    first = select(Revision.partner_id).where(Revision.id.in_(revisions)).order_by(Revision.submitted_at).limit(1)
    return session.scalar(first)


def next_ref(session: Session, country: str, group: str) -> str:
    """The next free reference of a country and group; two editors at once get two of them."""
    stem = f"{country}-{group}-"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"excerpt.ref {stem}"))))
    number = cast(func.split_part(Excerpt.ref, "-", 3), Integer)
    last = session.scalar(select(func.max(number)).where(Excerpt.ref.startswith(stem, autoescape=True)))
    return f"{stem}{(last or 0) + 1:04d}"
