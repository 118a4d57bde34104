"""Two workers and two beats at once: every reminder once, every piece of news to everybody once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.crash.campaign import Processes, wait_until
from tests.factories import make_assignment, make_partner, make_researcher, make_staff
from workflows.assignments.lifecycle import OFFER_LADDER
from workflows.core.calendars import Calendar
from workflows.core.events import Event
from workflows.core.heartbeat import Heartbeat
from workflows.core.reminders import Reminder
from workflows.notices.models import Delivery, Letter

pytestmark = pytest.mark.crash

REMINDERS = 150
ROUNDS = 6
"""Sweeps that go on finding nothing, after everything was found."""


def test_two_workers_and_two_beats_remind_and_tell_once(
    scene: Session, house: Engine, processes: Processes, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    partner = make_partner(scene, read=False)
    people = [make_researcher(scene, partner).id, make_researcher(scene, partner).id, make_staff(scene).id]
    today = Calendar(None, "UTC").local_day(now)
    for _ in range(REMINDERS):
        offer = make_assignment(scene, partner, respond_by=today - timedelta(days=30), lapse_at=now - timedelta(days=1))
        scene.add(Reminder(object_id=offer.id, ladder=OFFER_LADDER.name, rung="due", due_at=now - timedelta(days=30),
                           anchor=today - timedelta(days=30), country="CD", timezone="Africa/Kinshasa"))  # fmt: skip
        waiting = make_assignment(scene, partner, respond_by=today)
        scene.add(Reminder(object_id=waiting.id, ladder=OFFER_LADDER.name, rung="due", due_at=now, anchor=today,
                           country="CD", timezone="Africa/Kinshasa"))  # fmt: skip
    scene.commit()
    for role in ("beat", "worker", "beat", "worker"):
        processes.hands(role)
    wait_until(lambda: sum(happened(house).values()) >= 2 * REMINDERS and deliveries(house) >= 3 * REMINDERS)
    seen = beats(house)
    for _ in range(ROUNDS):
        wait_until(lambda seen=seen: all(beats(house)[job] > at for job, at in seen.items()))
        seen = beats(house)

    assert happened(house) == {"assignment.lapse": REMINDERS, "assignment.offer.remind": REMINDERS}
    with Session(house) as session:
        objects = Counter(session.scalars(select(Event.object_id)))
        told = Counter(session.execute(select(Delivery.event_id, Delivery.recipient_id)).all())
        letters = Counter(session.scalars(select(Letter.recipient_id)))
    assert set(objects.values()) == {1}
    assert set(told.values()) == {1}
    assert len(told) == 3 * REMINDERS  # a reminder to two researchers, a lapse to one officer
    assert set(letters) <= set(people)
    assert set(letters.values()) <= {1}


def happened(house: Engine) -> dict[str, int]:
    with Session(house) as session:
        return dict(session.execute(select(Event.kind, func.count()).group_by(Event.kind)).all())


def deliveries(house: Engine) -> int:
    with Session(house) as session:
        return session.scalars(select(func.count()).select_from(Delivery)).one()


def beats(house: Engine) -> dict[str, datetime]:
    with Session(house) as session:
        return {one.job: one.at for one in session.scalars(select(Heartbeat))}
