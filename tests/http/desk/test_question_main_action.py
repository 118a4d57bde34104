"""Of all that can be done with a question, one thing stands out: what is to be done next."""

import re

import pytest

from tests.factories import make_answer, make_assignment, make_partner, make_staff
from tests.http.desk.triaging import make, url
from workflows.core.actors import Role


def main_actions(page) -> list[str]:
    found = re.findall(r'class="btn go[^"]*"[^>]*>(.*?)</(?:a|button)>', page.text, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", label).strip() for label in found]


@pytest.mark.parametrize(("state", "action"), [("received", "Finish triage"), ("triaged", "Save")])
def test_the_text_is_what_an_officer_works_on_first(desk, scene, officer, state: str, action: str) -> None:
    assert main_actions(desk.get(url(make(scene, state=state)))) == [action]


@pytest.mark.parametrize("roles", [(Role.OFFICER,), (Role.EDITOR,)])
def test_what_was_found_asks_for_a_reply(desk, scene, roles) -> None:
    reader = make_staff(scene, *roles)
    question = make(scene, state="triaged")
    work = make_assignment(scene, make_partner(scene), question, state="completed")
    make_answer(scene, work, state="accepted")
    scene.commit()
    desk.sign_in(reader.id)
    assert main_actions(desk.get(url(question))) == ["Write the reply"]


def test_of_a_question_that_is_over_a_note_can_still_be_kept(desk, scene, officer) -> None:
    assert main_actions(desk.get(url(make(scene, state="withdrawn")))) == ["Keep as a note"]


@pytest.mark.parametrize("page", ["clarify", "decline", "split"])
def test_a_page_beside_the_question_begins_with_the_way_back(desk, scene, officer, page: str) -> None:
    question = make(scene, state="triaged", points=("Où ?", "Combien ?"))
    crumb = desk.get(url(question, page)).text.partition('class="crumb"')[2].partition("</nav>")[0]
    assert f'href="{url(question)}"' in crumb
