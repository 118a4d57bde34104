"""Whether the time of a refusal tells what became of a receipt code: kinds in turns, ratios and Welch's t.

What makes the kinds alike is a test (`tests/http/public/test_follow.py`): the same statements run for each.
"""

import re
import statistics
from collections.abc import Iterator
from itertools import count
from uuid import uuid4

import psycopg

from benchmarks.signing_in import NO_EVIDENCE, welch
from benchmarks.world import BenchWorld, rounds_of
from config.settings import PublicSettings
from web_kit.app import limiter
from webapp.public.app import create_public
from workflows.requests.receipts import fingerprint, new_code

ROUNDS = 200
ASKED = """
insert into request (id, channel, language, requester_kind, consent_version, consented_at, code_hash, code_key_version,
    submission_id, received_at)
values (%s, 'web', 'en', 'self', '1', now(), %s, 1, %s, now())"""
DEAD = {
    "burnt": "update request set code_hash = null where id = %s",
    "expired, all erased": "update request set code_hash = null, code_seed = null, erased_at = now() where id = %s",
}


def main(world: BenchWorld) -> None:
    settings = PublicSettings.from_environment(world.env)
    app = create_public(settings)
    limiter.enabled = False
    client, networks = app.test_client(), count()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/en/q").text)
    if token is None:
        raise RuntimeError("the form has no token")
    key = settings.secret_receipt.encode()

    def refused(code: str) -> None:
        """Each try comes from a network of its own, so that nothing waits."""
        here = next(networks)
        answer = client.post(
            "/en/q",
            data={"csrf_token": token[1], "code": code},
            environ_base={"REMOTE_ADDR": f"10.{here // 250}.{here % 250}.1"},
        )
        if answer.status_code != 422:
            raise RuntimeError(f"a dead code was answered {answer.status_code}")

    kinds = {"never given out": unknown(key)}
    with psycopg.connect(world.owner_url, autocommit=True) as owner:
        kinds |= {kind: iter(died(owner, key, how)) for kind, how in DEAD.items()}
    works = {kind: (lambda codes=codes: refused(next(codes))) for kind, codes in kinds.items()}
    tell(rounds_of(works, ROUNDS))


def unknown(key: bytes) -> Iterator[str]:
    while True:
        yield new_code(key, uuid4())


def died(owner: psycopg.Connection, key: bytes, how: str) -> list[str]:
    """Codes that were given out, and then died in this way."""
    codes = []
    for _number in range(ROUNDS + 1):
        request, form = uuid4(), uuid4()
        codes.append(new_code(key, form))
        owner.execute(ASKED, [request, fingerprint(key, codes[-1]), form])
        owner.execute(how.encode(), [request])
    return codes


def tell(times: dict[str, list[float]]) -> None:
    """Each kind beside the first."""
    print(f"\nA receipt code, refused; {ROUNDS} of each in turns")
    first, *_others = times.values()
    for kind, taken in times.items():
        ratio, found = statistics.median(taken) / statistics.median(first), welch(first, taken)
        print(
            f"{kind:<22}{statistics.median(taken):8.2f} ms   ratio {ratio:.2f}   Welch t {found:6.2f}   "
            f"{'no evidence' if abs(found) < NO_EVIDENCE else 'CAN BE TOLD APART'}"
        )
