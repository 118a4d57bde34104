"""The partners' and editors' part of a walk: accept, answer, send, and what the editor decided."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ops.demo.files import CUT_DOCUMENT, price_list
from ops.demo.world import World
from workflows.answers.attaching import attach
from workflows.answers.checklist import CHECKS, TWO_SOURCES
from workflows.answers.checks import resting_on_one
from workflows.answers.content import points_of
from workflows.answers.desk import Notes, Seen, accept_answer, return_answer
from workflows.answers.drafts import AnswerDraft, ContactDraft, PointDraft, PriceDraft, SourceDraft
from workflows.answers.models import Answer, AnswerState, Revision
from workflows.answers.partner import save_answer, submit_answer
from workflows.answers.partner_task import accept_assignment
from workflows.answers.word_uploads import keep_upload
from workflows.answers.work_queries import task_work
from workflows.assignments.models import Assignment
from workflows.core.actors import Researcher, Role
from workflows.core.calendars import HELPDESK

ASKED_AGAIN = "Asked again at a second office: they say the same, and one waits three weeks."
SECOND_SOURCE = {
    "label": "Clerk of a second office", "kind": "talk", "mode": "phone", "consent": "role",
    "identity": "Ms Ruth N., second window",
}  # fmt: skip
ONE_SOURCE = "Nobody else could say it. The text will be marked as resting on a single source."
NO_PLACE = "Next week I can also go to the third office, if you wish."


def accept_and_answer(world: World, assignment_id: UUID, row: dict[str, Any], moment: datetime) -> None:
    """Take the assignment on and, where the content has an answer, write it as a draft."""
    researcher = _researcher(world, assignment_id)
    answer = accept_assignment(world.session, researcher, assignment_id, moment)
    world.session.flush()
    if row.get("answer"):
        later = min(moment + timedelta(days=5), world.now)
        save_answer(world.session, researcher, assignment_id, answer.version, _draft(world, row, later), later)
        _send_files(world, researcher, assignment_id, row, later)
        world.session.flush()


def _send_files(
    world: World, researcher: Researcher, assignment_id: UUID, row: dict[str, Any], moment: datetime
) -> None:
    """A photo; with work that an editor sends back, a document as well that did not arrive whole."""
    attach(world.session, researcher, assignment_id, "image", price_list(), moment)
    world.session.flush()
    if row["state"] == "returned":
        attach(world.session, researcher, assignment_id, "pdf", CUT_DOCUMENT, moment)


def submit(world: World, assignment_id: UUID, moment: datetime) -> None:
    """Send it for review."""
    submit_answer(world.session, _researcher(world, assignment_id), assignment_id, moment)
    world.session.flush()


def decide(world: World, assignment_id: UUID, decision: str, moment: datetime, comments: str = "") -> None:
    """An editor returns the answer with comments, or accepts it."""
    session = world.session
    answer = session.scalars(select(Answer).where(Answer.assignment_id == assignment_id)).one()
    sent = select(Revision).where(Revision.answer_id == answer.id).order_by(Revision.number.desc())
    revision = session.scalars(sent.limit(1)).one()
    verdicts = {check.number: "yes" for check in CHECKS}
    editor, seen = world.a(Role.EDITOR), Seen(revision.id)
    if decision == "return":
        notes = Notes(verdicts | {1: "no"}, {}, {"": comments})
        return_answer(session, editor, answer.id, notes, seen, moment)
    else:
        remarks = {TWO_SOURCES: ONE_SOURCE} if resting_on_one(points_of(revision.content)) else {}
        accept_answer(session, editor, answer.id, Notes(verdicts, remarks), seen, moment)
    session.flush()


def load_forms(world: World) -> None:
    """To all work that an editor sent back a Word form came, and waits to be looked at."""
    for answer in world.session.scalars(select(Answer).where(Answer.state == AnswerState.RETURNED)).all():
        _bring_back(world, answer.assignment_id)


def _bring_back(world: World, assignment_id: UUID) -> None:
    researcher = _researcher(world, assignment_id)
    work = task_work(world.session, researcher, assignment_id)
    if work is None:
        return
    first = work.points[0]
    found = {
        "fields": [[f"{first.code}.text", f"{first.text}\n\n{ASKED_AGAIN}"],
                   [f"{first.code}.information_date", "last week"]],
        "rows": [[f"{first.code}.sources", "9", SECOND_SOURCE]],
        "others": [NO_PLACE],
    }  # fmt: skip
    keep_upload(world.session, researcher, assignment_id, json.dumps(found).encode(), world.now)


def _researcher(world: World, assignment_id: UUID) -> Researcher:
    partner_id = world.session.get_one(Assignment, assignment_id).partner_id
    return world.researchers[partner_id] if partner_id else next(iter(world.researchers.values()))


def _draft(world: World, row: dict[str, Any], moment: datetime) -> AnswerDraft:
    answer = row["answer"]
    latest = HELPDESK.local_day(moment)

    def day(days_ago: int) -> date:
        return min(world.day(days_ago), latest)

    points = [
        PointDraft(
            code=one["code"], text=one["answer"] or "", place=one["place"], confidence=one["confidence"],
            information_date=day(answer["information_date_days_ago"]), not_found=bool(one["not_found"]),
            searched_where=one["not_found"] or "",
        )
        for one in answer["points"]
    ]  # fmt: skip
    return AnswerDraft(
        points,
        sources=[_source(one["code"], source, day) for one in answer["points"] for source in one["sources"]],
        prices=[_price(one["code"], price, day) for one in answer["points"] for price in one.get("prices", ())],
        contacts=[ContactDraft(one["code"], **said) for one in answer["points"] for said in one.get("contacts", ())],
        credit=answer.get("credit", ""),
        note=answer.get("note_for_editor") or "",
    )


def _source(code: str, source: dict[str, Any], day: Callable[[int], date]) -> SourceDraft:
    assessment = {f"assessment_{word}": text for word, text in source.get("assessment", {}).items()}
    return SourceDraft(
        point_code=code, kind=source["kind"], label=source["label"], mode=source["mode"], dated=day(source["days_ago"]),
        consent=source["consent"], identity=source["restricted_identity"] or "",
        independence=source.get("independence", ""), **assessment,
    )  # fmt: skip


def _price(code: str, price: dict[str, Any], day: Callable[[int], date]) -> PriceDraft:
    told = {name: price[name] for name in ("what", "amount", "currency", "unit")}
    return PriceDraft(code, day=day(price["days_ago"]), **told)
