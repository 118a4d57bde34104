"""Two editors at one text: what each has before them, and the steps they take in any order."""

from dataclasses import dataclass, field
from itertools import count
from random import Random
from threading import Thread
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.excerpts import text
from tests.factories import NOW
from workflows.core.actors import Staff
from workflows.core.errors import EditConflict, NotAllowed, OutOfTurn
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.approval import ask_changes, rework, send_for_approval
from workflows.excerpts.desk import save_version
from workflows.excerpts.kept import text_seen
from workflows.excerpts.models import ExcerptVersion
from workflows.excerpts.publishing import publish_excerpt

STEPS = ("read", "read", "save", "save", "send", "rework", "ask", "publish")
Refused = (EditConflict, OutOfTurn, NotAllowed)


@dataclass
class Person:
    """An editor with the page they opened last: the version of the row, and the title that stood there."""

    actor: Staff
    version: int = 0
    title: str = ""


@dataclass
class Table:
    """The text that lies between two editors, and all that became of what they did."""

    engine: Engine
    keys: Keyring
    version_id: UUID
    people: tuple[Person, Person]
    saved: list[tuple[str, str]] = field(default_factory=list)
    """What was acknowledged: the title that was saved, and the one that its writer had read."""
    refused: list[str] = field(default_factory=list)
    """What was not: its writer was told, and has it on the screen."""
    approved: list[tuple[UUID, str]] = field(default_factory=list)
    """Who published, and what they had read."""
    numbers: count = field(default_factory=count)

    def play(self, chance: Random, steps: int, together: bool) -> None:
        """Take that many steps in an order of chance; `together`, each with what the other does at that moment."""
        for person in self.people:
            self.take(person, "read")
        for _ in range(steps):
            if together:
                pairs = [(person, chance.choice(STEPS)) for person in self.people]
                threads = [Thread(target=self.take, args=pair) for pair in pairs]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            else:
                self.take(chance.choice(self.people), chance.choice(STEPS))

    def take(self, person: Person, step: str) -> None:
        """One step in one transaction of its own."""
        title = f"Rent {next(self.numbers)}"
        try:
            with Session(self.engine, expire_on_commit=False) as session, holding(self.keys), session.begin():
                self._do(session, person, step, title)
        except Refused:
            if step == "save":
                self.refused.append(title)
            return
        if step == "save":
            self.saved.append((title, person.title))
        elif step == "publish":
            self.approved.append((person.actor.id, person.title))
        if step in {"save", "send", "rework"}:
            self.take(person, "read")

    def _do(self, session: Session, person: Person, step: str, title: str) -> None:
        actor, version = person.actor, person.version
        match step:
            case "read":
                row = session.scalars(select(ExcerptVersion).where(ExcerptVersion.id == self.version_id)).one()
                person.version, person.title = row.version, row.title
            case "save":
                save_version(session, actor, self.version_id, text(title=title), [], NOW, version=version)
            case "send":
                send_for_approval(session, actor, self.version_id, NOW, version=version)
            case "rework":
                rework(session, actor, self.version_id, NOW, version=version)
            case "ask":
                ask_changes(session, actor, self.version_id, "Say more.", NOW, version=version)
            case "publish":
                publish_excerpt(session, actor, self.version_id, version, NOW)


def read_at(session: Session, version_id: UUID, row_version: int) -> str:
    """The title that somebody with this version of the row had before them."""
    seen = text_seen(session, version_id, row_version)
    return seen.title if seen else ""
