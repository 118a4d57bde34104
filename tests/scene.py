"""For setting a scene: the owner's log-in and every key at once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.environment import SEALING
from workflows.core.db import make_engine
from workflows.core.sealed import Keyring, holding


@pytest.fixture(scope="session")
def house(database: DatabaseUrls) -> Iterator[Engine]:
    """The owner's log-in, for setting the scene."""
    engine = make_engine(database.owner_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def keys() -> Keyring:
    """Every key at once, for setting the scene; no process holds them all."""
    return Keyring(
        sealing_public=bytes(SEALING.public_key),
        sealing_private=bytes(SEALING),
        requester_text=b"r" * 32,
        second_factor=b"d" * 32,
        labels=b"l" * 32,
    )


@pytest.fixture
def scene(house: Engine, keys: Keyring, clean: None) -> Iterator[Session]:
    """A session in which a test sets its scene; commit before asking a site."""
    with Session(house, expire_on_commit=False) as session, holding(keys):
        yield session
