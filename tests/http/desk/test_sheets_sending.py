"""Sending a sheet for approval carries along what was typed in its form: saved and sent, or neither."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import form_in, make_draft, make_text
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.sheets.composition import drafts_of
from workflows.sheets.desk import WITH_PINS
from workflows.sheets.models import Edition

PAGE = "/desk/sheets/COD?language=fr"


@dataclass(frozen=True)
class Desk:
    """Two editors in two browsers, a draft with a text on health, and another such text."""

    browser: Browser
    second: Browser
    health: str
    more: str


@pytest.fixture
def draft(desk: Browser, desk_app: Flask, house: Engine, scene: Session) -> Desk:
    author, other = make_staff(scene, Role.EDITOR, name="Ines"), make_staff(scene, Role.EDITOR, name="Bram")
    health, more = make_text(scene, "HEA", title="Soins à Kinshasa"), make_text(scene, "HEA", title="Autre soin")
    make_draft(scene, author, {"HEA": [health]}, {"HEA": "Avant les soins."})
    scene.commit()
    return Desk(desk.sign_in(author.id), Browser(desk_app, house).sign_in(other.id), health, more)


def edition(scene: Session) -> Edition:
    scene.expire_all()
    return scene.scalars(select(Edition).options(*WITH_PINS)).one()


def stands(scene: Session) -> tuple[str, list[str]]:
    """The introduction and the texts of the section on health."""
    [section] = [one for one in drafts_of(edition(scene)) if one.group == "HEA"]
    return section.intro, [pin.ref for pin in section.pins]


def press(browser: Browser, scene: Session, button: str, form: dict[str, Any], **changes: Any) -> Any:
    """Send the form with these changes; what is empty is a box that was not ticked."""
    typed = {name: value for name, value in (form | changes).items() if value}
    return browser.post(f"/desk/sheets/editions/{edition(scene).id}/{button}", typed)


def test_what_was_typed_is_saved_and_sent_by_one_press(draft: Desk, scene: Session):
    page = draft.browser.get(PAGE).text
    assert re.search(r'<button[^>]*form="edition" formaction="[^"]*/send"', page)
    assert re.search(r'<input[^>]*name="gaps_known"[^>]*form="edition"', page)
    typed = {"sections-7-intro": "Tapé.", "sections-7-add": draft.more, "gaps_known": "yes"}
    assert press(draft.browser, scene, "send", form_in(page), **typed).status_code == 303
    assert edition(scene).state == "in_review"
    assert stands(scene) == ("Tapé.", [draft.health, draft.more])
    assert "Tapé." in draft.second.get("/desk/sheets/COD/preview?language=fr").text


@pytest.mark.parametrize(("gaps_known", "intro"), [("", "Tapé."), ("yes", "Tapé. Nous vous conseillons de rentrer.")])
def test_a_send_that_is_refused_saves_nothing_and_shows_what_was_typed(
    draft: Desk, scene: Session, gaps_known: str, intro: str
):
    typed = {"sections-7-intro": intro, "gaps_known": gaps_known}
    answer = press(draft.browser, scene, "send", form_in(draft.browser.get(PAGE).text), **typed)
    assert (answer.status_code, edition(scene).state) == (422, "draft")
    assert form_in(answer.text)["sections-7-intro"] == intro
    assert stands(scene)[0] == "Avant les soins."
    typed |= {"sections-7-intro": "Tapé.", "gaps_known": "yes"}
    assert press(draft.browser, scene, "send", form_in(answer.text), **typed).status_code == 303
    assert (stands(scene)[0], edition(scene).state) == ("Tapé.", "in_review")


def test_whoever_sends_after_somebody_else_saved_keeps_their_text(draft: Desk, scene: Session):
    mine = form_in(draft.second.get(PAGE).text) | {"sections-7-intro": "La mienne.", "gaps_known": "yes"}
    press(draft.browser, scene, "save", form_in(draft.browser.get(PAGE).text), **{"sections-7-intro": "La sienne."})
    answer = press(draft.second, scene, "send", mine)
    assert (answer.status_code, edition(scene).state) == (409, "draft")
    assert answer.text.count("La mienne.") == 2  # beside the other, and in the form
