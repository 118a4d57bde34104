"""Assignments at the desk: the list, one of them, and what is decided while a partner works."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import make_answer, make_assignment, make_partner, make_question, make_staff
from tests.http.desk.commissioning import POINTS, assignment, in_days, stored, today, url
from workflows.assignments.models import AssignmentMessage, AssignmentPoint
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.events import Event


@pytest.fixture
def question(scene, officer):
    row = make_question(scene, state="triaged", points=POINTS)
    scene.commit()
    return row


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


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER])
def test_nothing_is_late_once_the_answer_is_here(desk, scene, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    past = today() - timedelta(days=3)
    question = make_question(scene, state="triaged", points=POINTS)
    sent = assignment(scene, question, number=911, state="accepted", submit_by=past)
    returned = assignment(scene, question, make_partner(scene), number=912, state="accepted", submit_by=past)
    make_answer(scene, sent, state="submitted", submitted_at=clock.now())
    make_answer(scene, returned, state="returned", submitted_at=clock.now())
    scene.commit()
    page = desk.get("/desk/assignments").text
    assert "Answer is here" in page
    assert page.count("3 d late") == 1
    assert page.count("In research</span>") == 1
    assert re.findall(r"T-0(9\d\d)", desk.get("/desk/assignments?view=late").text) == ["912"]
    own, _heading, other = desk.get(url(sent)).text.partition('id="beside"')
    assert ("3 d late" in own, "3 d late" in other) == (False, True)


@pytest.mark.parametrize("rows", [3, 300])
def test_one_assignment_asks_the_database_little(desk, scene, question, rows) -> None:
    row = assignment(scene, question)
    for number in range(rows):
        assignment(scene, question, make_partner(scene), number=900_000 + number, state="lapsed")
    with desk.statements() as seen:
        desk.get(url(row))
    assert len(seen) == 11


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
        seen += re.findall(r">T-(\d+)<", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 120


def test_only_what_is_under_way_is_counted(desk, scene, officer) -> None:
    partner = make_partner(scene)
    make_assignment(scene, partner, state="offered", respond_by=today())
    make_assignment(scene, partner, state="lapsed", closed_at=clock.now())
    scene.commit()
    page = desk.get("/desk/assignments").text
    counts = dict(re.findall(r'view=(\w+)"[^>]*>[^<]*(?:<span class="num faint nowrap">(\d+)</span>)?', page))
    assert counts == {"open": "1", "drafted": "0", "offered": "1", "accepted": "0", "late": "0", "over": ""}


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_asks_the_database_little(desk, scene, officer, rows) -> None:
    partner = make_partner(scene)
    for _number in range(rows):
        make_assignment(scene, partner)
    scene.commit()
    with desk.statements() as seen:
        desk.get("/desk/assignments?after=nonsense")
    assert len(seen) == 5


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


@pytest.mark.parametrize(
    ("state", "field", "reason", "words"),
    [
        ("declined", "decline_reason", "not_safe", "It is not safe for us"),
        ("declined", "decline_reason", "no_time", "We have no time now"),
        ("released", "release_reason", "no_time", "We have no time any more"),
        ("released", "release_reason", "not_safe", "It is not safe"),
    ],
)
def test_the_reason_is_said_in_the_words_that_the_partner_chose(desk, scene, question, state, field, reason, words):
    row = assignment(scene, question, state=state, closed_at=clock.now(), **{field: reason})
    assert f"<dd>{words}<" in desk.get(url(row)).text


def test_points_are_shown_in_their_order(desk, scene, question) -> None:
    row = assignment(scene, question)
    page = desk.get(url(row)).text
    assert page.index(POINTS[0]) < page.index(POINTS[1])
    assert len(scene.scalars(select(AssignmentPoint)).all()) == 2
