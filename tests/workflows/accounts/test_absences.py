"""Days on which a partner organisation is away: periods that never touch, whoever adds them at whatever moment."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.factories import NOW, TODAY, make_absence, make_partner, make_researcher, make_staff
from tests.workspace import AtWork
from workflows.accounts.absences import (
    Period,
    add_absence,
    away_from,
    away_until,
    change_absence,
    coming_absences,
    is_away,
    remove_absence,
)
from workflows.accounts.models import PartnerAbsence
from workflows.core.errors import EditConflict, Incomplete, NotFound
from workflows.core.events import Event


def may(first: int, last: int | None = None) -> Period:
    return Period(date(2026, 5, first), date(2026, 5, last or first))


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def researcher(scene: Session, partner):
    made = make_researcher(scene, partner)
    scene.commit()
    return made


def standing(scene: Session) -> list[tuple[int, int]]:
    scene.expire_all()
    rows = scene.scalars(select(PartnerAbsence).order_by(PartnerAbsence.first_day))
    return [(one.first_day.day, one.last_day.day) for one in rows]


def add(at_work: AtWork, researcher, *periods: Period) -> None:
    for period in periods:
        with at_work(researcher) as session:
            add_absence(session, researcher, researcher.partner_id, period, NOW)


@pytest.mark.parametrize(
    ("added", "found"),
    [
        ((may(4, 8), may(11, 12)), [(4, 8), (11, 12)]),
        ((may(4, 8), may(6, 12)), [(4, 12)]),
        ((may(4, 8), may(9)), [(4, 9)]),
        ((may(4, 8), may(5, 6)), [(4, 8)]),
        ((may(4, 5), may(8, 9), may(3, 20)), [(3, 20)]),
        ((may(4, 5), may(8, 9), may(6, 7)), [(4, 9)]),
    ],
)
def test_periods_that_overlap_or_adjoin_become_one(at_work: AtWork, scene: Session, researcher, added, found) -> None:
    add(at_work, researcher, *added)
    assert standing(scene) == found


def test_a_changed_period_takes_in_what_it_then_touches(at_work: AtWork, scene: Session, researcher) -> None:
    add(at_work, researcher, may(4, 5), may(8, 9), may(20))
    with at_work(researcher) as session:
        one = session.scalars(select(PartnerAbsence).where(PartnerAbsence.first_day == date(2026, 5, 4))).one()
        change_absence(session, researcher, one.id, may(2, 7), NOW, one.version)
    assert standing(scene) == [(2, 9), (20, 20)]


def test_a_removed_period_is_gone_and_history_knows_every_step(at_work: AtWork, scene: Session, researcher) -> None:
    add(at_work, researcher, may(4, 5))
    with at_work(researcher) as session:
        one = session.scalars(select(PartnerAbsence)).one()
        remove_absence(session, researcher, one.id, NOW, one.version)
    assert standing(scene) == []
    told = scene.execute(select(Event.kind, Event.codes, Event.actor_id).order_by(Event.kind)).all()
    codes = {"from": "2026-05-04", "until": "2026-05-05"}
    assert [tuple(one) for one in told] == [(f"absence.{deed}", codes, researcher.id) for deed in ("add", "remove")]


@pytest.mark.parametrize(
    ("period", "field"),
    [
        (Period(None, TODAY), "first_day"),
        (Period(TODAY, None), "last_day"),
        (Period(TODAY + timedelta(days=2), TODAY + timedelta(days=1)), "last_day"),
        (Period(TODAY - timedelta(days=3), TODAY - timedelta(days=1)), "last_day"),
        (Period(TODAY, TODAY + timedelta(days=policy.AWAY_DAYS_MAX + 1)), "last_day"),
        (Period(TODAY - timedelta(days=policy.AWAY_DAYS_MAX + 1), TODAY), "first_day"),
    ],
)
def test_what_is_no_period_is_refused_at_its_field(at_work: AtWork, scene, researcher, period, field) -> None:
    with pytest.raises(Incomplete) as refused:
        add(at_work, researcher, period)
    assert set(refused.value.problems) == {field}


def test_there_is_an_end_to_how_many(at_work: AtWork, scene: Session, partner, researcher) -> None:
    for number in range(policy.ABSENCES_MAX):
        day = TODAY + timedelta(days=3 * number)
        make_absence(scene, partner, day, day)
    scene.commit()
    with pytest.raises(Incomplete):
        add(at_work, researcher, Period(TODAY + timedelta(days=300), TODAY + timedelta(days=301)))


def test_anothers_period_is_not_found(at_work: AtWork, scene: Session, researcher) -> None:
    theirs = make_absence(scene, make_partner(scene), TODAY, TODAY)
    scene.commit()
    for deed in (
        lambda session: change_absence(session, researcher, theirs.id, may(4), NOW, 1),
        lambda session: remove_absence(session, researcher, theirs.id, NOW, 1),
        lambda session: add_absence(session, researcher, theirs.partner_id, may(4), NOW),
    ):
        with pytest.raises(NotFound), at_work(researcher) as session:
            deed(session)


def test_who_changes_what_a_colleague_changed_meanwhile_is_told(at_work: AtWork, scene: Session, researcher) -> None:
    add(at_work, researcher, may(4, 5))
    with at_work(researcher) as session:
        one = session.scalars(select(PartnerAbsence)).one()
        change_absence(session, researcher, one.id, may(4, 6), NOW, one.version)
    with pytest.raises(EditConflict), at_work(researcher) as session:
        change_absence(session, researcher, one.id, may(1, 2), NOW, 1)
    assert standing(scene) == [(4, 6)]


def test_two_colleagues_who_add_at_once_make_one_period(at_work: AtWork, scene: Session, partner, researcher) -> None:
    colleague = make_researcher(scene, partner)
    scene.commit()
    ready, failed = Barrier(2), []

    def go_away(who, period: Period) -> None:
        try:
            with at_work(who) as session:
                ready.wait(10)
                add_absence(session, who, partner.id, period, NOW)
        except Exception as wrong:
            failed.append(wrong)

    threads = [Thread(target=go_away, args=pair) for pair in ((researcher, may(4, 8)), (colleague, may(7, 12)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (failed, standing(scene)) == ([], [(4, 12)])


def test_away_today_is_read_from_the_period_that_covers_today(scene: Session, partner) -> None:
    make_absence(scene, partner, TODAY - timedelta(days=9), TODAY - timedelta(days=5))
    make_absence(scene, partner, TODAY, TODAY + timedelta(days=2))
    make_absence(scene, partner, TODAY + timedelta(days=9), TODAY + timedelta(days=12))

    def seen(days: int) -> tuple:
        day = TODAY + timedelta(days=days)
        return scene.execute(
            select(is_away(partner.id, day), away_until(partner.id, day), away_from(partner.id, day))
        ).one()

    assert seen(-1) == (False, None, TODAY)
    assert seen(0) == (True, TODAY + timedelta(days=2), TODAY + timedelta(days=9))
    assert seen(3) == (False, None, TODAY + timedelta(days=9))
    assert seen(12) == (True, TODAY + timedelta(days=12), None)
    assert [one.first_day for one in coming_absences(scene, make_staff(scene), partner.id, TODAY)] == [
        TODAY, TODAY + timedelta(days=9),
    ]  # fmt: skip
