"""The second factor once more: fresh for ten minutes, each code once, and the session goes on under a new token."""

from datetime import timedelta

from config import policy
from tests.workflows.accounts.people import ENTRANCES, NOW, STEP, Sites
from workflows.accounts import sessions, step_up
from workflows.accounts.logging_in import FullSession
from workflows.accounts.throttle import Wait

LATER = NOW + timedelta(minutes=20)
AT = ENTRANCES["caseload"]


def again(sites: Sites, token: str, typed: str, now=LATER) -> FullSession | Wait | None:
    with sites.at("caseload") as session:
        return step_up.show_again(session, AT, token, typed, now)


def fresh(sites: Sites, token: str, now=LATER) -> bool:
    with sites.at("caseload") as session:
        return step_up.is_fresh(session, token, now)


def alive(sites: Sites, token: str, now=LATER) -> bool:
    with sites.at("caseload") as session:
        return sessions.find_actor(session, AT, token, now) is not None


def test_a_log_in_is_fresh_for_ten_minutes(sites: Sites) -> None:
    token = sites.full(sites.member("caseload"))
    assert fresh(sites, token, NOW + policy.STEP_UP_VALID)
    assert not fresh(sites, token, NOW + policy.STEP_UP_VALID + STEP)


def test_a_code_makes_it_fresh_under_a_new_token_and_the_old_one_is_dead(sites: Sites) -> None:
    member = sites.member("caseload")
    token = sites.full(member)
    renewed = again(sites, token, member.code(LATER))
    assert isinstance(renewed, FullSession)
    assert fresh(sites, renewed.token)
    assert alive(sites, renewed.token)
    assert not alive(sites, token)


def test_it_ends_no_later_than_the_session_would_have(sites: Sites) -> None:
    member = sites.member("caseload")
    renewed = again(sites, sites.full(member), member.code(LATER))
    with sites.at("owner") as session:
        from workflows.accounts.models import LoginSession
        from workflows.accounts.tokens import digest_of

        assert session.get(LoginSession, digest_of(renewed.token)).expires_at == NOW + policy.CASELOAD_ABSOLUTE


def test_a_used_and_a_wrong_code_change_nothing(sites: Sites) -> None:
    member = sites.member("caseload")
    token = sites.full(member)
    assert again(sites, token, member.code(NOW), NOW) is None
    assert again(sites, token, "000000") is None
    assert alive(sites, token)


def test_an_unknown_token_is_not_fresh_and_gets_nothing(sites: Sites) -> None:
    assert not fresh(sites, "nobody")
    assert again(sites, "nobody", "123456") is None


def test_guesses_wait(sites: Sites) -> None:
    token = sites.full(sites.member("caseload"))
    answers = [again(sites, token, "000000") for _ in range(policy.LOGIN_FREE_TRIES + 1)]
    assert isinstance(answers[-1], Wait)
