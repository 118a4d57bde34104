"""Readers' reports at the desk: personal data on top, a recheck with one press, an outcome at the end."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.excerpts import published, recent
from tests.factories import make_partner, make_staff
from tests.published import make_published
from workflows.assignments.models import Assignment
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.core.events import Event
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.report_models import ReaderReport
from workflows.excerpts.standing import hold_excerpt, resume_excerpt


@pytest.fixture
def editor(desk, scene):
    actor = make_staff(scene, Role.EDITOR, name="Ada Editor")
    scene.commit()
    desk.sign_in(actor.id)
    return actor


def report(scene, ref: str, reason: str = "wrong", **values) -> ReaderReport:
    row = ReaderReport(**{"ref": ref, "number": 1, "reason": reason, "state": "received", "at": now()} | values)
    row.text = "It says zebra, it should say okapi."
    scene.add(row)
    scene.commit()
    return row


def again(scene, row: ReaderReport) -> ReaderReport:
    scene.expire_all()
    return scene.get(ReaderReport, row.id)


def test_personal_data_comes_first_then_the_oldest(desk, scene, editor):
    old = make_published(scene, title="Old one")
    new, person = make_published(scene, title="New one"), make_published(scene, title="Somebody")
    report(scene, old, at=now() - timedelta(days=2))
    report(scene, new)
    report(scene, person, "personal")
    page = desk.get("/desk/reports").text
    assert page.index("Somebody") < page.index("Old one") < page.index("New one")
    assert "zebra" not in page


def test_the_navigation_counts_what_is_open_for_editors_only(desk, scene, editor):
    ref = make_published(scene)
    report(scene, ref)
    report(scene, ref, state="closed", outcome="nothing", closed_at=now())
    assert 'href="/desk/reports"' in desk.get("/desk/excerpts").text
    assert desk.get("/desk/reports?view=closed").text.count("Nothing to do") == 1
    officer = make_staff(scene, Role.OFFICER)
    scene.commit()
    desk.sign_in(officer.id)
    assert 'href="/desk/reports"' not in desk.get("/desk/excerpts").text
    assert desk.get("/desk/reports").status_code == 403


def test_personal_data_stands_above_the_list_of_texts_at_once(desk, scene, editor):
    ref = make_published(scene, title="Somebody")
    row = report(scene, ref, "personal")
    page = desk.get("/desk/excerpts").text
    assert "A reader found personal data in 1 text. Look at it now." in page
    assert f"/desk/reports/{row.id}" in page


@pytest.mark.parametrize("state", ["published", "on_hold"])
def test_of_personal_data_the_page_leads_to_what_takes_the_words_away(desk, scene, editor, state):
    ref = make_published(scene)
    scene.execute(update(PublishedExcerpt).where(PublishedExcerpt.ref == ref).values(state=state))
    personal, wrong = report(scene, ref, "personal"), report(scene, ref, "wrong")
    retract = f'href="/desk/excerpts/{ref}/retract"'
    page = desk.get(f"/desk/reports/{personal.id}").text
    assert "retract it: its words are gone at once" in page
    assert (retract in page, "/hold" in page) == (True, state == "published")
    assert retract not in desk.get(f"/desk/reports/{wrong.id}").text


def test_in_french_the_views_and_the_state_agree_with_reports(desk, scene, editor):
    row = report(scene, make_published(scene), state="closed", outcome="corrected", closed_at=now())
    desk.get("/language/fr?next=/desk/reports")
    page = desk.get("/desk/reports?view=closed").text
    views = re.search(r'<nav class="views".*?</nav>', page, re.S)[0]
    assert re.findall(r">(\w+) <span", views) == ["Ouverts", "Clôturés"]
    for shown in (page, desk.get(f"/desk/reports/{row.id}").text):
        assert "Signalement clôturé" in shown
        assert "Clôturée" not in shown


def test_opening_a_report_is_recorded(desk, scene, editor):
    row = report(scene, make_published(scene))
    assert "zebra" in desk.get(f"/desk/reports/{row.id}").text
    [event] = scene.scalars(select(Event).where(Event.kind == "reading.report"))
    assert (event.object_id, event.actor_id) == (row.id, editor.id)


def test_one_press_drafts_a_recheck_for_the_original_partner(desk, scene, editor):
    partner = make_partner(scene)
    excerpt = published(scene, recent(), now=now())
    excerpt.partner_id = partner.id
    row = report(scene, excerpt.ref, "outdated")
    answer = desk.post(f"/desk/reports/{row.id}/recheck", {"version": row.version})
    assert answer.status_code == 303
    [draft] = scene.scalars(select(Assignment))
    assert (draft.kind, draft.state, draft.proposed_partner_id) == ("recheck", "drafted", partner.id)
    assert (again(scene, row).state, row.assignment_id) == ("checking", draft.id)
    page = desk.get(f"/desk/reports/{row.id}").text
    assert "Offer to complete" in page
    other = report(scene, excerpt.ref, "wrong")
    desk.post(f"/desk/reports/{other.id}/recheck", {"version": other.version})
    assert len(scene.scalars(select(Assignment)).all()) == 1


def test_without_a_partner_nobody_can_be_asked(desk, scene, editor):
    excerpt = published(scene, recent(), now=now())
    row = report(scene, excerpt.ref)
    page = desk.get(f"/desk/reports/{row.id}").text
    assert "Ask the partner again" not in page
    assert "No partner stands behind this text." in page
    answer = desk.post(f"/desk/reports/{row.id}/recheck", {"version": row.version})
    assert answer.status_code == 422
    assert "Nobody can be asked." in answer.text
    assert again(scene, row).state == "received"


def test_a_report_is_closed_with_an_outcome_once(desk, scene, editor):
    row = report(scene, make_published(scene))
    version = row.version
    refused = desk.post(f"/desk/reports/{row.id}/close", {"version": version})
    assert refused.status_code == 422
    assert "Choose what became of it." in refused.text
    sent = {"version": version, "outcome": "still_true"}
    assert desk.post(f"/desk/reports/{row.id}/close", sent).status_code == 303
    done = again(scene, row)
    assert (done.state, done.outcome, done.editor_id) == ("closed", "still_true", editor.id)
    assert desk.post(f"/desk/reports/{row.id}/close", sent).status_code == 409


def close(desk, row: ReaderReport, outcome: str):
    return desk.post(f"/desk/reports/{row.id}/close", {"version": row.version, "outcome": outcome})


SAME = "The text is still the one that was reported. Correct it, hold it or take it back first."
STANDS = "Readers still have this text. Hold it or take it back first."


@pytest.mark.parametrize("reason", ["personal", "wrong", "outdated", "unclear"])
@pytest.mark.parametrize(("outcome", "why"), [("corrected", SAME), ("taken_back", STANDS)])
def test_nothing_is_said_to_be_mended_while_readers_have_the_text_that_was_reported(
    desk, scene, editor, reason, outcome, why
):
    excerpt = published(scene, recent(), now=now())
    row = report(scene, excerpt.ref, reason)
    refused = close(desk, row, outcome)
    assert refused.status_code == 422
    assert why in refused.text
    assert again(scene, row).state == "received"
    assert f'href="/desk/excerpts/{excerpt.ref}/hold"' in desk.get(f"/desk/reports/{row.id}").text


def test_a_text_that_points_to_somebody_is_not_done_with_by_being_true(desk, scene, editor):
    ref = make_published(scene)
    personal, wrong = report(scene, ref, "personal"), report(scene, ref, "wrong")
    assert 'value="still_true"' not in desk.get(f"/desk/reports/{personal.id}").text
    refused = close(desk, personal, "still_true")
    assert refused.status_code == 422
    assert "about a person, not about what is true" in refused.text
    assert again(scene, personal).state == "received"
    assert 'value="still_true"' in desk.get(f"/desk/reports/{wrong.id}").text
    assert close(desk, wrong, "still_true").status_code == 303


@pytest.mark.parametrize("reason", ["personal", "wrong", "outdated", "unclear"])
@pytest.mark.parametrize("outcome", ["nothing", "corrected", "taken_back"])
def test_one_editor_closes_any_report_except_that_nothing_is_done_about_a_person(desk, scene, editor, reason, outcome):
    row = report(scene, make_published(scene, state="withdrawn"), reason)
    assert close(desk, row, outcome).status_code == 303
    alone = (reason, outcome) == ("personal", "nothing")
    done = again(scene, row)
    assert (done.state, done.outcome) == (("cleared", None) if alone else ("closed", outcome))
    assert (done.cleared_by, done.editor_id) == ((editor.id, None) if alone else (None, editor.id))


def test_that_nothing_is_to_be_done_about_a_person_is_said_by_two(desk, scene, editor):
    row = report(scene, make_published(scene, title="Somebody"), "personal")
    told = desk.post(
        f"/desk/reports/{row.id}/close", {"version": row.version, "outcome": "nothing"}, follow_redirects=True
    )
    assert "Noted. It is closed when another editor agrees." in told.text
    assert "Waits for a second editor" in told.text
    assert "A reader found personal data in 1 text." in desk.get("/desk/excerpts").text
    own = desk.get(f"/desk/reports/{row.id}").text
    assert "Another editor has to agree." in own
    assert 'value="nothing"' not in own
    assert 'value="taken_back"' in own
    assert close(desk, again(scene, row), "nothing").status_code == 403
    assert again(scene, row).state == "cleared"
    second = make_staff(scene, Role.EDITOR, name="Ben Reader")
    scene.commit()
    desk.sign_in(second.id)
    page = desk.get(f"/desk/reports/{row.id}").text
    assert "Ada Editor finds nothing to do." in page
    assert 'value="nothing"' in page
    assert close(desk, again(scene, row), "nothing").status_code == 303
    done = again(scene, row)
    assert (done.state, done.outcome, done.cleared_by, done.editor_id) == ("closed", "nothing", editor.id, second.id)
    assert "Ada Editor, Ben Reader" in desk.get(f"/desk/reports/{row.id}").text


def test_whoever_found_nothing_may_still_do_something_about_it(desk, scene, editor):
    excerpt = published(scene, recent(), now=now())
    row = report(scene, excerpt.ref, "personal")
    close(desk, row, "nothing")
    assert close(desk, again(scene, row), "taken_back").status_code == 422
    hold_excerpt(scene, editor, excerpt.id, "A name after all.", None, now(), version=excerpt.version)
    scene.commit()
    assert close(desk, again(scene, row), "taken_back").status_code == 303
    assert again(scene, row).outcome == "taken_back"


@pytest.mark.parametrize("state", ["withdrawn", "retracted"])
def test_a_text_that_was_taken_back_is_out_of_the_way_of_any_report(desk, scene, editor, state):
    for outcome in ("corrected", "taken_back"):
        row = report(scene, make_published(scene, state=state), "personal")
        assert close(desk, row, outcome).status_code == 303
        assert again(scene, row).outcome == outcome


@pytest.mark.parametrize(("state", "word"), [("published", ""), ("withdrawn", "Withdrawn"), ("retracted", "Retracted")])
def test_a_report_about_a_text_that_is_gone_says_so_and_has_its_end_chosen(desk, scene, editor, state, word):
    row = report(scene, make_published(scene, state=state))
    listed = desk.get("/desk/reports").text.partition("<tbody>")[2]
    assert [one for one in ("Withdrawn", "Retracted") if one in listed] == ([word] if word else [])
    page = desk.get(f"/desk/reports/{row.id}").text
    chosen = re.findall(r"<input[^>]*\bchecked\b[^>]*>", page)
    assert [re.search('value="([^"]+)"', one)[1] for one in chosen] == (["taken_back"] if word else [])


def test_a_newer_version_corrects_the_text_and_does_not_take_it_back(desk, scene, editor):
    row = report(scene, make_published(scene, versions=2), "personal")
    refused = close(desk, row, "taken_back")
    assert refused.status_code == 422
    assert STANDS in refused.text
    assert close(desk, row, "corrected").status_code == 303


def test_a_text_held_because_of_the_report_is_out_of_the_way_until_the_hold_ends_without_a_change(desk, scene, editor):
    excerpt = published(scene, recent(), now=now())
    first, second = report(scene, excerpt.ref, "personal"), report(scene, excerpt.ref, "personal")
    hold_excerpt(scene, editor, excerpt.id, "A reader found a name.", None, now(), version=excerpt.version)
    scene.commit()
    assert close(desk, first, "corrected").status_code == 303
    scene.refresh(excerpt)
    resume_excerpt(scene, editor, excerpt.id, now(), version=excerpt.version)
    scene.commit()
    refused = close(desk, second, "corrected")
    assert refused.status_code == 422
    assert SAME in refused.text


def test_a_hold_before_the_report_says_nothing_of_it(desk, scene, editor):
    excerpt = published(scene, recent(), now=now())
    hold_excerpt(scene, editor, excerpt.id, "Doubtful.", None, now() - timedelta(days=2), version=excerpt.version)
    row = report(scene, excerpt.ref, "personal")
    sent = {"version": row.version, "outcome": "corrected"}
    assert desk.post(f"/desk/reports/{row.id}/close", sent).status_code == 422
    assert "/hold" not in desk.get(f"/desk/reports/{row.id}").text


@pytest.mark.parametrize("size", [3, 300])
def test_the_list_has_a_budget_of_statements(desk, scene, editor, size):
    ref = make_published(scene)
    for _ in range(size):
        scene.add(ReaderReport(ref=ref, number=1, reason="wrong", state="received", at=now()))
    scene.commit()
    with desk.statements() as seen:
        page = desk.get("/desk/reports")
    assert len(seen) <= 6
    assert ("after=" in page.text) == (size > 50)
