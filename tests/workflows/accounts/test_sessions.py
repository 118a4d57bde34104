from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.workflows.accounts.people import ENTRANCES, NETWORK, NOW, STEP, House
from workflows.accounts.logging_in import FullSession
from workflows.accounts.requesters import open_request
from workflows.accounts.sessions import find_actor, log_out, log_out_everywhere, my_login, my_sessions
from workflows.accounts.throttle import Wait
from workflows.accounts.tokens import digest_of, session_hash
from workflows.accounts.upkeep import tidy_logins
from workflows.core.actors import Requester, Researcher
from workflows.requests.models import Request

REAL_NOW = datetime.now(UTC)
CURRENT = text("select authn.current_partner(), authn.current_researcher(), authn.current_request()")


def seen(house: House, member, token: str, now: datetime):
    with house.at(member.site) as session:
        return find_actor(session, ENTRANCES[member.site], token, now)


def asked(house: House, site: str, token: str) -> tuple:
    with house.at(site, session_hash(token)) as session:
        return tuple(session.execute(CURRENT).one())


def new_request(house: House, code_hash: bytes = b"c" * 32) -> Request:
    with house.at("owner") as session:
        request = Request(
            channel="web",
            language="en",
            requester_kind="migrant",
            contact_sealed=None,
            consent_version="1",
            consented_at=NOW,
            code_hash=code_hash,
            code_key_version=1,
            submission_id=uuid4(),
            received_at=NOW,
            erased_at=None,
        )
        session.add(request)
    return request


@pytest.mark.parametrize(("site", "idle"), [("portal", timedelta(minutes=15)), ("desk", timedelta(minutes=30))])
def test_a_session_left_alone_ends(house: House, site, idle):
    member = house.member(site)
    token = house.full(member)
    almost = NOW + idle - timedelta(seconds=1)
    assert seen(house, member, token, almost)
    assert seen(house, member, token, almost + idle - timedelta(seconds=1))
    assert seen(house, member, token, almost + idle + idle) is None


@pytest.mark.parametrize(("site", "hours"), [("portal", 8), ("desk", 12)])
def test_a_session_in_use_ends_too(house: House, site, hours):
    member = house.member(site)
    token = house.full(member)
    end = NOW + timedelta(hours=hours)
    moment = NOW
    while moment < end:
        assert seen(house, member, token, moment)
        moment += timedelta(minutes=10)
    assert seen(house, member, token, end) is None


def test_being_seen_is_written_once_a_minute_at_most(house: House):
    member = house.member()
    token = house.full(member)
    written = text("select seen_at from authn.session where level = 'full'")
    for seconds, expected in ((59, 0), (60, 60), (119, 60), (120, 120)):
        seen(house, member, token, NOW + timedelta(seconds=seconds))
        with house.at("owner") as session:
            assert session.scalar(written) == NOW + timedelta(seconds=expected)


def test_being_seen_never_waits_for_another_request(house: House):
    member = house.member()
    token = house.full(member)
    later = NOW + timedelta(minutes=5)
    with house.at("portal") as first, house.at("portal") as second:
        assert find_actor(first, ENTRANCES["portal"], token, later)
        second.execute(text("set local lock_timeout = '1s'"))
        assert find_actor(second, ENTRANCES["portal"], token, later)


def test_a_token_is_good_on_its_own_site_alone(house: House):
    member = house.member("desk")
    token = house.full(member)
    with house.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
        assert find_actor(session, ENTRANCES["desk"], token, NOW) is None


def test_logging_out_ends_one_session_and_everywhere_ends_all(house: House):
    member = house.member()
    tokens = [house.full(member, NOW + number * 2 * STEP) for number in range(3)]
    stranger = house.member()
    strangers = house.full(stranger)
    with house.at("portal") as session:
        log_out(session, tokens[0], NOW)
    assert [bool(seen(house, member, token, NOW)) for token in tokens] == [False, True, True]
    with house.at("portal") as session:
        assert [one.this_one for one in my_sessions(session, ENTRANCES["portal"], tokens[1], NOW)] == [False, True]
        assert log_out_everywhere(session, tokens[1], NOW) == 2
    assert not any(seen(house, member, token, NOW) for token in tokens)
    assert seen(house, stranger, strangers, NOW)


def test_an_ended_session_cannot_end_the_others(house: House):
    member = house.member()
    first, second = house.full(member), house.full(member, NOW + 2 * STEP)
    with house.at("portal") as session:
        log_out(session, first, NOW)
        assert log_out_everywhere(session, first, NOW) == 0
        assert my_sessions(session, ENTRANCES["portal"], first, NOW) == []
    assert seen(house, member, second, NOW)


def test_a_member_reads_their_own_name_and_codes_left(house: House):
    member = house.member()
    token = house.full(member)
    with house.at("portal") as session:
        assert my_login(session, token, NOW) == (member.login, 10)
        assert my_login(session, "unknown", NOW) is None


@pytest.mark.parametrize(
    "leaving", ["update researcher set active = false", "update partner_organisation set active = false"]
)
def test_a_session_dies_with_its_holder(house: House, leaving):
    member = house.member()
    token = house.full(member, REAL_NOW)
    assert isinstance(seen(house, member, token, REAL_NOW), Researcher)
    assert asked(house, "portal", token)[1] == member.account_id
    with house.at("owner") as session:
        session.execute(text(leaving))
    assert seen(house, member, token, REAL_NOW) is None
    assert asked(house, "portal", token) == (None, None, None)


def test_staff_who_leave_lose_their_session(house: House):
    member = house.member("desk")
    token = house.full(member)
    with house.at("owner") as session:
        session.execute(text("update staff set active = false"))
    assert seen(house, member, token, NOW) is None


def test_row_security_knows_the_partner_of_a_full_live_session_alone(house: House):
    member = house.member()
    half = house.half(member, REAL_NOW)
    assert asked(house, "portal", half.token) == (None, None, None)
    full = house.factor(member, half.token, member.code(REAL_NOW), REAL_NOW)
    partner, researcher, request = asked(house, "portal", full.token)
    assert (researcher, request) == (member.account_id, None)
    with house.at("owner") as session:
        assert partner == session.scalar(text("select partner_id from researcher"))
    for token in ("", "unknown", half.token):
        assert asked(house, "portal", token) == (None, None, None)
    with house.at("owner") as session:
        session.execute(text("update authn.session set expires_at = now() where level = 'full'"))
    assert asked(house, "portal", full.token) == (None, None, None)


def test_row_security_knows_nobody_by_a_session_of_the_desk(house: House):
    token = house.full(house.member("desk"), REAL_NOW)
    assert asked(house, "portal", token) == (None, None, None)
    assert asked(house, "desk", token) == (None, None, None)


def test_row_security_is_not_upset_by_what_is_no_digest(house: House):
    for odd in ("x", "zz" * 32, "ab", "'; select 1"):
        with house.at("portal", odd) as session:
            assert tuple(session.execute(CURRENT).one()) == (None, None, None)


def test_a_receipt_code_opens_its_own_request(house: House):
    request = new_request(house)
    at = ENTRANCES["public"]
    with house.at("public") as session:
        opened = open_request(session, at, b"c" * 32, NETWORK, REAL_NOW)
        assert isinstance(opened, FullSession)
        assert find_actor(session, at, opened.token, REAL_NOW) == Requester(request.id)
        assert find_actor(session, at, opened.token, REAL_NOW + timedelta(minutes=20)) is None
    assert asked(house, "public", opened.token) == (None, None, request.id)
    with house.at("owner") as session:
        session.execute(text("update request set code_hash = null"))
    assert asked(house, "public", opened.token) == (None, None, None)


@pytest.mark.parametrize("code_hash", [None, b"", b"x" * 32])
def test_every_wrong_receipt_code_gets_one_answer(house: House, code_hash):
    new_request(house)
    with house.at("public") as session:
        assert open_request(session, ENTRANCES["public"], code_hash, NETWORK, NOW) is None


def test_a_burnt_code_opens_nothing(house: House):
    new_request(house, None)
    with house.at("public") as session:
        assert open_request(session, ENTRANCES["public"], None, NETWORK, NOW) is None


def test_wrong_receipt_codes_are_slowed_down_per_network(house: House):
    new_request(house)
    at = ENTRANCES["public"]
    for _ in range(5):
        with house.at("public") as session:
            assert open_request(session, at, b"x" * 32, NETWORK, NOW) is None
    with house.at("public") as session:
        assert open_request(session, at, b"c" * 32, NETWORK, NOW) == Wait(NOW + timedelta(seconds=2))
        assert isinstance(open_request(session, at, b"c" * 32, "198.51.100.0/24", NOW), FullSession)
        later = NOW + timedelta(seconds=2)
        assert isinstance(open_request(session, at, b"c" * 32, NETWORK, later), FullSession)


def test_old_log_ins_are_thrown_away_and_live_ones_kept(house: House):
    member = house.member()
    old, token = house.full(member), house.full(member, NOW + 2 * STEP)
    with house.at("owner") as session:
        ended = text("update authn.session set revoked_at = :then where digest = :digest")
        session.execute(ended, {"then": NOW - timedelta(days=31), "digest": digest_of(old)})
    with house.at("worker") as session:
        assert tidy_logins(session, NOW) > 0
    with house.at("owner") as session:
        digests = session.scalars(text("select digest from authn.session")).all()
    assert digest_of(old) not in digests
    assert digest_of(token) in digests
    assert seen(house, member, token, NOW)
