from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.workflows.accounts.people import CHEAP, ELSEWHERE, ENTRANCES, NETWORK, NOW, PASSWORD, STEP, Member, Sites
from workflows.accounts import logging_in, passwords
from workflows.accounts.entrance import Entrance
from workflows.accounts.logging_in import FullSession, HalfSession
from workflows.accounts.passwords import Cost
from workflows.accounts.sessions import find_actor
from workflows.accounts.throttle import Wait
from workflows.core.actors import Role


def test_password_and_factor_open_a_session_in_two_steps(sites: Sites):
    member = sites.member("desk", Role.EDITOR)
    half = sites.half(member)
    assert isinstance(half, HalfSession)
    with sites.at("desk") as session:
        assert find_actor(session, ENTRANCES["desk"], half.token, NOW) is None
    full = sites.factor(member, half.token, member.code(NOW))
    assert isinstance(full, FullSession)
    with sites.at("desk") as session:
        actor = find_actor(session, ENTRANCES["desk"], full.token, NOW)
        assert find_actor(session, ENTRANCES["desk"], half.token, NOW) is None
    assert (actor.id, actor.roles, actor.name, actor.language) == (
        member.account_id,
        frozenset({Role.EDITOR}),
        "Ilse",
        "nl",
    )


@pytest.mark.parametrize("wrong", ["unknown name", "wrong password", "inactive account", "other site", "not enrolled"])
def test_every_wrong_log_in_gets_the_same_answer_after_the_same_work(sites: Sites, monkeypatch, wrong):
    member = sites.member("portal")
    password = PASSWORD
    if wrong == "unknown name":
        member.login = "nobody"
    elif wrong == "wrong password":
        password = PASSWORD + "s"
    elif wrong == "inactive account":
        with sites.at("owner") as session:
            session.execute(text("update researcher set active = false"))
    elif wrong == "other site":
        member.site = "desk"
    else:
        fresh = sites.new_researcher()
        sites.invite(fresh.id, "portal", "fresh")
        member.login = "fresh"
    costs = []
    derive = passwords.derive

    def watched(typed, salt, cost):
        costs.append(cost)
        return derive(typed, salt, cost)

    monkeypatch.setattr(passwords, "derive", watched)
    assert sites.half(member, password=password) is None
    assert costs == [CHEAP]


def test_a_name_is_the_same_however_it_is_typed(sites: Sites):
    member = sites.member()
    member.login = f"  {member.login.upper()} "
    assert isinstance(sites.half(member), HalfSession)


def test_a_password_is_the_same_however_its_accents_are_composed(sites: Sites):
    account = sites.new_researcher()
    member = Member(account.id, "nour", "portal")
    sites.take(sites.invite(account.id, "portal", "nour"), member, password="un été à la rivière")
    later = NOW + STEP * 3
    assert isinstance(sites.half(member, later, password="un e\u0301te\u0301 a\u0300 la rivie\u0300re"), HalfSession)


def test_a_half_session_lasts_five_minutes(sites: Sites):
    member = sites.member()
    half = sites.half(member)
    late = NOW + timedelta(minutes=5)
    assert sites.factor(member, half.token, member.code(late), late) is None


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_fits_its_neighbouring_half_minutes(sites: Sites, steps):
    member = sites.member()
    half = sites.half(member)
    assert isinstance(sites.factor(member, half.token, member.code(NOW + steps * STEP)), FullSession)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_does_not_fit_a_minute_away(sites: Sites, steps):
    member = sites.member()
    half = sites.half(member)
    assert sites.factor(member, half.token, member.code(NOW + steps * STEP)) is None


def test_a_code_in_arabic_figures_fits(sites: Sites):
    member = sites.member()
    typed = member.code(NOW).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert isinstance(sites.factor(member, sites.half(member).token, f"{typed[:3]} {typed[3:]}"), FullSession)


def test_a_code_used_once_does_not_work_again_nor_does_an_older_one(sites: Sites):
    member = sites.member()
    sites.full(member)
    half = sites.half(member)
    assert sites.factor(member, half.token, member.code(NOW)) is None
    assert sites.factor(member, half.token, member.code(NOW - STEP)) is None
    assert isinstance(sites.factor(member, half.token, member.code(NOW + STEP)), FullSession)


def test_the_code_of_the_enrolment_does_not_log_in(sites: Sites):
    account = sites.new_researcher()
    member = Member(account.id, "nour", "portal")
    sites.take(sites.invite(account.id, "portal", "nour"), member)
    assert sites.factor(member, sites.half(member).token, member.code(NOW)) is None


@pytest.mark.parametrize("halves", [1, 20])
def test_of_twenty_replays_of_one_code_exactly_one_succeeds(sites: Sites, halves):
    member = sites.member()
    tokens = [sites.half(member).token for _ in range(halves)] * (20 // halves)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda token: sites.factor(member, token, member.code(NOW)), tokens))
    assert sum(isinstance(answer, FullSession) for answer in answers) == 1


def test_the_database_itself_lets_one_of_twenty_replays_through(sites: Sites):
    member = sites.member()
    half = sites.half(member)

    def replay(number: int) -> object:
        with sites.at("portal") as session:
            return session.scalar(
                text("select authn.pass_factor(:half, 99999999, :new, :now, :now + interval '1 hour')"),
                {"half": logging_in.digest_of(half.token), "new": bytes([number] * 32), "now": NOW},
            )

    with ThreadPoolExecutor(20) as pool:
        assert [found for found in pool.map(replay, range(20)) if found] == [member.account_id]


def test_a_recovery_code_works_once_however_it_is_typed(sites: Sites):
    member = sites.member()
    code = member.recovery_codes[3]
    half = sites.half(member)
    typed = [code.lower().replace("-", " ").replace("0", "o").replace("1", "l")] * 20
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda one: sites.factor(member, half.token, one), typed))
    assert sum(isinstance(answer, FullSession) for answer in answers) == 1
    assert sites.factor(member, sites.half(member).token, code, NOW + timedelta(hours=2)) is None


def test_a_recovery_code_belongs_to_one_account(sites: Sites):
    member, other = sites.member(), sites.member()
    assert sites.factor(member, sites.half(member).token, other.recovery_codes[0]) is None


def test_five_failures_are_free_then_each_wait_is_twice_as_long(sites: Sites):
    member, now, waits = sites.member(), NOW, []
    for _ in range(5):
        assert sites.half(member, now, "wrong wrong wrong wrong") is None
    for _ in range(9):
        wait = sites.half(member, now, "wrong wrong wrong wrong")
        assert isinstance(wait, Wait)
        waits.append(wait.seconds(now))
        now = wait.until
        assert sites.half(member, now, "wrong wrong wrong wrong") is None
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300]


def test_a_wait_is_the_same_for_a_name_nobody_has(sites: Sites):
    member = sites.member()
    nobody = Member(member.account_id, "nobody", "portal")
    for network, one in ((NETWORK, member), (ELSEWHERE, nobody)):
        for _ in range(5):
            assert sites.half(one, password="wrong wrong wrong wrong", network=network) is None
    assert sites.half(member) == sites.half(nobody, network=ELSEWHERE)


def test_waiting_tries_nothing_and_failures_are_forgotten_after_an_hour(sites: Sites):
    member = sites.member()
    for _ in range(5):
        sites.half(member, password="wrong wrong wrong wrong")
    assert isinstance(sites.half(member), Wait)
    assert isinstance(sites.half(member, NOW + timedelta(seconds=2)), HalfSession)
    other = sites.member()
    for _ in range(6):
        sites.half(other, password="wrong wrong wrong wrong", network=ELSEWHERE)
    assert isinstance(sites.half(other, NOW + timedelta(hours=1), network=ELSEWHERE), HalfSession)


def test_a_stranger_elsewhere_cannot_keep_a_member_out(sites: Sites):
    member = sites.member()
    sites.full(member)
    now = NOW + timedelta(minutes=1)
    for number in range(30):
        sites.half(member, now, "wrong wrong wrong wrong", network=f"203.0.{number}.0/24")
    assert isinstance(sites.half(member, now, network="203.0.99.0/24"), Wait)
    assert isinstance(sites.half(member, now), HalfSession)


def test_guesses_sent_at_once_cannot_slip_past_the_count(sites: Sites):
    member = sites.member()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: sites.half(member, password="wrong wrong wrong wrong"), range(20)))
    assert sum(answer is None for answer in answers) == 5


def test_codes_of_the_second_factor_are_slowed_down_too(sites: Sites):
    member = sites.member()
    half = sites.half(member)
    for _ in range(5):
        assert sites.factor(member, half.token, "000000") is None
    assert isinstance(sites.factor(member, half.token, member.code(NOW)), Wait)


def test_a_log_in_brings_an_old_hash_to_the_present_cost(sites: Sites):
    member = sites.member()
    dearer = Entrance("portal", b"w" * 32, b"W" * 32, Cost(2, 16, 1))
    with sites.at("portal") as session:
        half = logging_in.log_in(session, dearer, member.login, PASSWORD, NETWORK, NOW)
    assert isinstance(half, HalfSession)
    with sites.at("owner") as session:
        assert session.scalar(text("select parameters from authn.credential")) == "2,16,1"
    assert isinstance(sites.factor(member, half.token, member.code(NOW)), FullSession)
    assert isinstance(sites.half(member), HalfSession)


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(sites: Sites):
    member = sites.member()
    first, second = sites.full(member), sites.full(member, NOW + STEP * 2)
    at = ENTRANCES["portal"]
    with sites.at("portal") as session:
        wrong, right = (
            logging_in.verifier_of(session, at, member.login, typed)[0] for typed in ("wrong wrong wrong", PASSWORD)
        )
        assert not logging_in.change_password(session, at, second, wrong, "another good password", NOW)
        assert find_actor(session, at, first, NOW)
        assert logging_in.change_password(session, at, second, right, "another good password", NOW)
        assert find_actor(session, at, first, NOW) is None
        assert find_actor(session, at, second, NOW)
    assert sites.half(member) is None
    assert isinstance(sites.half(member, password="another good password"), HalfSession)
