"""Saving by script: the same form to the same address, answered as JSON; what is kept, refused or contested is said in full."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.factories import make_answer, make_assignment, make_partner, make_question, make_researcher
from workflows.answers.models import Answer, AnswerPoint, Contact, Source
from workflows.assignments.models import Assignment

JSON = {"Accept": "application/json"}
SECRET = "Mrs Known of the second window"
DAY = ["9", "3", "2026"]


pytestmark = pytest.mark.usefixtures("stopped")


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene, timezone="Africa/Kinshasa")


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), ("Is it sold?", "At what price?"),
                          state="accepted", submit_by=date(2026, 3, 24))  # fmt: skip
    answer = make_answer(scene, row)
    scene.flush()
    scene.execute(update(AnswerPoint).values(text=""))
    scene.add(AnswerPoint(answer_id=answer.id, code="Q2", position=2, text="", place="", not_found=False,
                          searched_where=""))  # fmt: skip
    scene.commit()
    return row


@pytest.fixture
def me(scene: Session, partner):
    researcher = make_researcher(scene, partner, language="en")
    scene.commit()
    return researcher


@pytest.fixture
def browser(portal, me, work):
    return portal.sign_in(me.id)


def saves(browser, work: Assignment, **fields: Any) -> Any:
    """Send both points, and what is named by `q1__place=` or `q2__sources__0__label=`."""
    typed = {"points-0-code": "Q1", "points-1-code": "Q2", "version": "1"}
    places = {"q1": "points-0", "q2": "points-1"}
    for name, value in fields.items():
        head, *rest = name.split("__")
        typed["-".join([places.get(head, head), *rest])] = value
    return browser.post(f"/w/t/{work.id}/answer", typed, headers=JSON)


def stored(scene: Session, model: Any, *order: Any) -> list[Any]:
    scene.expire_all()
    return list(scene.scalars(select(model).order_by(*order)))


def texts(scene: Session) -> list[str]:
    return [row.text for row in stored(scene, AnswerPoint, AnswerPoint.position)]


def test_a_save_tells_the_new_version_and_the_time_of_the_partner(scene, work, browser) -> None:
    answer = saves(browser, work, q2__text="28,000 FC.")
    assert answer.status_code == 200
    assert answer.json == {
        "version": 2, "saved_at": answer.json["saved_at"], "progress": {"Q1": "todo", "Q2": "begun"}, "ids": {},
        "sealed": [],
    }  # fmt: skip
    assert answer.json["saved_at"].endswith("+01:00")
    assert answer.headers["Cache-Control"] == "no-store"
    assert texts(scene) == ["", "28,000 FC."]


def test_a_new_row_is_told_its_id_and_saved_again_under_it(scene, work, browser) -> None:
    blank = {"q2__sources__0__label": ""}
    first = saves(browser, work, q1__sources__0__label="A market", q2__sources__1__label="A clinic", **blank)
    ids = first.json["ids"]
    assert set(ids) == {"points-0-sources-0-id", "points-1-sources-1-id"}
    again = blank | {"q1__sources__0__id": ids["points-0-sources-0-id"], "q1__sources__0__label": "A market hall",
             "q2__sources__1__id": ids["points-1-sources-1-id"], "q2__sources__1__label": "A clinic"}  # fmt: skip
    second = saves(browser, work, version=2, **again)
    assert (second.status_code, second.json["ids"]) == (200, ids)
    assert [row.label for row in stored(scene, Source, Source.position)] == ["A market hall", "A clinic"]


def test_what_was_sealed_is_named_so_that_its_field_can_be_emptied(scene, work, browser) -> None:
    rows = {"q1__sources__0__label": "A nurse", "q1__sources__0__identity": SECRET,
            "q1__contacts__0__label": "The registry", "q1__contacts__0__may_publish": "y",
            "q1__contacts__0__reach": "Weekdays 8 to 12",
            "q1__contacts__1__label": "A clerk", "q1__contacts__1__reach": SECRET}  # fmt: skip
    answer = saves(browser, work, **rows)
    assert answer.json["sealed"] == ["points-0-sources-0-identity", "points-0-contacts-1-reach"]
    assert SECRET not in answer.text
    assert [row.reach for row in stored(scene, Contact, Contact.position)] == ["Weekdays 8 to 12", ""]


def test_an_emptied_identity_keeps_what_is_sealed(scene, work, browser) -> None:
    first = saves(browser, work, q1__sources__0__label="A nurse", q1__sources__0__identity=SECRET).json
    named = first["ids"]["points-0-sources-0-id"]
    second = saves(browser, work, version=2, q1__sources__0__id=named, q1__sources__0__label="A nurse").json
    assert (second["ids"], second["sealed"]) == (first["ids"], [])
    assert stored(scene, Source)[0].keeps_identity


def test_another_identity_makes_another_row_whose_id_is_told(scene, work, browser) -> None:
    first = saves(browser, work, q1__sources__0__label="A nurse", q1__sources__0__identity=SECRET).json["ids"]
    typed = {"q1__sources__0__id": first["points-0-sources-0-id"], "q1__sources__0__identity": "Mr Second"}
    second = saves(browser, work, version=2, **typed).json["ids"]
    assert second != first
    assert {str(row.id): row.dropped for row in stored(scene, Source)} == {
        first["points-0-sources-0-id"]: True, second["points-0-sources-0-id"]: False
    }  # fmt: skip


def test_a_half_typed_date_keeps_the_rest_and_tells_the_new_version(scene, work, browser) -> None:
    typed = {"q1__information_date": ["31", "2", "2026"], "q2__sources__0__dated": ["9", "", ""],
             "q2__sources__0__label": "A list"}  # fmt: skip
    answer = saves(browser, work, q2__text="28,000 FC.", q2__information_date=DAY, **typed)
    assert (answer.status_code, answer.json["version"]) == (422, 2)
    assert set(answer.json["problems"]) == {"points-0-information_date", "points-1-sources-0-dated"}
    assert "This date does not exist" in answer.json["problems"]["points-0-information_date"]
    assert set(answer.json["ids"]) == {"points-1-sources-0-id"}
    assert texts(scene)[1] == "28,000 FC."
    assert stored(scene, AnswerPoint, AnswerPoint.position)[1].information_date == date(2026, 3, 9)
    assert saves(browser, work, version=2, q2__text="Mended.").json["version"] == 3


def test_a_date_that_cannot_be_read_leaves_the_one_that_was_saved(scene, work, browser) -> None:
    source = {"q1__sources__0__label": "A list", "q1__sources__0__dated": DAY}
    first = saves(browser, work, q1__information_date=DAY, **source)
    named = source | {"q1__sources__0__id": first.json["ids"]["points-0-sources-0-id"]}
    broken = ["31", "2", "2026"]
    typed = named | {"q1__information_date": broken, "q1__sources__0__dated": broken}
    half = saves(browser, work, version=first.json["version"], q1__text="28,000 FC.", **typed)
    assert set(half.json["problems"]) == {"points-0-information_date", "points-0-sources-0-dated"}
    point, kept = stored(scene, AnswerPoint, AnswerPoint.position)[0], stored(scene, Source, Source.position)[0]
    assert (point.text, point.information_date, kept.dated) == ("28,000 FC.", date(2026, 3, 9), date(2026, 3, 9))
    replaced = typed | {"q1__sources__0__identity": "Mama Odette"}
    saves(browser, work, version=half.json["version"], **replaced)
    anew = [row for row in stored(scene, Source, Source.position) if not row.dropped]
    assert [(row.keeps_identity, row.dated) for row in anew] == [(True, date(2026, 3, 9))]
    emptied = named | {"q1__information_date": ["", "", ""]}
    saves(browser, work, version=half.json["version"] + 1, **emptied)
    assert stored(scene, AnswerPoint, AnswerPoint.position)[0].information_date is None


def test_an_unknown_code_keeps_nothing_and_says_so(scene, work, browser) -> None:
    answer = saves(browser, work, q1__text="Yes.", q1__sources__0__kind="rumour")
    assert answer.status_code == 422
    assert answer.json == {"problems": {"": "Choose one of the answers offered."}}
    assert texts(scene)[0] == ""
    assert stored(scene, Answer)[0].version == 1


def test_too_many_rows_are_refused_and_said(work, browser) -> None:
    many = {f"q1__contacts__{number}__label": "x" for number in range(21)}
    assert "too many contacts" in saves(browser, work, **many).json["problems"][""]


def test_two_pages_at_once_get_both_texts_and_the_version_to_decide_over(scene, work, browser) -> None:
    saves(browser, work, q1__text="Theirs.", q1__sources__0__identity=SECRET)
    answer = saves(browser, work, q1__text="Mine.", q1__sources__0__identity="Mr Second")
    assert (answer.status_code, answer.json["version"]) == (409, 2)
    assert {"label": "Q1 Your answer", "theirs": "Theirs.", "yours": "Mine."} in answer.json["clashes"]
    assert SECRET not in answer.text
    assert "Mr Second" not in answer.text
    assert texts(scene)[0] == "Theirs."
    assert saves(browser, work, version=2, q1__text="Mine.").status_code == 200


def test_the_other_text_is_said_to_be_ones_own_or_a_colleagues(scene, portal, partner, work, browser) -> None:
    saves(browser, work, q1__text="Theirs.")
    assert saves(browser, work, q1__text="Mine.").json["whose"] == "You changed this in another window."
    colleague = make_researcher(scene, partner, language="en")
    scene.commit()
    answer = saves(portal.sign_in(colleague.id), work, q1__text="Hers.")
    assert answer.json["whose"] == "A colleague changed this in the meantime."


def test_how_far_each_point_is_comes_back_with_every_save(work, browser) -> None:
    whole = {"q1__text": "Yes.", "q1__place": "Matete", "q1__information_date": DAY, "q1__confidence": "sure",
             "q1__sources__0__label": "A shop", "q1__sources__0__kind": "visit", "q1__sources__0__mode": "in_person",
             "q1__sources__0__consent": "unnamed", "q1__sources__0__dated": DAY}  # fmt: skip
    first = saves(browser, work, q2__text="28,000 FC.", **whole)
    assert first.json["progress"] == {"Q1": "done", "Q2": "begun"}
    assert saves(browser, work, version=2).json["progress"] == {"Q1": "todo", "Q2": "todo"}


def test_a_save_whose_answer_was_lost_is_told_the_ids_when_it_is_repeated(work, browser) -> None:
    first, again = [saves(browser, work, q2__sources__0__label="A list") for _ in range(2)]
    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.json["version"], again.json["ids"]) == (2, first.json["ids"])


def test_a_stranger_is_told_to_sign_in_and_nothing_is_saved(scene, portal, work) -> None:
    answer = saves(portal, work, q1__text="Yes.")
    assert (answer.status_code, answer.json["text"]) == (401, "Come in again")
    assert texts(scene)[0] == ""


def test_a_page_whose_token_is_too_old_is_told_so_as_data(scene, work, browser) -> None:
    answer = browser.client.post(f"/w/t/{work.id}/answer", data={"points-0-text": "Yes."}, headers=JSON)
    assert (answer.status_code, set(answer.json)) == (400, {"heading", "text"})
    assert texts(scene)[0] == ""


def test_work_that_is_over_or_of_others_is_refused_as_data(scene, portal, work, browser) -> None:
    work.state = "revoked"
    scene.commit()
    over = saves(browser, work, q1__text="Yes.")
    assert (over.status_code, set(over.json)) == (409, {"heading", "text"})
    stranger = make_researcher(scene)
    scene.commit()
    foreign = saves(portal.sign_in(stranger.id), work)
    assert (foreign.status_code, set(foreign.json)) == (404, {"heading", "text"})


def test_a_browser_that_asks_for_pages_still_gets_pages(work, browser) -> None:
    page = browser.post(f"/w/t/{work.id}/answer", {"version": "7"}, headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.mimetype == "text/html"


def test_what_a_page_sent_twice_because_its_answer_was_lost_is_no_conflict_and_seals_once(scene, work, browser) -> None:
    page = {"page": str(UUID(int=7)), "version": "1", "points-0-code": "Q1", "points-1-code": "Q2",
            "points-0-text": "Yes.", "points-0-sources-0-label": "A nurse", "points-0-sources-0-identity": SECRET}  # fmt: skip
    for typed in (page, page | {"points-0-text": "Yes, and typed on."}):
        assert browser.post(f"/w/t/{work.id}/answer", typed).status_code == 303
    assert texts(scene)[0] == "Yes, and typed on."
    assert [row.keeps_identity for row in stored(scene, Source) if not row.dropped] == [True]
    assert browser.post(f"/w/t/{work.id}/answer", page | {"page": str(UUID(int=8))}).status_code == 409


def test_a_copy_of_tries_of_which_one_was_saved_says_nothing_else(scene, work, browser) -> None:
    typed = {"q1__text": "Yes.", "q1__sources__0__label": "A nurse", "q1__sources__0__identity": SECRET}
    tried = {"page": str(UUID(int=7)), "turn": "3"}
    assert saves(browser, work, **typed, **tried).status_code == 200
    assert saves(browser, work, **typed, **tried | {"turn": "2"}, compare="1").json["version"] == 2
    for other in (tried | {"turn": "4"}, tried | {"page": str(UUID(int=8))}, {"page": tried["page"]}):
        assert "with a new identity" in saves(browser, work, **typed, **other, compare="1").text


def test_a_comparison_says_which_days_cannot_be_read(work, browser) -> None:
    saves(browser, work)
    answer = saves(browser, work, q1__information_date=["31", "2", "2026"], compare="1")
    assert list(answer.json["problems"]) == ["points-0-information_date"]


def test_a_page_that_comes_back_names_the_one_before_and_says_that_something_is_not_saved(work, browser) -> None:
    half = {"page": str(UUID(int=7)), "version": "1", "points-0-code": "Q1", "points-1-code": "Q2",
            "points-0-information_date": ["31", "2", "2026"]}  # fmt: skip
    page = browser.post(f"/w/t/{work.id}/answer", half).text
    assert ('data-typed="1"' in page, f'data-from="{half["page"]}"' in page) == (True, True)
    fresh = browser.get(f"/w/t/{work.id}").text
    assert ("data-typed" in fresh, "data-from" in fresh) == (False, False)
