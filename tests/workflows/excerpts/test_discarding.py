"""A version that is given up before it is published: its number stays, its words do not, and nobody is overrun."""

from collections.abc import Sequence
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.excerpts import LATER, drafted, published, sent
from tests.excerpts import text as whole_text
from tests.factories import NOW, TODAY, make_staff
from workflows.answers.margin import About
from workflows.core.actors import Role, Staff
from workflows.core.db import Base
from workflows.core.errors import EditConflict, NotAllowed, OutOfTurn
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.approval import ask_changes, send_for_approval
from workflows.excerpts.comments import comment_on_version
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.desk_page import excerpt_page
from workflows.excerpts.desk_queries import Filters, View, excerpts_index
from workflows.excerpts.discarding import discard_version
from workflows.excerpts.models import Excerpt, ExcerptNote, ExcerptVersion, KeptText, PublishedExcerpt, VersionSource
from workflows.excerpts.translations import begin_translation, family_of

NAMED = "Zqavier Mbuyi"


@pytest.fixture
def author(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR, name="Ada Writer")


@pytest.fixture
def original(scene: Session, author: Staff) -> Excerpt:
    excerpt = published(scene, author=author)
    scene.commit()
    return excerpt


def discard(session: Session, actor: Staff, version: ExcerptVersion) -> Excerpt:
    session.flush()
    discard_version(session, actor, version.id, NOW, version=version.version)
    session.flush()
    return session.get_one(Excerpt, version.excerpt_id)


def everywhere(session: Session, words: str) -> list[str]:
    """The tables in which these words stand."""
    found = (
        (
            name,
            session.scalar(text(f"select count(*) from {name} t where t::text ilike :words"), {"words": f"%{words}%"}),
        )
        for name in Base.metadata.tables
    )
    return [name for name, count in found if count]


def test_every_word_of_it_is_erased_wherever_it_was_kept(scene: Session, author: Staff) -> None:
    typed = whole_text(title=NAMED, summary=NAMED, body=NAMED, unknown=NAMED, place=NAMED, valid_until_reason=NAMED)
    version = drafted(scene, author, typed)
    save_version(scene, author, version.id, typed, [], LATER, version=version.version)
    comment_on_version(scene, author, version.id, About("body", 0), f"Who is {NAMED}?", NOW)
    scene.flush()
    assert set(everywhere(scene, NAMED)) == {"excerpt_version", "excerpt_kept_text", "excerpt_note"}
    discard(scene, author, version)
    scene.commit()
    assert everywhere(scene, NAMED) == []
    for model in (KeptText, ExcerptNote, VersionSource):
        assert scene.scalar(select(func.count()).select_from(model)) == 0


def test_what_changes_were_asked_of_can_be_discarded_with_what_was_asked(scene: Session, author: Staff) -> None:
    version = sent(scene, author)
    ask_changes(scene, make_staff(scene, Role.EDITOR), version.id, f"Leave {NAMED} out.", NOW, version=version.version)
    discard(scene, author, version)
    assert everywhere(scene, NAMED) == []


def test_a_text_that_nobody_could_read_goes_with_its_only_version(scene: Session, author: Staff) -> None:
    version = drafted(scene, author)
    excerpt = discard(scene, author, version)
    assert (excerpt.state, version.state, excerpt.partner_id) == ("discarded", "discarded", None)
    listed = excerpts_index(scene, author, Filters(), TODAY)
    assert listed.lines == []
    assert set(listed.counts.values()) == {0}
    page = excerpt_page(scene, author, excerpt.ref, TODAY)
    assert (page.working, page.moves, page.may_continue) == (None, frozenset(), False)
    assert [(line.number, line.state, line.discarded_by, line.at) for line in page.versions] == [
        (1, "discarded", "Ada Writer", NOW)
    ]
    again = drafted(scene, author)
    assert scene.get_one(Excerpt, again.excerpt_id).ref != excerpt.ref


def test_what_readers_have_stays_and_the_next_version_gets_the_next_number(
    scene: Session, author: Staff, original: Excerpt
) -> None:
    second = draft_next_version(scene, author, original.id, "update", LATER, version=original.version)
    excerpt = discard(scene, author, second)
    assert excerpt.state == "published"
    assert scene.get_one(PublishedExcerpt, excerpt.ref).body
    lines = excerpts_index(scene, author, Filters(), TODAY).lines
    assert [(line.ref, line.number, line.version_state) for line in lines] == [(excerpt.ref, 1, "published")]
    assert excerpts_index(scene, author, Filters(view=View.WRITING), TODAY).lines == []
    third = draft_next_version(scene, author, original.id, "update", LATER, version=original.version)
    scene.flush()
    assert (third.number, third.title) == (3, "Rent for a one-bedroom home")


def test_a_discarded_translation_can_be_begun_again(scene: Session, author: Staff, original: Excerpt) -> None:
    first = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    gone = discard(scene, author, first)
    family = family_of(scene, author, original.ref)
    assert [one.ref for one in family.members] == [original.ref]
    assert "fr" in family.free
    assert family_of(scene, author, gone.ref).member(gone.ref).state == "discarded"
    second = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    scene.commit()
    assert scene.get_one(Excerpt, second.excerpt_id).ref != gone.ref


def test_what_waits_for_approval_or_is_published_is_not_discarded(
    scene: Session, author: Staff, original: Excerpt
) -> None:
    for version in (sent(scene, author), scene.scalars(select(ExcerptVersion).where(
        ExcerptVersion.excerpt_id == original.id)).one()):  # fmt: skip
        with pytest.raises(OutOfTurn):
            discard_version(scene, author, version.id, NOW, version=version.version)


def test_an_officer_discards_nothing_and_a_version_that_changed_since_stays(scene: Session, author: Staff) -> None:
    version = drafted(scene, author)
    with pytest.raises(NotAllowed):
        discard_version(scene, make_staff(scene, Role.OFFICER), version.id, NOW, version=version.version)
    with pytest.raises(EditConflict):
        discard_version(scene, author, version.id, NOW, version=version.version + 1)


def test_nobody_comments_on_what_was_discarded(scene: Session, author: Staff) -> None:
    version = drafted(scene, author)
    discard(scene, author, version)
    with pytest.raises(OutOfTurn):
        comment_on_version(scene, author, version.id, About(), "Why?", NOW)


def at_once(engine: Engine, keys: Keyring, *works) -> list[str]:
    """Does this work in as many transactions of the desk at once; the names of the refusals."""
    start, refused = Barrier(len(works)), []

    def one(work) -> None:
        start.wait()
        try:
            with Session(engine, expire_on_commit=False) as session, holding(keys), session.begin():
                work(session)
        except (EditConflict, OutOfTurn) as error:
            refused.append(type(error).__name__)

    threads: Sequence[Thread] = [Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.parametrize("_", range(3))
@pytest.mark.parametrize("other", ["save", "send", "discard", "comment"])
def test_one_discards_while_another_works_on_it(
    scene: Session, desk_engine: Engine, keys: Keyring, author: Staff, other: str, _: int
) -> None:
    version, second = drafted(scene, author), make_staff(scene, Role.EDITOR)
    scene.commit()
    row_id, seen = version.id, version.version
    typed = whole_text(title=NAMED)
    works = {
        "save": lambda session: save_version(session, second, row_id, typed, [], LATER, version=seen),
        "send": lambda session: send_for_approval(session, second, row_id, LATER, version=seen),
        "discard": lambda session: discard_version(session, second, row_id, LATER, version=seen),
        "comment": lambda session: comment_on_version(session, second, row_id, About(), NAMED, LATER),
    }
    refused = at_once(
        desk_engine, keys, lambda session: discard_version(session, author, row_id, NOW, version=seen), works[other]
    )
    scene.expire_all()
    state = _state(scene, row_id)
    if other == "comment":  # a comment is no new version of the row: it is erased with the rest, or refused
        assert len(refused) <= 1
        assert state == "discarded"
    else:
        assert len(refused) == 1
        assert state in {"discarded", {"save": "draft", "send": "in_review", "discard": "discarded"}[other]}
    if state == "discarded":
        assert everywhere(scene, NAMED) == []


def _state(session: Session, version_id: UUID) -> str:
    return session.get_one(ExcerptVersion, version_id).state
