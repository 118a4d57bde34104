"""The page on which one question becomes two."""

from sqlalchemy import select

from tests.http.desk.triaging import kinds, make, points, url
from workflows.requests.models import Question

POINTS = ("Où acheter de l’insuline ?", "Quelle école ?")


def typed(question, *shares, **more) -> dict:
    given = {f"shares-{at}": share for at, share in enumerate(shares)}
    return {"version": question.version, "country": "COD", "place": "", **given, **more}


def test_a_point_goes_to_a_new_question_whose_page_opens(desk, scene, officer) -> None:
    question = make(scene, points=POINTS, state="triaged")
    assert POINTS[1] in desk.get(url(question, "split")).text
    answer = desk.post(url(question, "split"), typed(question, "stays", "moves"))
    part = scene.scalars(select(Question).where(Question.split_from_id == question.id)).one()
    assert (answer.status_code, answer.location) == (303, url(part))
    page = desk.get(url(part)).text
    assert ("Zawadi" in page, url(question) in page, points(scene, part)) == (True, True, [POINTS[1]])
    assert kinds(scene, part)[-1] == kinds(scene, question)[-1] == "reading.original"
    assert url(part) in desk.get(url(question)).text


def test_a_refusal_keeps_what_was_chosen(desk, scene, officer) -> None:
    question = make(scene, points=POINTS)
    answer = desk.post(url(question, "split"), typed(question, "moves", "moves", place="Goma"))
    assert (answer.status_code, "Leave at least one point" in answer.text) == (422, True)
    assert answer.text.count('value="moves" checked') + answer.text.count('checked id="shares') > 0
    assert 'value="Goma"' in answer.text


def test_an_old_page_is_a_conflict_and_one_point_cannot_be_split(desk, scene, officer) -> None:
    question = make(scene, points=POINTS)
    stale = typed(question, "stays", "moves") | {"version": question.version + 1}
    assert desk.post(url(question, "split"), stale).status_code == 409
    alone = make(scene, points=POINTS[:1])
    assert "at least two points" in desk.get(url(alone, "split")).text
    assert url(alone, "split") not in desk.get(url(alone)).text
