from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.workflows.accounts.people import ENTRANCES, NETWORK, NOW, STEP, Sites
from workflows.accounts.logging_in import FullSession
from workflows.accounts.requesters import open_request
from workflows.accounts.sessions import find_actor, log_out, log_out_everywhere, my_login, my_sessions
from workflows.accounts.throttle import Wait
from workflows.accounts.tokens import digest_of, session_hash
from workflows.accounts.upkeep import tidy_logins
from workflows.core.actors import Requester, Researcher
from workflows.requests.models import Request

CURRENT = text("select authn.current_partner(), authn.current_researcher(), authn.current_request()")


def seen(sites: Sites, member, token: str, now: datetime):
    with sites.at(member.site) as session:
        return find_actor(session, ENTRANCES[member.site], token, now)


def asked(sites: Sites, site: str, token: str) -> tuple:
    with sites.at(site, session_hash(token)) as session:
        return tuple(session.execute(CURRENT).one())


def new_request(sites: Sites, code_hash: bytes = b"c" * 32) -> Request:
    with sites.at("owner") as session:
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
def test_a_session_left_alone_ends(sites: Sites, site, idle):
    member = sites.member(site)
    token = sites.full(member)
    almost = NOW + idle - timedelta(seconds=1)
    assert seen(sites, member, token, almost)
    assert seen(sites, member, token, almost + idle - timedelta(seconds=1))
    assert seen(sites, member, token, almost + idle + idle) is None


@pytest.mark.parametrize(("site", "hours"), [("portal", 8), ("desk", 12)])
def test_a_session_in_use_ends_too(sites: Sites, site, hours):
    member = sites.member(site)
    token = sites.full(member)
    end = NOW + timedelta(hours=hours)
    moment = NOW
    while moment < end:
        assert seen(sites, member, token, moment)
        moment += timedelta(minutes=10)
    assert seen(sites, member, token, end) is None


def test_being_seen_is_written_once_a_minute_at_most(sites: Sites):
    member = sites.member()
    token = sites.full(member)
    written = text("select seen_at from authn.session where level = 'full'")
    for seconds, expected in ((59, 0), (60, 60), (119, 60), (120, 120)):
        seen(sites, member, token, NOW + timedelta(seconds=seconds))
        with sites.at("owner") as session:
            assert session.scalar(written) == NOW + timedelta(seconds=expected)


def test_being_seen_never_waits_for_another_request(sites: Sites):
    member = sites.member()
    token = sites.full(member)
    later = NOW + timedelta(minutes=5)
    with sites.at("portal") as first, sites.at("portal") as second:
        assert find_actor(first, ENTRANCES["portal"], token, later)
        second.execute(text("set local lock_timeout = '1s'"))
        assert find_actor(second, ENTRANCES["portal"], token, later)


def test_a_token_is_good_on_its_own_site_alone(sites: Sites):
    member = sites.member("desk")
    token = sites.full(member)
    with sites.at("portal") as session:
        assert find_actor(session, ENTRANCES["portal"], token, NOW) is None
        assert find_actor(session, ENTRANCES["desk"], token, NOW) is None


def test_logging_out_ends_one_session_and_everywhere_ends_all(sites: Sites):
    member = sites.member()
    tokens = [sites.full(member, NOW + number * 2 * STEP) for number in range(3)]
    stranger = sites.member()
    strangers = sites.full(stranger)
    with sites.at("portal") as session:
        log_out(session, tokens[0], NOW)
    assert [bool(seen(sites, member, token, NOW)) for token in tokens] == [False, True, True]
    with sites.at("portal") as session:
        assert [one.this_one for one in my_sessions(session, ENTRANCES["portal"], tokens[1], NOW)] == [False, True]
        assert log_out_everywhere(session, tokens[1], NOW) == 2
    assert not any(seen(sites, member, token, NOW) for token in tokens)
    assert seen(sites, stranger, strangers, NOW)


def test_an_ended_session_cannot_end_the_others(sites: Sites):
    member = sites.member()
    first, second = sites.full(member), sites.full(member, NOW + 2 * STEP)
    with sites.at("portal") as session:
        log_out(session, first, NOW)
        assert log_out_everywhere(session, first, NOW) == 0
        assert my_sessions(session, ENTRANCES["portal"], first, NOW) == []
    assert seen(sites, member, second, NOW)


def test_a_member_reads_their_own_name_and_codes_left(sites: Sites):
    member = sites.member()
    token = sites.full(member)
    with sites.at("portal") as session:
        assert my_login(session, token, NOW) == (member.login, 10)
        assert my_login(session, "unknown", NOW) is None


@pytest.mark.parametrize(
    "leaving", ["update researcher set active = false", "update partner_organisation set active = false"]
)
def test_a_session_dies_with_its_holder(sites: Sites, leaving):
    member = sites.member()
    token = sites.full(member, NOW)
    assert isinstance(seen(sites, member, token, NOW), Researcher)
    assert asked(sites, "portal", token)[1] == member.account_id
    with sites.at("owner") as session:
        session.execute(text(leaving))
    assert seen(sites, member, token, NOW) is None
    assert asked(sites, "portal", token) == (None, None, None)


def test_staff_who_leave_lose_their_session(sites: Sites):
    member = sites.member("desk")
    token = sites.full(member)
    with sites.at("owner") as session:
        session.execute(text("update staff set active = false"))
    assert seen(sites, member, token, NOW) is None


def test_row_security_knows_the_partner_of_a_full_live_session_alone(sites: Sites):
    member = sites.member()
    half = sites.half(member, NOW)
    assert asked(sites, "portal", half.token) == (None, None, None)
    full = sites.factor(member, half.token, member.code(NOW), NOW)
    partner, researcher, request = asked(sites, "portal", full.token)
    assert (researcher, request) == (member.account_id, None)
    with sites.at("owner") as session:
        assert partner == session.scalar(text("select partner_id from researcher"))
    for token in ("", "unknown", half.token):
        assert asked(sites, "portal", token) == (None, None, None)
    with sites.at("owner") as session:
        session.execute(text("update authn.session set expires_at = now() where level = 'full'"))
    assert asked(sites, "portal", full.token) == (None, None, None)


def test_row_security_knows_nobody_by_a_session_of_the_desk(sites: Sites):
    token = sites.full(sites.member("desk"), NOW)
    assert asked(sites, "portal", token) == (None, None, None)
    assert asked(sites, "desk", token) == (None, None, None)


def test_row_security_is_not_upset_by_what_is_no_digest(sites: Sites):
    for odd in ("x", "zz" * 32, "ab", "'; select 1"):
        with sites.at("portal", odd) as session:
            assert tuple(session.execute(CURRENT).one()) == (None, None, None)


@pytest.mark.parametrize("codes", [(b"c" * 32, b"x" * 32), (b"x" * 32, b"c" * 32)], ids=["asked online", "at the desk"])
def test_a_receipt_code_opens_its_own_request(sites: Sites, codes: tuple[bytes, bytes]):
    request = new_request(sites)
    at = ENTRANCES["public"]
    with sites.at("public") as session:
        opened = open_request(session, at, codes, NETWORK, NOW)
        assert isinstance(opened, FullSession)
        assert find_actor(session, at, opened.token, NOW) == Requester(request.id)
        assert find_actor(session, at, opened.token, NOW + timedelta(minutes=20)) is None
    assert asked(sites, "public", opened.token) == (None, None, request.id)
    with sites.at("owner") as session:
        session.execute(text("update request set code_hash = null"))
    assert asked(sites, "public", opened.token) == (None, None, None)


@pytest.mark.parametrize("codes", [None, (b"", b""), (b"x" * 32, b"y" * 32)])
def test_every_wrong_receipt_code_gets_one_answer(sites: Sites, codes):
    new_request(sites)
    with sites.at("public") as session:
        assert open_request(session, ENTRANCES["public"], codes, NETWORK, NOW) is None


def test_a_burnt_code_opens_nothing(sites: Sites):
    new_request(sites, None)
    with sites.at("public") as session:
        assert open_request(session, ENTRANCES["public"], None, NETWORK, NOW) is None


def test_wrong_receipt_codes_are_slowed_down_per_network(sites: Sites):
    new_request(sites)
    at = ENTRANCES["public"]
    for _ in range(5):
        with sites.at("public") as session:
            assert open_request(session, at, (b"x" * 32, b"y" * 32), NETWORK, NOW) is None
    with sites.at("public") as session:
        assert open_request(session, at, (b"c" * 32, b"y" * 32), NETWORK, NOW) == Wait(NOW + timedelta(seconds=2))
        assert isinstance(open_request(session, at, (b"c" * 32, b"y" * 32), "198.51.100.0/24", NOW), FullSession)
        later = NOW + timedelta(seconds=2)
        assert isinstance(open_request(session, at, (b"c" * 32, b"y" * 32), NETWORK, later), FullSession)


def test_old_log_ins_are_thrown_away_and_live_ones_kept(sites: Sites):
    member = sites.member()
    old, token = sites.full(member), sites.full(member, NOW + 2 * STEP)
    with sites.at("owner") as session:
        ended = text("update authn.session set revoked_at = :then where digest = :digest")
        session.execute(ended, {"then": NOW - timedelta(days=31), "digest": digest_of(old)})
    with sites.at("worker") as session:
        assert tidy_logins(session, NOW) > 0
    with sites.at("owner") as session:
        digests = session.scalars(text("select digest from authn.session")).all()
    assert digest_of(old) not in digests
    assert digest_of(token) in digests
    assert seen(sites, member, token, NOW)
