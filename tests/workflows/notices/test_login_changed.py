"""Whoever's log-in was set up or changed hears of it at once, even when it was them, and from a letter that says no more."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.factories import NOW, make_counsellor, make_partner, make_researcher, make_staff
from tests.workflows.notices.test_fan_out import tell
from tests.workflows.notices.test_grouping import group
from workflows.accounts.models import CounsellorAccount, ResearcherAccount, StaffAccount
from workflows.accounts.own_login import Holder, tell_renewed
from workflows.core.actors import signer
from workflows.core.events import Event, Outbox
from workflows.core.links import Links
from workflows.notices.models import Letter
from workflows.notices.send import Office, write

NIGHT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
OFFICE = Office(
    "post@desk.example.org", Links("https://a.example", "https://d.example", "https://w.example", "https://c.example")
)


def away(session: Session) -> Holder:
    return make_researcher(session, make_partner(session, away_until=date(2026, 4, 1)))


WHO = {"staff": make_staff, "researcher": make_researcher, "counsellor": make_counsellor, "away": away}


@pytest.mark.parametrize("who", WHO)
def test_they_are_told_at_once_wherever_they_are(scene: Session, who: str) -> None:
    actor = WHO[who](scene)
    WHO[who](scene)  # somebody whom it does not concern
    tell_renewed(scene, actor, NIGHT)
    (delivery,) = tell(scene, NIGHT)
    assert (delivery.recipient_id, delivery.alone, delivery.due_at) == (actor.id, True, NIGHT)
    (letter,) = group(scene, NIGHT)
    assert letter.template == "login_changed"
    parcel = write(scene, [letter.id], OFFICE, NIGHT).get(letter.id)
    assert parcel is not None
    assert "password" in parcel.message.get_content() or actor.language != "en"


@pytest.mark.parametrize("who", WHO)
def test_whoever_has_the_address_is_told_that_an_invitation_was_used(scene: Session, who: str) -> None:
    """Also by a stranger who came upon the link: it hears of it whoever it was, at once, from a letter of its own."""
    holder = WHO[who](scene)
    kind = signer(holder).kind
    event = Event(kind=f"{kind}.set_up", object_kind=kind, object_id=holder.id, actor_kind=kind, actor_id=holder.id,
                  codes={}, at=NIGHT)  # fmt: skip
    scene.add_all((event, Outbox(event_id=event.id, at=NIGHT)))
    (delivery,) = tell(scene, NIGHT)
    assert (delivery.recipient_id, delivery.alone, delivery.due_at) == (holder.id, True, NIGHT)
    (letter,) = group(scene, NIGHT)
    assert letter.template == "login_set_up"
    parcel = write(scene, [letter.id], OFFICE, NIGHT).get(letter.id)
    assert parcel is not None
    assert "invitation" in parcel.message.get_content() or holder.language != "en"


def test_as_many_letters_as_there_are_changes_on_one_day(scene: Session) -> None:
    actor = make_researcher(scene)
    for _ in range(policy.LETTERS_PER_PERSON_PER_DAY + 2):
        tell_renewed(scene, actor, NOW)
        tell(scene)
        group(scene)
    assert len(scene.scalars(select(Letter)).all()) == policy.LETTERS_PER_PERSON_PER_DAY + 2


def test_the_history_says_that_it_was_and_not_what(scene: Session) -> None:
    for make, table in (
        (make_staff, StaffAccount),
        (make_researcher, ResearcherAccount),
        (make_counsellor, CounsellorAccount),
    ):
        actor = make(scene)
        tell_renewed(scene, actor, NOW)
        event = scene.scalars(select(Event).where(Event.object_id == actor.id)).one()
        assert (event.kind, event.object_kind) == (f"{table.__tablename__}.renew", table.__tablename__)
        assert (event.actor_id, event.codes) == (actor.id, {})
