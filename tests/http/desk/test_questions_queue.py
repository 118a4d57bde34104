"""The triage queue: which questions wait, late ones first, in neutral words only."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories import make_answer, make_assignment, make_partner, make_question, make_request, make_staff
from tests.http.desk.triaging import POINT, make, url
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK
from workflows.core.events import Event


def test_the_queue_shows_neutral_words_only(desk, scene, officer) -> None:
    make(scene)
    make(scene, points=(POINT,), urgency="urgent", urgency_reason="Départ.")
    page = desk.get("/desk/questions").text
    assert "Not read yet" in page
    assert POINT in page
    assert "Zawadi" not in page
    assert "Urgent" in page
    assert scene.scalars(select(Event)).all() == []


def test_questions_without_words_are_told_apart_for_ears_and_each_heads_its_row(desk, scene, officer) -> None:
    make(scene, points=(POINT,))
    asked = make_request(scene)
    for number in (1, 2):
        make_question(scene, asked, number=number)
    scene.commit()
    page = desk.get("/desk/questions").text
    heads = [re.sub("<[^>]*>", "", text) for text in re.findall(r'<th scope="row" class="q1"><a [^>]*>(.*?)</a>', page)]
    boxes = re.findall(r'<span class="vh">Select: ([^<]*)</span>', page)
    assert [head.replace("\u00a0", " ") for head in heads] == boxes
    assert len(set(heads)) == 3
    assert POINT in boxes
    assert sum(one.startswith("Not read yet, French, Came in ") for one in heads) == 2


def test_no_line_of_the_queue_begins_with_a_french_mark(desk, scene, officer) -> None:
    make(scene, points=("École à Lemba : quels frais ?",))
    scene.commit()
    assert "École à Lemba\u00a0: quels frais\u00a0?</a>" in desk.get("/desk/questions").text


def test_ones_own_questions_are_told_from_those_that_nobody_has(desk, scene, officer) -> None:
    make(scene, points=("Libre",))
    make(scene, points=("Prise",), officer_id=officer.id)
    scene.commit()
    page = desk.get("/desk/questions").text
    assert "You</span>" in page[page.index("Prise</a>") :].partition("</tr>")[0]
    assert page.count("You</span>") == 1
    assert "You</span>" not in desk.get("/desk/questions?view=mine").text  # where all are


def test_ears_hear_the_day_and_hour_of_the_helpdesk(desk, scene, officer) -> None:
    late = {"received_at": datetime(2026, 7, 1, 22, 30, tzinfo=UTC)}
    make_question(scene, make_request(scene), **late)
    scene.commit()
    assert desk.get("/desk/questions").text.count("Came in 2 Jul 2026, 00:30") == 2


def test_late_questions_come_first_then_the_oldest(desk, scene, officer) -> None:
    now = clock.now()
    make(scene, points=("Récente ?",), received_at=now)
    make(scene, points=("Ancienne ?",), received_at=now - timedelta(days=1))
    make(scene, points=("En retard ?",), received_at=now, triage_by=HELPDESK.local_day(now) - timedelta(days=3))
    page = desk.get("/desk/questions").text
    assert re.findall(r"(Récente|Ancienne|En retard)\s\?</a>", page) == ["En retard", "Ancienne", "Récente"]
    assert "3 d late" in page


def test_each_view_counts_and_shows_its_own(desk, scene, officer) -> None:
    now = clock.now()
    make(scene, points=("Nouvelle ?",))
    make(scene, points=("Attend ?",), state="clarification_asked", clarification_closes_at=now + timedelta(days=9))
    make(scene, points=("Prête ?",), state="triaged", officer_id=officer.id)
    make(
        scene,
        points=("Tard ?",),
        state="triaged",
        promised_by=HELPDESK.local_day(now) - timedelta(days=1),
        urgency="urgent",
    )
    make(scene, points=("Finie ?",), state="closed", closed_at=now)
    shown = {
        view: set(re.findall(r">(\w+)\s\?</a>", desk.get(f"/desk/questions?view={view}").text))
        for view in ("new", "late", "waiting", "urgent", "mine", "open")
    }
    assert shown == {
        "new": {"Nouvelle"},
        "mine": {"Prête"},
        "waiting": {"Attend"},
        "late": {"Tard"},
        "urgent": {"Tard"},
        "open": {"Nouvelle", "Attend", "Prête", "Tard"},
    }
    page = desk.get("/desk/questions").text
    counts = re.findall(r'<span class="num faint nowrap">(\d+)</span></a></li>', page)
    assert counts == ["1", "1", "1", "1", "0", "0", "1", "4"]


@pytest.mark.parametrize(
    ("assignment", "answer", "word"),
    [
        (None, None, "Ready to offer"),
        ("drafted", None, "Offer to complete"),
        ("offered", None, "Offered to partner"),
        ("accepted", None, "In research"),
        ("accepted", "returned", "Sent back to researcher"),
        ("accepted", "submitted", "In review"),
        ("completed", "accepted", "Answer ready"),
        ("lapsed", None, "Ready to offer"),
        ("revoked", "withdrawn", "Ready to offer"),
    ],
)
def test_how_far_the_research_is_comes_from_assignments_and_answers(
    desk, scene, officer, assignment, answer, word
) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    if assignment:
        row = make_assignment(scene, make_partner(scene), question, state=assignment)
        if answer:
            make_answer(scene, row, state=answer)
    scene.commit()
    assert word in desk.get("/desk/questions?view=open").text
    assert word in desk.get(url(question)).text


def test_filters_narrow_the_queue_and_strange_ones_do_no_harm(desk, scene, officer) -> None:
    make(scene, points=("Congo ?",), topics=["HEA-medicines"])
    make(scene, points=("Guinée ?",), country="GIN", topics=["HOU-rent"], language="nl")
    for query, shown in (
        ("country=GIN", {"Guinée"}),
        ("topic=HEA", {"Congo"}),
        ("topic=HOU-rent", {"Guinée"}),
        ("language=fr", {"Congo"}),
        ("country=GIN&topic=HEA", set()),
        ("view=nonsense&after=nonsense", {"Congo", "Guinée"}),
        ("country=%00&after=1~%00~x", {"Congo", "Guinée"}),
        ("topic=%25", set()),
    ):
        page = desk.get(f"/desk/questions?{query}")
        assert (page.status_code, set(re.findall(r">(\w+)\s\?</a>", page.text))) == (200, shown)


def test_a_row_says_what_is_needed_to_decide(desk, scene, officer) -> None:
    colleague = make_staff(scene, name="Inge Vermeer")
    make(scene, points=(POINT,), urgency="urgent", urgency_reason="Vol le 3 mars.", officer_id=colleague.id)
    make(scene, personal_details=3)
    make(scene, points=("Rien à cacher ?",), personal_details=0)
    page = desk.get("/desk/questions").text
    assert "Vol le 3 mars." in page
    assert "Inge Vermeer" in page
    assert re.findall(r"</svg>(\d+)<span class=\"vh\"> possible personal details", page) == ["3"]


def test_an_empty_answer_says_what_matches_nothing_and_leads_back_to_the_whole_view(desk, scene, officer) -> None:
    assert "Nothing waits here" in desk.get("/desk/questions?view=late").text
    for narrow, said in (("q=goma", "Nothing matches “goma”"), ("topic=HOU", "Nothing matches these filters")):
        page = desk.get(f"/desk/questions?view=late&{narrow}").text
        assert said in page
        assert 'href="/desk/questions?view=late">' in page[page.index(said) :]


def test_countries_are_views_of_their_own_with_counts(desk, scene, officer) -> None:
    for country in ("GIN", "COD", "GIN"):
        make(scene, points=(f"{country} ?",), country=country)
    make(scene, points=("Sans pays ?",), country=None)
    make(scene, points=("Prête ?",), country="ARM", state="triaged")
    page = desk.get("/desk/questions").text
    beside = re.search(r'aria-label="By country".*?</nav>', page, re.S)[0]
    assert re.findall(r'<a href="([^"]+)"[^>]*>(.+?) <span class="num faint nowrap">(\d)</span>', beside) == [
        ("/desk/questions?view=new&amp;country=GIN", "Guinea", "2"),
        ("/desk/questions?view=new&amp;country=COD", "DR Congo", "1"),
    ]
    chosen = desk.get("/desk/questions?view=new&country=GIN").text
    assert re.search(r'<a href="/desk/questions\?view=new" aria-current="page">Guinea', chosen)
    assert "Guinea (2)</option>" in chosen
    assert "Armenia" not in chosen


def test_the_queue_is_paged_without_losing_or_repeating_a_row(desk, scene, officer) -> None:
    now = clock.now()
    for number in range(120):
        late = number % 3 == 0
        make_question(
            scene,
            points=(f"N{number} ?",),
            received_at=now - timedelta(minutes=number // 2),
            triage_by=HELPDESK.local_day(now) + timedelta(days=-2 if late else 5),
        )
    scene.commit()
    address, seen = "/desk/questions", []
    while address:
        page = desk.get(address).text
        seen += re.findall(r">N(\d+)\s\?</a>", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 120
    assert all(int(number) % 3 == 0 for number in seen[:40])


@pytest.mark.parametrize("rows", [3, 300])
def test_the_queue_asks_the_database_little_however_long_it_is(desk, scene, officer, rows) -> None:
    for _number in range(rows):
        question = make_question(scene, points=(POINT,), state="triaged")
        make_assignment(scene, make_partner(scene), question)
    scene.commit()
    with desk.statements() as seen:
        desk.get("/desk/questions?view=open")
    assert len(seen) == 5, seen  # the queue, all counts; countries, topics; the clock and lost letters


def test_a_full_page_of_the_queue_is_light(desk, scene, officer) -> None:
    for number in range(60):
        make_question(scene, points=(f"{number} {POINT}",), state="triaged")
    scene.commit()
    assert len(gzip.compress(desk.get("/desk/questions?view=open").data)) <= 25_000


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_only_officers_read_the_queue(desk, scene, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    scene.commit()
    assert desk.get("/desk/questions").status_code == 403


def test_a_question_that_waits_for_whoever_asked_is_not_called_unread(desk, scene, officer) -> None:
    make(scene, state="clarification_asked", clarification_closes_at=clock.now() + timedelta(days=9))
    page = desk.get("/desk/questions?view=waiting").text
    assert "Waits for the requester; no neutral text yet<span" in page
    assert "Not read yet" not in page


def test_what_the_helpdesk_asks_itself_is_marked(desk, scene, officer) -> None:
    make(scene, points=("Celle d’un autre ?",))
    assert "Asked by the helpdesk itself" not in desk.get("/desk/questions").text
    nobody = {"channel": "desk", "requester_kind": None, "contact": None, "consent_version": None,
              "consented_at": None, "code_hash": None, "code_key_version": 0}  # fmt: skip
    request = make_request(scene, **nobody)
    make_question(scene, request, points=("La nôtre ?",), received_at=clock.now())
    scene.commit()
    page = desk.get("/desk/questions").text
    row = page[page.index("La nôtre") : page.index("</tr>", page.index("La nôtre"))]
    assert "Asked by the helpdesk itself" in row
    assert page.count("Asked by the helpdesk itself") == 1


def test_countries_that_have_no_view_of_their_own_are_counted_and_lead_to_the_list(desk, scene, officer) -> None:
    countries = ("ALB", "ARM", "COD", "ECU", "GIN", "NPL")
    for country in countries:
        make(scene, points=("?",), country=country)
    assert "more countr" not in desk.get("/desk/questions").text
    make(scene, points=("?",), country="MAR")
    assert '<a href="#country">1 more country</a>' in desk.get("/desk/questions").text
    make(scene, points=("?",), country="SEN")
    assert '<a href="#country">2 more countries</a>' in desk.get("/desk/questions").text
