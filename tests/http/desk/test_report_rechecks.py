"""Whom a reader's report leads to: another partner where none stands behind the text, and a draft that goes with it."""

from html import unescape

import pytest
from sqlalchemy import select

from tests.excerpts import published, recent
from tests.factories import make_partner, make_staff
from tests.http.desk.test_reports import again, close, report
from workflows.assignments.models import Assignment
from workflows.core.clock import now
from workflows.core.events import Event
from workflows.excerpts.recheck import ask_again

GONE = "The recheck that was drafted from it is not needed any more and is gone."


@pytest.fixture
def text(scene):
    """Without a partner behind it."""
    return published(scene, recent(), now=now())


@pytest.fixture
def asked(desk, scene, editor, text):
    """A report whose text is drafted to be checked again by its partner."""
    text.partner_id = make_partner(scene).id
    row = report(scene, text.ref, "outdated")
    desk.post(f"/desk/reports/{row.id}/recheck", {"version": row.version})
    return again(scene, row)


def draft(scene) -> Assignment:
    scene.expire_all()
    return scene.scalars(select(Assignment)).one()


def test_where_no_partner_stands_behind_the_text_others_are_offered_and_one_is_asked(
    desk,
    scene,
    editor,
    text,
):
    partner = make_partner(scene, name="Maison verte")
    row = report(scene, text.ref)
    page = unescape(desk.get(f"/desk/reports/{row.id}").text)
    assert "No partner stands behind this text." in page
    assert f'<option value="{text.ref}~{partner.id}">Maison verte' in page
    sent = {"version": row.version, "ask": f"{text.ref}~{partner.id}"}
    assert desk.post(f"/desk/reports/{row.id}/recheck", sent).status_code == 303
    assert (draft(scene).state, draft(scene).proposed_partner_id) == ("drafted", partner.id)
    assert again(scene, row).assignment_id == draft(scene).id


def test_nobody_chosen_says_so_beside_the_choice(desk, scene, editor, text):
    make_partner(scene)
    row = report(scene, text.ref)
    refused = desk.post(f"/desk/reports/{row.id}/recheck", {"version": row.version, "ask": ""})
    assert refused.status_code == 422
    assert f'id="other-{text.ref}-error"' in refused.text
    assert again(scene, row).state == "received"


def test_a_partner_who_cannot_be_asked_is_refused(desk, scene, editor, text):
    away = make_partner(scene, active=False)
    row = report(scene, text.ref)
    sent = {"version": row.version, "ask": f"{text.ref}~{away.id}"}
    assert desk.post(f"/desk/reports/{row.id}/recheck", sent).status_code == 422
    assert scene.scalars(select(Assignment)).all() == []


def test_closing_a_report_takes_the_draft_along_that_came_from_it_alone(desk, scene, asked):
    assert "When you close the report, this draft goes away." in desk.get(f"/desk/reports/{asked.id}").text
    assert close(desk, asked, "still_true").status_code == 303
    assert GONE in desk.get("/desk/reports").text
    assert (draft(scene).state, draft(scene).closed_at is not None) == ("revoked", True)
    page = desk.get(f"/desk/reports/{asked.id}").text
    assert "It went away with the report." in page
    assert f'href="/desk/assignments/{draft(scene).id}"' in page
    assert scene.scalars(select(Event).where(Event.kind == "assignment.drop")).one().object_id == draft(scene).id


def test_a_recheck_that_was_offered_meanwhile_stays(desk, scene, asked):
    row = draft(scene)
    row.state, row.partner_id = "offered", row.proposed_partner_id
    scene.commit()
    assert "this draft goes away" not in desk.get(f"/desk/reports/{asked.id}").text
    assert close(desk, asked, "still_true").status_code == 303
    assert draft(scene).state == "offered"


def test_so_does_a_draft_that_another_open_report_waits_for(desk, scene, asked, text):
    other = report(scene, text.ref, "wrong")
    desk.post(f"/desk/reports/{other.id}/recheck", {"version": other.version})
    assert close(desk, asked, "still_true").status_code == 303
    assert draft(scene).state == "drafted"


def test_so_does_a_draft_that_was_there_before_the_report(desk, scene, editor, text):
    text.partner_id = make_partner(scene).id
    ask_again(scene, make_staff(scene), text, now())
    row = report(scene, text.ref)
    desk.post(f"/desk/reports/{row.id}/recheck", {"version": row.version})
    assert close(desk, again(scene, row), "still_true").status_code == 303
    assert draft(scene).state == "drafted"
