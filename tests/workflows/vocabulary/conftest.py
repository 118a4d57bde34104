"""A session of the release owner on an empty vocabulary; nothing of it stays after the test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, delete
from sqlalchemy.orm import Session

from workflows.vocabulary.models import Country, Facet, Region, Topic


@pytest.fixture
def session(database) -> Iterator[Session]:
    engine = create_engine(database.owner_url.replace("postgresql://", "postgresql+psycopg://"))
    with Session(engine) as session:
        for model in (Country, Topic, Facet, Region):
            session.execute(delete(model))
        yield session
        session.rollback()
    engine.dispose()
