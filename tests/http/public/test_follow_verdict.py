"""Was this right? Asked once, after two weeks; "wrong" has the texts checked again, and nothing says by whom."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from tests.factories import make_staff
from tests.http.public.conftest import fresh, open_status
from tests.requesters import publish, send_reply
from workflows.core.clock import now
from workflows.core.events import Event, Outbox
from workflows.excerpts.report_models import ReaderReport
from workflows.notices.audience import notices_for
from workflows.replies.models import ReplyPin

LONG_AGO, TOO_SOON = timedelta(days=15), timedelta(days=13)


@pytest.fixture
def answered(public, scene):
    """A question that was answered so long ago, with its reply."""

    def answer(ago=LONG_AGO, **values):
        question = fresh(scene, received_at=now() - timedelta(days=40), state="answered", points=("Is there insulin?",))
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


def test_a_printed_page_asks_nothing(public, answered):
    answered()
    [question] = re.findall(r'<div class="([^"]*)">\s*<p><b>Was this answer right\?', public.get("/en/q/status").text)
    assert "unprinted" in question.split()


def test_wrong_has_the_text_checked_and_the_report_is_nobodys(public, scene, answered):
    question, reply = answered()
    judge(public, question, reply, "wrong")
    assert "We check it again." in public.get("/en/q/status").text
    report = scene.scalars(select(ReaderReport)).one()
    assert (report.ref, report.reason, report.state) == ("COD-HEA-0001", "wrong", "received")
    [opened] = scene.scalars(select(Event).where(Event.object_id == report.id))
    assert (opened.actor_kind, opened.actor_id, opened.question_id) == ("visitor", None, None)


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_wrong_about_the_helpdesks_own_words_opens_the_question_again(public, desk, scene, answered, state):
    question, reply = answered()
    scene.execute(delete(ReplyPin))
    question.state, question.closed_at = state, now() if state == "closed" else None
    scene.commit()
    judge(public, question, reply, "wrong")
    page = public.get("/en/q/status").text
    assert "We check it again." in page
    assert reply.text in page
    scene.expire_all()
    assert (question.state, question.closed_at, question.closes_at) == ("triaged", None, None)
    assert scene.scalar(select(ReaderReport)) is None
    assert [one.name for one in notices_for(told(scene, "question.dispute"))] == ["answer_disputed"]
    officer = make_staff(scene)
    scene.commit()
    asked = desk.sign_in(officer.id).get(f"/desk/questions/{question.id}").text
    assert '<b class="late">No, it was wrong</b>' in asked


def test_a_question_that_follows_another_is_not_opened_and_officers_hear_of_it(public, scene, answered):
    question, reply = answered()
    scene.execute(delete(ReplyPin))
    follower = fresh(scene, state="merged", merged_into_id=question.id)
    scene.commit()
    public.sign_in(follower.request_id)
    judge(public, follower, reply, "wrong")
    assert "Thank you for telling us." in public.get("/en/q/status").text
    scene.expire_all()
    assert (question.state, follower.state, reply.verdict) == ("answered", "merged", "wrong")
    assert [one.name for one in notices_for(told(scene, "reply.found_wrong"))] == ["answer_disputed"]


def told(scene, kind: str) -> Event:
    """The one event of this kind; it waits to be told."""
    event = scene.scalars(select(Event).where(Event.kind == kind)).one()
    assert scene.get(Outbox, event.id)
    return event


@pytest.mark.parametrize("verdict", ["right", "partly"])
def test_nothing_is_promised_that_does_not_happen(public, scene, answered, verdict):
    question, reply = answered()
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
