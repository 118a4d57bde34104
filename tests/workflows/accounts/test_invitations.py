from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.workflows.accounts.people import ENTRANCES, NOW, PASSWORD, STEP, Member, Sites
from workflows.accounts import invitations
from workflows.accounts.entrance import CASELOAD, DESK, PORTAL
from workflows.accounts.logging_in import FullSession, HalfSession
from workflows.accounts.sessions import find_actor
from workflows.core.errors import Incomplete, NotFound

SITES = (DESK, PORTAL, CASELOAD)


def look(sites: Sites, site: str, token: str, now=NOW):
    with sites.at(site) as session:
        return invitations.look_at(session, ENTRANCES[site], token, now)


def invited(sites: Sites) -> tuple[str, Member]:
    account = sites.new_researcher()
    return sites.invite(account.id, "portal", "nour"), Member(account.id, "nour", "portal")


def test_looking_never_uses_a_link_up(sites: Sites):
    token, member = invited(sites)
    for _ in range(3):
        assert look(sites, "portal", token) == invitations.Invitee(member.account_id, "nour")
    assert len(sites.take(token, member)) == 10


def test_a_link_works_once_also_for_ten_at_the_same_time(sites: Sites):
    token, member = invited(sites)

    def take(_: int) -> bool:
        try:
            return len(sites.take(token, member)) == 10
        except NotFound:
            return False

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(take, range(10))) == 1
    with pytest.raises(NotFound):
        look(sites, "portal", token)


@pytest.mark.parametrize("site", SITES)
def test_the_database_notes_once_that_a_log_in_was_set_up_and_nothing_of_a_refused_try(sites: Sites, site: str):
    make = {"desk": sites.new_staff, "portal": sites.new_researcher, "caseload": sites.new_counsellor}[site]
    account = make()
    token, member = sites.invite(account.id, site, "nour"), Member(account.id, "nour", site)
    with pytest.raises(Incomplete):
        sites.take(token, member, password="short")
    assert noted(sites) == []
    sites.take(token, member)
    with pytest.raises(NotFound):
        sites.take(token, member)
    table = account.__tablename__
    assert noted(sites) == [(f"{table}.set_up", table, account.id, table, account.id, None, {}, NOW)]


def noted(sites: Sites) -> list[tuple]:
    """The history of log-ins of which somebody is still to be told."""
    events = text(
        "select kind, object_kind, object_id, actor_kind, actor_id, question_id, codes, event.at from event"
        " join outbox on event_id = id where kind like '%.set_up' and done_at is null and outbox.at = event.at"
    )
    with sites.at("owner") as session:
        return [tuple(row) for row in session.execute(events)]


def test_a_link_expires_after_three_days(sites: Sites):
    token, member = invited(sites)
    assert look(sites, "portal", token, NOW + timedelta(hours=72) - STEP)
    with pytest.raises(NotFound):
        sites.take(token, member, NOW + timedelta(hours=72))


def test_a_link_belongs_to_its_site(sites: Sites):
    token, _member = invited(sites)
    with pytest.raises(NotFound):
        look(sites, "desk", token)


def test_a_new_link_ends_the_one_before(sites: Sites):
    token, member = invited(sites)
    newer = sites.invite(member.account_id, "portal", "other-name")
    with pytest.raises(NotFound):
        look(sites, "portal", token)
    assert look(sites, "portal", newer).login == "nour"


def test_taking_a_link_ends_every_session_and_replaces_every_proof(sites: Sites):
    member = sites.member()
    old_codes, token = member.recovery_codes, sites.full(member)
    fresh = Member(member.account_id, member.login, "portal")
    sites.take(sites.invite(member.account_id, "portal"), fresh, NOW, "an entirely new password")
    with sites.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
    assert sites.half(member) is None
    later = NOW + 2 * STEP
    half = sites.half(fresh, later, "an entirely new password")
    assert isinstance(half, HalfSession)
    assert sites.factor(fresh, half.token, old_codes[0], later) is None
    assert sites.factor(fresh, half.token, member.code(later), later) is None
    assert isinstance(sites.factor(fresh, half.token, fresh.code(later), later), FullSession)


def test_a_link_waiting_changes_nothing_for_who_can_still_log_in(sites: Sites):
    member = sites.member()
    sites.invite(member.account_id, "portal")
    assert isinstance(sites.half(member), HalfSession)


def test_a_link_dies_with_its_account(sites: Sites):
    token, member = invited(sites)
    with sites.at("owner") as session:
        session.execute(text("update researcher set active = false"))
    with pytest.raises(NotFound):
        sites.take(token, member)


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
def test_a_refused_field_leaves_the_link_unused(sites: Sites, change, field):
    token, member = invited(sites)
    at = ENTRANCES["portal"]
    typed = {"password": PASSWORD, "again": PASSWORD, "code": member.code(NOW)} | change
    if field == "password":
        typed["again"] = typed["password"]
    enrolment = invitations.new_enrolment(at, token, member.secret)
    with pytest.raises(Incomplete) as refused, sites.at("portal") as session:
        invitations.take(session, at, token, typed["password"], typed["again"], enrolment, typed["code"], NOW)
    assert set(refused.value.problems) == {field}
    assert sites.take(token, member)


def test_all_that_is_wrong_with_a_form_is_told_at_once(sites: Sites):
    token, member = invited(sites)
    enrolment = invitations.new_enrolment(ENTRANCES["portal"], token, member.secret)
    for typed, told in (
        (("", "", ""), {"password": "Choose a password.", "code": "Type the six figures your app shows."}),
        (("short", "", "1"), {
            "password": "A password has at least 15 characters.", "again": "Type the password a second time.",
            "code": "This code does not fit. Wait for the next one and type it.",
        }),
    ):  # fmt: skip
        password, again, code = typed
        with pytest.raises(Incomplete) as refused, sites.at("portal") as session:
            invitations.take(session, ENTRANCES["portal"], token, password, again, enrolment, code, NOW)
        assert refused.value.problems == told
    assert sites.take(token, member)


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


def test_a_user_name_is_unique_on_its_site_and_free_on_another(sites: Sites):
    first, second = sites.new_researcher(), sites.new_researcher()
    sites.invite(first.id, "portal", "Nour")
    with pytest.raises(Incomplete) as refused:
        sites.invite(second.id, "portal", "nour ")
    assert refused.value.problems == {"login": invitations.LOGIN_TAKEN}
    sites.invite(sites.new_staff().id, "desk", "nour")


@pytest.mark.parametrize("login", ["", "ab", "two words", "x" * 121])
def test_a_user_name_has_a_shape(sites: Sites, login):
    account = sites.new_researcher()
    with pytest.raises(Incomplete), sites.at("desk") as session:
        invitations.invite(session, account.id, "portal", login, NOW)


def test_nobody_is_invited_to_a_site_where_they_have_no_account(sites: Sites):
    account = sites.new_researcher()
    for site in ("desk", "public"):
        with pytest.raises(Incomplete):
            sites.invite(account.id, site)
