"""Commissioning research at the desk: choosing a partner, the offer, and what is decided while a partner works."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import make_assignment, make_partner, make_question, make_staff
from workflows.assignments.models import Assignment, AssignmentMessage, AssignmentPoint
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.events import Event

POINTS = ("L’insuline est-elle vendue à Kinshasa ?", "À quel prix ?")


@pytest.fixture
def officer(desk, scene):
    actor = make_staff(scene)
    scene.commit()
    desk.sign_in(actor.id)
    return actor


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=POINTS)
    scene.commit()
    return row


def today():
    return clock.now().date()


def in_days(days) -> list[str]:
    day = today() + timedelta(days=days)
    return [str(day.day), str(day.month), str(day.year)]


def typed(**values) -> dict:
    given = {
        "language": "fr",
        "points-0": POINTS[0],
        "points-1": POINTS[1],
        "terms": "Trois pharmacies.",
        "effort": "1 jour",
        "respond_by": in_days(4),
        "submit_by": in_days(18),
    }
    return given | values


def assign(question, partner=None) -> str:
    address = f"/desk/questions/{question.id}/assign"
    return f"{address}?partner={partner.id}" if partner else address


def url(row, *more) -> str:
    return "/".join((f"/desk/assignments/{row.id}", *more))


def partner_in(scene, *countries, **values):
    row = make_partner(scene, *countries, **values)
    scene.commit()
    return row


def assignment(scene, question=None, partner=None, **values) -> Assignment:
    given = {"respond_by": today() + timedelta(days=3), "submit_by": today() + timedelta(days=9)}
    row = make_assignment(scene, partner, question, POINTS, **(given | values))
    scene.commit()
    return row


def stored(scene, row) -> Assignment:
    scene.expire_all()
    return scene.get(Assignment, row.id)


# --- choosing a partner and writing the offer


def test_partners_of_the_country_come_first_and_the_least_loaded_on_top(desk, scene, question) -> None:
    make_partner(scene, "GIN", name="Ailleurs")
    make_partner(scene, "COD", name="Absent", away_until=today() + timedelta(days=5))
    make_assignment(scene, make_partner(scene, "COD", name="Chargé"))
    make_partner(scene, "COD", name="Libre")
    make_partner(scene, "COD", name="Fermé", active=False)
    scene.commit()
    page = desk.get(assign(question)).text
    assert re.findall(r"<td><b>(\w+)</b>", page) == ["Libre", "Chargé", "Absent", "Ailleurs"]
    assert len(re.findall(r"\?partner=", page)) == 3  # nobody offers to who is away


def test_the_choice_says_who_was_asked_before(desk, scene, question) -> None:
    assignment(scene, question, make_partner(scene), state="declined")
    assert "Asked before" in desk.get(assign(question)).text


@pytest.mark.parametrize("rows", [3, 100])
def test_choosing_asks_the_database_little(desk, scene, question, rows) -> None:
    for _number in range(rows):
        make_partner(scene)
    scene.commit()
    with desk.statements() as seen:
        desk.get(assign(question))
    assert len(seen) == 4


def test_the_offer_begins_with_the_points_where_the_partner_reads_them(desk, scene, question) -> None:
    page = desk.get(assign(question, partner_in(scene))).text
    assert re.findall(r"<textarea[^>]*points-\d[^>]*>\s*([^<]*)</textarea>", page) == list(POINTS)
    assert 'name="outside_country"' not in page


def test_otherwise_the_points_stand_beside_empty_fields(desk, scene, question) -> None:
    page = desk.get(assign(question, partner_in(scene, languages=["pt"]))).text
    assert [text.strip() for text in re.findall(r"<textarea[^>]*points-\d[^>]*>([^<]*)</textarea>", page)] == ["", ""]
    assert all(point in page for point in POINTS)


def test_an_offer_is_sent(desk, scene, question) -> None:
    partner = partner_in(scene)
    answer = desk.post(assign(question, partner), typed())
    made = scene.scalars(select(Assignment)).one()
    assert (answer.status_code, answer.location) == (303, url(made))
    assert (made.state, made.partner_id, made.terms) == ("offered", partner.id, "Trois pharmacies.")
    assert made.submit_by == today() + timedelta(days=18)
    assert "Offered. The partner is told." in desk.get(url(made)).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"points-1": ""}, "Write this point in the partner’s language."),
        ({"language": "nl"}, "The partner does not work in this language."),
        ({"respond_by": ["31", "2", "2026"]}, "This date does not exist."),
        ({"respond_by": ["", "", ""]}, "Choose a day."),
        ({"submit_by": in_days(1)}, "The answer cannot be due before the response."),
        ({"terms": "Appelez Mme Béatrice Mabiala."}, "This may point to a person."),
    ],
)
def test_a_wrong_offer_keeps_everything_typed(desk, scene, question, wrong, said) -> None:
    answer = desk.post(assign(question, partner_in(scene)), typed(**wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Error:" in answer.text
    kept = typed(**wrong)
    assert kept["points-0"] in answer.text
    assert kept["terms"] in answer.text
    assert scene.scalars(select(Assignment)).all() == []


def test_personal_details_in_an_offer_are_marked_with_other_words(desk, scene, question) -> None:
    answer = desk.post(assign(question, partner_in(scene)), typed(**{"points-0": "Où vit Mme Béatrice Mabiala ?"}))
    assert "<mark>Mme Béatrice Mabiala" in answer.text
    assert "une femme" in answer.text


def test_a_partner_of_another_country_is_confirmed_first(desk, scene, question) -> None:
    partner = partner_in(scene, "GIN")
    assert 'name="outside_country"' in desk.get(assign(question, partner)).text
    assert desk.post(assign(question, partner), typed()).status_code == 422
    assert desk.post(assign(question, partner), typed(outside_country="y")).status_code == 303


def test_an_away_partner_is_refused_on_top_of_the_form(desk, scene, question) -> None:
    partner = partner_in(scene, away_until=today() + timedelta(days=5))
    answer = desk.post(assign(question, partner), typed())
    assert (answer.status_code, "This partner is away. Choose another one." in answer.text) == (422, True)


def test_a_question_that_moved_on_is_a_conflict_with_the_text_to_copy(desk, scene, officer) -> None:
    answered = make_question(scene, state="answered", points=POINTS)
    answer = desk.post(assign(answered, partner_in(scene)), typed())
    assert (answer.status_code, "Trois pharmacies." in answer.text) == (409, True)


@pytest.mark.parametrize("partner", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_partner_is_not_found(desk, question, partner) -> None:
    assert desk.get(f"{assign(question)}?partner={partner}").status_code == 404
    assert desk.post(f"{assign(question)}?partner={partner}", typed()).status_code == 404


def test_a_draft_of_the_clock_is_completed_and_offered(desk, scene, question) -> None:
    draft = assignment(scene, question, state="drafted", partner_id=None, terms="")
    assert "Complete and offer" in desk.get(url(draft)).text
    assert POINTS[0] in desk.get(url(draft, "offer")).text
    early = desk.post(url(draft, "offer"), typed(version=draft.version, **{"points-0": ""}))
    assert early.status_code == 422
    assert desk.post(url(draft, "offer"), typed(version=draft.version)).status_code == 303
    assert stored(scene, draft).state == "offered"
    assert desk.post(url(draft, "offer"), typed(version=draft.version)).status_code == 409


def test_another_partner_is_asked_instead(desk, scene, question) -> None:
    old, other = assignment(scene, question, make_partner(scene)), partner_in(scene, name="Autre")
    assert "Autre" in desk.get(url(old, "reassign")).text
    assert POINTS[0] in desk.get(f"{url(old, 'reassign')}?partner={other.id}").text
    answer = desk.post(f"{url(old, 'reassign')}?partner={other.id}", typed(version=old.version))
    new = scene.scalars(select(Assignment).where(Assignment.replaces_id == old.id)).one()
    assert answer.location == url(new)
    assert stored(scene, old).state == "revoked"


def test_a_refused_reassignment_leaves_the_old_one_in_the_database_as_it_was(desk, scene, question) -> None:
    old, other = assignment(scene, question, make_partner(scene)), partner_in(scene)
    wrong = typed(version=old.version, **{"points-0": ""})
    assert desk.post(f"{url(old, 'reassign')}?partner={other.id}", wrong).status_code == 422
    assert stored(scene, old).state == "offered"
    assert scene.scalars(select(Event)).all() == []


def test_a_recheck_has_no_question_to_reassign(desk, scene, officer) -> None:
    assert desk.get(url(assignment(scene, kind="recheck"), "reassign")).status_code == 404


# --- the list


def test_the_list_shows_what_is_due_first_and_no_word_of_the_points(desk, scene, question) -> None:
    assignment(scene, question, number=901, respond_by=today() + timedelta(days=5))
    assignment(scene, question, number=902, respond_by=today() - timedelta(days=2))
    assignment(scene, question, number=903, state="accepted", submit_by=today() + timedelta(days=2))
    assignment(scene, question, number=904, state="completed", closed_at=clock.now())
    page = desk.get("/desk/assignments").text
    assert re.findall(r"T-0(9\d\d)", page) == ["902", "903", "901"]
    assert "2 d late" in page
    assert POINTS[0] not in page


def test_each_view_of_the_list_has_its_own(desk, scene, question) -> None:
    assignment(scene, question, number=901, state="drafted", partner_id=None)
    assignment(scene, question, number=902)
    assignment(scene, question, number=903, state="accepted", submit_by=today() - timedelta(days=1))
    assignment(scene, question, number=904, state="lapsed", closed_at=clock.now())
    shown = {
        view: set(re.findall(r"T-0(9\d\d)", desk.get(f"/desk/assignments?view={view}").text))
        for view in ("open", "drafted", "offered", "accepted", "late", "over")
    }
    assert shown == {
        "open": {"901", "902", "903"},
        "drafted": {"901"},
        "offered": {"902"},
        "accepted": {"903"},
        "late": {"903"},
        "over": {"904"},
    }


def test_nothing_is_late_while_the_partner_waits_for_the_desk(desk, scene, question) -> None:
    assignment(scene, question, state="accepted", submit_by=today() - timedelta(days=3), paused_at=clock.now())
    page = desk.get("/desk/assignments").text
    assert "Partner waits for us" in page
    assert "d late" not in page


@pytest.mark.parametrize("view", ["open", "over"])
def test_the_list_is_paged_without_losing_or_repeating_a_row(desk, scene, officer, view) -> None:
    state = {"open": "offered", "over": "lapsed"}[view]
    partner = make_partner(scene)
    for number in range(120):
        day = clock.now() - timedelta(days=number // 7)
        make_assignment(scene, partner, number=2000 + number, state=state, respond_by=day.date(), closed_at=day)
    scene.commit()
    address, seen = f"/desk/assignments?view={view}", []
    while address:
        page = desk.get(address).text
        seen += re.findall(r"T-(\d+)", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_asks_the_database_little(desk, scene, officer, rows) -> None:
    partner = make_partner(scene)
    for _number in range(rows):
        make_assignment(scene, partner)
    scene.commit()
    with desk.statements() as seen:
        desk.get("/desk/assignments?after=nonsense")
    assert len(seen) == 4


# --- one assignment


def test_a_manager_sees_dates_and_no_text(desk, scene) -> None:
    desk.sign_in(make_staff(scene, Role.MANAGER).id)
    row = assignment(scene, make_question(scene, state="triaged"), state="accepted")
    scene.add(
        AssignmentMessage(
            assignment_id=row.id, direction="from_partner", text="Quel dosage ?", author_id=row.id, at=clock.now()
        )
    )
    scene.commit()
    page = desk.get(url(row))
    assert page.status_code == 200
    for hidden in (
        *POINTS,
        "Quel dosage ?",
        "Trois pharmacies au moins.",
        "1 jour",
        '<form method="post" action="/desk',
    ):
        assert hidden not in page.text
    assert desk.get("/desk/assignments").status_code == 200
    assert desk.get(url(row, "revoke")).status_code == 403


def test_an_editor_reads_and_decides_nothing(desk, scene) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    row = assignment(scene, make_question(scene, state="triaged"), state="accepted")
    page = desk.get(url(row)).text
    assert POINTS[0] in page
    assert "Revoke" not in page
    for name in ("explain", "extend", "keep", "revoke", "offer", "reassign"):
        assert desk.post(url(row, name), {"version": row.version}).status_code == 403


def test_an_administrator_reads_no_assignment(desk, scene) -> None:
    desk.sign_in(make_staff(scene, Role.ADMINISTRATOR).id)
    row = assignment(scene)
    assert desk.get(url(row)).status_code == 403
    assert desk.get("/desk/assignments").status_code == 403


def test_a_reply_starts_the_clock_again(desk, scene, question) -> None:
    row = assignment(scene, question, state="accepted", paused_at=clock.now())
    answer = desk.post(url(row, "explain"), {"version": row.version, "message": "Les deux dosages."})
    assert (answer.status_code, stored(scene, row).paused_at) == (303, None)
    assert "Les deux dosages." in desk.get(url(row)).text


@pytest.mark.parametrize("text", ["", "Appelez Mme Béatrice Mabiala, tél. 0470 12 34 56."])
def test_a_refused_reply_stays_in_its_box(desk, scene, question, text) -> None:
    row = assignment(scene, question, state="accepted", paused_at=clock.now())
    answer = desk.post(url(row, "explain"), {"version": row.version, "message": text})
    assert (answer.status_code, text in answer.text) == (422, True)
    assert "Error:" in answer.text
    assert stored(scene, row).paused_at is not None
    assert scene.scalars(select(Event)).all() == []


def test_more_time_is_given_and_a_wrong_day_is_kept(desk, scene, question) -> None:
    row = assignment(scene, question, state="accepted", extension_until=today() + timedelta(days=20))
    page = desk.get(url(row)).text
    assert "Asks for more time" in page
    wrong = desk.post(url(row, "extend"), {"version": row.version, "until": ["31", "2", "2027"]})
    assert (wrong.status_code, "This date does not exist." in wrong.text, 'value="31"' in wrong.text) == (
        422,
        True,
        True,
    )
    past = desk.post(url(row, "extend"), {"version": row.version, "until": in_days(-3)})
    assert (past.status_code, "This day has passed." in past.text) == (422, True)
    assert desk.post(url(row, "extend"), {"version": row.version, "until": in_days(20)}).status_code == 303
    assert stored(scene, row).submit_by == today() + timedelta(days=20)


def test_the_date_may_be_kept(desk, scene, question) -> None:
    row = assignment(scene, question, state="accepted", extension_until=today() + timedelta(days=20))
    assert desk.post(url(row, "keep"), {"version": row.version}).status_code == 303
    assert stored(scene, row).extension_until is None


def test_revoking_is_asked_twice_and_done_once(desk, scene, question) -> None:
    row = assignment(scene, question)
    assert "is told" in desk.get(url(row, "revoke")).text
    assert stored(scene, row).state == "offered"
    assert desk.post(url(row, "revoke"), {"version": row.version}).status_code == 303
    assert stored(scene, row).state == "revoked"
    assert desk.post(url(row, "revoke"), {"version": row.version + 1}).status_code == 409


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("explain", {"message": "Un long texte."}),
        ("extend", {"until": in_days(20)}),
        ("keep", {}),
        ("revoke", {}),
    ],
)
def test_a_late_click_is_a_conflict(desk, scene, question, name, fields) -> None:
    row = assignment(scene, question, state="accepted", extension_until=today() + timedelta(days=20))
    answer = desk.post(url(row, name), {"version": row.version - 1, **fields})
    assert answer.status_code == 409
    assert fields.get("message", "") in answer.text
    assert scene.scalars(select(Event)).all() == []


def test_the_reason_of_a_partner_is_said_in_words(desk, scene, question) -> None:
    row = assignment(scene, question, state="declined", decline_reason="not_safe", closed_at=clock.now())
    assert "It is not safe" in desk.get(url(row)).text


def test_points_are_shown_in_their_order(desk, scene, question) -> None:
    row = assignment(scene, question)
    page = desk.get(url(row)).text
    assert page.index(POINTS[0]) < page.index(POINTS[1])
    assert len(scene.scalars(select(AssignmentPoint)).all()) == 2
