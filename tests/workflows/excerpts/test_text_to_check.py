"""A recheck shows its partner the whole published text: the version that was offered, and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tasks.clock import sweep
from tasks.world import World
from tests.excerpts import LATER, SOURCES, published, republish
from tests.excerpts import text as typed
from tests.factories import NOW, TODAY, make_assignment, make_partner, make_researcher, make_staff
from tests.workspace import AtWork
from tests.world import SetClock
from workflows.assignments.desk import offer_drafted
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.partner_queries import task_scope
from workflows.assignments.terms import OfferDraft
from workflows.assignments.text_to_check import TextToCheck
from workflows.core.actors import CLOCK, Researcher, Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.errors import EditConflict, NotFound
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.recheck import ask_again, draft_recheck
from workflows.excerpts.standing import retract_excerpt

RISEN = "A room costs about 200 US dollars a month."
OFFER = OfferDraft(
    language="fr",
    points=("Est-ce encore vrai ?",),
    respond_by=LATER.date() + timedelta(days=3),
    submit_by=LATER.date() + timedelta(days=14),
)


@pytest.fixture
def asked(scene: Session) -> Researcher:
    """Who is asked, and did not write the text."""
    return make_researcher(scene, make_partner(scene))


@pytest.fixture
def excerpt(scene: Session, asked: Researcher) -> Excerpt:
    row = published(scene)
    row.partner_id = asked.partner_id
    scene.flush()
    return row


@pytest.fixture
def editors(scene: Session) -> tuple[Staff, Staff]:
    return make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)


def offered(scene: Session, excerpt: Excerpt, draft: Assignment | None = None) -> Assignment:
    """The recheck of this text, offered to the partner behind it."""
    officer = make_staff(scene)
    draft = draft or ask_again(scene, officer, excerpt, LATER)
    scene.flush()
    offer_drafted(scene, officer, draft.id, OFFER, LATER, draft.version)
    scene.commit()
    return draft


def read(at_work: AtWork, reader: Researcher, task: Assignment) -> TextToCheck | None:
    with at_work(reader) as session:
        return task_scope(session, reader, task.id, "en", LATER).to_check


def test_the_partner_reads_all_that_is_to_be_checked(scene: Session, at_work: AtWork, asked, excerpt) -> None:
    text_as_published = typed()
    found = read(at_work, asked, offered(scene, excerpt))
    assert found == TextToCheck(
        number=1, newest=1, taken_back=False, language="en", title=text_as_published.title,
        summary=text_as_published.summary, body=text_as_published.body, unknown=text_as_published.unknown,
        place="Kinshasa", information_date=text_as_published.information_date,
        sources=[{"label": one.label, "kind": one.kind, "dated": one.dated.isoformat()} for one in SOURCES],
    )  # fmt: skip


def test_so_does_whoever_the_clock_drafts_a_recheck_for(scene: Session, at_work: AtWork, asked, excerpt) -> None:
    found = read(at_work, asked, offered(scene, excerpt, draft_recheck(scene, excerpt, LATER, CLOCK)))
    assert found
    assert found.title == typed().title


def test_nobody_else_reads_it_and_other_work_names_no_text(scene: Session, at_work: AtWork, asked, excerpt) -> None:
    task, stranger = offered(scene, excerpt), make_researcher(scene)
    other = make_assignment(scene, excerpt_id=excerpt.id, partner_id=asked.partner_id)
    scene.commit()
    assert read(at_work, asked, other) is None
    with at_work(stranger) as session:
        assert session.execute(text("select * from text_to_check(:id)"), {"id": task.id}).all() == []
        with pytest.raises(NotFound):
            task_scope(session, stranger, task.id, "en", LATER)


def test_a_draft_of_the_desk_shows_its_partner_nothing_yet(scene: Session, at_work: AtWork, asked, excerpt) -> None:
    draft = ask_again(scene, make_staff(scene), excerpt, LATER)
    scene.commit()
    with at_work(asked) as session:
        assert session.execute(text("select * from text_to_check(:id)"), {"id": draft.id}).all() == []


def test_what_was_offered_stays_what_is_checked_when_the_text_changes(
    scene: Session, at_work: AtWork, asked, excerpt, editors
) -> None:
    task = offered(scene, excerpt)
    republish(scene, excerpt, *editors, summary=RISEN)
    scene.commit()
    found = read(at_work, asked, task)
    assert found
    assert (found.number, found.newest, found.changed) == (1, 2, True)
    assert found.summary == typed().summary


def test_a_draft_follows_the_text_and_whoever_is_completing_it_is_told(
    scene: Session, at_work: AtWork, asked, excerpt, editors
) -> None:
    draft = ask_again(scene, make_staff(scene), excerpt, NOW)
    scene.flush()
    seen = draft.version
    republish(scene, excerpt, *editors, summary=RISEN)
    points = scene.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == draft.id)).all()
    assert [point.split("\n\n")[1] for point in points] == [RISEN]
    with pytest.raises(EditConflict):
        offer_drafted(scene, make_staff(scene), draft.id, OFFER, LATER, seen)
    found = read(at_work, asked, offered(scene, excerpt, draft))
    assert found
    assert (found.number, found.summary, found.changed) == (2, RISEN, False)


def test_it_follows_what_the_clock_publishes_too(
    scene: Session, world: World, set_clock: SetClock, excerpt, editors
) -> None:
    author, approver = editors
    draft = ask_again(scene, make_staff(scene), excerpt, NOW)
    day = TODAY + timedelta(days=3)
    version = draft_next_version(scene, author, excerpt.id, "update", NOW, version=excerpt.version)
    scene.flush()
    new = typed(change="update", public_note="Prices rose.", summary=RISEN)
    save_version(scene, author, version.id, new, [], NOW, version=version.version)
    scene.flush()
    send_for_approval(scene, author, version.id, NOW, version=version.version)
    scene.flush()
    publish_excerpt(scene, approver, version.id, version.version, NOW, on=day)
    scene.commit()
    set_clock(HELPDESK.morning(day))
    sweep(world)
    scene.expire_all()
    assert scene.get_one(Assignment, draft.id).text_number == 2


def test_of_a_text_that_was_taken_back_nothing_is_left_to_read(scene: Session, at_work: AtWork, asked, excerpt) -> None:
    task = offered(scene, excerpt)
    retract_excerpt(scene, make_staff(scene, Role.EDITOR), excerpt.id, "It was wrong.", LATER, version=excerpt.version)
    scene.commit()
    found = read(at_work, asked, task)
    assert found
    assert found.taken_back
    assert (found.summary, found.body, found.unknown, found.sources) == ("", "", "", [])
