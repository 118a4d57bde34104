from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.workflows.accounts.people import ENTRANCES, NOW, House, Member, administrator
from workflows.accounts import desk, invitations
from workflows.accounts.desk import Person
from workflows.accounts.models import ResearcherAccount, StaffAccount
from workflows.accounts.sessions import find_actor
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, NotFound

ILSE = Person("Ilse Maes", "ilse@example.org", "nl", "Europe/Brussels")


def test_an_administrator_invites_staff_who_then_log_in(house: House):
    with house.at("desk") as session:
        made = desk.invite_staff(session, administrator(), ILSE, {Role.OFFICER, Role.EDITOR}, "BE", "Ilse", NOW)
    member = Member(made.account_id, "ilse", "desk")
    house.take(made.token, member)
    with house.at("desk") as session:
        assert desk.standings(session, [made.account_id], NOW)[made.account_id].active
        actor = find_actor(session, ENTRANCES["desk"], house.full(member, NOW.replace(hour=11)), NOW.replace(hour=11))
    assert actor == Staff(made.account_id, frozenset({Role.OFFICER, Role.EDITOR}), "Ilse Maes", "nl")
    with house.at("owner") as session:
        assert session.execute(text("select kind, object_id, codes from event")).one() == (
            "staff.invite",
            made.account_id,
            {"roles": ["editor", "officer"]},
        )


def test_an_administrator_invites_a_researcher_to_the_portal(house: House):
    partner_id = house.new_researcher().partner_id
    with house.at("desk") as session:
        made = desk.invite_researcher(session, administrator(), partner_id, ILSE, "nour", NOW)
        standing = desk.standings(session, [made.account_id], NOW)[made.account_id]
    assert (standing.login, standing.active, standing.seen_at) == ("nour", False, None)
    assert standing.invited_until > NOW
    house.take(made.token, Member(made.account_id, "nour", "portal"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.MANAGER])
def test_nobody_else_may_touch_accounts(house: House, role):
    account = house.new_staff()
    actor = Staff(uuid4(), frozenset({role}))
    with house.at("desk") as session:
        for refused in (
            lambda: desk.invite_staff(session, actor, ILSE, {Role.OFFICER}, "BE", "ilse", NOW),
            lambda: desk.invite_researcher(session, actor, uuid4(), ILSE, "ilse", NOW),
            lambda: desk.invite_again(session, actor, StaffAccount, account.id, NOW),
            lambda: desk.deactivate(session, actor, StaffAccount, account.id, NOW),
            lambda: desk.change_roles(session, actor, account.id, {Role.ADMINISTRATOR}, NOW),
        ):
            with pytest.raises(NotAllowed):
                refused()


@pytest.mark.parametrize(
    ("person", "roles", "field"),
    [
        (Person(" ", None, "en", "UTC"), {Role.OFFICER}, "name"),
        (Person("x" * 121, None, "en", "UTC"), {Role.OFFICER}, "name"),
        (Person("Ilse", "ilse", "en", "UTC"), {Role.OFFICER}, "email"),
        (Person("Ilse", "a@b.example\nbcc: c", "en", "UTC"), {Role.OFFICER}, "email"),
        (Person("Ilse", None, "en", "UTC"), set(), "roles"),
    ],
)
def test_a_refused_account_says_which_field(house: House, person, roles, field):
    with pytest.raises(Incomplete) as refused, house.at("desk") as session:
        desk.invite_staff(session, administrator(), person, roles, "BE", "ilse", NOW)
    assert set(refused.value.problems) == {field}


def test_deactivating_ends_sessions_and_links_at_once(house: House):
    member = house.member("portal")
    token = house.full(member)
    link = house.invite(member.account_id, "portal")
    with house.at("desk") as session:
        desk.deactivate(session, administrator(), ResearcherAccount, member.account_id, NOW)
    with house.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
        with pytest.raises(NotFound):
            invitations.look_at(session, ENTRANCES["portal"], link, NOW)
    assert house.half(member) is None


def test_an_account_that_was_shut_opens_by_a_new_link_only(house: House):
    member = house.member("portal")
    token = house.full(member)
    with house.at("desk") as session:
        desk.deactivate(session, administrator(), ResearcherAccount, member.account_id, NOW)
        made = desk.invite_again(session, administrator(), ResearcherAccount, member.account_id, NOW)
    assert house.half(member) is None
    with house.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
    house.take(made.token, member)
    assert house.full(member, NOW.replace(hour=11))


def test_roles_change_from_the_next_page_on(house: House):
    member = house.member("desk", Role.EDITOR)
    token = house.full(member)
    with house.at("desk") as session:
        desk.change_roles(session, administrator(), member.account_id, {Role.MANAGER}, NOW)
    with house.at("desk") as session:
        assert find_actor(session, ENTRANCES["desk"], token, NOW).roles == frozenset({Role.MANAGER})


def test_administrators_neither_shut_nor_demote_themselves(house: House):
    account = house.new_staff(Role.ADMINISTRATOR)
    house.new_staff(Role.ADMINISTRATOR)
    me = Staff(account.id, frozenset({Role.ADMINISTRATOR}))
    for deed in (
        lambda session: desk.deactivate(session, me, StaffAccount, me.id, NOW),
        lambda session: desk.change_roles(session, me, me.id, {Role.EDITOR}, NOW),
    ):
        with pytest.raises(Incomplete), house.at("desk") as session:
            deed(session)


def test_two_administrators_cannot_shut_each_other_at_the_same_time(house: House):
    one, other = house.new_staff(Role.ADMINISTRATOR), house.new_staff(Role.ADMINISTRATOR)

    def shut(pair: tuple[StaffAccount, StaffAccount]) -> bool:
        actor = Staff(pair[0].id, frozenset({Role.ADMINISTRATOR}))
        try:
            with house.at("desk") as session:
                desk.deactivate(session, actor, StaffAccount, pair[1].id, NOW)
        except Incomplete:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(shut, [(one, other), (other, one)])) == [False, True]
