"""The portal without its pages: its own database log-in, its own few keys, a researcher's live session."""

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
from workflows.core import clock
from workflows.core.actors import Researcher
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring

PORTAL_KEYS = Keyring(sealing_public=bytes(SEALING.public_key))
AtWork = Callable[[Researcher], AbstractContextManager[Session]]


@pytest.fixture(scope="session")
def _portal_engine(database: DatabaseUrls) -> Iterator[Engine]:
    engine = make_engine(database.portal_url)
    yield engine
    engine.dispose()


@pytest.fixture
def at_work(_portal_engine: Engine, house: Engine, clean: None) -> AtWork:
    """`with at_work(researcher) as session:` is one unit of work of the portal on behalf of that researcher."""

    @contextmanager
    def unit(researcher: Researcher) -> Iterator[Session]:
        token = sha256(researcher.id.bytes)
        with begin(house, Keyring()) as session:
            if session.get(LoginSession, token.digest()) is None:
                session.add(_session(researcher, token.digest()))
        with begin(_portal_engine, PORTAL_KEYS, token.hexdigest()) as session:
            yield session

    return unit


def _session(researcher: Researcher, digest: bytes) -> LoginSession:
    moment = clock.now()
    return LoginSession(
        digest=digest,
        site="portal",
        account_id=researcher.id,
        level="full",
        created_at=moment,
        seen_at=moment,
        expires_at=moment + timedelta(hours=1),
        revoked_at=None,
    )
