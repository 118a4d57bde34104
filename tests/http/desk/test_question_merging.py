"""The page on which questions that ask the same become one."""

import html
import re
from datetime import timedelta

import pytest

from tests.factories import make_assignment, make_question, make_request, make_staff
from tests.http.desk.triaging import POINT, make, points, stored, url
from tests.http.desk.triaging import typed as neutral
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.events import record
from workflows.requests.models import Request

PAGE = "/desk/questions/merge"


def address(*questions, **more: str) -> str:
    parts = [f"question={one.id}" for one in questions] + [f"{name}={value}" for name, value in more.items()]
    return f"{PAGE}?{'&'.join(parts)}"


def typed(*questions, into=None) -> dict:
    given = {"question": [str(one.id) for one in questions]}
    given |= {f"version-{one.id}": str(one.version) for one in questions}
    return given | ({"into": str(into.id)} if into else {})


def test_the_chosen_stand_beside_what_may_ask_the_same(desk, scene, officer) -> None:
    chosen = make(scene, points=("Où acheter de l’insuline ?",), state="triaged")
    make(scene, points=("Insuline à Goma ?",), state="triaged", place="Goma")
    make(scene, points=("École à Dakar ?",), state="triaged", country="SEN")
    make(scene, points=("Déjà fini",), state="closed")
    text = desk.get(address(chosen)).text
    assert [words in text for words in ("Où acheter", "Insuline à Goma", "École à Dakar", "Déjà fini")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_the_country_alone_makes_no_question_a_candidate(desk, scene, officer) -> None:
    chosen = make(scene, points=("Où acheter de l’insuline à Kinshasa ?",), state="triaged")
    make(scene, points=("Quel est le loyer d’un appartement ?",), state="triaged", topics=["HOU-rent"])
    make(scene, points=("Peut-on acheter de l’insuline à Kinshasa ?",), state="triaged", topics=["SOC-care"])
    make(scene, points=("Combien coûte un dentiste ?",), state="triaged")
    text = desk.get(address(chosen)).text
    found = [text.find(words) for words in ("Peut-on acheter", "dentiste", "loyer")]
    assert -1 < found[0] < found[1]
    assert found[2] == -1
    assert "loyer" in desk.get(address(chosen, q="appartement")).text


def test_without_a_neutral_text_or_a_topic_nothing_is_offered_but_what_is_sought(desk, scene, officer) -> None:
    chosen = make(scene, topics=[])
    make(scene, points=("Insuline à Goma ?",), state="triaged")
    assert "Nothing like it is open" in desk.get(address(chosen)).text
    assert "Insuline à Goma" in desk.get(address(chosen, q="goma")).text


def test_each_says_how_far_it_is_as_everywhere(desk, scene, officer) -> None:
    chosen = make(scene, points=("Où acheter de l’insuline ?",), state="triaged")
    for state, words in (("offered", "Offered to partner"), ("accepted", "In research")):
        other = make(scene, points=(f"Insuline à Goma, {state} ?",), state="triaged")
        make_assignment(scene, question=other, state=state)
        scene.commit()
        assert words in desk.get(address(chosen)).text
        assert words in desk.get(url(other)).text


def test_others_are_added_and_adding_none_is_said_beside_them(desk, scene, officer) -> None:
    chosen, other = make(scene, state="triaged"), make(scene, points=("Insuline à Goma ?",), state="triaged")
    assert desk.get(address(chosen, more=other.id, add="1")).text.count("This one stays") == 2
    none = desk.get(address(chosen, add="1"))
    assert none.status_code == 422
    assert 'href="#more-0">May ask the same</a> Tick at least one' in none.text
    assert 'id="more-error"' in none.text


@pytest.mark.parametrize(
    ("sought", "found"), [("goma", True), ("t-0777", True), ("100%", False), ("lubumbashi", False)]
)
def test_candidates_are_found_by_words_or_by_a_reference(desk, scene, officer, sought, found) -> None:
    chosen, other = make(scene), make(scene, points=("Insuline à Goma ?",), state="triaged")
    make_assignment(scene, question=other, number=777)
    scene.commit()
    assert ("Insuline à Goma" in desk.get(address(chosen, q=sought)).text) is found


def test_two_become_one_and_the_page_of_the_merged_one_leads_there(desk, scene, officer) -> None:
    stays, other = make(scene, state="triaged"), make(scene)
    unread = desk.post(PAGE, typed(stays, other, into=stays))
    assert (unread.status_code, "Nobody has read one of these yet." in unread.text) == (422, True)
    desk.get(url(other))
    answer = desk.post(PAGE, typed(stays, other, into=stays))
    assert (answer.status_code, answer.location) == (303, url(stays))
    assert url(other) in desk.get(url(stays)).text
    page = desk.get(url(other)).text
    assert (url(stays) in page, "Possible until" in page) == (True, True)
    undone = desk.post(url(other, "unmerge"), {"version": stored(scene, other).version})
    assert (undone.status_code, stored(scene, other).state) == (303, "received")


def test_where_nothing_is_to_be_done_nothing_is_headed_so(desk, scene, officer) -> None:
    stays = make(scene, state="triaged")
    other = make(scene, state="merged", merged_into_id=stays.id)
    scene.get_one(Request, other.request_id).contact = None
    scene.commit()
    assert "What to do" not in desk.get(url(other)).text
    assert '<span class="only-s small"><a href="#to-do">' in desk.get(url(stays)).text


def test_a_requester_who_owes_a_reply_is_spoken_of_before_and_after(desk, scene, officer) -> None:
    stays, other = make(scene, state="triaged"), make(scene, points=("Quel dosage ?",))
    desk.post(url(other, "clarify"), {"message": "Quel dosage ?", "version": other.version})
    other = stored(scene, other)
    assert "waits for its requester to reply" in desk.get(address(stays, more=other.id)).text
    assert "waits for its requester to reply" not in desk.get(address(stays)).text
    desk.post(PAGE, typed(stays, other, into=stays))
    assert "had not replied to us when it was merged" in desk.get(url(other)).text
    undone = desk.post(url(other, "unmerge"), {"version": stored(scene, other).version}, follow_redirects=True)
    assert "is asked again, and has 30 days to reply" in undone.text
    assert stored(scene, other).state == "clarification_asked"


def test_a_refusal_is_said_beside_the_choice_and_keeps_it(desk, scene, officer) -> None:
    here, there = make(scene, state="triaged"), make(scene, country="SEN", state="triaged")
    refused = desk.post(PAGE, typed(here, there, into=there))
    assert (refused.status_code, "different countries" in refused.text) == (422, True)
    assert f'value="{there.id}" checked' in refused.text
    assert 'href="#into-0">Which one stays?</a> These' in refused.text
    assert desk.post(PAGE, typed(here, there)).status_code == 422


def test_after_fourteen_days_it_is_refused_in_words(desk, scene, officer) -> None:
    stays = make(scene, state="triaged")
    late = make(scene, state="merged", merged_into_id=stays.id, unmerge_by=clock.today() - timedelta(days=1))
    assert "could be taken apart until" in desk.get(url(late)).text
    desk.post(url(late, "unmerge"), {"version": late.version})
    assert "more than 14 days ago" in desk.get(url(late)).text
    assert stored(scene, late).state == "merged"


def test_an_old_page_is_a_conflict_and_a_stranger_to_all_is_not_found(desk, scene, officer) -> None:
    one, two = make(scene), make(scene)
    stale = typed(one, two, into=one) | {f"version-{two.id}": "99"}
    assert desk.post(PAGE, stale).status_code == 409
    assert desk.get(f"{PAGE}?question=00000000-0000-4000-8000-000000000000").status_code == 404
    assert desk.get(f"{PAGE}?question=nonsense").status_code == 303


def test_an_editor_merges_nothing(desk, scene) -> None:
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    question = make(scene, state="triaged")
    assert desk.get(address(question)).status_code == 403
    assert desk.post(PAGE, typed(question, into=question)).status_code == 403


def test_the_page_costs_the_same_with_three_and_three_hundred(desk, scene, officer) -> None:
    chosen = make(scene, points=("Où ?",))
    counts = []
    for more in (3, 297):
        request = make_request(scene)
        for number in range(more):
            make_question(scene, request, points=("Où ?",), number=number + 1)
        scene.commit()
        with desk.statements() as seen:
            desk.get(address(chosen))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_another_language_shows_the_same_chosen_questions(desk, scene, officer) -> None:
    one, two = make(scene, state="triaged"), make(scene, state="triaged")
    page = desk.get(address(one, two))
    [french] = re.findall(r'href="(/language/fr[^"]*)"', page.text)
    back = desk.get(html.unescape(french)).location
    assert back == address(one, two)


def merged_into(scene, stays, **values):
    given = {"state": "merged", "merged_into_id": stays.id, "unmerge_by": clock.today() + timedelta(days=3)}
    return make(scene, **(given | values))


def apart(page: str) -> list[str]:
    """What the buttons of a page take apart, and the version that they name."""
    return re.findall(r'name="merged" value="([^"]+)"', page)


def test_the_question_that_stayed_lists_what_was_merged_and_takes_it_apart(desk, scene, officer) -> None:
    stays = make(scene, state="triaged")
    other, old = merged_into(scene, stays), merged_into(scene, stays, unmerge_by=clock.today() - timedelta(days=1))
    page = desk.get(url(stays)).text
    assert (url(other) in page, url(old) in page) == (True, True)
    assert apart(page) == [f"{other.id}~{other.version}"]
    done = desk.post(url(stays, "take-apart"), {"merged": apart(page)[0]})
    assert (done.status_code, done.location) == (303, url(stays))
    assert (stored(scene, other).state, stored(scene, old).state) == ("received", "merged")
    after = desk.get(url(stays)).text
    assert "The other question has dates of its own again." in after
    assert apart(after) == []


def test_what_was_typed_in_the_neutral_text_is_kept_when_another_is_taken_apart(desk, scene, officer) -> None:
    stays = make(scene, points=(POINT,))
    other = merged_into(scene, stays)
    form = neutral(stays, **{"points-0": "Où l’insuline se vend-elle ?", "merged": f"{other.id}~{other.version}"})
    assert desk.post(url(stays, "take-apart"), form).status_code == 303
    assert points(scene, stays) == ["Où l’insuline se vend-elle ?"]
    assert stored(scene, other).state == "received"


def test_an_answered_question_takes_apart_too_and_says_who_is_asked_again(desk, scene, officer) -> None:
    stays = make(scene, state="answered", points=(POINT,))
    other = merged_into(scene, stays)
    moved = ("clarification_asked", "merged")
    record(scene, officer, "question.merge", other, clock.now(), moved=moved)
    scene.commit()
    page = desk.get(url(stays)).text
    assert "had not replied to us when it was merged" in page
    done = desk.post(url(stays, "take-apart"), {"merged": apart(page)[0]}, follow_redirects=True)
    assert "is asked again, and has 30 days to reply" in done.text
    assert stored(scene, other).state == "clarification_asked"


@pytest.mark.parametrize(("merged", "status"), [("", 303), ("nonsense", 303), ("{other}~x", 409), ("{other}", 409)])
def test_a_button_that_names_nothing_or_an_old_version_takes_nothing_apart(
    desk, scene, officer, merged, status
) -> None:
    stays = make(scene, state="triaged")
    other = merged_into(scene, stays)
    answer = desk.post(url(stays, "take-apart"), {"merged": merged.format(other=other.id)})
    assert (answer.status_code, stored(scene, other).state) == (status, "merged")


def test_after_the_last_day_the_page_that_stayed_says_why_not(desk, scene, officer) -> None:
    stays = make(scene, state="triaged")
    late = merged_into(scene, stays, unmerge_by=clock.today() - timedelta(days=1))
    said = desk.post(url(stays, "take-apart"), {"merged": f"{late.id}~{late.version}"}, follow_redirects=True)
    assert "more than 14 days ago" in said.text
    assert stored(scene, late).state == "merged"
