"""Whether the time of a refusal tells which user names exist: both kinds in turns, and Welch's t.

A |t| below 4.5 is what the literature of timing leaks calls no evidence; the figure moves from run to run.
"""

import os
import re
import statistics
from itertools import count
from uuid import uuid4

import psycopg

from benchmarks.world import BenchWorld, rounds_of
from config.settings import PortalSettings
from partner_portal.app import create_app
from web_kit.app import limiter
from workflows.accounts.passwords import COST, new_verifier

ROUNDS = 100
NO_EVIDENCE = 4.5
NAMES = ROUNDS + 1


def main(world: BenchWorld) -> None:
    app = create_app(PortalSettings.from_environment(world.env))
    limiter.enabled = False
    client, networks = app.test_client(), count()
    with psycopg.connect(world.owner_url) as owner:
        enrol(owner)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login").text)
    if token is None:
        raise RuntimeError("the form has no token")

    def refused(login: str) -> None:
        """Each try comes from a network of its own, so that nothing waits."""
        here = next(networks)
        answer = client.post(
            "/login",
            data={"csrf_token": token[1], "login": login, "password": "wrong wrong wrong wrong"},
            environ_base={"REMOTE_ADDR": f"10.{here // 250}.{here % 250}.1"},
        )
        if answer.status_code != 400:
            raise RuntimeError(f"signing in answered {answer.status_code}")

    wrong, unknown = count(), count()
    times = rounds_of(
        {
            "a wrong password": lambda: refused(f"bench-{next(wrong)}"),
            "an unknown name": lambda: refused(f"nobody-{next(unknown)}"),
        },
        ROUNDS,
    )
    print(f"\nSigning in, refused; {ROUNDS} of each in turns")
    for name, taken in times.items():
        print(f"{name:<26}{statistics.mean(taken):8.2f} ms   spread {statistics.stdev(taken):.2f}")
    found = welch(*times.values())
    print(f"{'Welch t':<26}{found:8.2f}      {'no evidence' if abs(found) < NO_EVIDENCE else 'THEY CAN BE TOLD APART'}")


def enrol(owner: psycopg.Connection) -> None:
    """Accounts with a password, of one organisation. One verifier will do: nobody gets in."""
    partner, verifier = uuid4(), new_verifier("a password that nobody types", COST)
    owner.execute(
        "insert into partner_organisation (id, version, name, countries, languages, timezone, calendar, active)"
        " values (%s, 1, 'Bench', '{COD}', '{en}', 'UTC', 'BE', true)",
        [partner],
    )
    for number in range(NAMES):
        account = uuid4()
        owner.execute(
            "insert into researcher (id, name, language, timezone, active, partner_id)"
            " values (%s, 'B', 'en', 'UTC', true, %s)",
            [account, partner],
        )
        owner.execute(
            "insert into authn.credential (account_id, site, login, salt, parameters, verifier, factor_counter, active)"
            " values (%s, 'portal', %s, %s, %s, %s, 0, true)",
            [account, f"bench-{number}", os.urandom(16), verifier.parameters, verifier.digest],
        )


def welch(one: list[float], other: list[float]) -> float:
    """How many standard errors lie between two means, whatever their spreads."""
    error = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return float((statistics.mean(one) - statistics.mean(other)) / error**0.5)
