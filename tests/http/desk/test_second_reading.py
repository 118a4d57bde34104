"""The page of a question whose neutral text has a rare combination."""

import re

import pytest
from sqlalchemy import select

from tests.factories import make_assignment, make_partner, make_question, make_staff
from tests.http.desk.commissioning import assign
from tests.http.desk.commissioning import typed as offer
from tests.http.desk.triaging import make, stored, typed, url
from workflows.core.actors import Role
from workflows.requests.models import SecondReading

RARE = {"place": "Boma", "points-0": "Une mère de cinq enfants, épileptique, peut-elle être suivie ?", "do": "triage"}


@pytest.fixture
def question(desk, scene, officer):
    row = make(scene)
    assert desk.post(url(row), typed(row, **RARE)).status_code == 303
    return stored(scene, row)


def press(desk, question):
    return desk.post(url(question, "clear"), {"version": question.version})


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR])
def test_a_second_person_says_that_nobody_can_be_recognised(desk, scene, question, role):
    second = make_staff(scene, role)
    scene.commit()
    desk.sign_in(second.id)
    page = desk.get(url(question)).text
    assert "Together, these facts may tell who the person is." in page
    assert "mère de cinq enfants" in page
    assert "Nobody can be recognised" in page
    answer = press(desk, question)
    assert (answer.status_code, answer.location) == (303, url(question))
    assert "A second person has read this text." in desk.get(url(question)).text
    assert scene.scalar(select(SecondReading.reader_id)) == second.id


def test_the_second_reader_has_the_whole_text_in_the_box_where_they_decide(desk, scene, officer):
    whole = RARE["points-0"] + " Elle marche peu." * 40 + " Fin."
    row = make(scene)
    assert desk.post(url(row), typed(row, **RARE | {"points-0": whole})).status_code == 303
    assert 'id="to-read"' not in desk.get(url(row)).text
    second = make_staff(scene, Role.OFFICER)
    scene.commit()
    page = desk.sign_in(second.id).get(url(row)).text
    box = page[page.index('id="rare"') : page.index("Nobody can be recognised")]
    assert f'<span class="pre" dir="auto" lang="fr">{whole}</span>' in box


def test_the_second_reader_of_a_text_about_a_large_city_sees_which_words_meet(desk, scene, officer):
    told = "Une juge, mère de six enfants, séropositive : quels soins à Lubumbashi ?"
    row = make(scene)
    desk.post(url(row), typed(row, **RARE | {"place": "Lubumbashi", "points-0": told}))
    second = make_staff_and_commit(scene)
    page = desk.sign_in(second.id).get(url(row)).text
    box = page[page.index('id="rare"') : page.index("Nobody can be recognised")]
    words = re.findall(r"<li>([^<]+)<bdi>([^<]+)</bdi></li>", box)
    assert [(name.strip(": "), said) for name, said in words] == [
        ("an office that few hold", "juge"),
        ("an illness or care", "séropositive"),
        ("how the family is made up", "mère de six enfants"),
    ]
    desk.post(url(row, "clear"), {"version": stored(scene, row).version})
    assert "It says together: juge; séropositive; mère de six enfants." in desk.get(url(row)).text


def waiting(desk) -> tuple[int, bool]:
    """How many wait for a second reader by the count, and whether the question stands in that view."""
    page = desk.get("/desk/questions?view=second").text
    label = page.index("Waits for a second reader")
    return int(re.search(r"\d+", page[label:])[0]), "mère de cinq enfants" in page


def test_the_queue_counts_and_lists_it_until_a_second_person_has_read_it(desk, scene, officer, question):
    assert waiting(desk) == (1, True)
    assert "Ready to offer" not in desk.get("/desk/questions?view=open").text
    assert "A second officer or editor: read the neutral text" in desk.get(url(question)).text
    desk.sign_in(make_staff_and_commit(scene).id)
    press(desk, question)
    desk.sign_in(officer.id)
    assert waiting(desk) == (0, False)
    assert "Ready to offer" in desk.get("/desk/questions?view=open").text
    version = stored(scene, question).version
    assert version == question.version
    desk.post(url(question), typed(question, **RARE | {"do": "revise", "place": "Lukala"}))
    assert waiting(desk) == (1, True)
    desk.post(url(question), typed(stored(scene, question), **RARE | {"do": "revise", "place": "Kinshasa"}))
    assert waiting(desk) == (0, False)


def test_a_topic_set_for_many_asks_for_a_second_reader_where_it_makes_the_text_rare(desk, scene, officer):
    row = make(
        scene, points=("Une mère de cinq enfants peut-elle y vivre ?",), place="Boma", state="triaged", topics=[]
    )
    desk.post("/desk/questions/topic", {"chosen": f"{row.id}~{row.version}", "topic": "HEA-medicines"})
    assert stored(scene, row).second_reading_owed


def test_questions_asked_together_show_how_far_each_is(desk, scene, officer):
    first = make(scene, state="triaged")
    owed = make(scene, request_id=first.request_id, number=2, state="triaged", second_reading_owed=True)
    asked = make(scene, request_id=first.request_id, number=3, state="triaged")
    make_assignment(scene, question=asked, state="accepted")
    scene.commit()
    page = desk.get(url(first)).text
    together = page[page.index("Asked together") :].partition("</section>")[0]
    assert url(owed) in together
    assert ["Waits for a second reader" in together, "In research" in together, "Ready" in together] == [
        True,
        True,
        False,
    ]


def test_whoever_wrote_it_sees_why_somebody_else_must_and_is_refused(desk, scene, question):
    page = desk.get(url(question)).text
    assert "You wrote in this text" in page
    assert "Nobody can be recognised" not in page
    assert press(desk, question).status_code == 403
    assert scene.scalar(select(SecondReading.reader_id)) is None


def test_a_second_press_is_late(desk, scene, question):
    desk.sign_in(make_staff_and_commit(scene).id)
    assert press(desk, question).status_code == 303
    assert press(desk, question).status_code in (303, 409)


def test_a_changed_text_must_be_read_again(desk, scene, officer, question):
    second = make_staff_and_commit(scene)
    desk.sign_in(second.id)
    press(desk, question)
    desk.sign_in(officer.id)
    row = stored(scene, question)
    assert desk.post(url(row), typed(row, **RARE | {"place": "Matadi", "do": "revise"})).status_code == 303
    assert "A second person has read this text." not in desk.get(url(question)).text
    desk.sign_in(second.id)
    assert desk.post(url(question, "clear"), {"version": question.version}).status_code == 409


def test_the_offer_says_what_is_missing_and_keeps_what_was_typed(desk, scene, question):
    partner = make_partner(scene, "COD")
    scene.commit()
    answer = desk.post(assign(question, partner), offer(**{"points-0": RARE["points-0"], "points-1": "À quel prix ?"}))
    assert answer.status_code == 422
    assert "A second person must read the neutral text first." in answer.text
    assert "Trois pharmacies." in answer.text


def make_staff_and_commit(scene):
    actor = make_staff(scene)
    scene.commit()
    return actor


def test_a_text_without_it_says_nothing(desk, scene, officer):
    row = make_question(scene, state="triaged", points=("Prix de l’insuline ?",))
    scene.commit()
    assert "Together, these facts" not in desk.get(url(row)).text


REASON = "Boma est trop petit : dites la province."


def send_back(desk, question, **values):
    return desk.post(url(question, "send-back"), {"version": question.version, "back_reason": REASON} | values)


def rail(desk, question) -> str:
    """The button that offers it, with what stands beside."""
    page = desk.get(url(question)).text
    return page[page.index('value="offer"') :].partition("</div>")[0]


def test_the_writer_sees_before_typing_that_it_cannot_be_offered_yet_and_why(desk, scene, officer, question):
    assert 'aria-describedby="no-offer"' in rail(desk, question)
    assert "somebody who did not write the neutral text must read it first" in rail(desk, question)
    page = desk.get(url(question)).text
    assert all(f'value="{move}"' in page for move in ("match", "reply", "clarify", "decline"))
    partner = make_partner(scene, "COD")
    drafted = make_assignment(scene, partner, stored(scene, question), state="drafted")
    scene.commit()
    for address in (assign(question), assign(question, partner), f"/desk/assignments/{drafted.id}/offer",
                    f"/desk/assignments/{drafted.id}/second", f"/desk/assignments/{drafted.id}/reassign"):  # fmt: skip
        answer = desk.get(address)
        assert (answer.status_code, answer.location) == (303, url(question)), address
    assert "A second person must read the neutral text first." in desk.get(url(question)).text


def test_once_it_was_read_it_can_be_offered(desk, scene, officer, question):
    desk.sign_in(make_staff_and_commit(scene).id)
    press(desk, question)
    assert "no-offer" not in rail(desk, question)
    assert desk.get(assign(question)).location == url(question, "match")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR])
def test_a_second_person_sends_it_back_and_the_writer_reads_why(desk, scene, officer, question, role):
    second = make_staff(scene, role, name="Nadia Second")
    scene.commit()
    desk.sign_in(second.id)
    assert "Send it back" in desk.get(url(question)).text
    answer = send_back(desk, question)
    assert (answer.status_code, answer.location) == (303, url(question))
    desk.sign_in(officer.id)
    page = desk.get(url(question)).text
    assert ("Nadia Second sent this text back." in page, f'<q dir="auto">{REASON}</q>' in page) == (True, True)
    assert "A second person sent the neutral text back. Change it first." in rail(desk, question)
    queue = desk.get("/desk/questions?view=second").text
    assert ("Sent back by Nadia Second" in queue, "Text sent back" in queue) == (True, True)
    desk.post(url(question), typed(stored(scene, question), **RARE | {"do": "revise", "place": "Lukala"}))
    assert "sent this text back" not in desk.get(url(question)).text
    assert "Sent back by" not in desk.get("/desk/questions?view=second").text


def test_sending_back_without_a_reason_says_so_beside_the_field(desk, scene, question):
    desk.sign_in(make_staff_and_commit(scene).id)
    answer = send_back(desk, question, back_reason=" ")
    assert (answer.status_code, "Write what should be said otherwise." in answer.text) == (422, True)
    assert 'id="back_reason-error"' in answer.text


def test_whoever_comes_late_keeps_the_reason(desk, scene, question):
    desk.sign_in(make_staff_and_commit(scene).id)
    press(desk, question)
    answer = send_back(desk, question)
    assert (answer.status_code, REASON in answer.text) == (409, True)


def test_nothing_is_sent_back_that_was_typed_meanwhile(desk, scene, question):
    desk.sign_in(make_staff_and_commit(scene).id)
    changed = typed(question, **RARE | {"place": "Matadi", "back_reason": REASON})
    answer = desk.post(url(question, "send-back"), changed)
    assert (answer.status_code, "You changed the text." in answer.text, REASON in answer.text) == (422, True, True)
    assert stored(scene, question).sent_back_by is None
