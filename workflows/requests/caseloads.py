"""What an administrator does with a counsellor's caseload when they leave: hands it to a colleague, unread."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from workflows.accounts.desk_queries import colleagues
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed
from workflows.core.events import record
from workflows.core.words import mark as _
from workflows.requests.models import Request

NO_COLLEAGUE = _("Choose a colleague of the same organisation.")


def hand_over(session: Session, actor: Staff, leaving_id: UUID, to_id: str, now: datetime) -> int:
    """Move every request of one counsellor that was not erased into a colleague's caseload, labels included.

    Gives how many. Nothing of a case is read but its id. Refuses: NotAllowed, NotFound, Incomplete (colleague).
    """
    _only_administrators(actor)
    if to_id not in colleagues(session, actor, leaving_id):
        raise Incomplete({"colleague": NO_COLLEAGUE})
    mine = select(Request).where(Request.counsellor_id == leaving_id, Request.erased_at.is_(None)).order_by(Request.id)
    columns = load_only(Request.id, Request.counsellor_id, raiseload=True)
    moved = session.scalars(mine.options(columns).with_for_update()).all()
    for request in moved:
        request.counsellor_id = UUID(to_id)
        record(session, actor, "request.hand_over", request, now, codes={"from": str(leaving_id), "to": to_id})
    return len(moved)


def caseload_sizes(session: Session, actor: Staff, counsellor_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many requests that were not erased each counsellor has. Refuses: NotAllowed."""
    _only_administrators(actor)
    rows = session.execute(
        select(Request.counsellor_id, func.count())
        .where(Request.counsellor_id.in_(counsellor_ids), Request.erased_at.is_(None))
        .group_by(Request.counsellor_id)
    )
    return {counsellor_id: count for counsellor_id, count in rows if counsellor_id}


def _only_administrators(actor: Staff) -> None:
    if Role.ADMINISTRATOR not in actor.roles:
        raise NotAllowed("caseloads")
