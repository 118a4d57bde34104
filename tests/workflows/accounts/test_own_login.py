"""One's own log-in: a new password, another app, new recovery codes, one browser less."""

from datetime import timedelta

import pyotp
import pytest

from tests.workflows.accounts.people import ENTRANCES, NOW, PASSWORD, STEP, Member, Sites
from workflows.accounts import invitations, own_login, second_factor, sessions
from workflows.accounts.logging_in import FullSession, HalfSession
from workflows.accounts.throttle import Wait
from workflows.core.actors import Researcher
from workflows.core.errors import Incomplete, NotAllowed, NotFound

AT = ENTRANCES["portal"]
CHOSEN = "nine loud geese on the roof"


@pytest.fixture
def member(sites: Sites) -> Member:
    return sites.member("portal")


def alive(sites: Sites, token: str, now=NOW) -> bool:
    with sites.at("portal") as session:
        return sessions.find_actor(session, AT, token, now) is not None


def change(sites: Sites, token: str, *typed: str, now=NOW):
    with sites.at("portal") as session:
        try:
            return own_login.change_password(session, AT, token, *typed, now)
        except Incomplete as refused:
            session.commit()
            return set(refused.problems)


def renew_app(sites: Sites, member: Member, token: str, secret: str, code: str, now=NOW, present=PASSWORD):
    with sites.at("portal") as session:
        actor, enrolment = (
            Researcher(member.account_id, member.account_id),
            invitations.new_enrolment(AT, token, secret),
        )
        try:
            return own_login.renew_factor(session, AT, actor, token, present, enrolment, code, now)
        except Incomplete as refused:
            session.commit()
            return set(refused.problems)


def renew_codes(sites: Sites, token: str, codes: list[str], now=NOW, present=PASSWORD):
    with sites.at("portal") as session:
        try:
            return own_login.renew_recovery_codes(session, AT, token, present, codes, now)
        except Incomplete as refused:
            session.commit()
            return set(refused.problems)


def test_a_new_password_signs_in_and_ends_the_other_browsers(sites: Sites, member: Member) -> None:
    elsewhere, here = sites.full(member), sites.full(member, NOW + STEP)
    assert change(sites, here, PASSWORD, CHOSEN, CHOSEN) is None
    assert (alive(sites, here), alive(sites, elsewhere)) == (True, False)
    assert sites.half(member) is None
    assert isinstance(sites.half(member, password=CHOSEN), HalfSession)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("wrong wrong wrong", CHOSEN, CHOSEN), "present"),
        ((PASSWORD, "short", "short"), "chosen"),
        ((PASSWORD, PASSWORD, PASSWORD), "chosen"),
        ((PASSWORD, CHOSEN, CHOSEN + "s"), "again"),
        (("wrong wrong wrong", "short", "shorter"), "present chosen again"),
    ],
)
def test_a_refused_password_says_which_fields(sites: Sites, member: Member, typed: tuple, field: str) -> None:
    here, elsewhere = sites.full(member), sites.full(member, NOW + STEP)
    assert change(sites, here, *typed) == set(field.split())
    assert isinstance(sites.half(member), HalfSession)
    assert (alive(sites, here), alive(sites, elsewhere)) == (True, True)


def test_guesses_beside_a_password_that_is_too_short_wait_as_well(sites: Sites, member: Member) -> None:
    here = sites.full(member)
    tries = [change(sites, here, "wrong wrong wrong", "short", "short") for _ in range(5)]
    assert tries == [{"present", "chosen"}] * 5
    assert isinstance(change(sites, here, PASSWORD, "short", "short"), Wait)


def test_guesses_at_the_present_password_wait(sites: Sites, member: Member) -> None:
    token = sites.full(member)
    tries = [change(sites, token, "wrong wrong wrong", CHOSEN, CHOSEN) for _ in range(6)]
    assert tries[:5] == [{"present"}] * 5
    assert isinstance(tries[5], Wait)
    assert isinstance(change(sites, token, PASSWORD, CHOSEN, CHOSEN), Wait)


def test_another_app_shows_the_codes_from_now_on(sites: Sites, member: Member) -> None:
    elsewhere, here, secret = sites.full(member), sites.full(member, NOW + STEP), pyotp.random_base32()
    renew_app(sites, member, here, secret, pyotp.TOTP(secret).at(NOW))
    assert (alive(sites, here), alive(sites, elsewhere)) == (True, False)
    later = NOW + 4 * STEP
    assert sites.factor(member, sites.half(member, later).token, member.code(later), later) is None
    member.secret = secret
    assert isinstance(sites.factor(member, sites.half(member, later).token, member.code(later), later), FullSession)


def test_an_app_that_shows_another_code_is_not_taken(sites: Sites, member: Member) -> None:
    token = sites.full(member)
    assert renew_app(sites, member, token, pyotp.random_base32(), "000000") == {"code"}
    assert isinstance(sites.factor(member, sites.half(member, NOW + STEP).token, member.code(NOW + STEP)), FullSession)


def test_new_recovery_codes_work_and_the_old_ones_do_not(sites: Sites, member: Member) -> None:
    token, codes = sites.full(member), second_factor.new_recovery_codes()
    assert renew_codes(sites, token, codes) is None
    with sites.at("portal") as session:
        assert sessions.my_login(session, token, NOW) == (member.login, 10)
    assert len({*codes, *member.recovery_codes}) == 20
    assert sites.factor(member, sites.half(member).token, member.recovery_codes[0]) is None
    assert isinstance(sites.factor(member, sites.half(member).token, codes[0]), FullSession)


def test_a_wrong_password_renews_nothing_and_is_counted(sites: Sites, member: Member) -> None:
    token, secret, wrong = sites.full(member), pyotp.random_base32(), "wrong wrong wrong"
    tries = [renew_app(sites, member, token, secret, pyotp.TOTP(secret).at(NOW), present=wrong) for _ in range(3)]
    tries += [renew_codes(sites, token, second_factor.new_recovery_codes(), present=wrong) for _ in range(2)]
    assert tries == [{"present"}] * 5
    assert isinstance(renew_codes(sites, token, second_factor.new_recovery_codes()), Wait)
    assert isinstance(renew_app(sites, member, token, secret, pyotp.TOTP(secret).at(NOW)), Wait)
    later = NOW + 2 * STEP
    assert sites.factor(member, sites.half(member).token, pyotp.TOTP(secret).at(later), later) is None
    assert isinstance(sites.factor(member, sites.half(member).token, member.recovery_codes[0]), FullSession)


def test_who_showed_no_factor_for_ten_minutes_renews_nothing(sites: Sites, member: Member) -> None:
    token, late, secret = sites.full(member), NOW + timedelta(minutes=10, seconds=1), pyotp.random_base32()
    with pytest.raises(NotAllowed):
        renew_app(sites, member, token, secret, pyotp.TOTP(secret).at(late), late)
    with pytest.raises(NotAllowed):
        renew_codes(sites, token, second_factor.new_recovery_codes(), late)


def test_one_browser_is_signed_out_and_the_others_stay(sites: Sites, member: Member) -> None:
    lost, here = sites.full(member), sites.full(member, NOW + STEP)
    with sites.at("portal") as session:
        handle = next(one.handle for one in sessions.my_sessions(session, AT, here, NOW) if not one.this_one)
        sessions.log_out_one(session, here, handle, NOW)
    assert (alive(sites, here), alive(sites, lost)) == (True, False)


def test_nobody_elses_browser_is_signed_out(sites: Sites, member: Member) -> None:
    mine, theirs = sites.full(member), sites.full(sites.member("portal"))
    with sites.at("portal") as session:
        handle = sessions.my_sessions(session, AT, theirs, NOW)[0].handle
    for named in (handle, "0" * 32, ""):
        with pytest.raises(NotFound), sites.at("portal") as session:
            sessions.log_out_one(session, mine, named, NOW)
    assert alive(sites, theirs)


def was_ended(sites: Sites, token: str) -> bool:
    with sites.at("portal") as session:
        return sessions.was_ended(session, AT, token)


def test_a_session_was_ended_when_somebody_ended_it_and_not_when_it_was_left_alone(
    sites: Sites, member: Member
) -> None:
    token = sites.full(member)
    assert not was_ended(sites, token)
    with sites.at("portal") as session:
        sessions.log_out(session, token, NOW + timedelta(minutes=20))
    assert not was_ended(sites, token)
    other = sites.full(member, NOW + STEP)
    with sites.at("portal") as session:
        sessions.log_out(session, other, NOW + timedelta(minutes=5))
    assert was_ended(sites, other)
    assert not was_ended(sites, "nobody")
