from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.workflows.accounts.people import ENTRANCES, NOW, PASSWORD, STEP, House, Member
from workflows.accounts import invitations
from workflows.accounts.logging_in import FullSession, HalfSession
from workflows.accounts.sessions import find_actor
from workflows.core.errors import Incomplete, NotFound


def look(house: House, site: str, token: str, now=NOW):
    with house.at(site) as session:
        return invitations.look_at(session, ENTRANCES[site], token, now)


def invited(house: House) -> tuple[str, Member]:
    account = house.new_researcher()
    return house.invite(account.id, "portal", "nour"), Member(account.id, "nour", "portal")


def test_looking_never_uses_a_link_up(house: House):
    token, member = invited(house)
    for _ in range(3):
        assert look(house, "portal", token) == invitations.Invitee(member.account_id, "nour")
    assert len(house.take(token, member)) == 10


def test_a_link_works_once_also_for_ten_at_the_same_time(house: House):
    token, member = invited(house)

    def take(_: int) -> bool:
        try:
            return len(house.take(token, member)) == 10
        except NotFound:
            return False

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(take, range(10))) == 1
    with pytest.raises(NotFound):
        look(house, "portal", token)


def test_a_link_expires_after_three_days(house: House):
    token, member = invited(house)
    assert look(house, "portal", token, NOW + timedelta(hours=72) - STEP)
    with pytest.raises(NotFound):
        house.take(token, member, NOW + timedelta(hours=72))


def test_a_link_belongs_to_its_site(house: House):
    token, _member = invited(house)
    with pytest.raises(NotFound):
        look(house, "desk", token)


def test_a_new_link_ends_the_one_before(house: House):
    token, member = invited(house)
    newer = house.invite(member.account_id, "portal", "other-name")
    with pytest.raises(NotFound):
        look(house, "portal", token)
    assert look(house, "portal", newer).login == "nour"


def test_taking_a_link_ends_every_session_and_replaces_every_proof(house: House):
    member = house.member()
    old_codes, token = member.recovery_codes, house.full(member)
    fresh = Member(member.account_id, member.login, "portal")
    house.take(house.invite(member.account_id, "portal"), fresh, NOW, "an entirely new password")
    with house.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
    assert house.half(member) is None
    later = NOW + 2 * STEP
    half = house.half(fresh, later, "an entirely new password")
    assert isinstance(half, HalfSession)
    assert house.factor(fresh, half.token, old_codes[0], later) is None
    assert house.factor(fresh, half.token, member.code(later), later) is None
    assert isinstance(house.factor(fresh, half.token, fresh.code(later), later), FullSession)


def test_a_link_waiting_changes_nothing_for_who_can_still_log_in(house: House):
    member = house.member()
    house.invite(member.account_id, "portal")
    assert isinstance(house.half(member), HalfSession)


def test_a_link_dies_with_its_account(house: House):
    token, member = invited(house)
    with house.at("owner") as session:
        session.execute(text("update researcher set active = false"))
    with pytest.raises(NotFound):
        house.take(token, member)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "passwordpassword"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"again": PASSWORD + "x"}, "again"),
        ({"code": "123"}, "code"),
    ],
)
def test_a_refused_field_leaves_the_link_unused(house: House, change, field):
    token, member = invited(house)
    at = ENTRANCES["portal"]
    typed = {"password": PASSWORD, "again": PASSWORD, "code": member.code(NOW)} | change
    if field == "password":
        typed["again"] = typed["password"]
    enrolment = invitations.new_enrolment(at, token, member.secret)
    with pytest.raises(Incomplete) as refused, house.at("portal") as session:
        invitations.take(session, at, token, typed["password"], typed["again"], enrolment, typed["code"], NOW)
    assert set(refused.value.problems) == {field}
    assert house.take(token, member)


def test_a_second_factor_travels_sealed_and_opens_for_its_link_alone():
    at = ENTRANCES["portal"]
    shown = invitations.new_enrolment(at, "link")
    assert shown.secret not in shown.sealed
    assert invitations.read_enrolment(at, "link", shown.sealed) == shown
    for wrong in (invitations.new_enrolment(at, "other").sealed, shown.sealed[:-8], "", "é", "AAAA"):
        assert invitations.read_enrolment(at, "link", wrong).secret not in {shown.secret, ""}
    desk = invitations.read_enrolment(ENTRANCES["desk"], "link", shown.sealed)
    assert desk.secret != shown.secret
    assert invitations.new_enrolment(at, "link").secret != shown.secret


def test_a_user_name_is_unique_on_its_site_and_free_on_another(house: House):
    first, second = house.new_researcher(), house.new_researcher()
    house.invite(first.id, "portal", "Nour")
    with pytest.raises(Incomplete) as refused:
        house.invite(second.id, "portal", "nour ")
    assert refused.value.problems == {"login": invitations.LOGIN_TAKEN}
    house.invite(house.new_staff().id, "desk", "nour")


@pytest.mark.parametrize("login", ["", "ab", "two words", "x" * 121])
def test_a_user_name_has_a_shape(house: House, login):
    account = house.new_researcher()
    with pytest.raises(Incomplete), house.at("desk") as session:
        invitations.invite(session, account.id, "portal", login, NOW)


def test_nobody_is_invited_to_a_site_where_they_have_no_account(house: House):
    account = house.new_researcher()
    for site in ("desk", "public"):
        with pytest.raises(Incomplete):
            house.invite(account.id, site)
