"""A question that was declined needs no research any more."""

from sqlalchemy import select

from tests.factories import NOW, make_assignment, make_partner, make_question
from workflows.assignments.clock import next_without_question, revoke_unneeded
from workflows.core.events import Event


def test_its_live_assignments_are_revoked_by_the_clock(scene, worker) -> None:
    question = make_question(scene, state="declined")
    live = make_assignment(scene, make_partner(scene), question)
    make_assignment(scene, make_partner(scene), question, state="completed")
    make_assignment(scene, make_partner(scene), make_question(scene, state="triaged"))
    scene.commit()
    found = next_without_question(worker, NOW)
    revoke_unneeded(worker, found, NOW)
    worker.flush()
    assert (found.id, found.state, found.closed_at) == (live.id, "revoked", NOW)
    assert worker.scalars(select(Event)).one().codes == {"reason": "question_declined"}
    assert next_without_question(worker, NOW) is None
