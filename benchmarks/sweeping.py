"""Letting offers lapse, one row and one transaction each, beside one UPDATE; and finding that nothing is due."""

import time
from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg

from benchmarks.world import BenchWorld, in_turns
from config.settings import WorkerSettings
from tasks.clock import moves_due
from tasks.sweep import run
from tasks.world import build_world
from workflows.assignments.lifecycle import ASSIGNMENT

WAITING = 50_000
DUE = 400
ROUNDS = 5
ADD = """
insert into assignment (id, version, number, kind, country, topics, state, proposed_partner_id, partner_id, language,
    terms, effort, urgency, field_visit, created_at, offered_at, respond_by, lapse_at)
select gen_random_uuid(), 1, nextval('assignment_number'), 'question', 'COD', '{}', 'offered', %(partner)s, %(partner)s,
    'fr', '', '', 'normal', false, now(), now(), now(), now() + %(when)s::interval
from generate_series(1, %(number)s)"""
BARE = """
update assignment set state = 'lapsed', version = version + 1, closed_at = now()
where state = 'offered' and lapse_at <= now()"""


def main(world: BenchWorld) -> None:
    worker = build_world(WorkerSettings.from_environment(world.env))
    lapse = moves_due(ASSIGNMENT, ASSIGNMENT.move("lapse"))
    with psycopg.connect(world.owner_url, autocommit=True) as house:
        partner = _partner(house)

        def add(number: int, when: str) -> None:
            house.execute(ADD, {"partner": partner, "when": when, "number": number})

        add(WAITING, "5 days")
        house.execute("vacuum (analyze) assignment")
        idle = in_turns({"ours": lambda: run(worker, lapse, DUE)}, ROUNDS * 4)["ours"]
        ours, bare = 0.0, 0.0
        for _ in range(ROUNDS):
            add(DUE, "-1 minute")
            ours += _seconds(lambda: run(worker, lapse, DUE + 1))
            add(DUE, "-1 minute")
            bare += _seconds(lambda: house.execute(BARE))
    worker.engine.dispose()
    moved = ROUNDS * DUE
    print(f"\nThe clock, {WAITING} offers waiting, {DUE} due at a time")
    print(f"nothing due               {idle:8.2f} ms")
    print(f"floor (one UPDATE)        {moved / bare:8.0f} moves a second")
    print(f"ours, with event, letters {moved / ours:8.0f} moves a second   {ours / bare:.0f} x")


def _partner(house: psycopg.Connection) -> UUID:
    partner = uuid4()
    house.execute(
        "insert into partner_organisation (id, version, name, countries, languages, timezone, calendar, active)"
        " values (%s, 1, 'Measured', '{COD}', '{fr}', 'Africa/Kinshasa', 'CD', true)",
        [partner],
    )
    return partner


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
