"""The page on which one question becomes two."""

import re

from sqlalchemy import select

from tests.factories import make_assignment
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


def test_the_part_says_that_it_was_split_off_and_from_which_question(desk, scene, officer) -> None:
    question = make(scene, points=POINTS, state="triaged", number=3)
    desk.post(url(question, "split"), typed(question, "stays", "moves"))
    part = scene.scalars(select(Question).where(Question.split_from_id == question.id)).one()
    page = desk.get(url(part)).text
    assert f'Split from <a href="{url(question)}">question 3</a>' in page
    assert "Split off from another question" in page
    assert "The question came in" not in page
    whole = desk.get(url(question)).text
    assert "split from this one" in whole
    assert "Split off from another question" not in whole


def test_topics_that_went_with_their_points_do_not_stay(desk, scene, officer) -> None:
    question = make(scene, points=POINTS, state="triaged", topics=["HEA-medicines", "EDU-enrolment"])
    page = desk.get(url(question, "split")).text
    assert re.findall(r'checked[^>]* name="keeps"[^>]* value="([^"]+)"', page) == ["HEA-medicines", "EDU-enrolment"]
    nothing = desk.post(url(question, "split"), typed(question, "stays", "moves", topics=["EDU-enrolment"]))
    assert (nothing.status_code, 'href="#keeps' in nothing.text) == (422, True)
    said = typed(question, "stays", "moves", topics=["EDU-enrolment"], keeps=["HEA-medicines"])
    assert desk.post(url(question, "split"), said).status_code == 303
    part = scene.scalars(select(Question).where(Question.split_from_id == question.id)).one()
    scene.expire_all()
    assert (question.topics, part.topics) == (["HEA-medicines"], ["EDU-enrolment"])
    assert 'name="keeps"' not in desk.get(url(make(scene, points=POINTS), "split")).text


def test_a_refusal_keeps_what_was_chosen(desk, scene, officer) -> None:
    question = make(scene, points=POINTS)
    answer = desk.post(url(question, "split"), typed(question, "moves", "moves", place="Goma"))
    assert (answer.status_code, "Leave at least one point" in answer.text) == (422, True)
    assert '<a href="#shares-0-0">Leave at least one point' in answer.text
    assert 'id="shares-0-0"' in answer.text
    assert answer.text.count('value="moves" checked') + answer.text.count('checked id="shares') > 0
    assert 'value="Goma"' in answer.text


def test_an_old_page_is_a_conflict_and_one_point_cannot_be_split(desk, scene, officer) -> None:
    question = make(scene, points=POINTS)
    stale = typed(question, "stays", "moves") | {"version": question.version + 1}
    assert desk.post(url(question, "split"), stale).status_code == 409
    alone = make(scene, points=POINTS[:1])
    assert "at least two points" in desk.get(url(alone, "split")).text
    assert "Add a second point" in split_button(desk.get(url(alone)).text)


def split_button(page: str) -> str:
    """The button and, where it is grey, what stands below it."""
    return page[page.index('value="split"') :].partition("</div>")[0]


def test_splitting_is_offered_where_it_is_possible_and_elsewhere_it_is_said_why_not(desk, scene, officer) -> None:
    free, asked = (make(scene, points=POINTS, state=state) for state in ("received", "clarification_asked"))
    assert "disabled" not in split_button(desk.get(url(free)).text)
    assert "once the reply is here" in split_button(desk.get(url(asked)).text)
    one_more = {"do": "add", "version": free.version, "points-0": POINTS[0]}
    unsaved = desk.post(url(make(scene, points=POINTS[:1])), one_more)
    assert "disabled" not in split_button(unsaved.text)
    taken = make(scene, points=POINTS, state="triaged")
    make_assignment(scene, question=taken)
    scene.commit()
    assert 'disabled aria-describedby="no-split"' in split_button(desk.get(url(taken)).text)
    for page in (url(taken), url(taken, "split")):
        assert "A partner has this question." in desk.get(page).text
    assert "Where does each point belong?" not in desk.get(url(taken, "split")).text
