"""The public site's own log-in, as a visitor and as whoever typed a receipt code."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.environment import SEALING
from workflows.accounts.tokens import digest_of, session_hash
from workflows.core.clock import now
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.models import Request
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
