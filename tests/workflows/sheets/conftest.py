"""Two editors, an officer, three texts on DR Congo that can be pinned, and a reader."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.factories import make_staff
from tests.sheets import make_text
from workflows.core.actors import Role, Staff
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring


@dataclass(frozen=True)
class Desk:
    """Who works at it, and the references of the texts."""

    author: Staff
    other: Staff
    officer: Staff
    health: str
    more_health: str
    housing: str


@pytest.fixture
def people(scene: Session) -> Desk:
    author, other, officer = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), make_staff(scene)
    texts = make_text(scene, "HEA", versions=2), make_text(scene, "HEA"), make_text(scene, "HOU")
    scene.commit()
    return Desk(author, other, officer, *texts)


@pytest.fixture
def reader(database: DatabaseUrls, clean: None):
    """The public site's own log-in."""
    engine = make_engine(database.public_url)
    with begin(engine, Keyring()) as session:
        yield session
    engine.dispose()
