"""The counsellors' site's own log-in, for tests of what a counsellor does: row security on, a live session."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.environment import SEALING
from workflows.accounts.models import LoginSession
from workflows.core.actors import Counsellor
from workflows.core.clock import now
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring

CASELOAD_KEYS = Keyring(sealing_public=bytes(SEALING.public_key), requester_text=b"r" * 32, labels=b"l" * 32)
Counselling = Callable[[Counsellor], AbstractContextManager[Session]]


@pytest.fixture(scope="session")
def caseload_engine(database: DatabaseUrls) -> Iterator[Engine]:
    engine = make_engine(database.caseload_url)
    yield engine
    engine.dispose()


@pytest.fixture
def counselling(caseload_engine: Engine, house: Engine, clean: None) -> Counselling:
    """A unit of work of the counsellors' site, for this counsellor."""

    @contextmanager
    def work(counsellor: Counsellor) -> Iterator[Session]:
        token, moment = secrets.token_urlsafe(32), now()
        with begin(house, Keyring()) as session:
            session.add(
                LoginSession(
                    digest=sha256(token.encode()).digest(), site="caseload", account_id=counsellor.id, level="full",
                    created_at=moment, seen_at=moment, expires_at=moment + timedelta(hours=1), revoked_at=None,
                )
            )  # fmt: skip
        with begin(caseload_engine, CASELOAD_KEYS, sha256(token.encode()).hexdigest()) as session:
            yield session

    return work
