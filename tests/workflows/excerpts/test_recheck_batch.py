"""One press asks the partners about everything out of date in some boxes of the table."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.at_desk import AtDesk
from tests.excerpts import published
from tests.factories import NOW, make_absence, make_partner, make_staff
from workflows.accounts.models import PartnerOrganisation
from workflows.assignments.models import Assignment
from workflows.assignments.terms import AWAY
from workflows.core.actors import Role, Staff
from workflows.core.errors import NotAllowed
from workflows.excerpts.models import Excerpt
from workflows.excerpts.recheck import ASKED_SINCE, NO_PARTNER, UNDER_WAY
from workflows.excerpts.recheck_batch import Asked, NotAsked, ask_partners

LATER = NOW + timedelta(days=400)
HOUSING = {("COD", "HOU")}


@pytest.fixture
def officer(scene: Session) -> Staff:
    made = make_staff(scene)
    scene.commit()
    return made


@pytest.fixture
def stale(scene: Session, desk_session: Session) -> Excerpt:
    """Out of date by LATER, found by a partner who still works."""
    partner = make_partner(scene)
    scene.commit()
    excerpt = published(desk_session)
    excerpt.partner_id = partner.id
    desk_session.flush()
    return excerpt


def places(excerpt: Excerpt) -> set[tuple[str, str]]:
    return {(excerpt.country, excerpt.topic_group)}


def not_asked(excerpt: Excerpt, why: str, draft_id: UUID | None = None) -> NotAsked:
    return NotAsked(excerpt.ref, "Rent for a one-bedroom home", why, draft_id)


def rechecks(session: Session) -> list[Assignment]:
    session.flush()
    return list(session.scalars(select(Assignment).where(Assignment.kind == "recheck")))


def test_an_officer_s_request_reaches_the_partner_at_once(desk_session: Session, officer: Staff, stale: Excerpt):
    assert ask_partners(desk_session, officer, places(stale), LATER) == Asked(offered=1)
    [made] = rechecks(desk_session)
    assert (made.state, made.excerpt_id, made.partner_id) == ("offered", stale.id, stale.partner_id)
    assert made.respond_by is not None
    assert made.created_at == LATER


def test_an_editor_s_request_waits_for_an_officer(desk_session: Session, scene: Session, stale: Excerpt):
    editor = make_staff(scene, Role.EDITOR)
    scene.commit()
    assert ask_partners(desk_session, editor, places(stale), LATER) == Asked(drafted=1)
    assert [one.state for one in rechecks(desk_session)] == ["drafted"]


def test_nobody_is_asked_twice(desk_session: Session, officer: Staff, stale: Excerpt):
    ask_partners(desk_session, officer, places(stale), LATER)
    desk_session.flush()
    assert ask_partners(desk_session, officer, places(stale), LATER) == Asked(left=(not_asked(stale, UNDER_WAY),))
    assert len(rechecks(desk_session)) == 1


def test_what_still_holds_is_left_alone(desk_session: Session, officer: Staff, stale: Excerpt):
    assert ask_partners(desk_session, officer, places(stale), NOW) == Asked()
    assert ask_partners(desk_session, officer, {("NPL", "EDU")}, LATER) == Asked()
    assert ask_partners(desk_session, officer, set(), LATER) == Asked()


def test_a_partner_who_is_away_gets_a_draft_instead(
    desk_session: Session, scene: Session, officer: Staff, stale: Excerpt
):
    partner = desk_session.get_one(PartnerOrganisation, stale.partner_id)
    make_absence(desk_session, partner, LATER.date(), (LATER + timedelta(days=9)).date())
    asked = ask_partners(desk_session, officer, places(stale), LATER)
    [draft] = rechecks(desk_session)
    assert asked == Asked(drafted=1, left=(not_asked(stale, AWAY, draft.id),))
    assert draft.state == "drafted"


def test_of_each_text_it_is_said_why_nobody_was_asked(desk_session: Session, officer: Staff, stale: Excerpt):
    stale.partner_id, partner_id = None, stale.partner_id
    desk_session.flush()
    assert ask_partners(desk_session, officer, places(stale), LATER).left == (not_asked(stale, NO_PARTNER),)
    stale.partner_id = partner_id
    ask_partners(desk_session, officer, places(stale), LATER)
    rechecks(desk_session)[0].state = "declined"
    assert ask_partners(desk_session, officer, places(stale), LATER).left == (not_asked(stale, ASKED_SINCE),)


def test_a_manager_asks_nobody(desk_session: Session, scene: Session, stale: Excerpt):
    manager = make_staff(scene, Role.MANAGER)
    scene.commit()
    with pytest.raises(NotAllowed):
        ask_partners(desk_session, manager, places(stale), LATER)


def test_two_officers_pressing_at_once_ask_once(
    at_desk: AtDesk, desk_session: Session, scene: Session, officer: Staff, stale: Excerpt
):
    where = places(stale)
    desk_session.commit()
    barrier, results = Barrier(2), []

    def press() -> None:
        barrier.wait()
        with at_desk() as session:
            results.append(ask_partners(session, officer, where, LATER))

    threads = [Thread(target=press) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted((one.offered, len(one.left)) for one in results) == [(0, 1), (1, 0)]
    assert len(scene.scalars(select(Assignment).where(Assignment.kind == "recheck")).all()) == 1
