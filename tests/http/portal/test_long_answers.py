"""The longest answer that the limits allow is taken in whole, in letters that take six bytes each on the way."""

from datetime import date
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import policy
from tests.factories import make_answer, make_assignment, make_partner, make_question, make_researcher
from workflows.answers.models import AnswerPoint, Source

LETTER = "س"


def test_an_answer_as_full_as_it_may_be_is_saved(portal, scene: Session) -> None:
    partner = make_partner(scene)
    asked = ["?"] * policy.POINTS_PER_QUESTION
    work = make_assignment(scene, partner, make_question(scene, state="triaged"), asked, state="accepted",
                           submit_by=date(2026, 3, 24))  # fmt: skip
    answer = make_answer(scene, work)
    codes = [f"Q{place}" for place in range(1, policy.POINTS_PER_QUESTION + 1)]
    for place, code in enumerate(codes[1:], 2):
        empty = {"text": "", "place": "", "not_found": False, "searched_where": ""}
        scene.add(AnswerPoint(answer_id=answer.id, code=code, position=place, **empty))
    researcher = make_researcher(scene, partner, language="ar")
    scene.commit()
    typed = {"version": "1"}
    for place, code in enumerate(codes):
        typed |= {f"points-{place}-code": code, f"points-{place}-text": LETTER * policy.ANSWER_TEXT_MAX}
    for number in range(policy.SOURCES_PER_ANSWER):
        row = f"points-{number % len(codes)}-sources-{number // len(codes)}"
        fields = ("label", "identity", "who", "what", "how", "why", "when")
        typed |= {f"{row}-id": ""} | {f"{row}-{name}": LETTER * policy.SOURCE_FIELD_MAX for name in fields}
    sent = urlencode(typed).encode()
    assert policy.FORM_MAX_BYTES < len(sent) < policy.ANSWER_FORM_MAX_BYTES
    reply = portal.sign_in(researcher.id).post(f"/w/t/{work.id}/answer", typed)
    assert reply.status_code == 303
    scene.expire_all()
    assert {len(text) for text in scene.scalars(select(AnswerPoint.text))} == {policy.ANSWER_TEXT_MAX}
    assert len(scene.scalars(select(Source)).all()) == policy.SOURCES_PER_ANSWER
