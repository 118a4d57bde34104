"""Replying to a question: neutral points beside the words, and published texts that may be relied on."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.factories import make_answer, make_assignment, make_partner, make_question, make_revision, make_staff
from tests.published import make_published
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, VersionSource
from workflows.replies.models import Recall, Reply, ReplyPin
from workflows.requests.models import Question

SECRET = "Mon frère Jean vend-il de l’insuline ?"
WORDS = "Voici ce que nous savons."


@pytest.fixture
def question(scene, editor):
    row = make_question(
        scene, state="triaged", points=("L’insuline est-elle vendue ?",), topics=["HEA-medicines"], original=SECRET
    )
    scene.commit()
    return row


def url(question) -> str:
    return f"/desk/questions/{question.id}/reply"


def sending(question, **values) -> dict:
    return {"version": question.version, "text": WORDS, "do": "send"} | values


def researched(scene, question, editor, **values) -> str:
    """A published text that was written from an accepted answer to this question; its reference."""
    assignment = make_assignment(scene, make_partner(scene), question, state="completed")
    revision = make_revision(scene, make_answer(scene, assignment, state="accepted"))
    ref = make_published(scene, **values)
    excerpt = Excerpt(ref=ref, country="COD", topic_group="HEA", language="fr", state="published", created_at=now())
    version = ExcerptVersion(
        excerpt_id=excerpt.id, number=1, state="published", title="T", summary="", body="", unknown="", place="",
        confidence="", topics=["HEA-medicines"], facets=[], sources=[], information_date=clock.today(), change="first",
        valid_until=clock.today(), public_note="", author_id=editor.id, co_author_ids=[], saved_at=now(),
    )  # fmt: skip
    scene.add_all([excerpt, version])
    scene.flush()
    scene.add(VersionSource(version_id=version.id, revision_id=revision.id))
    scene.commit()
    return ref


def offered(page) -> dict[str, bool]:
    """The references shown, in their order, with whether they can be chosen."""
    return {ref: "disabled" not in rest for ref, rest in re.findall(r'name="refs" value="([\w-]+)"([^>]*)>', page)}


def ticked(page) -> set[str]:
    """The references that are ticked."""
    return {ref for ref, rest in re.findall(r'name="refs" value="([\w-]+)"([^>]*)>', page) if "checked" in rest}


def test_the_points_stand_beside_the_reply_and_the_original_nowhere(desk, question) -> None:
    page = desk.get(url(question))
    assert page.status_code == 200
    assert "L’insuline est-elle vendue ?" in page.text
    assert "Jean" not in page.text


def test_the_page_says_that_the_answer_is_ready_once_it_was_accepted(desk, scene, question) -> None:
    work = make_assignment(scene, make_partner(scene), question, state="completed")
    make_answer(scene, work, state="accepted")
    scene.commit()
    page = desk.get(url(question)).text
    assert "Answer ready" in page
    assert "Ready to offer" not in page


def test_texts_of_this_question_come_first_then_fresh_ones_of_the_country_and_topic(
    desk, scene, editor, question
) -> None:
    day = clock.today()
    other = make_published(scene)
    stale = make_published(scene, information_date=day - timedelta(days=60), valid_until=day - timedelta(days=2))
    make_published(scene, country="GIN")
    own = researched(scene, question, editor)
    page = desk.get(url(question)).text
    assert list(offered(page).items()) == [(own, True), (other, True), (stale, False)]
    assert "Written from this question" in page
    assert "It is out of date." in page


def test_a_text_that_was_written_from_the_question_is_ticked_and_nothing_goes_out_by_it(
    desk, scene, editor, question
) -> None:
    own, other = researched(scene, question, editor), make_published(scene)
    held = researched(scene, question, editor, state="on_hold")
    scene.commit()
    page = desk.get(url(question)).text
    assert ticked(page) == {own}
    assert set(offered(page)) == {own, other, held}
    form = page.partition(f'action="{url(question)}"')[2]
    assert 'value="preview"' in re.search(r"<button[^>]*>", form)[0]
    assert scene.scalars(select(Reply)).all() == []
    untouched = desk.post(url(question), sending(question, do="preview", refs=[])).text
    assert ticked(untouched) == set()
    assert ticked(desk.get(f"{url(question)}?ref={other}").text) == {other}


def test_of_what_was_written_from_the_question_only_what_its_reader_speaks_is_ticked(
    desk, scene, editor, question
) -> None:
    researched(scene, question, editor, language="nl")
    assert ticked(desk.get(url(question)).text) == set()
    spoken = researched(scene, question, editor, language=question.answer_language)
    assert ticked(desk.get(url(question)).text) == {spoken}


def test_after_a_reply_was_taken_back_nothing_is_ticked_beforehand(desk, scene, editor, question) -> None:
    ref = researched(scene, question, editor)
    desk.post(url(question), sending(question, refs=[ref]))
    desk.post(f"{url(question)}/take-back", {"version": question.version + 1})
    page = desk.get(url(question)).text
    assert "The reply was taken back." in page
    assert (offered(page), ticked(page)) == ({ref: True}, set())


@pytest.mark.parametrize(("state", "why"), [("on_hold", "It is on hold."), ("withdrawn", "It was withdrawn.")])
def test_a_text_that_cannot_be_sent_says_why(desk, scene, editor, question, state, why) -> None:
    ref = researched(scene, question, editor, state=state)
    page = desk.get(url(question)).text
    assert offered(page) == {ref: False}
    assert why in page
    assert "d-current" not in page


def test_a_reply_is_sent_with_words_and_pins(desk, scene, editor, question) -> None:
    ref = researched(scene, question, editor)
    assert desk.post(url(question), sending(question, refs=[ref])).status_code == 303
    reply = scene.scalars(select(Reply)).one()
    assert (reply.text, reply.from_database, reply.author_id) == (WORDS, False, editor.id)
    assert [(pin.ref, pin.number) for pin in scene.scalars(select(ReplyPin))] == [(ref, 1)]
    scene.expire_all()
    assert scene.get(Question, question.id).state == "answered"
    page = desk.get(url(question)).text
    assert WORDS in page
    assert "The reply was sent." in page
    assert "Send the reply" not in page


def test_the_question_shows_what_became_of_a_text_behind_its_reply(desk, scene, editor, question) -> None:
    ref = researched(scene, question, editor)
    desk.post(url(question), sending(question, refs=[ref]))
    path = f"/desk/questions/{question.id}"
    assert "</svg>Corrected" not in desk.get(path).text
    reply = scene.scalars(select(Reply)).one()
    gone = {"reply_id": reply.id, "question_id": question.id, "ref": ref}
    scene.add(Recall(kind="corrected", at=now() - timedelta(days=1), **gone))
    scene.commit()
    assert "</svg>Corrected" in desk.get(path).text
    scene.add(Recall(kind="retracted", at=now(), **gone))
    scene.commit()
    page = desk.get(path).text
    assert f'</svg>Retracted</span> <a href="/desk/excerpts/{ref}"><bdi class="mono nowrap">{ref}</bdi></a>' in page
    assert "</svg>Corrected" not in page


def test_a_reply_without_research_of_its_own_counts_as_reuse(desk, scene, question) -> None:
    ref = make_published(scene)
    scene.commit()
    desk.post(url(question), sending(question, refs=[ref]))
    assert scene.scalars(select(Reply.from_database)).all() == [True]


def test_a_preview_sends_nothing_and_keeps_the_words(desk, scene, question) -> None:
    answer = desk.post(url(question), sending(question, do="preview"))
    assert answer.status_code == 200
    assert answer.text.count(WORDS) == 2
    assert scene.scalars(select(Reply)).all() == []


def test_an_empty_reply_is_refused(desk, question) -> None:
    answer = desk.post(url(question), sending(question, text=" "))
    assert answer.status_code == 422
    assert "Write to the person, or choose a published text." in answer.text


def test_a_text_that_went_stale_meanwhile_is_refused_and_the_words_are_kept(desk, scene, question) -> None:
    ref = make_published(scene)
    scene.execute(update(PublishedExcerpt).values(valid_until=clock.today() - timedelta(days=1)))
    scene.commit()
    answer = desk.post(url(question), sending(question, refs=[ref]))
    assert answer.status_code == 422
    assert "It cannot be sent." in answer.text
    assert WORDS in answer.text


def test_a_second_reply_finds_that_somebody_was_faster_and_keeps_the_words(desk, scene, question) -> None:
    assert desk.post(url(question), sending(question)).status_code == 303
    late = desk.post(url(question), sending(question, text="Words of a late editor"))
    assert late.status_code == 409
    assert "Words of a late editor" in late.text
    assert len(scene.scalars(select(Reply)).all()) == 1


def test_an_editor_does_not_see_a_question_before_triage_and_a_manager_none(desk, scene, editor) -> None:
    row = make_question(scene, state="received")
    manager = make_staff(scene, Role.MANAGER)
    scene.commit()
    assert desk.get(url(row)).status_code == 404
    desk.sign_in(manager.id)
    assert desk.get(url(row)).status_code == 403


def test_the_page_of_a_question_leads_here_while_a_reply_can_be_sent(desk, scene, question) -> None:
    page = f"/desk/questions/{question.id}"
    assert "Write the reply" in desk.get(page).text
    desk.post(url(question), sending(question))
    assert "Write the reply" not in desk.get(page).text


def test_an_officer_replies_too(desk, scene, question) -> None:
    officer = make_staff(scene)
    scene.commit()
    desk.sign_in(officer.id)
    assert 'name="go" value="reply"' in desk.get(f"/desk/questions/{question.id}").text
    assert desk.post(url(question), sending(question)).status_code == 303


def test_the_page_costs_the_same_at_3_and_at_300_texts(desk, scene, question) -> None:
    def cost() -> int:
        with desk.statements() as seen:
            assert desk.get(url(question)).status_code == 200
        return len(seen)

    for _ in range(3):
        make_published(scene)
    scene.commit()
    few = cost()
    for _ in range(297):
        make_published(scene)
    scene.commit()
    assert few == cost() <= 13


def test_advice_to_go_or_to_stay_is_never_sent(desk, scene, question) -> None:
    answer = desk.post(url(question), sending(question, text="You should go back, it is safe to live there."))
    assert answer.status_code == 422
    assert "This sounds like advice" in answer.text
    assert "You should go back" in answer.text


def test_words_that_may_point_to_a_person_are_sent_only_when_they_are_meant(desk, scene, question) -> None:
    words = "Call Mr Butt on +92 300 1234567."
    asked = desk.post(url(question), sending(question, text=words))
    assert asked.status_code == 422
    assert "+92 300 1234567</bdi></mark>" in asked.text
    assert desk.post(url(question), sending(question, text=words, read_again="y")).status_code == 303


def test_the_preview_shows_what_may_point_to_a_person(desk, question) -> None:
    shown = desk.post(url(question), sending(question, text="Call Mr Butt on +92 300 1234567.", do="preview"))
    assert (shown.status_code, "+92 300 1234567</bdi></mark>" in shown.text) == (200, True)


def test_whoever_else_reads_the_reply_is_named_by_their_language(desk, scene, editor) -> None:
    question = make_question(scene, state="triaged", points=("Quel loyer ?",), language="en")
    make_question(scene, state="merged", merged_into_id=question.id, language="fr")
    scene.commit()
    assert "1 other person reads this reply too" in desk.get(f"/desk/questions/{question.id}/reply").text
