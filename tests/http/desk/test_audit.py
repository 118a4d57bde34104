"""The history for those who answer for the house: who opened what, which moves; ids and codes only."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories import make_question, make_staff
from workflows.core.actors import CLOCK, Role
from workflows.core.events import record

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def manager(desk, scene):
    actor = make_staff(scene, Role.MANAGER, name="Marta Manager")
    scene.commit()
    desk.sign_in(actor.id)
    return actor


@pytest.fixture
def story(scene, manager):
    """Two questions; one was opened by an officer, the other closed by the clock a day later."""
    officer = make_staff(scene, Role.OFFICER, name="Olga Officer")
    first, second = make_question(scene, place="Kikwit"), make_question(scene)
    record(scene, officer, "reading.original", first, NOON)
    record(scene, CLOCK, "question.close", second, NOON + timedelta(days=1), moved=("answered", "closed"))
    scene.commit()
    return officer, first, second


def test_a_move_that_keeps_the_state_has_no_arrow(desk, scene, manager) -> None:
    question = make_question(scene)
    for was, now in (("triaged", "triaged"), ("triaged", "answered")):
        record(scene, manager, "question.answer", question, NOON, moved=(was, now))
    scene.commit()
    page = " ".join(re.sub(r"<[^>]*>", " ", desk.get("/desk/audit").text).split())
    assert "Ready to offer → Answered" in page
    assert "Ready to offer → Ready to offer" not in page
    assert page.count("→") == 1


def kinds(page: str) -> list[str]:
    return re.findall(r'<bdi class="mono xs faint">([a-z_]+\.[a-z_]+)</bdi>', page)


def test_it_says_who_did_what_to_which_row_and_no_word_of_the_case(desk, story) -> None:
    officer, first, _ = story
    page = desk.get("/desk/audit").text
    assert kinds(page) == ["question.close", "reading.original"]
    assert "Answered → Closed" in page
    assert "10 Mar 2026, 13:00:00" in page
    assert "Times are those of Brussels." in page
    assert "The original was opened" in page
    assert re.search(r">Question <bdi", page)
    assert officer.name in page
    assert "The clock" in page
    assert str(first.id) in page
    for word in ("Kikwit", "insuline", "Jean", "someone@example.org"):
        assert word not in page


def test_it_is_narrowed_by_person_row_kind_and_day(desk, story) -> None:
    officer, first, second = story
    for query, found in (
        (f"person={officer.id}", ["reading.original"]), (f"about={second.id}", ["question.close"]),
        ("group=reading", ["reading.original"]), ("day=2026-03-11", ["question.close"]),
        (f"person={officer.id}&day=2026-03-11", []), (f"about={first.id}&group=reading", ["reading.original"]),
    ):  # fmt: skip
        assert kinds(desk.get(f"/desk/audit?{query}").text) == found


@pytest.mark.parametrize(
    "query", ["person=x", "about=%00", "group=%25", "day=2026-99-99", "day=9999-12-31", "after=~~"]
)
def test_what_is_not_understood_narrows_nothing_or_finds_nothing(desk, story, query) -> None:
    assert desk.get(f"/desk/audit?{query}").status_code == 200


def test_officers_and_editors_have_no_business_here(desk, scene) -> None:
    for role in (Role.OFFICER, Role.EDITOR):
        actor = make_staff(scene, role)
        scene.commit()
        desk.sign_in(actor.id)
        assert desk.get("/desk/audit").status_code == 403


@pytest.mark.parametrize("rows", [3, 300])
def test_it_asks_the_database_little_and_is_paged_without_losing_a_row(desk, scene, manager, rows) -> None:
    question = make_question(scene)
    for number in range(rows):
        record(
            scene, CLOCK, "question.close", question, NOON + timedelta(seconds=number // 7), codes={"n": str(uuid4())}
        )
    scene.commit()
    with desk.statements() as seen:
        desk.get("/desk/audit?group=question")
    assert len(seen) == 3
    address, found = "/desk/audit?group=question", set()
    while address:
        page = desk.get(address).text
        found |= set(re.findall(r"n=([0-9a-f-]{36})", page))
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert len(found) == rows


def details(page: str) -> list[str]:
    """What stands beside each event, as it is read."""
    lines = re.findall(r'<span class="faint">([^<]*)</span> <bdi>([^<]*)</bdi>', page)
    return [" ".join(line) for line in lines]


@pytest.mark.parametrize(("language", "said"), [
    ("en", ["Reminder about: The reply to the offer", "When: Before the date", "Counted from: 12 Mar 2026"]),
    ("fr", ["Rappel concernant\N{NO-BREAK SPACE}: La réponse à l’offre", "Quand\N{NO-BREAK SPACE}: Avant la date",
            "Compté à partir de\N{NO-BREAK SPACE}: 12 mars 2026"]),
    ("nl", ["Herinnering over: Het antwoord op het aanbod", "Wanneer: Voor de datum", "Geteld vanaf: 12 mrt 2026"]),
])  # fmt: skip
def test_a_reminder_says_in_words_what_about_and_when_and_the_codes_are_kept_for_engineers(
    desk, scene, manager, language, said
) -> None:
    codes = {"ladder": "assignment.offer", "rung": "before_due", "anchor": "2026-03-12"}
    record(scene, CLOCK, "assignment.offer.remind", make_question(scene), NOON, codes=codes)
    scene.commit()
    desk.get(f"/language/{language}")
    page = desk.get("/desk/audit").text
    assert details(page) == said
    assert set(re.search(r'title="([^"]*rung[^"]*)"', page)[1].split()) == {f"{name}={codes[name]}" for name in codes}


def test_people_terms_days_and_yes_or_no_are_said_in_words(desk, scene, manager) -> None:
    question = make_question(scene)
    for at, (kind, codes) in enumerate({
        "question.assign": {"officer": str(manager.id)},
        "question.topic": {"topic": "HEA-medicines"},
        "edition.open": {"country": "COD", "language": "fr"},
        "question.revise": {"overridden": False, "reworded": True},
        "staff.change_roles": {"from": ["officer"], "to": ["officer", "editor"]},
        "question.match": {"refs": []},
        "question.absorb": {"merged": str(question.id)},
    }.items()):  # fmt: skip
        record(scene, CLOCK, kind, question, NOON - timedelta(hours=at), codes=codes)
    scene.commit()
    assert details(desk.get("/desk/audit").text) == [
        "Officer: Marta Manager", "Topic: Medicines", "Country: DR Congo", "Language: French",
        "Personal details may stay: No", "In other words: Yes", "From: Helpdesk officer", "To: Helpdesk officer, Editor",
        "Texts: –", f"Merged: {str(question.id)[:8]}",
    ]  # fmt: skip
