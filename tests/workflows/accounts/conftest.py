"""The sites of the account tests, real log-ins of every site on an empty database; a keeper of accounts and a colleague."""

from collections.abc import Iterator

import pytest

from tests.workflows.accounts.keeping import Keeper
from tests.workflows.accounts.people import Sites
from workflows.core.db import make_engine


@pytest.fixture(scope="session")
def _engines(database) -> Iterator[Sites]:
    urls = {
        "owner": database.owner_url,
        "public": database.public_url,
        "desk": database.desk_url,
        "portal": database.portal_url,
        "caseload": database.caseload_url,
        "worker": database.worker_url,
    }
    engines = {name: make_engine(url, pool_size=20, max_overflow=10) for name, url in urls.items()}
    yield Sites(engines)
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def sites(_engines: Sites, clean) -> Sites:
    return _engines


@pytest.fixture
def keeper(sites: Sites) -> Keeper:
    return Keeper(sites)


@pytest.fixture
def colleague(sites: Sites, keeper: Keeper) -> Keeper:
    return Keeper(sites, keeps=False, partner_id=keeper.actor.partner_id)
