"""Days away in the portal: seen, added, changed and taken out by any researcher of the organisation."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, make_absence, make_partner, make_researcher
from workflows.accounts.models import PartnerAbsence


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("partner_portal.absence", "web_kit.absences"):
        monkeypatch.setattr(f"{module}.now", lambda: NOW)


@pytest.fixture
def browser(portal, scene: Session, partner):
    researcher = make_researcher(scene, partner, language="en")
    scene.commit()
    return portal.sign_in(researcher.id)


def typed(first: date, last: date) -> dict:
    boxes = lambda day: [str(day.day), str(day.month), str(day.year)]  # noqa: E731
    return {"first_day": boxes(first), "last_day": boxes(last)}


def days(scene: Session) -> list[tuple[date, date]]:
    scene.expire_all()
    return [(one.first_day, one.last_day) for one in scene.scalars(select(PartnerAbsence))]


MAY = date(2026, 5, 4), date(2026, 5, 8)


def test_it_says_what_is_planned_and_nothing_of_what_is_over_or_anothers(scene, partner, browser) -> None:
    assert "No absence is planned" in browser.get("/w/absence").text
    make_absence(scene, partner, TODAY, TODAY + timedelta(days=2))
    make_absence(scene, partner, TODAY - timedelta(days=9), TODAY - timedelta(days=8))
    make_absence(scene, make_partner(scene), *MAY)
    scene.commit()
    text = browser.get("/w/absence").text
    assert ("10 Mar 2026" in text, "Away now" in text) == (True, True)
    assert ("1 Mar 2026" in text, "4 May 2026" in text) == (False, False)


def test_a_period_is_added_and_joined(scene, browser) -> None:
    first = browser.post("/w/absence", typed(*MAY))
    assert (first.status_code, first.headers["Location"]) == (303, "/w/absence")
    said = browser.post("/w/absence", typed(date(2026, 5, 9), date(2026, 5, 10)), follow_redirects=True)
    assert "Saved: away from 4 May 2026 until 10 May 2026." in said.text
    assert days(scene) == [(MAY[0], date(2026, 5, 10))]


def test_a_wrong_period_keeps_what_was_typed_beside_the_reason(scene, browser) -> None:
    for data, said in (
        (typed(MAY[1], MAY[0]), "This is before the first day."),
        ({"first_day": ["4", "5", "2026"]}, "Say until which day."),
        ({"first_day": ["4", "", "2026"], "last_day": ["5", "5", "2026"]}, "Write the day, the month and the year"),
    ):
        answer = browser.post("/w/absence", data)
        assert (answer.status_code, said in answer.text, 'value="2026"' in answer.text) == (422, True, True)
        assert "Error:" in answer.text.split("</title>")[0]
    assert days(scene) == []


def test_a_period_is_changed(scene, partner, browser) -> None:
    row = make_absence(scene, partner, *MAY)
    scene.commit()
    address = f"/w/absence/{row.id}"
    assert 'value="4"' in browser.get(address).text
    assert browser.post(address, {"version": "1", **typed(MAY[0], date(2026, 5, 6))}).status_code == 303
    assert days(scene) == [(MAY[0], date(2026, 5, 6))]
    wrong = browser.post(address, {"version": "2", **typed(MAY[1], MAY[0])})
    assert (wrong.status_code, "before the first day" in wrong.text) == (422, True)


def test_days_are_removed_once_somebody_has_seen_which_they_are(scene, partner, browser) -> None:
    row = make_absence(scene, partner, *MAY)
    scene.commit()
    address = f"/w/absence/{row.id}/remove"
    assert f'href="{address}"' in browser.get("/w/absence").text
    asked = browser.get(address).text
    assert ("Remove these days away?" in asked, "4 May 2026</time> – <time" in asked) == (True, True)
    assert 'href="/w/absence">No, go back' in asked
    assert days(scene) == [MAY]
    row.last_day = date(2026, 5, 7)
    scene.commit()
    assert browser.post(address, {"version": "1"}).status_code == 409, "other days than those on the page"
    assert browser.post(address, {"version": "2"}).headers["Location"] == "/w/absence"
    assert days(scene) == []
    assert (browser.get(address).status_code, browser.post(address, {"version": "2"}).status_code) == (404, 404)


def test_a_late_change_sees_both_and_can_be_sent_again(scene, partner, browser) -> None:
    row = make_absence(scene, partner, *MAY)
    row.last_day = date(2026, 5, 7)
    scene.commit()
    address, mine = f"/w/absence/{row.id}", typed(MAY[0], date(2026, 5, 5))
    late = browser.post(address, {"version": "1", **mine})
    assert late.status_code == 409
    assert ("7 May 2026" in late.text, "5 May 2026" in late.text, 'name="version"' in late.text) == (True,) * 3
    assert "4 May 2026" not in late.text  # on the first day they agree
    assert browser.post(address, {"version": "2", **mine}).status_code == 303
    assert days(scene) == [(MAY[0], date(2026, 5, 5))]


def test_anothers_period_looks_like_none(scene, browser) -> None:
    theirs = make_absence(scene, make_partner(scene), *MAY)
    scene.commit()
    assert browser.get(f"/w/absence/{theirs.id}").status_code == 404
    assert browser.get(f"/w/absence/{theirs.id}/remove").status_code == 404
    assert browser.post(f"/w/absence/{theirs.id}", typed(*MAY)).status_code == 404
    assert browser.post(f"/w/absence/{theirs.id}/remove", {"version": "1"}).status_code == 404
    assert days(scene) == [MAY]


@pytest.mark.parametrize("many", [3, 300])
def test_it_costs_the_same_however_often_one_was_away(scene, partner, browser, many) -> None:
    for number in range(many):
        day = TODAY - timedelta(days=3 * number)
        make_absence(scene, partner, day, day)
    scene.commit()
    with browser.statements() as seen:
        assert browser.get("/w/absence").status_code == 200
    assert len(seen) == 2
