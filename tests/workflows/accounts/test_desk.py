from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.workflows.accounts.people import ENTRANCES, NOW, Member, Sites, administrator
from workflows.accounts import desk, invitations
from workflows.accounts.desk import Person
from workflows.accounts.models import ResearcherAccount, StaffAccount
from workflows.accounts.sessions import find_actor
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete, NotAllowed, NotFound

ILSE = Person("Ilse Maes", "ilse@example.org", "nl", "Europe/Brussels")


def test_an_administrator_invites_staff_who_then_log_in(sites: Sites):
    with sites.at("desk") as session:
        made = desk.invite_staff(session, administrator(), ILSE, {Role.OFFICER, Role.EDITOR}, "BE", "Ilse", NOW)
    member = Member(made.account_id, "ilse", "desk")
    sites.take(made.token, member)
    with sites.at("desk") as session:
        assert desk.standings(session, [made.account_id], NOW)[made.account_id].active
        actor = find_actor(session, ENTRANCES["desk"], sites.full(member, NOW.replace(hour=11)), NOW.replace(hour=11))
    assert actor == Staff(made.account_id, frozenset({Role.OFFICER, Role.EDITOR}), "Ilse Maes", "nl")
    with sites.at("owner") as session:
        told = session.execute(text("select kind, object_id, codes from event order by kind")).all()
    assert told[0] == ("staff.invite", made.account_id, {"roles": ["editor", "officer"]})
    assert [(one.kind, one.object_id) for one in told[1:]] == [("staff.set_up", made.account_id)]


def test_an_administrator_invites_a_researcher_to_the_portal(sites: Sites):
    partner_id = sites.new_researcher().partner_id
    with sites.at("desk") as session:
        made = desk.invite_researcher(session, administrator(), partner_id, ILSE, "nour", NOW)
        standing = desk.standings(session, [made.account_id], NOW)[made.account_id]
    assert (standing.login, standing.active, standing.seen_at) == ("nour", False, None)
    assert standing.invited_until > NOW
    sites.take(made.token, Member(made.account_id, "nour", "portal"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.MANAGER])
def test_nobody_else_may_touch_accounts(sites: Sites, role):
    account = sites.new_staff()
    actor = Staff(uuid4(), frozenset({role}))
    with sites.at("desk") as session:
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
def test_a_refused_account_says_which_field(sites: Sites, person, roles, field):
    with pytest.raises(Incomplete) as refused, sites.at("desk") as session:
        desk.invite_staff(session, administrator(), person, roles, "BE", "ilse", NOW)
    assert set(refused.value.problems) == {field}


def test_deactivating_ends_sessions_and_links_at_once(sites: Sites):
    member = sites.member("portal")
    token = sites.full(member)
    link = sites.invite(member.account_id, "portal")
    with sites.at("desk") as session:
        desk.deactivate(session, administrator(), ResearcherAccount, member.account_id, NOW)
    with sites.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
        with pytest.raises(NotFound):
            invitations.look_at(session, ENTRANCES["portal"], link, NOW)
    assert sites.half(member) is None


def test_an_account_that_was_shut_opens_by_a_new_link_only(sites: Sites):
    member = sites.member("portal")
    token = sites.full(member)
    with sites.at("desk") as session:
        desk.deactivate(session, administrator(), ResearcherAccount, member.account_id, NOW)
        made = desk.invite_again(session, administrator(), ResearcherAccount, member.account_id, NOW)
    assert sites.half(member) is None
    with sites.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
    sites.take(made.token, member)
    assert sites.full(member, NOW.replace(hour=11))


def test_roles_change_from_the_next_page_on(sites: Sites):
    member = sites.member("desk", Role.EDITOR)
    token = sites.full(member)
    with sites.at("desk") as session:
        desk.change_roles(session, administrator(), member.account_id, {Role.MANAGER}, NOW)
    with sites.at("desk") as session:
        assert find_actor(session, ENTRANCES["desk"], token, NOW).roles == frozenset({Role.MANAGER})


def test_administrators_neither_shut_nor_demote_themselves(sites: Sites):
    account = sites.new_staff(Role.ADMINISTRATOR)
    sites.new_staff(Role.ADMINISTRATOR)
    me = Staff(account.id, frozenset({Role.ADMINISTRATOR}))
    for deed in (
        lambda session: desk.deactivate(session, me, StaffAccount, me.id, NOW),
        lambda session: desk.change_roles(session, me, me.id, {Role.EDITOR}, NOW),
    ):
        with pytest.raises(Incomplete), sites.at("desk") as session:
            deed(session)


def test_an_administrator_who_never_came_is_not_one_who_is_left(sites: Sites):
    one, invited = sites.new_staff(Role.ADMINISTRATOR), sites.new_staff(Role.ADMINISTRATOR)
    sites.invite(invited.id, "desk")
    actor = Staff(invited.id, frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(Incomplete), sites.at("desk") as session:
        desk.deactivate(session, actor, StaffAccount, one.id, NOW)
    came = sites.member("desk", Role.ADMINISTRATOR)
    with sites.at("desk") as session:
        desk.deactivate(session, Staff(came.account_id, actor.roles), StaffAccount, one.id, NOW)


def test_two_administrators_cannot_shut_each_other_at_the_same_time(sites: Sites):
    one, other = sites.new_staff(Role.ADMINISTRATOR), sites.new_staff(Role.ADMINISTRATOR)

    def shut(pair: tuple[StaffAccount, StaffAccount]) -> bool:
        actor = Staff(pair[0].id, frozenset({Role.ADMINISTRATOR}))
        try:
            with sites.at("desk") as session:
                desk.deactivate(session, actor, StaffAccount, pair[1].id, NOW)
        except Incomplete:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(shut, [(one, other), (other, one)])) == [False, True]
