"""From which accepted answer a new text begins, by the address of its form, and what was begun from it before."""

from collections.abc import Sequence
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.excerpts.draft import Text
from workflows.excerpts.prefill import Beginning, beginning
from workflows.excerpts.provenance import Begun, begun_from


def named_beginning(session: Session, actor: Staff) -> Beginning:
    """What to begin with. Refuses: NotFound (no such accepted revision)."""
    revision = named_revision()
    return beginning(session, actor, revision) if revision else Beginning(Text(""), "", "")


def begun_before(session: Session, actor: Staff) -> Sequence[Begun]:
    """The texts from the same answer, which whoever begins another one is told."""
    revision = named_revision()
    return begun_from(session, actor, revision) if revision else ()


def named_revision() -> UUID | None:
    """The revision that the address names. Refuses: NotFound for one that is no id."""
    named = request.args.get("revision")
    try:
        return UUID(named) if named else None
    except ValueError:
        raise NotFound("revision") from None
