"""What a researcher typed and never sent is erased some time after the task ended; what was sent stays as it was sent."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config import policy
from tasks.upkeep import tidy
from tasks.world import World
from tests.factories import (
    NOW,
    make_answer,
    make_assignment,
    make_attachment,
    make_kept_draft,
    make_partner,
    make_question,
    make_revision,
)
from tests.world import look
from workflows.answers.attachment_models import Attachment
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, AnswerPoint, Contact, Price, Revision, Source
from workflows.answers.revisions import CONTACT, SOURCE
from workflows.core.events import Event

LONG_AGO = NOW - timedelta(days=policy.UNSENT_KEPT_DAYS)
LISTS = (AnswerPoint, Source, Price, Contact, KeptDraft, Attachment)
pytestmark = pytest.mark.usefixtures("set_clock")


def written(scene: Session, state: str = "released", closed_at: Any = LONG_AGO, written_state: str = "draft") -> Answer:
    """An answer of a task that ended, with a row in each of its lists."""
    work = make_assignment(scene, make_partner(scene), make_question(scene, state="triaged"), state=state,
                           closed_at=closed_at)  # fmt: skip
    answer = make_answer(scene, work, note_for_editor="Not the street.", saved_at=LONG_AGO, state=written_state)
    row = {"answer_id": answer.id, "position": 1, "point_code": "Q1", "dropped": False}
    scene.add_all([
        source(row), Price(what="-", amount="2", currency="USD", unit="-", **row),
        Contact(label="A nurse", may_publish=False, reach="", restricted_reach="0810", keeps_reach=True, **row),
    ])  # fmt: skip
    make_kept_draft(scene, answer)
    make_attachment(scene, answer, original=b"%PDF", state="quarantined", next_try_at=NOW + timedelta(days=1))
    scene.commit()
    return answer


def source(row: dict[str, Any]) -> Source:
    return Source(kind="talk", label="Three pharmacists", mode="in_person", consent="role", identity="Amina",
                  keeps_identity=True, **row)  # fmt: skip


def left(house: Engine, answer: Answer) -> list[int]:
    """How many rows of each list there are."""
    with look(house) as session:
        return [session.scalar(select(func.count()).where(model.answer_id == answer.id)) for model in LISTS]


@pytest.mark.parametrize(("state", "written_state"), [
    ("released", "draft"), ("revoked", "draft"), ("revoked", "withdrawn"), ("lapsed", "draft"),
])  # fmt: skip
def test_a_draft_that_was_never_sent_goes_with_its_rows_its_sealed_names_and_its_files(
    scene: Session, house: Engine, world: World, state: str, written_state: str
) -> None:
    answer = written(scene, state, written_state=written_state)
    assert left(house, answer) == [1] * 6
    tidy(world)
    assert left(house, answer) == [0] * 6
    with look(house) as session:
        bare = session.get_one(Answer, answer.id)
        assert (bare.note_for_editor, bare.unsent_erased_at, bare.state) == (None, NOW, written_state)
        assert session.execute(select(Event.kind, Event.actor_kind, Event.codes)).all() == [
            ("answer.forget_unsent", "clock", {})
        ]


@pytest.mark.parametrize("values", [
    {"closed_at": LONG_AGO + timedelta(seconds=1)}, {"state": "accepted", "closed_at": None}, {"state": "completed"},
])  # fmt: skip
def test_it_stays_until_its_day_and_while_the_task_goes_on(
    scene: Session, house: Engine, world: World, values: dict[str, Any]
) -> None:
    answer = written(scene, **values)
    tidy(world)
    kept = left(house, answer)
    assert kept[:4] + kept[5:] == [1] * 5  # an earlier draft is thrown away by a period of its own
    with look(house) as session:
        assert session.get_one(Answer, answer.id).unsent_erased_at is None


def test_each_draft_is_erased_once(scene: Session, house: Engine, world: World) -> None:
    for _ in range(3):
        written(scene)
    tidy(world)
    tidy(world)
    with look(house) as session:
        assert session.scalar(select(func.count()).where(Event.kind == "answer.forget_unsent")) == 3


def sent_before(scene: Session, answer: Answer) -> None:
    """It was sent an hour before it was saved last: the source and the contact went with it."""
    content = {
        "points": [],
        "sources": [_row(scene, Source, answer, SOURCE)],
        "contacts": [_row(scene, Contact, answer, CONTACT)],
        "prices": [],
    }
    make_revision(scene, answer, content=content)
    answer.submitted_at = answer.saved_at - timedelta(hours=1)


def _row(scene: Session, model: Any, answer: Answer, names: tuple[str, ...]) -> dict[str, Any]:
    row = scene.scalars(select(model).where(model.answer_id == answer.id)).one()
    return {name: str(value) if name == "id" else value for name in names for value in [getattr(row, name)]
            if name != "dated"}  # fmt: skip


def test_after_a_return_what_was_typed_since_goes_and_what_was_sent_reads_as_it_was_sent(
    scene: Session, house: Engine, world: World
) -> None:
    answer = written(scene, "revoked", written_state="withdrawn")
    sent_before(scene, answer)
    named, contact = (scene.scalars(select(model)).one() for model in (Source, Contact))
    named.label, named.assessment_why, contact.label = "Typed since", "Typed since", "Typed since"
    later = {"answer_id": answer.id, "position": 2, "point_code": "Q1", "dropped": True}
    scene.add(source(later))
    make_attachment(scene, answer, number=2, sent_in=1, state="clean", clean=b"%PDF")
    scene.commit()
    tidy(world)
    assert left(house, answer) == [0, 1, 0, 1, 0, 1]
    with look(house) as session:
        kept, reached = session.scalars(select(Source)).one(), session.scalars(select(Contact)).one()
        assert (kept.id, kept.label, kept.assessment_why) == (named.id, "Three pharmacists", "")
        assert (kept.identity_sealed, reached.label, reached.reach_sealed is None) == (
            named.identity_sealed, "A nurse", False,
        )  # fmt: skip
        assert session.scalars(select(Attachment.number)).all() == [2]
        assert session.scalar(select(func.count()).select_from(Revision)) == 1


def test_an_answer_that_was_sent_as_it_stands_is_left_alone(scene: Session, house: Engine, world: World) -> None:
    answer = written(scene, "revoked")
    make_revision(scene, answer, submitted_by=uuid4())
    answer.state, answer.submitted_at = "withdrawn", answer.saved_at
    scene.commit()
    tidy(world)
    assert left(house, answer)[:4] == [1] * 4
