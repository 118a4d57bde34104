"""The house of the account tests: real log-ins of every site on an empty database."""

from collections.abc import Iterator

import pytest

from tests.workflows.accounts.people import House
from workflows.core.db import make_engine


@pytest.fixture(scope="session")
def _engines(database) -> Iterator[House]:
    urls = {
        "owner": database.owner_url,
        "public": database.public_url,
        "desk": database.desk_url,
        "portal": database.portal_url,
        "worker": database.worker_url,
    }
    engines = {name: make_engine(url, pool_size=20, max_overflow=10) for name, url in urls.items()}
    yield House(engines)
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def house(_engines: House, clean) -> House:
    return _engines
