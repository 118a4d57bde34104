"""The button below what to fix first: it counts the texts whose partners can be asked, and says why not of the others."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import published
from tests.factories import NOW, make_partner, make_question
from tests.http.desk.test_freshness import PAGE, TODAY, sign_in
from tests.published import make_published
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.models import Excerpt


def stale(scene: Session, partner: str | None = None) -> Excerpt:
    """A text that people ask about, three days out of date."""
    text = published(scene, now=NOW)
    text.partner_id, text.valid_until = make_partner(scene, name=partner).id if partner else None, TODAY - timedelta(3)
    make_published(
        scene, topic_group="HOU", information_date=TODAY - timedelta(days=200), valid_until=TODAY - timedelta(days=3)
    )
    make_question(scene, received_at=now(), topics=["HOU-rent"])
    return text


def button(page: str) -> str:
    """The words of the button and what stands below it."""
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index('id="fix-first"') :]).split())


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR])
def test_it_counts_those_that_can_be_asked_and_says_why_not_of_the_others(
    desk: Browser, scene: Session, role: Role
) -> None:
    stale(scene, "Its own")
    stale(scene)
    stale(scene)
    said = button(sign_in(desk, scene, role).get(PAGE).text)
    assert "Ask about 1 text" in said
    assert "2 texts are out of date too and cannot be asked about as it stands:" in said
    assert "2 × No partner stands behind this text." in said


def test_where_nobody_can_be_asked_it_leads_to_why(desk: Browser, scene: Session) -> None:
    stale(scene)
    said = button(sign_in(desk, scene, Role.EDITOR).get(PAGE).text)
    assert "Ask about" not in said
    assert "See why nobody can be asked" in said
    assert "1 text is out of date and cannot be asked about as it stands: No partner stands behind" in said


def test_whoever_asks_nobody_has_no_button(desk: Browser, scene: Session) -> None:
    stale(scene, "Its own")
    said = button(sign_in(desk, scene, Role.MANAGER).get(PAGE).text)
    assert ("Ask about" in said, "cannot be asked" in said) == (False, False)
