"""An answer that was accepted, and three editors."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.reviews import Submitted, submitted
from workflows.core.actors import Role, Staff


@pytest.fixture
def case(scene: Session) -> Submitted:
    return submitted(scene, state="accepted")


@pytest.fixture
def editors(scene: Session) -> list[Staff]:
    return [make_staff(scene, Role.EDITOR) for _ in range(3)]
