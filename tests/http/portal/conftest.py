"""A researcher at work: one accepted task of one point, and their browser. A file that needs another has its own."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, make_answer, make_assignment, make_partner, make_question, make_researcher
from workflows.assignments.models import Assignment


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the pages of a task stands at the tests' day."""
    for page in ("work", "answers", "beside", "keeping", "page", "saving"):
        monkeypatch.setattr(f"partner_portal.{page}.now", lambda: NOW)


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="accepted",
                          submit_by=date(2026, 3, 24))  # fmt: skip
    make_answer(scene, row)
    scene.commit()
    return row


@pytest.fixture
def browser(portal, scene: Session, partner, work):
    researcher = make_researcher(scene, partner, language="en")
    scene.commit()
    return portal.sign_in(researcher.id)
