"""Was this right? Asked once, after two weeks; "wrong" has the texts checked again, and nothing says by whom."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from tests.http.public.conftest import fresh, open_status
from tests.requesters import publish, send_reply
from workflows.core.clock import now
from workflows.core.events import Event
from workflows.excerpts.report_models import ReaderReport
from workflows.replies.models import ReplyPin

LONG_AGO, TOO_SOON = timedelta(days=15), timedelta(days=13)


@pytest.fixture
def answered(public, scene):
    """A question that was answered so long ago, with its reply."""

    def answer(ago=LONG_AGO, **values):
        question = fresh(scene, received_at=now() - timedelta(days=40))
        publish(scene, "COD-HEA-0001")
        reply = send_reply(scene, question, sent_at=now() - ago, **values)
        scene.flush()
        scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
        scene.commit()
        public.sign_in(question.request_id)
        return question, reply

    return answer


def judge(public, question, reply, verdict: str):
    return public.post(f"/en/q/answer/{question.id}/{reply.id}/judge", {"verdict": verdict})


def test_it_is_not_asked_before_two_weeks_have_passed(public, answered):
    question, reply = answered(TOO_SOON)
    assert "Was this answer right?" not in public.get("/en/q/status").text
    assert judge(public, question, reply, "right").status_code == 409


def test_it_is_asked_after_two_weeks_and_once(public, scene, answered):
    question, reply = answered()
    page = public.get("/en/q/status").text
    for words in ("Was this answer right?", "Yes, it was right", "Some of it was right", "No, it was wrong"):
        assert words in page
    assert judge(public, question, reply, "right").headers["Location"] == "/en/q/status"
    assert "Was this answer right?" not in public.get("/en/q/status").text
    assert judge(public, question, reply, "wrong").status_code == 409
    scene.expire_all()
    assert reply.verdict == "right"
    assert scene.scalar(select(ReaderReport)) is None


def test_wrong_has_the_text_checked_and_the_report_is_nobodys(public, scene, answered):
    question, reply = answered()
    judge(public, question, reply, "wrong")
    assert "We check it again." in public.get("/en/q/status").text
    report = scene.scalars(select(ReaderReport)).one()
    assert (report.ref, report.reason, report.state) == ("COD-HEA-0001", "wrong", "received")
    [opened] = scene.scalars(select(Event).where(Event.object_id == report.id))
    assert (opened.actor_kind, opened.actor_id, opened.question_id) == ("visitor", None, None)


@pytest.mark.parametrize(("verdict", "pinned"), [("right", True), ("partly", True), ("wrong", False)])
def test_nothing_is_promised_that_does_not_happen(public, scene, answered, verdict, pinned):
    question, reply = answered()
    if not pinned:
        scene.execute(delete(ReplyPin))
        scene.commit()
    judge(public, question, reply, verdict)
    page = public.get("/en/q/status").text
    assert "Thank you for telling us." in page
    assert "We check it again." not in page
    assert scene.scalar(select(ReaderReport)) is None


def test_what_is_no_answer_to_it_is_refused_and_nobody_else_is_asked(public, scene, answered):
    question, reply = answered()
    assert judge(public, question, reply, "perhaps").status_code == 409
    other = fresh(scene)
    open_status(public, scene, other)
    assert judge(public, question, reply, "wrong").status_code == 404
    assert judge(public, other, reply, "wrong").status_code == 409
    scene.expire_all()
    assert reply.verdict is None


def test_an_answer_that_stands_no_more_is_not_judged(public, answered):
    question, reply = answered(stood_until=now())
    assert judge(public, question, reply, "wrong").status_code == 409
