"""Writing an answer in the portal: nothing typed is lost, nothing is overwritten, nothing sealed comes back."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, make_answer, make_assignment, make_question, make_researcher
from workflows.answers.models import Answer, AnswerPoint, ReviewComment, Revision, Source
from workflows.assignments.models import Assignment, AssignmentMessage

SECRET = "Mrs Known of the second window"


pytestmark = pytest.mark.usefixtures("stopped")


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    """Accepted work of two points; the first has its text, the second is empty."""
    points = ("Is it sold?", "At what price?")
    question = make_question(scene, state="triaged")
    row = make_assignment(scene, partner, question, points, state="accepted", submit_by=date(2026, 3, 24))
    answer = make_answer(scene, row)
    scene.add(AnswerPoint(answer_id=answer.id, code="Q2", position=2, text="", place="", not_found=False,
                          searched_where=""))  # fmt: skip
    scene.commit()
    return row


def point(place: int, **values: Any) -> dict[str, Any]:
    given = {"code": f"Q{place + 1}", "text": "Two of three had it.", "place": "Kinshasa",
             "information_date": ["9", "3", "2026"], "confidence": "fairly_sure"}  # fmt: skip
    return {f"points-{place}-{name}": value for name, value in (given | values).items()}


def source(place: int, number: int = 0, **values: Any) -> dict[str, Any]:
    given = {"id": "", "kind": "talk", "label": "Three pharmacists", "dated": ["9", "3", "2026"], "mode": "in_person",
             "consent": "role", "identity": ""}  # fmt: skip
    return {f"points-{place}-sources-{number}-{name}": value for name, value in (given | values).items()}


def whole(version: int = 1, **more: Any) -> dict[str, Any]:
    """Both points complete, the second with its source's identity."""
    filled = point(0) | source(0) | point(1, text="28,000 FC.") | source(1, label="A price list", identity=SECRET)
    return filled | {"version": str(version), "note": "Not the street."} | more


def send_to(work: Assignment) -> str:
    return f"/w/t/{work.id}/answer"


def stored(scene: Session, model: Any, *order: Any) -> list[Any]:
    scene.expire_all()
    return list(scene.scalars(select(model).order_by(*order)))


def texts(scene: Session) -> list[str]:
    return [row.text for row in stored(scene, AnswerPoint, AnswerPoint.position)]


def test_a_draft_is_saved_and_shown_again(scene, work, browser) -> None:
    answer = browser.post(send_to(work), {"version": "1", **point(0, text="Only this."), "points-1-code": "Q2"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/w/t/{work.id}")
    page = browser.get(f"/w/t/{work.id}").text
    assert "Only this." in page
    assert texts(scene) == ["Only this.", ""]


def test_a_sealed_identity_is_never_shown_again(scene, work, browser) -> None:
    browser.post(send_to(work), whole())
    page = browser.get(f"/w/t/{work.id}").text
    assert SECRET not in page
    assert "Kept, sealed." in page
    kept = stored(scene, Source, Source.position)[1]
    again = whole(2) | source(0, id=stored(scene, Source, Source.position)[0].id) | source(1, id=kept.id, label="List")
    browser.post(send_to(work), again)
    assert stored(scene, Source, Source.position)[1].identity == SECRET
    assert len(stored(scene, Source)) == 2


def test_adding_a_source_saves_and_gives_an_empty_row(scene, work, browser) -> None:
    answer = browser.post(send_to(work), whole(add="points-1-sources"))
    assert answer.headers["Location"].endswith("?more=points-1-sources#points-1-sources-1")
    page = browser.get(answer.headers["Location"]).text
    assert 'name="points-1-sources-1-label"' in page
    assert 'name="points-0-sources-1-label"' not in page
    assert len(stored(scene, Source)) == 2


@pytest.mark.parametrize(("name", "field"), [("sources", "label"), ("prices", "what"), ("contacts", "label")])
def test_adding_a_row_beside_an_empty_one_gives_another_empty_one(work, browser, name: str, field: str) -> None:
    sent = {"version": "1", "add": f"points-0-{name}"} | point(0) | {f"points-0-{name}-0-{field}": ""}
    first = browser.post(send_to(work), sent)
    assert f'name="points-0-{name}-1-{field}"' in browser.get(first.location).text
    second = browser.post(send_to(work), sent | {"version": "2", f"points-0-{name}-1-{field}": ""})
    page = browser.get(second.location).text
    row = second.location.partition("#")[2]
    assert (row, f'id="{row}"' in page) == (f"points-0-{name}-2", True)
    assert f'name="points-0-{name}-2-{field}"' in page
    assert f'name="points-0-{name}-3-{field}"' not in page


def test_no_address_asks_for_very_many_empty_rows(work, browser) -> None:
    for rows in ("999999999", "-3", "x"):
        page = browser.get(f"/w/t/{work.id}?more=points-0-sources&rows={rows}")
        assert page.status_code == 200
        assert 'name="points-0-sources-0-label"' in page.text
        assert 'name="points-0-sources-10-label"' not in page.text


def test_an_empty_row_is_not_kept(scene, work, browser) -> None:
    blank = source(0, 1, kind="", label="", dated=["", "", ""], mode="", consent="")
    browser.post(send_to(work), whole() | blank)
    assert len(stored(scene, Source)) == 2


def test_removing_a_source_saves_the_rest(scene, work, browser) -> None:
    answer = browser.post(send_to(work), whole(remove="points-1-sources-0"))
    assert answer.headers["Location"].endswith("#points-1-sources")
    assert [row.label for row in stored(scene, Source)] == ["Three pharmacists"]
    assert texts(scene) == ["Two of three had it.", "28,000 FC."]


def test_a_half_typed_date_is_shown_again_and_the_rest_is_kept(scene, work, browser) -> None:
    half = whole() | point(0, information_date=["31", "2", "2026"]) | source(1, dated=["9", "", ""], identity=SECRET)
    answer = browser.post(send_to(work), half)
    assert answer.status_code == 422
    assert answer.text.count("This date does not exist") == 2  # in the summary and beside the field
    assert re.search(r'id="says" role="status">Saved \d\d:\d\d. What is marked above could not be read.<', answer.text)
    assert 'name="points-0-information_date" value="31"' in answer.text
    assert 'name="points-1-sources-0-dated" value="9"' in answer.text
    assert SECRET not in answer.text
    assert texts(scene) == ["Two of three had it.", "28,000 FC."]
    first, second = stored(scene, AnswerPoint, AnswerPoint.position)
    assert (first.information_date, second.information_date) == (date(2026, 3, 9), date(2026, 3, 9))
    assert stored(scene, Source, Source.position)[1].identity == SECRET


def test_a_mended_date_after_an_error_is_saved_over_the_same_version(scene, work, browser) -> None:
    page = browser.post(send_to(work), whole() | point(0, information_date=["9", "3", ""])).text
    assert 'name="version" value="2"' in page


def test_a_save_from_an_older_version_shows_both_texts_and_can_be_repeated(scene, work, browser) -> None:
    browser.post(send_to(work), whole())
    mine = whole() | point(0, text="Mine.") | source(1, label="My list", identity="Mr Second")
    answer = browser.post(send_to(work), mine)
    assert answer.status_code == 409
    for shown in ("Two of three had it.", "Mine.", "You changed this in another window.", "A price list", "My list"):
        assert shown in answer.text
    assert SECRET not in answer.text
    assert texts(scene)[0] == "Two of three had it."
    assert 'name="version" value="2"' in answer.text
    assert browser.post(send_to(work), mine | {"version": "2"}).status_code == 303
    assert texts(scene)[0] == "Mine."


def test_a_conflict_offers_both_ways_out_without_a_script(work, browser) -> None:
    browser.post(send_to(work), whole())
    answer = browser.post(send_to(work), whole() | point(0, text="Mine."))
    assert f'<a class="btn" href="/w/t/{work.id}">Keep what is saved</a>' in answer.text
    assert '<button type="submit" class="btn go" form="answer">Save my text</button>' in answer.text


@pytest.mark.parametrize(
    ("address", "asked", "told"),
    [
        ("ask", {"message": "Which part of the town?"}, "Your question is with the desk."),
        ("more-time", {"until": ["2", "4", "2026"]}, "You asked for more time."),
    ],
)
def test_what_was_typed_is_kept_when_the_desk_is_asked_something(scene, work, browser, address, asked, told) -> None:
    page = browser.get(f"/w/t/{work.id}").text
    assert f'form="answer" formaction="/w/t/{work.id}/{address}"' in page
    answer = browser.post(f"/w/t/{work.id}/{address}", whole() | asked, follow_redirects=True)
    assert told in answer.text
    assert texts(scene) == ["Two of three had it.", "28,000 FC."]


def test_a_refused_question_still_keeps_what_was_typed_in_the_answer(scene, work, browser) -> None:
    answer = browser.post(f"/w/t/{work.id}/ask", whole() | {"message": "long " * 500})
    assert (answer.status_code, "long long long" in answer.text) == (422, True)
    assert texts(scene) == ["Two of three had it.", "28,000 FC."]


@pytest.mark.parametrize("version", ["1", "2"])
def test_nothing_is_asked_while_the_answer_cannot_be_kept_and_both_stay_on_the_page(
    scene, work, browser, version
) -> None:
    browser.post(send_to(work), whole())
    typed = whole(int(version)) | point(0, text="Mine.", information_date=["31", "2", "2026"])
    answer = browser.post(f"/w/t/{work.id}/ask", typed | {"message": "Which part of the town?"})
    assert answer.status_code == (409 if version == "1" else 422)
    assert "Mine." in answer.text
    assert "Which part of the town?</textarea>" in answer.text
    assert stored(scene, AssignmentMessage) == []


def test_the_same_save_twice_is_no_conflict(scene, work, browser) -> None:
    plain = whole() | source(1, label="A price list")
    assert [browser.post(send_to(work), plain).status_code for _ in range(2)] == [303, 303]
    assert len(stored(scene, Source)) == 2


def test_a_new_identity_is_not_lost_in_an_otherwise_equal_save(scene, work, browser) -> None:
    plain = whole() | source(1, label="A price list")
    browser.post(send_to(work), plain)
    answer = browser.post(send_to(work), plain | source(1, label="A price list", identity=SECRET))
    assert answer.status_code == 409
    assert "with a new identity" in answer.text


def test_an_unknown_code_is_refused_with_everything_kept(scene, work, browser) -> None:
    answer = browser.post(send_to(work), whole() | source(0, kind="rumour"))
    assert (answer.status_code, "Choose one of the answers offered." in answer.text) == (422, True)
    assert "28,000 FC." in answer.text
    assert texts(scene)[1] == ""


def test_sending_an_empty_answer_lists_what_is_missing_by_field(scene, work, browser) -> None:
    answer = browser.post(send_to(work), {"version": "1", "points-0-code": "Q1", "points-1-code": "Q2", "send": "1"})
    assert answer.status_code == 422
    for field in ("points-1-text", "points-1-place", "points-1-information_date", "points-1-confidence-0",
                  "points-1-sources-0-kind"):  # fmt: skip
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}"' in answer.text
    assert "Q2: Your answer" in answer.text
    assert stored(scene, Revision) == []


def test_sending_freezes_the_answer_and_shows_it(scene, work, browser) -> None:
    answer = browser.post(send_to(work), whole(send="1"), follow_redirects=True)
    assert "An editor reads your answer now." in answer.text
    for shown in ("Two of three had it.", "28,000 FC.", "A price list", "identity kept, sealed", "Only the role"):
        assert shown in answer.text
    assert SECRET not in answer.text
    assert "Save now" not in answer.text
    (revision,) = stored(scene, Revision)
    assert SECRET not in str(revision.content)


def test_a_late_second_send_is_a_conflict_that_keeps_the_texts(work, browser) -> None:
    browser.post(send_to(work), whole(send="1"))
    answer = browser.post(send_to(work), whole(2, send="1"))
    assert (answer.status_code, "28,000 FC." in answer.text) == (409, True)


def test_a_returned_answer_shows_the_comments_of_the_last_round_beside_its_points(scene, work, browser) -> None:
    browser.post(send_to(work), whole(send="1"))
    answer = stored(scene, Answer)[0]
    answer.state, answer.round = "returned", 3
    said = ((2, "Q1", "Old remark."), (3, "Q2", "Which shop?"), (3, None, "Nearly there."), (3, "Q2", "And which day?"))
    for at, (turn, code, text) in enumerate(said):
        moment = NOW + timedelta(minutes=at)
        scene.add(
            ReviewComment(answer_id=answer.id, round=turn, point_code=code, text=text, quote=f"Of {code}", at=moment)
        )
    scene.commit()
    page = browser.get(f"/w/t/{work.id}").text
    assert "Old remark." not in page
    assert page.index("Of Q2</q>") < page.index("Which shop?")
    assert page.index("Nearly there.") < page.index('id="Q1"') < page.index('id="Q2"') < page.index("Which shop?")
    assert "Send for review" in page
    assert re.search(r"Which shop\?</p>\s*<hr><p [^>]*>About: <q [^>]*>Of Q2</q></p><p [^>]*>And which day\?", page)
    assert page.count("<hr>") == browser.get("/w").text.count("<hr>") + 1


def test_who_sent_an_answer_reads_their_own_note_to_the_editor(scene, work, browser) -> None:
    browser.post(send_to(work), whole(send="1"))
    page = browser.get(f"/w/t/{work.id}").text
    assert page.index("28,000 FC.") < page.index("For the editor only</h2>") < page.index("Not the street.</p>")
    assert "Save now" not in page


def test_a_rejected_answer_says_why_and_stays_readable(scene, work, browser) -> None:
    browser.post(send_to(work), whole(send="1"))
    answer = stored(scene, Answer)[0]
    answer.state, answer.reject_reason, work.state = "rejected", "It is about another town.", "revoked"
    scene.commit()
    page = browser.get(f"/w/t/{work.id}").text
    for shown in ("Not used", "It is about another town.", "28,000 FC."):
        assert shown in page
    for gone in ("Save now", "Withdraw my answer", "Not needed any more"):
        assert gone not in page


def test_a_stranger_cannot_write(portal, scene, work) -> None:
    stranger = make_researcher(scene)
    scene.commit()
    assert portal.sign_in(stranger.id).post(send_to(work), whole()).status_code == 404


def test_a_mangled_source_is_not_found(scene, work, browser) -> None:
    assert browser.post(send_to(work), whole() | source(0, id="not-an-id")).status_code == 404
    assert texts(scene)[1] == ""
