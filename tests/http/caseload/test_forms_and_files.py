"""Of the caseload: what is agreed to for somebody, what tells the questions of one case apart, and the table as a file."""

import re
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_question
from tests.http.caseload.test_caseload import a_case, enrolled, typed
from tests.requesters import LONG_ENOUGH
from tests.sites import Browser
from web_kit.spreadsheet import as_csv
from workflows.requests.models import Request


def test_the_questions_of_a_case_are_told_apart_by_country_and_topic(
    signed_in: Browser, scene: Session, counsellor
) -> None:
    case = a_case(scene, counsellor)
    make_question(scene, case, country="COD", topics=["HEA-medicines"])
    make_question(scene, case, number=2, country=None, topics=[])
    scene.commit()
    page = signed_in.get(f"/en/caseload/{case.id}").text
    assert re.findall(r">(Question \d of \d[^<]*)<", page) == [
        "Question 1 of 2 · DR Congo, Medicines",
        "Question 2 of 2",
    ]


@pytest.mark.parametrize(
    ("boxes", "agreed"),
    [({}, "2026-2-counsellor-not-published"), ({"publishing": "y"}, "2026-2-counsellor")],
)
def test_research_and_publishing_are_agreed_to_apart(signed_in: Browser, scene: Session, boxes, agreed) -> None:
    assert signed_in.post("/en/caseload/new", typed(signed_in, **boxes)).status_code == 303
    assert scene.scalars(select(Request.consent_version)).one() == agreed


def test_publishing_alone_is_no_agreement_and_is_kept_when_the_form_comes_back(signed_in: Browser) -> None:
    answer = signed_in.post("/en/caseload/new", typed(signed_in, consent="", publishing="y"))
    assert answer.status_code == 422
    box = re.search(r'<input[^>]*name="publishing"[^>]*>', answer.text)
    assert box
    assert "checked" in box[0]


def test_a_table_in_a_language_whose_numbers_have_a_comma_has_semicolons_between_its_cells() -> None:
    assert as_csv([("a;b", "c,d", 1, Decimal("-2.50"))], ",").decode("utf-8-sig") == '"a;b";c,d;1;-2,50\r\n'
    assert as_csv([("a;b", "c,d", 1, Decimal("-2.50"))], ".").decode("utf-8-sig") == 'a;b,"c,d",1,-2.50\r\n'


@pytest.mark.parametrize(("language", "between"), [("en", ","), ("fr", ";"), ("nl", ";")])
def test_the_table_opens_in_a_spreadsheet_of_its_language(
    signed_in: Browser, scene: Session, counsellor, language: str, between: str
) -> None:
    enrolled(scene, counsellor)
    scene.commit()
    head = signed_in.get(f"/{language}/caseload.csv").data.decode("utf-8-sig").splitlines()[0]
    assert head.count(between) == 7


def test_one_more_question_begins_with_the_country_of_the_one_before(signed_in: Browser) -> None:
    page = signed_in.post("/en/caseload/new", typed(signed_in, add="")).text
    for number in (0, 1):
        chosen = re.search(rf'name="questions-{number}-country".*?</select>', page, re.DOTALL)
        assert chosen
        assert re.findall(r'<option selected value="(\w*)"', chosen[0]) == ["COD"]
    assert page.count(LONG_ENOUGH) == 1
