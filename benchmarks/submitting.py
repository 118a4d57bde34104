"""Asking, complete (form, CSRF, sealing, event, outbox, commit), beside one statement that writes the same rows."""

import re
from datetime import timedelta
from uuid import uuid4

import psycopg

from benchmarks.world import BenchWorld, in_turns
from config.settings import PublicSettings
from web_kit.app import limiter
from webapp.public.app import create_public
from webapp.tickets import Ticket
from workflows.core import clock

ROUNDS = 60
TEXT = "Is insulin sold in the town, and what does it cost in a month?"
BARE = """
with r as (insert into request (id, channel, language, requester_kind, consent_version, consented_at, code_hash,
             code_key_version, submission_id, received_at)
           values (%(r)s, 'web', 'en', 'self', '1', now(), %(h)s, 1, %(s)s, now())),
     q as (insert into question (id, version, request_id, number, state, language, neutral_language, original_sealed,
             country, topics, facets, urgency, received_at, triage_by, promised_by, was_triaged)
           values (%(q)s, 1, %(r)s, 1, 'received', 'en', 'en', %(h)s, 'COD', '{}', '{}', 'normal', now(), now(), now(),
             false)),
     e as (insert into event (id, kind, object_kind, object_id, question_id, actor_kind, to_state, codes, at)
           values (%(e)s, 'question.open', 'question', %(q)s, %(q)s, 'visitor', 'received', '{}', now()))
insert into outbox (event_id, at) values (%(e)s, now())"""


def main(world: BenchWorld) -> None:
    app = create_public(PublicSettings.from_environment(world.env))
    limiter.enabled = False
    client = app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/en/ask").text)
    if token is None:
        raise RuntimeError("the form has no token")

    def ours() -> None:
        with app.app_context():
            ticket = Ticket.issue(clock.now() - timedelta(minutes=1)).sign()
        form = {"csrf_token": token[1], "ticket": ticket, "requester_kind": "self", "questions-0-text": TEXT,
                "questions-0-country": "COD", "questions-0-place": "Kinshasa", "language": "en", "contact": "",
                "consent": "y", "website": ""}  # fmt: skip
        answer = client.post("/en/ask", data=form)
        if answer.status_code != 200 or "receipt" not in answer.text:
            raise RuntimeError(f"asking answered {answer.status_code}")

    with psycopg.connect(world.owner_url, autocommit=True) as bare:

        def statement() -> None:
            ids = {name: uuid4() for name in "rsqe"}
            bare.execute(BARE, ids | {"h": uuid4().bytes * 2})

        took = in_turns({"ours": ours, "bare": statement}, ROUNDS)
    print(f"\nAsking one question, median of {ROUNDS} rounds, one client")
    print(f"{'floor (one statement)':<26}{took['bare']:8.2f} ms {1000 / took['bare']:8.0f} a second")
    ratio = took["ours"] / took["bare"]
    print(f"{'ours, from form to page':<26}{took['ours']:8.2f} ms {1000 / took['ours']:8.0f} a second   {ratio:.1f} x")
