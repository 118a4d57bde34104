"""One question walks through the whole pipeline, page by page, over the three test clients."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from config import policy
from tests.journey.cast import make_cast
from tests.journey.reader import ClientReader
from tests.journey.story import Story
from tests.sites import Browser
from web_kit.app import limiter
from workflows.core.events import Event


@pytest.fixture(autouse=True)
def in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "FORM_FILL_SHORTEST", timedelta(0))
    monkeypatch.setattr(limiter, "enabled", False)


def test_a_question_becomes_a_reply_an_excerpt_and_a_country_sheet(
    public_app: Flask, desk_app: Flask, portal_app: Flask, house: Engine, scene: Session
) -> None:
    apps = {"public": public_app, "desk": desk_app, "portal": portal_app}

    def opens(site: str, account: UUID | None) -> ClientReader:
        browser = Browser(apps[site], house)
        return ClientReader(browser.sign_in(account) if account else browser)

    Story(make_cast(scene, opens)).tell()
    kinds = [kind for (kind,) in scene.query(Event.kind).order_by(Event.at) if not kind.startswith("reading.")]
    assert [kinds.count(one) for one in ("question.triage", "assignment.accept", "answer.submit", "answer.return")] == [
        1,
        1,
        2,
        1,
    ]
    assert {"answer.accept", "excerpt.publish", "question.answer", "edition.publish"} <= set(kinds)
