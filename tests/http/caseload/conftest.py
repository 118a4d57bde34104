"""A counsellor who is signed in to the caseload."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_counsellor
from tests.sites import Browser
from workflows.core.actors import Counsellor


@pytest.fixture
def counsellor(scene: Session) -> Counsellor:
    account = make_counsellor(scene)
    scene.commit()
    return account


@pytest.fixture
def signed_in(caseload: Browser, counsellor: Counsellor) -> Browser:
    return caseload.sign_in(counsellor.id)
