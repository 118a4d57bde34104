"""The partners' and editors' part of a walk: accept, answer, send, and what the editor decided."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ops.demo.world import World
from workflows.answers.checklist import CHECKS
from workflows.answers.desk import Notes, Seen, accept_answer, return_answer
from workflows.answers.drafts import AnswerDraft, PointDraft, SourceDraft
from workflows.answers.models import Answer, Revision
from workflows.answers.partner import save_answer, submit_answer
from workflows.answers.partner_task import accept_assignment
from workflows.assignments.models import Assignment
from workflows.core.actors import Researcher, Role


def accept_and_answer(world: World, assignment_id: UUID, row: dict[str, Any], moment: datetime) -> None:
    """Take the assignment on and, where the content has an answer, write it as a draft."""
    researcher = _researcher(world, assignment_id)
    answer = accept_assignment(world.session, researcher, assignment_id, moment)
    world.session.flush()
    if row.get("answer"):
        later = min(moment + timedelta(days=5), world.now)
        save_answer(world.session, researcher, assignment_id, answer.version, _draft(world, row, later), later)
        world.session.flush()


def submit(world: World, assignment_id: UUID, moment: datetime) -> None:
    """Send it for review."""
    submit_answer(world.session, _researcher(world, assignment_id), assignment_id, moment)
    world.session.flush()


def decide(world: World, assignment_id: UUID, decision: str, moment: datetime, comments: str = "") -> None:
    """An editor returns the answer with comments, or accepts it."""
    session = world.session
    answer = session.scalars(select(Answer).where(Answer.assignment_id == assignment_id)).one()
    revision = session.scalars(select(Revision).where(Revision.answer_id == answer.id)).one()
    verdicts = {check.number: "yes" for check in CHECKS}
    editor, seen = world.a(Role.EDITOR), Seen(revision.id)
    if decision == "return":
        notes = Notes(verdicts | {1: "no"}, {}, {"": comments})
        return_answer(session, editor, answer.id, notes, seen, moment)
    else:
        accept_answer(session, editor, answer.id, Notes(verdicts), seen, moment)
    session.flush()


def _researcher(world: World, assignment_id: UUID) -> Researcher:
    partner_id = world.session.get_one(Assignment, assignment_id).partner_id
    return world.researchers[partner_id] if partner_id else next(iter(world.researchers.values()))


def _draft(world: World, row: dict[str, Any], moment: datetime) -> AnswerDraft:
    answer = row["answer"]
    latest = moment.date()
    dated = min(world.ago(answer["information_date_days_ago"]).date(), latest)
    points = [
        PointDraft(
            code=one["code"], text=one["answer"] or "", place=one["place"], information_date=dated,
            confidence=one["confidence"], not_found=bool(one["not_found"]), searched_where=one["not_found"] or "",
        )
        for one in answer["points"]
    ]  # fmt: skip
    sources = [
        SourceDraft(
            point_code=one["code"], kind=source["kind"], label=source["label"], mode=source["mode"],
            dated=min(world.ago(source["days_ago"]).date(), latest), consent=source["consent"],
            identity=source["restricted_identity"] or "",
        )
        for one in answer["points"] for source in one["sources"]
    ]  # fmt: skip
    return AnswerDraft(points, sources, note=answer.get("note_for_editor") or "")
