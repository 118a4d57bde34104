"""An editor writes an excerpt: it gets a name for ever, is saved as it grows, and is handed to a second editor."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.excerpts import drafted, published, text
from tests.factories import NOW, TODAY, make_answer, make_assignment, make_revision, make_staff
from workflows.core.actors import Role, Staff
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, OutOfTurn
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_excerpt, draft_next_version, save_version
from workflows.excerpts.draft import SourceLine, Text
from workflows.excerpts.models import Excerpt, VersionSource


@pytest.fixture
def editor(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def colleague(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


def accepted_revision(scene: Session, **values):
    answer = make_answer(scene, make_assignment(scene, state="completed"), **{"state": "accepted"} | values)
    revision = make_revision(scene, answer)
    scene.commit()
    return revision


def problems(refused: pytest.ExceptionInfo[Incomplete]) -> set[str]:
    return set(refused.value.problems)


def test_a_draft_gets_the_next_reference_of_its_country_and_group(desk_session: Session, editor: Staff) -> None:
    for _ in range(2):
        drafted(desk_session, editor)
    drafted(desk_session, editor, text(topics=("HEA-medicines",)))
    drafted(desk_session, editor, country="ALB")
    refs = desk_session.scalars(select(Excerpt.ref).order_by(Excerpt.ref)).all()
    assert refs == ["ALB-HOU-0001", "COD-HEA-0001", "COD-HOU-0001", "COD-HOU-0002"]


def test_a_reference_goes_on_after_9999(desk_session: Session, editor: Staff) -> None:
    excerpt = desk_session.get_one(Excerpt, drafted(desk_session, editor).excerpt_id)
    excerpt.ref = "COD-HOU-10000"
    desk_session.flush()
    again = drafted(desk_session, editor)
    assert desk_session.get_one(Excerpt, again.excerpt_id).ref == "COD-HOU-10001"


def test_two_editors_at_once_get_two_references(
    desk_engine: Engine, keys: Keyring, editor: Staff, colleague: Staff
) -> None:
    from threading import Thread

    def write(author: Staff) -> None:
        with holding(keys), Session(desk_engine) as session, session.begin():
            drafted(session, author)

    threads = [Thread(target=write, args=(one,)) for one in (editor, colleague) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(desk_engine) as session:
        refs = session.scalars(select(Excerpt.ref).order_by(Excerpt.ref)).all()
    assert refs == [f"COD-HOU-{number:04d}" for number in range(1, 7)]


def test_a_draft_remembers_the_revisions_and_the_partner_it_comes_from(
    desk_session: Session, scene: Session, editor: Staff
) -> None:
    revision = accepted_revision(scene)
    version = drafted(desk_session, editor, revisions=[revision.id])
    assert desk_session.scalars(select(VersionSource.revision_id)).all() == [revision.id]
    assert desk_session.get_one(Excerpt, version.excerpt_id).partner_id == revision.partner_id


@pytest.mark.parametrize("state", ["submitted", "rejected"])
def test_only_accepted_answers_are_written_up(desk_session: Session, scene: Session, editor: Staff, state: str) -> None:
    with pytest.raises(Incomplete) as refused:
        drafted(desk_session, editor, revisions=[accepted_revision(scene, state=state).id])
    assert problems(refused) == {"revisions"}


def test_an_unknown_revision_is_refused(desk_session: Session, editor: Staff) -> None:
    with pytest.raises(Incomplete):
        drafted(desk_session, editor, revisions=[uuid4()])


def test_a_draft_may_be_incomplete_but_not_wrong(desk_session: Session, editor: Staff) -> None:
    drafted(desk_session, editor, Text(title="Rent", topics=("HOU-rent",), information_date=TODAY))
    wrong = text(
        title=" ", topics=("HOU-castles",), facets=("rich",), confidence="certain", body="x" * 40_001,
        information_date=TODAY + timedelta(days=1), sources=(SourceLine("a", "gossip"),), place="x" * 121,
    )  # fmt: skip
    with pytest.raises(Incomplete) as refused:
        draft_excerpt(desk_session, editor, "XXX", "de", wrong, [], NOW)
    assert problems(refused) == {
        "title", "topics", "facets", "confidence", "body", "information_date", "sources", "place", "country", "language",
    }  # fmt: skip


def test_an_officer_reads_drafts_and_writes_none(desk_session: Session, scene: Session) -> None:
    officer = make_staff(scene, Role.OFFICER)
    with pytest.raises(NotAllowed):
        drafted(desk_session, officer)


@pytest.mark.parametrize(
    ("country", "topics", "days"),
    [
        ("COD", ("HOU-rent",), 90),  # priority A halves 180
        ("ALB", ("HOU-rent",), 180),
        ("ALB", ("HOU-rent", "SEC-conflict"), 30),  # the shortest of several
        ("ALB", ("HOU-rent", "HOU-property"), 180),
    ],
)
def test_validity_follows_from_topic_country_and_information_date(
    desk_session: Session, editor: Staff, country: str, topics: tuple[str, ...], days: int
) -> None:
    version = drafted(desk_session, editor, text(topics=topics), country=country)
    assert version.valid_until == version.information_date + timedelta(days=days)


def test_the_editor_may_shorten_the_validity(desk_session: Session, editor: Staff) -> None:
    soon = TODAY + timedelta(days=20)
    assert drafted(desk_session, editor, text(valid_until=soon)).valid_until == soon


def test_lengthening_the_validity_needs_a_reason(desk_session: Session, editor: Staff) -> None:
    late = TODAY + timedelta(days=400)
    with pytest.raises(Incomplete) as refused:
        drafted(desk_session, editor, text(valid_until=late))
    assert problems(refused) == {"valid_until_reason"}
    given = text(valid_until=late, valid_until_reason="The law fixes the rent until then.")
    assert drafted(desk_session, editor, given).valid_until == late


def test_validity_does_not_end_before_it_begins(desk_session: Session, editor: Staff) -> None:
    with pytest.raises(Incomplete) as refused:
        drafted(desk_session, editor, text(valid_until=TODAY - timedelta(days=60)))
    assert problems(refused) == {"valid_until"}


def test_saving_keeps_the_text_and_its_sources(desk_session: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor)
    typed = text(summary="  A room\r\ncosts more.\u200b ", sources=(SourceLine("A\nnotice", "document"),))
    save_version(desk_session, editor, version.id, typed, [], NOW, version=version.version)
    assert version.summary == "A room\ncosts more."
    assert version.sources == [{"label": "A notice", "kind": "document", "dated": None}]
    assert version.co_author_ids == []


def test_a_save_over_a_newer_text_is_a_conflict(desk_session: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor)
    seen = version.version
    save_version(desk_session, editor, version.id, text(title="Second"), [], NOW, version=seen)
    desk_session.flush()
    with pytest.raises(EditConflict):
        save_version(desk_session, editor, version.id, text(title="Third"), [], NOW, version=seen)
    assert version.title == "Second"


def test_an_excerpt_stays_in_the_group_that_its_reference_names(desk_session: Session, editor: Staff) -> None:
    version = drafted(desk_session, editor)
    with pytest.raises(Incomplete) as refused:
        save_version(
            desk_session, editor, version.id, text(topics=("HEA-medicines",)), [], NOW, version=version.version
        )
    assert problems(refused) == {"topics"}


def test_the_next_version_begins_as_a_copy_of_the_published_one(
    desk_session: Session, scene: Session, editor: Staff
) -> None:
    excerpt = published(desk_session, author=editor)
    version = draft_next_version(desk_session, editor, excerpt.id, "update", NOW, version=excerpt.version)
    desk_session.flush()
    assert (version.number, version.state, version.change) == (2, "draft", "update")
    assert (version.title, version.public_note) == ("Rent for a one-bedroom home", "")
    with pytest.raises(Incomplete) as refused:
        send_for_approval(desk_session, editor, version.id, NOW, version=version.version)
    assert problems(refused) == {"public_note", "change"}


def test_there_is_one_open_version_at_a_time(desk_session: Session, editor: Staff) -> None:
    excerpt = published(desk_session, author=editor)
    draft_next_version(desk_session, editor, excerpt.id, "minor", NOW, version=excerpt.version)
    with pytest.raises(OutOfTurn):
        draft_next_version(desk_session, editor, excerpt.id, "minor", NOW, version=excerpt.version)


def test_an_unpublished_excerpt_has_no_next_version(desk_session: Session, editor: Staff) -> None:
    excerpt = desk_session.get_one(Excerpt, drafted(desk_session, editor).excerpt_id)
    with pytest.raises(OutOfTurn):
        draft_next_version(desk_session, editor, excerpt.id, "minor", NOW, version=excerpt.version)


def test_a_new_version_is_minor_an_update_or_a_correction(desk_session: Session, editor: Staff) -> None:
    excerpt = published(desk_session, author=editor)
    with pytest.raises(Incomplete):
        draft_next_version(desk_session, editor, excerpt.id, "first", NOW, version=excerpt.version)
