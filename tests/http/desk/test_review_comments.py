"""Comments in the margin of an answer under review: who reads them, and where they stand when the text changes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import make_staff
from tests.reviews import frozen, submitted
from workflows.answers.models import AnswerNote, Review, ReviewComment, Revision
from workflows.core import clock
from workflows.core.actors import Role


@pytest.fixture
def at(desk, scene):
    made = submitted(scene, review_by=clock.today() + timedelta(days=3))
    desk.sign_in(made.editor.id)
    return made


def url(at, *more: str) -> str:
    return "/".join((f"/desk/reviews/{at.answer.id}", *more))


def fields(scene, at, **values) -> dict[str, str]:
    scene.expire_all()
    review = scene.scalars(select(Review).order_by(Review.saved_at.desc())).first()
    return {"version": str(review.version if review else 0), "revision": str(at.revision.id)} | values


def comment(desk, scene, at, words: str, **values):
    return desk.post(url(at, "comments"), fields(scene, at, about="Q1-0", words=words, **values))


def note(scene) -> AnswerNote:
    scene.expire_all()
    return scene.scalars(select(AnswerNote).where(AnswerNote.reply_to.is_(None))).one()


def test_a_comment_stands_beside_its_paragraph_and_keeps_the_other_notes(desk, scene, at) -> None:
    answer = comment(desk, scene, at, "Which shops?", remark_2="Only the capital.")
    assert answer.status_code == 303
    page = desk.get(url(at)).text
    assert "Which shops?" in page
    assert "Only the capital." in page
    assert (note(scene).part, note(scene).for_partner) == ("Q1", False)


def test_a_link_of_the_paragraph_chooses_it_in_the_form(desk, at) -> None:
    page = desk.get(f"{url(at)}?on=Q1-0").text
    assert '<option value="Q1-0" selected>' in page
    assert 'href="?on=Q1-0#margin"' in page


@pytest.mark.parametrize(
    ("about", "words", "said"),
    [("Q1-0", " ", "Write your comment."), ("Q1-9", "Why?", "Choose a paragraph of this text."),
     ("Q9", "Why?", "Choose a paragraph of this text."), ("Q1", "x" * 4_001, "This is too long.")],
)  # fmt: skip
def test_a_comment_needs_words_and_a_place(desk, scene, at, about: str, words: str, said: str) -> None:
    refused = desk.post(url(at, "comments"), fields(scene, at, about=about, words=words, note="Kept words."))
    assert refused.status_code == 422
    assert said in refused.text
    assert "Kept words." in refused.text
    assert scene.scalars(select(AnswerNote)).all() == []


def test_a_comment_is_answered_and_settled(desk, scene, at) -> None:
    comment(desk, scene, at, "Which shops?")
    asked = note(scene)
    desk.post(url(at, "comments", str(asked.id), "reply"), fields(scene, at, **{f"reply-{asked.id}": "All three."}))
    assert "All three." in desk.get(url(at)).text
    settle = url(at, "comments", str(asked.id), "settle")
    assert desk.post(settle, fields(scene, at)).status_code == 303
    assert "Settled:" in desk.get(url(at)).text
    assert desk.post(settle, fields(scene, at)).status_code == 409


def test_a_comment_of_another_answer_is_not_found(desk, scene, at) -> None:
    other = submitted(scene)
    comment(desk, scene, at, "Which shops?")
    path = f"/desk/reviews/{other.answer.id}/comments/{note(scene).id}/settle"
    assert desk.post(path, {"version": "0", "revision": str(other.revision.id)}).status_code == 404


def test_only_what_is_for_the_partner_and_open_goes_with_the_answer(desk, scene, at) -> None:
    comment(desk, scene, at, "Between us: a weak source.")
    comment(desk, scene, at, "Name the shops.", for_partner="yes")
    assert desk.post(url(at, "return"), fields(scene, at)).status_code == 303
    sent = scene.scalars(select(ReviewComment)).one()
    assert (sent.point_code, sent.text, sent.quote) == (
        "Q1",
        "Name the shops.",
        "Deux pharmacies sur trois en avaient.",
    )


def test_an_answer_is_not_returned_with_internal_comments_alone(desk, scene, at) -> None:
    comment(desk, scene, at, "Between us: a weak source.")
    refused = desk.post(url(at, "return"), fields(scene, at))
    assert refused.status_code == 422
    assert "Write at least one comment" in refused.text


def test_a_comment_on_text_that_has_changed_says_so(desk, scene, at) -> None:
    comment(desk, scene, at, "Which shops?")
    again = {"answer_id": at.answer.id, "partner_id": at.answer.partner_id, "question_id": None, "number": 2,
             "submitted_at": clock.now(), "submitted_by": at.researcher.id, "content_hash": b"\0" * 32}  # fmt: skip
    moved = frozen(at.source, "A new beginning.\n\nDeux pharmacies  sur trois en avaient.")
    revision = Revision(content=moved, **again)
    scene.add(revision)
    scene.commit()
    assert "About text that has changed:" not in desk.get(url(at)).text
    revision.content = frozen(at.source, "Three shops of four had it.")
    scene.commit()
    page = desk.get(url(at)).text
    assert "About text that has changed:" in page
    assert "Which shops?" in page


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER])
def test_the_margin_is_for_editors(desk, scene, at, role: Role) -> None:
    other = make_staff(scene, role)
    scene.commit()
    desk.sign_in(other.id)
    assert desk.post(url(at, "comments"), fields(scene, at, about="", words="Hello")).status_code == 403


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_asks_the_database_a_constant_number_of_times(desk, scene, at, rows: int) -> None:
    about = {"answer_id": at.answer.id, "round": 1, "for_partner": False, "part": "Q1", "paragraph": "", "quote": "",
             "author_id": at.editor.id, "at": clock.now()}  # fmt: skip
    scene.add_all(AnswerNote(text=f"Remark {number}", **about) for number in range(rows))
    scene.commit()
    with desk.statements() as seen:
        assert desk.get(url(at)).text.count("Remark ") >= rows
    assert len(seen) <= 13


def test_a_comment_that_went_to_the_partner_is_shown_once(desk, scene, at) -> None:
    comment(desk, scene, at, "Which shops exactly?", for_partner="y")
    note_of = {"comment_Q2": "And the months, please."}
    assert desk.post(url(at, "return"), fields(scene, at, **note_of)).status_code == 303
    page = desk.get(url(at)).text
    assert page.count("Which shops exactly?</p>") == 1
    assert page.count("And the months, please.") == 1
    assert "round 1" in page
    assert "round 2" not in page
