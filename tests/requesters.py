"""The public site's own log-in, as a visitor and as whoever typed a receipt code."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.environment import SEALING
from tests.factories import NOW, TODAY, requester_of
from workflows.accounts.tokens import digest_of, session_hash
from workflows.core.clock import now
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.replies.models import Reply
from workflows.replies.public import Card, status_page
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.models import Message, Question, Request
from workflows.requests.words import CONSENT_VERSION

PUBLIC_KEYS = Keyring(sealing_public=bytes(SEALING.public_key), requester_text=b"r" * 32)
LONG_ENOUGH = "Is insulin sold in the town, and what does it cost in a month?"
Following = Callable[[Request], AbstractContextManager[Session]]


def a_draft(*texts: str, **values: Any) -> Draft:
    """A complete draft with one question for each text."""
    given = {
        "submission_id": uuid4(),
        "requester_kind": "self",
        "language": "en",
        "contact": "me@example.org",
        "consent": CONSENT_VERSION,
        "questions": tuple(QuestionDraft(words, "COD", "Kinshasa") for words in texts or (LONG_ENOUGH,)),
    }
    return Draft(**given | values)


@pytest.fixture(scope="session")
def public_engine(database: DatabaseUrls) -> Iterator[Engine]:
    engine = make_engine(database.public_url)
    yield engine
    engine.dispose()


@pytest.fixture
def visiting(public_engine: Engine, clean: None) -> Callable[[], AbstractContextManager[Session]]:
    """A unit of work of the public site, for nobody in particular."""
    return lambda: begin(public_engine, PUBLIC_KEYS)


@pytest.fixture
def following(public_engine: Engine, clean: None) -> Following:
    """A unit of work of the public site, for whoever typed the code of this request."""

    @contextmanager
    def follow(request: Request) -> Iterator[Session]:
        token, moment = secrets.token_urlsafe(32), now()
        with begin(public_engine, PUBLIC_KEYS) as session:
            session.execute(
                text("select authn.open_request(:code, :digest, :now, :expires)"),
                {
                    "code": request.code_hash,
                    "digest": digest_of(token),
                    "now": moment,
                    "expires": moment + timedelta(hours=1),
                },
            )
        with begin(public_engine, PUBLIC_KEYS, session_hash(token)) as session:
            yield session

    return follow


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements of what happens inside, without the one that says who is asking."""
    seen: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if "set_config" not in statement:
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def page(following):
    def read(request: Request, now: datetime = NOW) -> tuple[Card, ...]:
        with following(request) as session:
            return status_page(session, requester_of(request), now)

    return read


def the_card(page, scene, request: Request, now: datetime = NOW) -> Card:
    scene.commit()
    [card] = page(request, now)
    return card


def ask_back(scene, question: Question, words: str = "Every day, or only sometimes?", at: datetime = NOW) -> None:
    question.state = "clarification_asked"
    question.clarification_asked_at = at
    question.clarification_closes_at = at + timedelta(days=30)
    scene.add(Message(question_id=question.id, direction="to_requester", to_requester=words, at=at))


def send_reply(scene, question: Question, words: str = "Two pharmacies of three have it.", **values) -> Reply:
    question.state = "answered"
    given = {"question_id": question.id, "language": "en", "text": words, "from_database": False,
             "author_id": uuid4(), "sent_at": NOW}  # fmt: skip
    reply = Reply(**given | values)
    scene.add(reply)
    return reply


def publish(scene, ref: str, number: int = 1, **values) -> None:
    flat = {"country": "COD", "topic_group": "HEA", "topics": ["HEA-medicines"], "facets": [], "language": "fr",
            "place": "Kinshasa", "title": f"Insuline {number}", "summary": "En bref.", "body": "Texte.", "unknown": "",
            "confidence": "sure", "sources": [], "information_date": TODAY - timedelta(days=10),
            "valid_until": TODAY + timedelta(days=80), "check_soon_from": TODAY + timedelta(days=60),
            "expires_on": TODAY + timedelta(days=170), "published_on": TODAY, "source_ref": None,
            "source_number": None}  # fmt: skip
    state = {"state": "published", "notice": "", "listed": True, "changed_on": TODAY, "analysis": 0}
    given = {name: value for name, value in values.items() if name in flat}
    scene.add(PublishedVersion(ref=ref, number=number, change="first", public_note="",
                               retracted=values.get("state") == "retracted", **flat | given))  # fmt: skip
    current = scene.get(PublishedExcerpt, ref) or PublishedExcerpt(ref=ref)
    for name, value in (flat | state | values | {"number": number, "search": text("''::tsvector")}).items():
        setattr(current, name, value)
    scene.add(current)
    scene.flush()
