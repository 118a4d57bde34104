"""A library with a text of every fate, and no limits used."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.published import correct, make_published
from tests.sheets import make_sheet, make_text
from tests.sites import Browser
from web_kit.app import limiter
from workflows.core import clock
from workflows.core.actors import Role
from workflows.excerpts.models import PublishedVersion

TODAY = clock.today()


@pytest.fixture(autouse=True)
def no_limits_used(public_app: Flask) -> None:
    with public_app.app_context():
        limiter.reset()


@dataclass(frozen=True)
class Library:
    """The names of texts by their fate."""

    current: str
    corrected: str
    held: str
    withdrawn: str
    retracted: str
    expired: str
    translation: str
    in_sheet: str

    @property
    def all(self) -> list[str]:
        return list(vars(self).values())


@pytest.fixture
def library(scene: Session) -> Library:
    """One of each, committed, with a country sheet."""
    current = make_published(scene, versions=3)
    corrected = make_published(scene, versions=2, notice="The price was per week.")
    correct(scene, corrected, 2, "The price was per week.")
    retracted = make_published(scene, state="retracted", notice="It was false.", changed_on=TODAY, title="COD-HEA-0000")
    scene.execute(update(PublishedVersion).where(PublishedVersion.ref == retracted).values(retracted=True))
    in_sheet = make_text(scene, "HEA")
    make_sheet(scene, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), {"HEA": [in_sheet]})
    made = Library(
        current, corrected, make_published(scene, state="on_hold"),
        make_published(scene, state="withdrawn", notice="The office has closed.", changed_on=TODAY - timedelta(days=2)),
        retracted, make_published(scene, information_date=TODAY - timedelta(days=500)),
        make_published(scene, source_ref=current, source_number=2, language="nl", title="Insuline in Kinshasa"), in_sheet,
    )  # fmt: skip
    scene.commit()
    return made


@pytest.fixture
def ask(public: Browser) -> Any:
    """The JSON that an address answers."""

    def get(path: str, **asked: Any) -> Any:
        answer = public.get(path if path.startswith("http") else f"/api/v1/{path}", query_string=asked or None)
        assert answer.status_code == 200, answer.text
        return answer.json

    return get
