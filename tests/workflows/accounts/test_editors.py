"""One editor answers for a matter: the one it belongs to while they are here, otherwise somebody who is."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, make_staff
from workflows.accounts.editors import editors_at_work, one_editor
from workflows.accounts.invitations import invite
from workflows.core.actors import Role

YESTERDAY, NEXT_WEEK = TODAY - timedelta(days=1), TODAY + timedelta(days=7)
ABOUT = uuid4()


@pytest.fixture
def an_editor(scene: Session):
    return lambda **values: make_staff(scene, Role.EDITOR, **values).id


def test_the_preferred_one_is_chosen_when_here(scene: Session, an_editor) -> None:
    editors: list[UUID] = [an_editor(), an_editor(away_until=YESTERDAY), an_editor()]
    for one in editors:
        assert one_editor(scene, ABOUT, TODAY, prefer=one) == one


@pytest.mark.parametrize("until", [TODAY, NEXT_WEEK])
def test_whoever_is_away_is_passed_over_through_their_last_day(scene: Session, an_editor, until) -> None:
    gone, here = an_editor(away_until=until), an_editor()
    assert {one_editor(scene, uuid4(), TODAY, prefer=gone) for _ in range(9)} == {here}
    assert one_editor(scene, ABOUT, until + timedelta(days=1), prefer=gone) == gone


def test_one_who_is_passed_over_is_chosen_before_one_who_is_away(scene: Session, an_editor) -> None:
    gone, began = an_editor(away_until=NEXT_WEEK), an_editor()
    assert one_editor(scene, ABOUT, TODAY, but=[began]) == began
    other = an_editor()
    assert one_editor(scene, ABOUT, TODAY, but=[began]) == other
    assert gone not in {one_editor(scene, uuid4(), TODAY) for _ in range(9)}


def test_when_everybody_is_away_somebody_is_named_all_the_same(scene: Session, an_editor) -> None:
    gone = {an_editor(away_until=NEXT_WEEK), an_editor(away_until=NEXT_WEEK)}
    assert one_editor(scene, ABOUT, TODAY) in gone
    assert one_editor(scene, ABOUT, TODAY, but=gone) in gone


def test_an_editor_who_was_invited_and_never_came_is_given_nothing(scene: Session, an_editor) -> None:
    here, invited, shut = an_editor(), an_editor(), an_editor(active=False)
    invite(scene, invited, "desk", "never.came", NOW)
    assert set(editors_at_work(scene)) == {here}
    assert {one_editor(scene, uuid4(), TODAY, prefer=invited) for _ in range(9)} == {here}
    assert shut not in editors_at_work(scene)


def test_nobody_is_named_where_nobody_works(scene: Session, an_editor) -> None:
    an_editor(active=False)
    make_staff(scene, Role.OFFICER)
    assert one_editor(scene, ABOUT, TODAY) is None
