"""Review at the desk: one answer with its form, the decisions, and who a source is."""

import re
from datetime import timedelta

import pytest
from babel.dates import format_date
from sqlalchemy import select

from tests.factories import make_staff
from tests.reviews import IDENTITY, ONE_WILL_DO, REACH, frozen, submitted
from workflows.answers.checklist import CHECKS
from workflows.answers.models import Answer, Review, ReviewComment, Revision
from workflows.answers.never_published import forget_content
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.events import Event


@pytest.fixture
def at(desk, scene):
    made = submitted(scene, review_by=clock.today() + timedelta(days=3))
    desk.sign_in(made.editor.id)
    return made


def url(at, *more: str) -> str:
    return "/".join((f"/desk/reviews/{at.answer.id}", *more))


def typed(at, **values) -> dict[str, str]:
    given = {"version": "0", "revision": str(at.revision.id), "remark_4": ONE_WILL_DO}
    return given | {f"verdict_{check.number}": "yes" for check in CHECKS} | values


def stored(scene, at) -> Answer:
    scene.expire_all()
    return scene.get(Answer, at.answer.id)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR])
def test_review_is_for_editors(desk, scene, at, role: Role) -> None:
    other = make_staff(scene, role)
    scene.commit()
    desk.sign_in(other.id)
    assert desk.get("/desk/reviews").status_code == 403
    assert desk.get(url(at)).status_code == 403
    assert desk.post(url(at, "accept"), typed(at)).status_code == 403


# --- one answer


def test_the_answer_stands_beside_what_was_asked(desk, at) -> None:
    page = desk.get(url(at)).text
    assert "L’insuline est-elle vendue à Kinshasa ?" in page
    assert "Deux pharmacies sur trois en avaient." in page
    assert "Pharmacists of three shops" in page
    assert "Searched and not found." in page
    assert "0 of 13 saved" in page
    assert IDENTITY not in page


def test_personal_details_are_marked_and_counted(desk, scene, at) -> None:
    at.revision.content = frozen(at.source, "Appelez Mme Béatrice Mabiala.")
    scene.commit()
    page = desk.get(url(at)).text
    assert re.search(r"<mark>[^<]*Béatrice", page)
    assert "Possible personal details" in page


def test_an_unknown_answer_and_a_draft_look_the_same(desk, scene, at) -> None:
    draft = submitted(scene, state="draft")
    unknown = desk.get(f"/desk/reviews/{at.revision.id}")
    assert (unknown.status_code, desk.get(url(draft)).status_code) == (404, 404)


def test_notes_are_kept_and_shown_again(desk, scene, at) -> None:
    answer = desk.post(url(at, "save"), typed(at, verdict_4="no", remark_4="Only one shop.", comment_Q1="Which?"))
    assert answer.status_code == 303
    page = desk.get(url(at)).text
    assert "Only one shop." in page
    assert "Which?" in page
    assert "13 of 13 saved" in page
    assert re.search(r'name="verdict_4"[^>]*value="no"[^>]*checked|checked[^>]*name="verdict_4"[^>]*value="no"', page)
    assert scene.scalars(select(ReviewComment)).all() == []


def test_two_editors_see_both_notes_and_the_second_may_save_over(desk, scene, at) -> None:
    desk.post(url(at, "save"), typed(at, note="First words."))
    clash = desk.post(url(at, "save"), typed(at, note="Second words.", verdict_1="no"))
    assert clash.status_code == 409
    assert "First words." in clash.text
    assert "Second words." in clash.text
    version = re.search(r'name="version" value="(\d+)"', clash.text)[1]
    assert desk.post(url(at, "save"), typed(at, note="Second words.", version=version)).status_code == 303
    assert scene.scalars(select(Review)).one().comments[""] == "Second words."


def test_accepting_is_refused_with_the_reason_and_keeps_what_was_typed(desk, scene, at) -> None:
    refused = desk.post(url(at, "accept"), typed(at, verdict_2="no", remark_2="Only the capital.", note="Keep this."))
    assert refused.status_code == 422
    assert "You cannot accept while one of the points 1 to 10 says no or is still open." in refused.text
    assert "Only the capital." in refused.text
    assert "Keep this." in refused.text
    assert stored(scene, at).state == "submitted"
    assert scene.scalars(select(Review)).all() == []


def test_two_sources_where_the_machine_counts_one_are_asked_about_beside_the_remark(desk, scene, at) -> None:
    refused = desk.post(url(at, "accept"), typed(at, remark_4="", remark_3="kept remark"))
    assert refused.status_code == 422
    said = re.search(r'id="remark_4-error">.*?</p>', refused.text)[0]
    assert "We count one independent source for Q1." in said
    assert "kept remark" in refused.text
    assert stored(scene, at).state == "submitted"
    desk.post(url(at, "accept"), typed(at, remark_4="One office alone decides."))
    assert stored(scene, at).state == "accepted"
    assert "One office alone decides." in desk.get(url(at)).text


def test_an_accepted_answer_leads_to_writing_it_up(desk, scene, at) -> None:
    answer = desk.post(url(at, "accept"), typed(at))
    assert answer.status_code == 303
    assert stored(scene, at).state == "accepted"
    assert f"/desk/excerpts/new?revision={at.revision.id}" in desk.get(url(at)).text


def test_sending_back_gives_the_comments_to_the_partner(desk, scene, at) -> None:
    answer = desk.post(url(at, "return"), typed(at, comment_Q1="Name the shops.", note="Thank you."))
    assert answer.status_code == 303
    assert {one.text for one in scene.scalars(select(ReviewComment))} == {"Name the shops.", "Thank you."}
    assert "The partner is working on it again." in desk.get(url(at)).text


def test_sending_back_needs_a_word(desk, at) -> None:
    refused = desk.post(url(at, "return"), typed(at, remark_3="kept remark"))
    assert refused.status_code == 422
    assert "Write at least one comment" in refused.text
    assert "kept remark" in refused.text


@pytest.mark.parametrize(("move", "field"), [("return", "note"), ("return", "comment_Q1"), ("reject", "reason")])
def test_words_that_tell_who_asked_stay_in_the_form_and_do_not_go(desk, scene, at, move, field) -> None:
    refused = desk.post(url(at, move), typed(at, **{field: "Madame Rose Mbuyi needs it.", "remark_3": "kept remark"}))
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "This may point to a person. Use neutral words." in refused.text
    assert "Madame Rose Mbuyi needs it." in refused.text
    assert "kept remark" in refused.text
    assert stored(scene, at).state == "submitted"


def test_rejecting_needs_a_reason_and_shows_it(desk, scene, at) -> None:
    assert desk.post(url(at, "reject"), typed(at)).status_code == 422
    assert desk.post(url(at, "reject"), typed(at, reason="Another town.")).status_code == 303
    assert stored(scene, at).reject_reason == "Another town."
    assert "Another town." in desk.get(url(at)).text


def test_a_late_click_gives_the_words_back(desk, at) -> None:
    desk.post(url(at, "accept"), typed(at))
    late = desk.post(url(at, "return"), typed(at, note="These words are not lost."))
    assert late.status_code == 409
    assert "These words are not lost." in late.text


def test_a_decision_on_an_older_submission_is_a_late_click(desk, scene, at) -> None:
    scene.add(Revision(answer_id=at.answer.id, partner_id=at.answer.partner_id, question_id=None, number=2,
                       submitted_at=clock.now(), submitted_by=at.researcher.id, content=frozen(at.source),
                       content_hash=b"\0" * 32))  # fmt: skip
    scene.commit()
    assert desk.post(url(at, "accept"), typed(at)).status_code == 409


def test_tampered_hidden_fields_change_nothing(desk, scene, at) -> None:
    for broken in ({"version": "x"}, {"revision": "x"}, {"version": "-1"}):
        assert desk.post(url(at, "accept"), typed(at, **broken)).status_code == 409
    assert stored(scene, at).state == "submitted"


def test_comments_of_an_earlier_round_are_shown(desk, scene, at) -> None:
    scene.add(ReviewComment(answer_id=at.answer.id, round=1, point_code="Q1", text="Which shops?", at=clock.now()))
    scene.commit()
    assert "Which shops?" in desk.get(url(at)).text


# --- who a source is


def test_opening_who_a_source_is_is_noted_first_and_keeps_the_form(desk, scene, at) -> None:
    page = desk.post(url(at, "sources", str(at.source.id), "identity"), typed(at, note="Half a sentence"))
    assert page.status_code == 200
    assert IDENTITY in page.text
    assert "Half a sentence" in page.text
    event = scene.scalars(select(Event).where(Event.kind == "reading.identity")).one()
    assert (event.object_id, event.actor_id) == (at.source.id, at.editor.id)
    assert IDENTITY not in desk.get(url(at)).text


def test_looking_at_the_page_opens_nothing(desk, scene, at) -> None:
    desk.get(url(at))
    assert scene.scalars(select(Event)).all() == []


def test_who_a_source_is_is_not_shown_by_a_link(desk, at) -> None:
    assert desk.get(url(at, "sources", str(at.source.id), "identity")).status_code == 405


def test_a_source_of_another_answer_is_not_found(desk, scene, at) -> None:
    other = submitted(scene)
    assert desk.post(url(at, "sources", str(other.source.id), "identity"), typed(at)).status_code == 404
    assert scene.scalars(select(Event)).all() == []


# --- prices, contacts, and how good a source is


def test_prices_contacts_and_the_wish_to_be_named_are_shown(desk, at) -> None:
    page = desk.get(url(at)).text
    for words in ("24 000 – 38 000 CDF", "10 ml", "A nurse of the ward", "Not to be published", "may be named"):
        assert words in page
    assert REACH not in page


def test_opening_how_to_reach_a_contact_is_noted_first_and_keeps_the_form(desk, scene, at) -> None:
    page = desk.post(url(at, "contacts", str(at.contact.id), "reach"), typed(at, note="Half a sentence"))
    assert (page.status_code, REACH in page.text, "Half a sentence" in page.text) == (200, True, True)
    event = scene.scalars(select(Event).where(Event.kind == "reading.reach")).one()
    assert (event.object_id, event.actor_id) == (at.contact.id, at.editor.id)
    assert REACH not in desk.get(url(at)).text


def test_a_contact_of_another_answer_is_not_found(desk, scene, at) -> None:
    other = submitted(scene)
    assert desk.post(url(at, "contacts", str(other.contact.id), "reach"), typed(at)).status_code == 404
    assert scene.scalars(select(Event)).all() == []


def test_an_assessment_and_the_group_of_a_source_are_shown(desk, scene, at) -> None:
    content = dict(at.revision.content)
    (source,) = content["sources"]
    content["sources"] = [source | {"assessment_how": "He counted the vials.", "independence": "B"},
                          source | {"id": None, "independence": "B"}]  # fmt: skip
    at.revision.content = content
    scene.commit()
    page = desk.get(url(at)).text
    assert "He counted the vials." in page
    assert page.count("Group B") == 2
    line = page.split("Points without two independent sources")[1][:300]
    assert "#point-Q1" in line


# --- budgets


@pytest.mark.parametrize("rows", [3, 300])
def test_the_pages_ask_the_database_a_constant_number_of_times(desk, scene, at, rows: int) -> None:
    for _ in range(rows):
        submitted(scene)
    with desk.statements() as seen:
        assert desk.get("/desk/reviews").status_code == 200
    assert len(seen) <= 6
    with desk.statements() as seen:
        assert desk.get(url(at)).status_code == 200
    assert len(seen) <= 12


def test_an_answer_whose_words_were_erased_says_when_and_shows_no_empty_checks(desk, scene, at) -> None:
    desk.post(url(at, "reject"), typed(at, reason="Too thin."))
    forget_content(scene, stored(scene, at), clock.now())
    scene.commit()
    page = desk.get(url(at)).text
    assert "The answer was not accepted, and nothing of it was published." in page
    assert f"Erased on {format_date(clock.today(), locale='en_GB')}." in page
    for gone in ("Checked for you", "Your checklist", "Too thin.", "Deux pharmacies", "Credit"):
        assert gone not in page
    assert "Rejected." in page
