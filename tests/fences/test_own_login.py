"""The doors about one's own log-in, tried with the credentials of each site: they move one's own account and no other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.factories import make_counsellor, make_researcher, make_staff
from tests.fences.rows import log_in
from workflows.accounts.models import Credential, RecoveryCode
from workflows.core.clock import now

SITES = {"desk": make_staff, "portal": make_researcher, "caseload": make_counsellor}
TABLES = ("credential", "recovery_code", "session")
CALLS = {
    "factor_held": "(%(digest)s, now())",
    "renew_session": "(%(digest)s, 7, sha256('mine'), now())",
    "renew_factor": "(%(digest)s, '-infinity', %(verifier)s, 'mine', 7, now())",
    "renew_recovery_codes": "(%(digest)s, '-infinity', %(verifier)s, array[sha256('mine')], now())",
    "change_password": "(%(digest)s, %(verifier)s, 'mine', '1,8,1', 'mine', now())",
    "sessions_of": "(%(digest)s, now(), '1 hour')",
    "end_one_session": "(%(digest)s, %(handle)s, now())",
    "end_all_sessions": "(%(digest)s, now())",
    "account_of": "(%(digest)s, now())",
}
NOTHING = ([], [("None",)], [("false",)], [("0",)])
NAMING = ("renew_factor", "renew_recovery_codes", "change_password", "end_one_session")
"""Those that are told a password or a session beside the one that asks."""
numbers = count(1)


@dataclass
class Holder:
    """Somebody with a log-in: whose password is known by its verifier, and whose sessions by their digests."""

    account: UUID
    verifier: bytes
    live: str
    dead: dict[str, str] = field(default_factory=dict)

    def given(self, digest: str, **changed: Any) -> dict[str, Any]:
        handle = sha256(bytes.fromhex(self.live)).digest()[:16].hex()
        return {"digest": bytes.fromhex(digest), "verifier": self.verifier, "handle": handle} | changed


def holder(scene: Session, site: str, **values: Any) -> Holder:
    account = SITES[site](scene, **values).id
    known = sha256(b"%d" % next(numbers)).digest()
    scene.add_all(
        [
            Credential(account_id=account, site=site, login=f"user-{account}", salt=b"s", parameters="1,8,1",
                       verifier=known, factor_sealed=b"f", factor_counter=1, active=True),
            RecoveryCode(digest=sha256(known).digest(), account_id=account, used_at=None),
        ]
    )  # fmt: skip
    over, a_day = now() - timedelta(seconds=1), now() - timedelta(days=1)
    dead = {
        "half": log_in(scene, site, account, level="password"),
        "past its end": log_in(scene, site, account, created_at=a_day, expires_at=over),
        "ended": log_in(scene, site, account, revoked_at=over),
        "of nobody": "0" * 64,
    }
    return Holder(account, known, log_in(scene, site, account), dead)


@dataclass
class Front:
    """One site's database log-in, and what stands in the tables that it cannot see."""

    site: str
    house: psycopg.Connection
    connection: psycopg.Connection

    def calls(self, name: str, given: dict[str, Any]) -> list[tuple[str, ...]]:
        rows = self.connection.execute(f"select t::text from authn.{name}{CALLS[name]} t", given).fetchall()
        self.connection.commit()
        return [tuple(map(str, row)) for row in rows]

    def standing(self, *but: UUID) -> dict[str, list[str]]:
        """Every row of everybody but these."""
        return {
            table: [row for (row,) in self.house.execute(
                f"select t::text from authn.{table} t where account_id <> all (%s) order by 1", [list(but)]
            )]
            for table in TABLES
        }  # fmt: skip


@pytest.fixture(params=SITES)
def front(request: pytest.FixtureRequest, database: DatabaseUrls, clean: None) -> Iterator[Front]:
    with (
        psycopg.connect(database.superuser_url, autocommit=True) as house,
        psycopg.connect(getattr(database, f"{request.param}_url")) as connection,
    ):
        yield Front(request.param, house, connection)


@pytest.fixture
def people(front: Front, scene: Session) -> dict[str, Holder]:
    """The attacker, a colleague on the same site, somebody who left, and somebody on each other site."""
    found = {name: holder(scene, front.site) for name in ("me", "colleague")}
    found["left"] = holder(scene, front.site, active=False)
    found |= {site: holder(scene, site) for site in SITES if site != front.site}
    scene.commit()
    return found


def opened(front: Front, people: dict[str, Holder], name: str) -> list[str]:
    """By which session that is over, or that is none here, a door opens, with the right password of its holder."""
    keys = [("me", *one) for one in people["me"].dead.items()]
    keys += [(who, "live", one.live) for who, one in people.items() if who not in {"me", "colleague"}]
    if name == "change_password":  # a half session may: so is the cost of a hash renewed, when the password is known
        keys.remove(("me", "half", people["me"].dead["half"]))
    return [
        f"{name}: {who}, {key}" for who, key, digest in keys
        if front.calls(name, people[who].given(digest)) not in NOTHING
    ]  # fmt: skip


def taken_over(front: Front, people: dict[str, Holder], name: str) -> list[str]:
    """Which door opens by one's own live session to what is not one's own: a password, a session."""
    me = people["me"]
    foreign = [("guess", me.given(me.live, verifier=b"guess")), ("none", me.given(me.live, verifier=None))]
    if name == "end_one_session":
        foreign = []
    foreign += [(who, other.given(me.live)) for who, other in people.items() if who != "me"]
    return [f"{name}: {whose}" for whose, given in foreign if front.calls(name, given) not in NOTHING]


@pytest.mark.parametrize("name", CALLS)
def test_a_session_that_is_over_or_of_another_site_opens_no_door(front: Front, people, name: str) -> None:
    before = front.standing()
    assert (opened(front, people, name), front.standing()) == ([], before)


@pytest.mark.parametrize("name", CALLS)
def test_a_live_session_moves_nobody_elses_rows(front: Front, people, name: str) -> None:
    me, before = people["me"], front.standing(people["me"].account)
    assert front.calls(name, me.given(me.live)) not in NOTHING
    assert front.standing(me.account) == before


@pytest.mark.parametrize("name", NAMING)
def test_nothing_is_renewed_by_the_password_of_another_and_nobody_elses_session_ends(
    front: Front, people, name: str
) -> None:
    before = front.standing()
    assert (taken_over(front, people, name), front.standing()) == ([], before)


@pytest.mark.parametrize("name", ["renew_factor", "renew_recovery_codes"])
def test_nothing_is_renewed_by_a_session_that_showed_its_factor_before_that_moment(
    front: Front, people, name: str
) -> None:
    me, before = people["me"], front.standing()
    late = CALLS[name].replace("'-infinity'", "now() + interval '1 minute'")
    told = front.connection.execute(f"select authn.{name}{late}", me.given(me.live)).fetchall()
    assert (told, front.standing()) == ([(False,)], before)


def test_a_used_code_renews_no_session(front: Front, people) -> None:
    me = people["me"]
    front.house.execute("update authn.credential set factor_counter = 7")
    before = front.standing()
    assert front.calls("renew_session", me.given(me.live)) in NOTHING
    assert front.standing() == before


def test_a_shut_credential_renews_nothing_and_gives_no_secret(front: Front, people) -> None:
    me = people["me"]
    front.house.execute("update authn.credential set active = false")
    before = front.standing()
    for name in ("factor_held", "renew_session", "renew_factor", "renew_recovery_codes", "change_password"):
        assert front.calls(name, me.given(me.live)) in NOTHING, name
    assert front.standing() == before


HOLES = [
    ("renew_factor", " and authn.serves(s.site)"),
    ("renew_factor", " and c.verifier = p_verifier"),
    ("renew_recovery_codes", " and c.verifier = p_verifier"),
    ("end_one_session", "t.account_id = s.account_id and "),
    ("standing", " and s.revoked_at is null"),
    ("standing", " and s.level = p_level"),
    ("is_welcome", " and s.active"),
]


@pytest.mark.parametrize("front", ["desk"], indirect=True)
@pytest.mark.parametrize(("function", "condition"), HOLES)
def test_a_hole_is_found(front: Front, people, function: str, condition: str) -> None:
    """What stands above would fail if a function forgot to ask."""
    (whole,) = front.house.execute("select pg_get_functiondef(%s::regproc)", [f"authn.{function}"]).fetchone()
    spaced = " ".join(whole.split("\n")).replace("  ", " ")
    assert condition.strip() in spaced
    front.house.execute(re.sub(re.escape(condition.strip()).replace(r"\ ", r"\s+"), "", whole))
    try:
        found = [one for name in CALLS for one in opened(front, people, name)]
        assert found + [one for name in NAMING for one in taken_over(front, people, name)]
    finally:
        front.house.execute(whole)
