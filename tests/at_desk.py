"""The desk's own log-in, as a member of staff would use it, one committed unit of work at a time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring, holding

AtDesk = Callable[[], AbstractContextManager[Session]]


@pytest.fixture(scope="session")
def desk_engine(database: DatabaseUrls) -> Iterator[Engine]:
    engine = make_engine(database.desk_url)
    yield engine
    engine.dispose()


@pytest.fixture
def at_desk(desk_engine: Engine, keys: Keyring, clean: None) -> AtDesk:
    """`with at_desk() as session:` commits at the end, or rolls back when the domain refuses."""
    return lambda: begin(desk_engine, keys)


@pytest.fixture
def desk_statements(desk_engine: Engine) -> Iterator[list[str]]:
    """Every statement that the desk's log-in runs; clear it before what is to be counted."""
    seen: list[str] = []

    def note(conn, cursor, statement, *rest) -> None:
        if "set_config" not in statement:
            seen.append(statement)

    event.listen(desk_engine, "before_cursor_execute", note)
    yield seen
    event.remove(desk_engine, "before_cursor_execute", note)


@pytest.fixture
def desk_session(desk_engine: Engine, keys: Keyring, scene: Session) -> Iterator[Session]:
    """What a view of the desk is handed. A test may commit it; what it leaves is rolled back."""
    with Session(desk_engine, expire_on_commit=False) as session, holding(keys):
        yield session
