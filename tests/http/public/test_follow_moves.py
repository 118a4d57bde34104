"""What whoever follows a question may do: reply, withdraw, open again, delete, leave. GET only asks."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from config import policy
from tests.factories import make_request
from tests.http.public.conftest import fresh, open_status
from tests.requesters import ask_back
from tests.sites import Browser
from workflows.core.clock import now
from workflows.requests.models import Message


def test_a_reply_reaches_the_helpdesk(public, scene):
    question = fresh(scene)
    ask_back(scene, question, at=now())
    page = open_status(public, scene, question)
    assert "Every day, or only sometimes?" in page.text
    assert 'lang="fr">Every day, or only sometimes?' in page.text.replace('lang="fr" dir="auto">', 'lang="fr">')
    answer = public.post(f"/en/q/clarify/{question.id}", {"reply": "Every day."})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/q/status")
    scene.expire_all()
    assert question.state == "received"
    assert scene.scalars(select(Message).where(Message.direction == "from_requester")).one().from_requester
    after = public.get("/en/q/status").text
    assert "We received your reply." in after
    assert "Every day." not in after


@pytest.mark.parametrize(("reply", "words"), [("", "Write your reply."), ("x" * 2001, "This is too long.")])
def test_a_reply_that_cannot_be_taken_is_shown_again(public, scene, reply, words):
    question = fresh(scene)
    ask_back(scene, question, at=now())
    open_status(public, scene, question)
    page = public.post(f"/en/q/clarify/{question.id}", {"reply": reply})
    assert page.status_code == 422
    assert words in page.text
    assert reply in page.text
    assert 'id="reply-1-error"' in page.text
    assert 'href="#reply-1"' in page.text
    scene.expire_all()
    assert question.state == "clarification_asked"


def test_a_reply_that_comes_too_late_is_given_back(public, scene):
    question = fresh(scene, state="closed", closed_at=now())
    open_status(public, scene, question)
    page = public.post(f"/en/q/clarify/{question.id}", {"reply": "He needs it <every> day."})
    assert page.status_code == 409
    assert "He needs it &lt;every&gt; day." in page.text
    assert "Your reply came too late." in page.text
    assert "Open this question again" in page.text
    assert scene.scalars(select(Message)).all() == []


def test_a_reply_sent_after_the_session_ended_is_given_back(public, scene):
    question = fresh(scene)
    ask_back(scene, question, at=now())
    scene.commit()
    page = public.post(f"/en/q/clarify/{question.id}", {"reply": "He needs it every day."})
    assert page.status_code == 403
    assert "He needs it every day." in page.text
    assert 'href="/en/q"' in page.text


def test_withdrawing_asks_first(public, scene):
    question = fresh(scene)
    open_status(public, scene, question)
    page = public.get(f"/en/q/withdraw/{question.id}")
    assert "You cannot undo this." in page.text
    scene.expire_all()
    assert question.state == "received"
    assert public.post(f"/en/q/withdraw/{question.id}").status_code == 303
    scene.expire_all()
    assert question.state == "withdrawn"
    assert public.get(f"/en/q/withdraw/{question.id}").status_code == 409
    assert public.post(f"/en/q/withdraw/{question.id}").status_code == 409


def test_of_several_questions_the_page_says_which_one_would_stop(public, scene):
    request = make_request(scene)
    one = fresh(scene, request, points=("Is insulin sold in Kinshasa?",), was_triaged=True)
    fresh(scene, request, points=("Is there a school?",), number=2, country="RWA", topics=[], was_triaged=True)
    open_status(public, scene, one)
    page = public.get(f"/en/q/withdraw/{one.id}").text
    assert "Question 1 of 2 · DR Congo, Medicines" in page
    assert "Is insulin sold in Kinshasa?" in page
    assert "Is there a school?" not in page


def test_a_closed_question_is_opened_again(public, scene):
    question = fresh(scene, state="closed", closed_at=now())
    assert "Open this question again" in open_status(public, scene, question).text
    assert public.post(f"/en/q/reopen/{question.id}").status_code == 303
    assert "Your question is open again." in public.get("/en/q/status").text


@pytest.mark.parametrize("path", ["/en/q/withdraw/{}", "/en/q/clarify/{}", "/en/q/reopen/{}"])
def test_anothers_question_and_an_unknown_one_look_the_same(public, scene, path):
    theirs = fresh(scene)
    open_status(public, scene, fresh(scene))
    pages = [public.post(path.format(some), {"reply": "A reply."}) for some in (theirs.id, uuid4())]
    assert [page.status_code for page in pages] == [404, 404]
    assert len({re.sub(r"404-[0-9a-f]+", "", page.text) for page in pages}) == 1


def test_deleting_says_that_every_question_under_the_code_goes(public, scene):
    request = make_request(scene)
    open_status(public, scene, fresh(scene, request))
    assert "under this code" not in public.get("/en/q/delete").text
    fresh(scene, request, number=2)
    scene.commit()
    with public.statements() as seen:
        assert "All 2 questions under this code." in public.get("/en/q/delete").text
    assert not [one for one in seen if "neutral_language" in one or "requester_story" in one]


@pytest.mark.parametrize("page", ["withdraw/{}", "delete", "code/new", "code/burn"])
def test_before_what_cannot_be_undone_one_can_leave_as_the_page_says(public, scene, page):
    question = fresh(scene)
    open_status(public, scene, question)
    assert 'action="/en/q/leave"' in public.get(f"/en/q/{page.format(question.id)}").text


def test_deleting_says_what_stays_then_erases_and_kills_the_code(public, request_with_code, scene, public_app, house):

    request, code = request_with_code
    question = fresh(scene, request)
    scene.commit()
    other_browser = Browser(public_app, house).sign_in(request.id)
    public.post("/en/q", {"code": code})
    page = public.get("/en/q/delete")
    assert "What stays, and why" in page.text
    answer = public.post("/en/q/delete")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/q")
    scene.expire_all()
    assert (request.code_hash, request.contact_sealed, question.original_sealed) == (None, None, None)
    assert "We deleted everything." in public.get("/en/q").text
    for browser in (public, other_browser):
        assert browser.get("/en/q/status").headers["Location"] == "/en/q"
    assert public.post("/en/q", {"code": code}).status_code == 422


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Do you have another code? Leave first, then type it."),
        ("fr", "Vous avez un autre code\N{NO-BREAK SPACE}? Quittez d’abord, puis tapez-le."),
        ("nl", "Heb je nog een andere code? Ga eerst weg en typ die dan."),
        ("ar", "هل لديك رمز آخر؟ اخرج أولًا، ثم اكتبه."),
    ],
)
def test_whoever_has_a_second_code_reads_above_the_button_that_leaves_how_to_use_it(public, scene, lang, said):
    page = open_status(public, scene, fresh(scene), lang).text
    before, _, after = page.partition(f'action="/{lang}/q/leave"')
    assert said in before[-400:]
    assert said not in after


def test_leaving_ends_the_session_and_the_code_still_works(public, request_with_code, scene):
    request, code = request_with_code
    fresh(scene, request)
    scene.commit()
    public.post("/en/q", {"code": code})
    token = public.client.get_cookie(public.site.session_cookie).value
    answer = public.post("/en/q/leave")
    assert answer.headers["Location"] == "/en/q"
    public.client.set_cookie(public.site.session_cookie, token)
    assert public.get("/en/q/status").headers["Location"] == "/en/q"
    assert public.post("/en/q", {"code": code}).status_code == 303


@pytest.mark.parametrize("path", ["q/status", "q/code/new", "q/delete", "q"])
def test_whoever_leaves_in_haste_leaves_nothing_open_behind_them(public, scene, path):
    question = fresh(scene)
    scene.commit()
    public.sign_in(question.request_id)
    token = public.client.get_cookie(public.site.session_cookie).value
    page = public.get(f"/en/{path}", follow_redirects=True)
    way_out = page.text.split('class="btn exit"')[1].split("</p>")[0]
    assert "Opens a weather page and forgets your code here." in way_out
    answer = public.get(re.search(r'href="([^"]+)"', way_out)[1])
    assert (answer.status_code, answer.headers["Location"]) == (303, policy.EXIT_ADDRESS)
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert public.client.get_cookie(public.site.session_cookie) is None
    public.client.set_cookie(public.site.session_cookie, token)
    assert public.get("/en/q/status").headers["Location"] == "/en/q"


def test_whoever_is_not_in_leaves_straight_for_the_weather(public):
    page = public.get("/en/q").text
    assert f'class="btn exit" href="{policy.EXIT_ADDRESS}"' in page
    assert "forgets your code" not in page
    assert public.get("/en/q/away").headers["Location"] == policy.EXIT_ADDRESS


@pytest.mark.parametrize("lang", ["fr", "nl", "ar"])
def test_what_leaving_does_is_said_in_every_language_of_requesters(public, scene, lang):
    question = fresh(scene)
    scene.commit()
    public.sign_in(question.request_id)
    beside = public.get(f"/{lang}/q/status").text.split('class="btn exit"')[1].split("</p>")[0]
    assert f'href="/{lang}/q/away"' in beside
    assert "weather" not in beside


def test_reading_changes_nothing(public, scene):
    question = fresh(scene)
    open_status(public, scene, question)
    for path in ("", "/withdraw/{}", "/clarify/{}", "/reopen/{}", "/delete", "/leave", "/status"):
        public.get("/en/q" + path.format(question.id))
    scene.expire_all()
    assert question.state == "received"
    assert public.get("/en/q/status").status_code == 200
