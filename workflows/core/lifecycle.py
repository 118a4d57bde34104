"""A lifecycle is declared once; everything else derives from the declaration.

State check, permission, audit event, letters, buttons, diagram, deadline sweep and the CHECK constraint all read
the same `Lifecycle`. Only `fire()` changes a state.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Session

from workflows.core.actors import Actor
from workflows.core.errors import NotAllowed, OutOfTurn
from workflows.core.events import Event, record
from workflows.core.set_aside import not_set_aside


@dataclass(frozen=True)
class Party:
    """Answers two questions with one name: may this actor act, and to whom do we write."""

    name: str
    includes: Callable[[Actor, Any], bool]


@dataclass(frozen=True)
class Notice:
    """One piece of news for one party. `alone`: it goes at once, in a letter of its own, not in the daily digest.

    `at_once`: so it does on days away too and however many letters there were today, and whoever did it is told as
    well: it may have been somebody else.
    """

    name: str
    to: Party
    alone: bool = False
    at_once: bool = False


@dataclass(frozen=True)
class Move:
    """One arrow of a lifecycle."""

    name: str
    source: StrEnum | tuple[StrEnum, ...]
    target: StrEnum
    by: Party | tuple[Party, ...]
    label: str
    asks: tuple[str, ...] = ()
    tells: tuple[Notice, ...] = ()
    due: str | None = None
    """The deadline column that makes the clock fire this move."""

    @property
    def sources(self) -> tuple[StrEnum, ...]:
        return self.source if isinstance(self.source, tuple) else (self.source,)

    @property
    def parties(self) -> tuple[Party, ...]:
        return self.by if isinstance(self.by, tuple) else (self.by,)

    def allows(self, actor: Actor, row: Any) -> bool:
        return any(party.includes(actor, row) for party in self.parties)


@dataclass(frozen=True)
class Lifecycle:
    """All moves of one kind of row."""

    name: str
    model: Any
    initial: StrEnum
    moves: tuple[Move, ...]
    begins: tuple[Notice, ...] = ()
    """Who is told that a new row exists."""

    def move(self, name: str) -> Move:
        """The move of that name; a KeyError is a mistake in the program, not of a person."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(f"{self.name} has no move {name}")

    @property
    def states(self) -> tuple[StrEnum, ...]:
        """Every state in order of declaration."""
        return tuple(type(self.initial))

    def may(self, actor: Actor, row: Any, name: str) -> bool:
        """Would `fire` let this actor make this move now?"""
        move = self.move(name)
        return row.state in move.sources and move.allows(actor, row)

    def offers(self, actor: Actor, row: Any) -> tuple[Move, ...]:
        """The moves that this actor may make now, in the declared order: the buttons of a page."""
        return tuple(move for move in self.moves if row.state in move.sources and move.allows(actor, row))

    def fire(self, session: Session, actor: Actor, row: Any, name: str, now: datetime, **codes: Any) -> Event:
        """Make a move on a locked row and record it.

        `codes` are ids and words of closed lists, never free text. Refuses: OutOfTurn, NotAllowed.
        """
        move = self.move(name)
        if row.state not in move.sources:
            raise OutOfTurn(f"{self.name} cannot {name} while {row.state}", done=row.state == move.target)
        if not move.allows(actor, row):
            raise NotAllowed(f"{actor.kind} may not {name} this {self.name}")
        before, row.state = str(row.state), move.target
        return record(
            session,
            actor,
            f"{self.name}.{name}",
            row,
            now,
            moved=(before, str(move.target)),
            codes=codes,
            announce=bool(move.tells),
        )

    def open(self, session: Session, actor: Actor, row: Any, now: datetime, **codes: Any) -> Event:
        """Record that a new row began its life; its state must be the initial one."""
        if row.state != self.initial:
            raise OutOfTurn(f"a new {self.name} starts {self.initial}")
        session.add(row)
        return record(
            session,
            actor,
            f"{self.name}.open",
            row,
            now,
            moved=(None, str(self.initial)),
            codes=codes,
            announce=bool(self.begins),
        )

    def next_due(self, session: Session, name: str, now: datetime) -> Any | None:
        """Lock the row whose move of the clock is longest overdue; None when nothing is due. Rows locked by others
        are left to them.
        """
        move = self.move(name)
        due = getattr(self.model, str(move.due))
        return session.scalar(
            select(self.model)
            .where(self.model.state.in_(move.sources), due <= now, not_set_aside(self.model.id, now))
            .order_by(due)
            .limit(1)
            .with_for_update(skip_locked=True, of=self.model)
        )

    @property
    def clock_moves(self) -> tuple[Move, ...]:
        """The moves that time makes."""
        return tuple(move for move in self.moves if move.due)


def state_check(states: Iterable[str]) -> CheckConstraint:
    """The CHECK constraint that keeps a state column within its lifecycle."""
    listed = ", ".join(f"'{state}'" for state in states)
    return CheckConstraint(f"state in ({listed})", name="state")
