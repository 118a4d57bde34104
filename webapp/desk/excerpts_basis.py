"""The accepted answer that a move of a text rests on: named in the address, then by a hidden field of its form."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from web_kit.forms import EditForm
from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.rechecked import Basis, basis_of


def basis(session: Session, actor: Staff, page: ExcerptPage, named: str | None) -> Basis | None:
    """The answer of this name to a recheck of the text; None when none is named. Refuses: NotFound."""
    return basis_of(session, actor, page.id, revision_id(named)) if named else None


def basis_in(session: Session, actor: Staff, page: ExcerptPage, form: EditForm) -> Basis | None:
    """The answer that the form names. Refuses: NotFound."""
    return basis(session, actor, page, form["revision"].data if "revision" in form else None)


def prefilled(found: Basis | None) -> dict[str, Any]:
    """What the form begins with: its source, the kind and the day, all of which may be changed."""
    if found is None:
        return {}
    source = found.source
    return {
        "revision": str(found.revision_id), "source": source.label, "kind": source.kind, "dated": source.dated,
    }  # fmt: skip


def revision_id(named: str) -> UUID:
    """Refuses: NotFound for what is no id."""
    try:
        return UUID(named)
    except ValueError:
        raise NotFound("revision") from None
