"""Whoever is signed out and goes on is shown the way in, and afterwards the page where they were: never a bare text."""

from io import BytesIO

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.http.test_login import STEP, Guest
from tests.sites import Browser
from workflows.accounts.models import LoginSession
from workflows.core.clock import now

FILES = {
    "/w/ledger.csv?month=2026-02": "/w/ledger?month%3D2026-02",
    "/w/ledger.docx?month=2026-02": "/w/ledger?month%3D2026-02",
    "/w/t/{task}.docx": "/w/t/{task}",
}


@pytest.mark.parametrize("end", ["signed out", "ended elsewhere", "expired"])
@pytest.mark.parametrize("address", FILES)
def test_a_file_asked_for_too_late_leads_to_the_way_in(scene: Session, work, browser: Browser, end, address) -> None:
    if end == "signed out":
        browser.post("/logout", {})
    else:
        over = {"revoked_at": now()} if end == "ended elsewhere" else {"expires_at": now()}
        scene.execute(update(LoginSession).values(**over))
        scene.commit()
    answer = browser.get(address.format(task=work.id))
    assert (answer.status_code, answer.mimetype) == (303, "text/html")
    assert answer.headers["Location"].replace("?month=", "?month%3D") == f"/login?next={FILES[address]}".format(
        task=work.id
    )
    assert "<h1>Sign in</h1>" in browser.get(answer.headers["Location"]).text


def test_a_press_that_came_too_late_leads_back_to_its_page(scene: Session, work, portal: Browser) -> None:
    answer = portal.post(f"/w/t/{work.id}/accept", {})
    assert answer.headers["Location"] == f"/login?next=/w/t/{work.id}"


@pytest.mark.parametrize("page", ["upload", "files"])
def test_a_file_sent_too_late_is_said_to_be_not_sent_on_the_way_in(
    scene: Session, work, browser: Browser, page
) -> None:
    path = f"/w/t/{work.id}/{page}"
    scene.execute(update(LoginSession).values(expires_at=now()))
    scene.commit()
    answer = browser.post(path, {"file": (BytesIO(b"PK"), "task-1.docx")})
    assert answer.headers["Location"] == f"/login?next={path}"
    shown = browser.get(answer.headers["Location"]).text
    assert "Your file was not sent. Choose it again." in shown
    assert "Your file was not sent." not in browser.get(answer.headers["Location"]).text


def test_the_hint_on_the_button_to_the_way_in_flows_with_its_words(work, portal: Browser) -> None:
    """One box in the button, so that a narrow screen makes no two columns of them."""
    page = portal.post(f"/w/t/{work.id}/answer", {"points-0-text": "Two of three pharmacies had it."}).text
    hint = ' <span class="faint">(opens beside this page)</span>'
    assert f'rel="noreferrer"><span>Sign in again{hint}</span></a>' in page


def test_whoever_signs_in_is_where_the_file_is(scene: Session, portal: Browser) -> None:
    guest = Guest(portal, scene, "nour")
    guest.enrol()
    portal.post("/logout", {})
    query = portal.get("/w/ledger.csv?month=2026-02").headers["Location"].removeprefix("/login")
    guest.first_step(query=query)
    assert guest.second_step(guest.code(STEP), query).headers["Location"] == "/w/ledger?month=2026-02"
