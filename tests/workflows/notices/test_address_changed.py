"""An address of an account is changed: a letter says so there, and at the address before, in the language of before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.factories import make_counsellor, make_researcher, make_staff
from tests.workflows.notices.test_fan_out import tell
from tests.workflows.notices.test_grouping import group
from tests.workflows.notices.test_login_changed import NIGHT, OFFICE
from workflows.accounts.changing import Details, change_account
from workflows.accounts.models import CounsellorAccount, FormerAddress, ResearcherAccount, StaffAccount
from workflows.accounts.upkeep import forget_former_addresses
from workflows.core.actors import Role
from workflows.core.events import Event
from workflows.notices.mailbox import Refused
from workflows.notices.models import Letter, LetterState
from workflows.notices.send import Parcel, mark_failed, write

MAKERS: dict[type[Any], Callable[..., Any]] = {
    StaffAccount: make_staff,
    ResearcherAccount: make_researcher,
    CounsellorAccount: make_counsellor,
}
BEFORE, AFTER = "before@example.org", "after@example.net"


def moved(scene: Session, kind: type[Any], before: str | None, **changed: Any) -> Any:
    """An account of somebody who reads French, whose address an administrator changes at night."""
    account = scene.get_one(kind, MAKERS[kind](scene, email=before, language="fr").id)
    stands = Details.of(account)
    typed = replace(stands, person=replace(stands.person, **changed))
    change_account(scene, make_staff(scene, Role.ADMINISTRATOR), kind, account.id, typed, NIGHT, stands.version)
    scene.flush()
    return account


def letters(scene: Session) -> dict[str, Parcel]:
    """What goes out at once, by address."""
    tell(scene, NIGHT)
    written = group(scene, NIGHT)
    assert {one.template for one in written} <= {"address_changed"}
    parcels = [parcel for one in written if (parcel := write(scene, [one.id], OFFICE, NIGHT).get(one.id))]
    return {parcel.to: parcel for parcel in parcels}


@pytest.mark.parametrize("kind", MAKERS)
def test_both_addresses_hear_of_the_change_at_once(scene: Session, kind: type[Any]) -> None:
    moved(scene, kind, BEFORE, email=AFTER, language="en")
    sent = letters(scene)
    assert set(sent) == {BEFORE, AFTER}
    assert "adresse" in sent[BEFORE].message.get_content()
    assert "was changed" in sent[AFTER].message.get_content()
    assert BEFORE not in sent[AFTER].message.as_string()
    assert AFTER not in sent[BEFORE].message.as_string()


def test_the_address_before_hears_of_it_when_there_is_none_any_more(scene: Session) -> None:
    moved(scene, StaffAccount, BEFORE, email=None)
    assert set(letters(scene)) == {BEFORE}


def test_a_first_address_is_written_to_alone(scene: Session) -> None:
    moved(scene, StaffAccount, None, email=AFTER)
    assert set(letters(scene)) == {AFTER}


def test_another_name_is_told_to_nobody(scene: Session) -> None:
    moved(scene, StaffAccount, BEFORE, name="Lena Peeters")
    assert letters(scene) == {}


def test_each_of_two_addresses_before_hears_of_its_own_change(scene: Session) -> None:
    """Whoever changes it twice cannot make the first letter go to the second address."""
    account = moved(scene, ResearcherAccount, BEFORE, email="between@example.net")
    stands = Details.of(account)
    again = replace(stands, person=replace(stands.person, email=AFTER))
    change_account(
        scene, make_staff(scene, Role.ADMINISTRATOR), ResearcherAccount, account.id, again, NIGHT, stands.version
    )
    scene.flush()
    assert set(letters(scene)) == {BEFORE, "between@example.net", AFTER}


def test_the_history_holds_no_address(scene: Session) -> None:
    account = moved(scene, CounsellorAccount, BEFORE, email=AFTER)
    events = scene.scalars(select(Event).where(Event.object_id == account.id)).all()
    assert {one.kind: one.codes for one in events} == {"counsellor.readdress": {}, "counsellor.change": {}}


def test_nobody_is_sent_to_look_for_an_address_that_is_no_more(scene: Session) -> None:
    moved(scene, StaffAccount, BEFORE, email=None)
    tell(scene, NIGHT)
    (letter,) = group(scene, NIGHT)
    mark_failed(scene, letter.id, Refused("smtp_550"), NIGHT)
    assert scene.get_one(Letter, letter.id).state == LetterState.DROPPED


def test_an_address_before_is_forgotten_when_the_letter_had_its_time(scene: Session) -> None:
    moved(scene, StaffAccount, BEFORE, email=AFTER)
    kept = timedelta(days=policy.FORMER_ADDRESS_KEPT_DAYS)
    forget_former_addresses(scene, NIGHT + kept)
    assert scene.scalars(select(FormerAddress.address)).all() == [BEFORE]
    forget_former_addresses(scene, NIGHT + kept + timedelta(seconds=1))
    assert scene.scalars(select(FormerAddress.address)).all() == []
