"""Beside the reply stands what the partners found out, as it was accepted, without anything sealed."""

import pytest
from sqlalchemy import update

from tests.factories import make_answer, make_assignment, make_partner, make_revision, make_staff
from tests.http.desk.test_replies import question as question  # noqa: PLC0414 -- a fixture
from tests.http.desk.test_replies import url
from workflows.answers.models import Answer
from workflows.core import clock
from workflows.core.actors import Role


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR])
def test_what_was_found_out_stands_beside_the_reply_that_is_written_from_it(desk, scene, question, role) -> None:
    answer = accepted(scene, question)
    somebody = make_staff(scene, role)
    scene.commit()
    desk.sign_in(somebody.id)
    page = desk.get(url(question)).text
    for words in ("Insulin is sold in three pharmacies.", "Lemba", "A walk to three pharmacies", "12 USD", "T-"):
        assert words in page
    for secret in ("Pharmacist Mbuyi", "Nurse Mbombo", "For the editor only"):
        assert secret not in page
    scene.execute(update(Answer).where(Answer.id == answer.id).values(state="returned"))
    scene.commit()
    assert "Insulin is sold" not in desk.get(url(question)).text


def accepted(scene, question) -> Answer:
    """Found out in two rounds; the second was accepted. A contact and a source of it are sealed."""
    partner = make_partner(scene)
    answer = make_answer(
        scene,
        make_assignment(scene, partner, question, state="completed"),
        state="accepted",
        note_for_editor="For the editor only",
    )
    make_revision(scene, answer, number=1, content=content("Nothing is known yet."))
    make_revision(scene, answer, number=2, content=content("Insulin is sold in three pharmacies."))
    return answer


def content(text: str) -> dict:
    day = clock.today().isoformat()
    source = {
        "id": None, "point_code": "Q1", "kind": "visit", "label": "A walk to three pharmacies", "dated": day, "mode": "",
        "consent": "", "keeps_identity": True,
    }  # fmt: skip
    contact = {
        "id": None,
        "point_code": "Q1",
        "label": "Nurse Mbombo",
        "may_publish": False,
        "reach": "",
        "keeps_reach": True,
    }
    price = {"point_code": "Q1", "what": "A vial", "amount": "12", "currency": "USD", "unit": "", "day": day}
    point = {
        "code": "Q1", "text": text, "place": "Lemba", "information_date": day, "confidence": "sure", "not_found": False,
        "searched_where": "",
    }  # fmt: skip
    return {"points": [point], "sources": [source], "contacts": [contact], "prices": [price]}
