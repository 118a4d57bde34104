"""Comments in the margin of a text that is being written or waits for approval."""

import pytest
from sqlalchemy import select

from tests.excerpts import drafted, recent, sent
from tests.factories import make_staff
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.approval import rework
from workflows.excerpts.desk import save_version
from workflows.excerpts.models import Excerpt, ExcerptNote
from workflows.excerpts.publishing import publish_excerpt


@pytest.fixture
def version(desk, scene, author):
    row = sent(scene, author, recent(), now=now())
    reader = make_staff(scene, Role.EDITOR, name="Ben Reader")
    scene.commit()
    desk.sign_in(reader.id)
    return row


def url(scene, version, *more: str) -> str:
    return "/".join((f"/desk/excerpts/{scene.get(Excerpt, version.excerpt_id).ref}", *more))


def note(scene) -> ExcerptNote:
    scene.expire_all()
    return scene.scalars(select(ExcerptNote).where(ExcerptNote.reply_to.is_(None))).one()


def test_a_comment_is_written_answered_and_settled(desk, scene, author, version) -> None:
    said = desk.post(url(scene, version, "comments"), {"about": "body-1", "words": "Which yard?"})
    assert said.status_code == 303
    desk.sign_in(author.id)
    page = desk.get(url(scene, version)).text
    assert page.index('id="body-1"') < page.index("Which yard?") < page.index('id="unknown-0"')
    assert "Ben Reader" in page
    one = str(note(scene).id)
    desk.post(url(scene, version, "comments", one, "reply"), {f"reply-{one}": "The one behind."})
    assert "The one behind." in desk.get(url(scene, version)).text
    assert desk.post(url(scene, version, "comments", one, "settle")).status_code == 303
    assert "Settled:" in desk.get(url(scene, version)).text


def test_a_comment_follows_its_paragraph_and_says_when_that_is_gone(desk, scene, author, version) -> None:
    desk.post(url(scene, version, "comments"), {"about": "body-1", "words": "Which yard?"})
    scene.refresh(version)
    rework(scene, author, version.id, now(), version=version.version)
    scene.flush()
    body = recent().body
    save_version(scene, author, version.id, recent(body=f"First.\n\n{body}"), [], now(), version=version.version)
    scene.commit()
    page = desk.get(url(scene, version)).text
    assert page.index('id="body-2"') < page.index("Which yard?")
    assert "About text that has changed:" not in page
    save_version(scene, author, version.id, recent(body="Anew [1] [2]."), [], now(), version=version.version)
    scene.commit()
    assert "About text that has changed:" in desk.get(url(scene, version)).text


def test_a_comment_without_words_is_refused_beside_the_field(desk, scene, version) -> None:
    refused = desk.post(url(scene, version, "comments"), {"about": "body-1", "words": " "})
    assert refused.status_code == 422
    assert "Write your comment." in refused.text
    assert '<option value="body-1" selected>' in refused.text


def test_a_published_version_takes_no_comment(desk, scene, author, version) -> None:
    publish_excerpt(scene, make_staff(scene, Role.EDITOR), version.id, version.version, now())
    scene.commit()
    late = desk.post(url(scene, version, "comments"), {"about": "", "words": "Too late, but kept."})
    assert late.status_code == 409
    assert "Too late, but kept." in late.text


def test_officers_read_no_comments(desk, scene, author, version) -> None:
    desk.post(url(scene, version, "comments"), {"about": "", "words": "Between editors."})
    officer = make_staff(scene)
    scene.commit()
    page = desk.sign_in(officer.id).get(url(scene, version)).text
    assert "Between editors." not in page
    assert "Comment on a paragraph" not in page


def test_a_comment_of_another_text_is_not_found(desk, scene, author, version) -> None:
    desk.post(url(scene, version, "comments"), {"about": "", "words": "Why?"})
    other = drafted(scene, author, recent(), now=now())
    scene.commit()
    assert desk.post(url(scene, other, "comments", str(note(scene).id), "settle")).status_code == 404


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_asks_the_database_a_constant_number_of_times(desk, scene, author, version, rows: int) -> None:
    about = {
        "version_id": version.id,
        "part": "body",
        "paragraph": "",
        "quote": "",
        "author_id": author.id,
        "at": now(),
    }
    scene.add_all(ExcerptNote(text=f"Remark {number}", **about) for number in range(rows))
    scene.commit()
    address = url(scene, version)
    with desk.statements() as seen:
        assert desk.get(address).text.count("Remark ") >= rows
    assert len(seen) <= 29
