"""Who found a text still true, and what one editor says of it with which another has to agree, as its page shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, select

from workflows.assignments.clock import LIVE
from workflows.assignments.models import Assignment, Kind
from workflows.core.access import visible
from workflows.core.actors import Staff
from workflows.excerpts.confirmation_lifecycle import CONFIRMATION
from workflows.excerpts.confirmation_models import Confirmation, ConfirmationState
from workflows.excerpts.models import Excerpt, PublishedExcerpt, Verification


@dataclass(frozen=True, slots=True)
class Verified:
    """Somebody found that the text was still true."""

    source: str
    on: date
    valid_until: date
    editor: str
    agreed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTrue:
    """An editor says that what readers have is still true, and another has to agree, or did not: then why."""

    id: UUID
    source: str
    kind: str
    dated: date
    by: str
    at: datetime
    refused_by: str
    reason: str
    moves: frozenset[str]


def verified_by(found: Verification, name: Callable[[UUID | None], str]) -> Verified:
    """With the names of those who found it."""
    return Verified(
        source=found.source, on=found.verified_on, valid_until=found.valid_until, editor=name(found.editor_id),
        agreed_by=name(found.agreed_by_id),
    )  # fmt: skip


def with_what_is_said(actor: Staff) -> Select[Any]:
    """The excerpts, each with the newest word that it is still true, and the recheck under way."""
    newest = select(Confirmation.id).where(Confirmation.excerpt_id == Excerpt.id).order_by(Confirmation.at.desc())
    latest = newest.limit(1).correlate(Excerpt).scalar_subquery()
    wanted = visible(actor, Excerpt).add_columns(Confirmation, being_rechecked())
    return wanted.outerjoin(Confirmation, Confirmation.id == latest)


def being_rechecked() -> ScalarSelect[UUID]:
    """The commission in which a partner is asked whether the excerpt is still true, until it is over; as SQL."""
    of = Assignment
    asked = select(of.id).where(of.excerpt_id == Excerpt.id, of.kind == Kind.RECHECK, of.state.in_(LIVE))
    return asked.order_by(of.created_at.desc()).limit(1).correlate(Excerpt).scalar_subquery()


def in_the_way(said: Confirmation | None, flat: PublishedExcerpt | None) -> bool:
    """Nobody says now that it is still true: another editor has to agree first, or it renders what was wrong."""
    return _is_open(said) or (flat is not None and flat.corrected_on is not None)


def _is_open(said: Confirmation | None) -> bool:
    """It waits for another editor."""
    return said is not None and said.state == ConfirmationState.PROPOSED


def _still_matters(said: Confirmation, flat: PublishedExcerpt | None) -> bool:
    """It waits, or it was not agreed with and readers have that version as it was then."""
    unchanged = flat is not None and (flat.number, flat.information_date) <= (said.number, said.dated)
    return _is_open(said) or (said.state == ConfirmationState.REFUSED and unchanged)


def said_true(
    actor: Staff, said: Confirmation | None, flat: PublishedExcerpt | None, name: Callable[[UUID | None], str]
) -> SaidTrue | None:
    """The word that waits, or was not agreed with; None when there is nothing of the kind to know any more."""
    if said is None or not _still_matters(said, flat):
        return None
    moves = frozenset(move.name for move in CONFIRMATION.offers(actor, said))
    return SaidTrue(
        id=said.id, source=said.source, kind=said.kind, dated=said.dated, by=name(said.author_id), at=said.at,
        refused_by=name(said.decided_by), reason=said.reason or "", moves=moves,
    )  # fmt: skip
