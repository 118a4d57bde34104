"""Asking: one form becomes one request, sealed, dated and told to the helpdesk."""

import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.factories import NOW
from tests.requesters import LONG_ENOUGH, a_draft, counted
from workflows.core.actors import Visitor
from workflows.core.errors import Incomplete
from workflows.core.events import Event, Outbox
from workflows.core.sealed import CannotOpen, holding
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.models import Question, Request
from workflows.requests.public import Filing, file_request
from workflows.requests.receipts import KEY_VERSION, fingerprint, new_code

KEY = b"k" * 32


def file(session, draft: Draft, now: datetime = NOW) -> Filing:
    code_hash = fingerprint(KEY, new_code(KEY, draft.submission_id))
    return file_request(session, Visitor(), draft, code_hash, KEY_VERSION, now)


def refused(visiting, draft: Draft) -> dict[str, str]:
    with pytest.raises(Incomplete) as wrong, visiting() as session:
        file(session, draft)
    return wrong.value.problems


def test_a_request_with_three_questions_is_filed_whole(visiting, scene):
    with visiting() as session:
        filing = file(session, a_draft(LONG_ENOUGH, LONG_ENOUGH + " Two.", LONG_ENOUGH + " Three."))
    assert filing == Filing(first=True, at=NOW)
    request = scene.scalars(select(Request)).one()
    questions = scene.scalars(select(Question).order_by(Question.number)).all()
    assert (request.channel, request.contact, request.consent_version) == ("web", "me@example.org", "2026-1")
    assert [question.number for question in questions] == [1, 2, 3]
    assert [question.original for question in questions][2].endswith("Three.")
    assert {(question.state, question.country, question.place) for question in questions} == {
        ("received", "COD", "Kinshasa")
    }


def test_the_personal_details_of_each_question_are_counted_while_it_is_filed(visiting, scene):
    with visiting() as session:
        file(
            session,
            a_draft("My name is Rose Mbuyi, call 0470 12 34 56. Is there work?", "Is insulin sold in Kinshasa?"),
        )
    counts = scene.scalars(select(Question.personal_details).order_by(Question.number)).all()
    assert counts == [2, 0]
    with pytest.raises(DBAPIError), visiting() as session:
        session.execute(select(Question.personal_details))


def test_what_stands_in_the_field_of_the_town_counts_as_well(visiting, scene):
    asked = QuestionDraft("Je m’appelle Rose Mbuyi. Y a-t-il du travail ?", "COD", "Goma, 0470 12 34 56")
    with visiting() as session:
        file(session, a_draft(language="fr", questions=(asked, QuestionDraft(LONG_ENOUGH, "COD", None))))
    counts = scene.scalars(select(Question.personal_details).order_by(Question.number)).all()
    assert counts == [2, 0]


def test_the_public_site_cannot_open_what_it_sealed(visiting):
    with visiting() as session:
        request = Request(contact="me@example.org")
        with pytest.raises(CannotOpen):
            _ = request.contact
        session.rollback()


def test_the_public_site_cannot_read_a_request_back(visiting):
    with visiting() as session:
        file(session, a_draft())
    with visiting() as session:
        assert session.scalars(select(Question.id)).all() == []
    with pytest.raises(DBAPIError), visiting() as session:
        session.execute(select(Question.original_sealed))


def test_dates_are_promised_in_belgian_working_days(visiting, scene):
    thursday_before_easter_monday = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    with visiting() as session:
        file(session, a_draft(), thursday_before_easter_monday)
    question = scene.scalars(select(Question)).one()
    assert question.triage_by == date(2026, 4, 7)
    assert question.promised_by == date(2026, 4, 29)


def test_late_in_the_evening_utc_it_is_tomorrow_in_brussels(visiting, scene):
    with visiting() as session:
        file(session, a_draft(), datetime(2026, 3, 9, 23, 30, tzinfo=UTC))
    assert scene.scalars(select(Question)).one().triage_by == date(2026, 3, 12)


def test_each_question_is_an_event_and_news_for_the_helpdesk(visiting, scene):
    with visiting() as session:
        file(session, a_draft(LONG_ENOUGH, LONG_ENOUGH))
    events = scene.scalars(select(Event)).all()
    assert {(event.kind, event.actor_kind, event.actor_id) for event in events} == {("question.open", "visitor", None)}
    assert {line.event_id for line in scene.scalars(select(Outbox))} == {event.id for event in events}


def test_the_same_form_sent_twice_is_filed_once(visiting, scene):
    draft = a_draft()
    with visiting() as session:
        file(session, draft)
    with visiting() as session:
        again = file(session, draft, NOW + timedelta(minutes=9))
    assert again == Filing(first=False, at=NOW)
    assert len(scene.scalars(select(Question)).all()) == 1


@pytest.mark.parametrize(("minutes", "shown"), [(0, True), (10, True), (11, False)])
def test_the_code_is_shown_again_for_ten_minutes(minutes, shown):
    assert Filing(first=False, at=NOW).shows_code(NOW + timedelta(minutes=minutes)) is shown


def test_the_code_of_a_deleted_request_is_not_shown_again():
    assert not Filing(first=False, at=None).shows_code(NOW)


def test_two_threads_sending_one_form_file_one_request(visiting, scene):
    draft, filings = a_draft(), []

    def send_again() -> None:
        with visiting() as session:
            filings.append(file(session, draft, NOW + timedelta(seconds=1)))

    second = threading.Thread(target=send_again)
    with visiting() as session:
        filings.append(file(session, draft))
        second.start()
        wait_until_somebody_waits(scene)
    second.join(20)
    assert [filing.first for filing in filings] == [True, False]
    assert {filing.at for filing in filings} == {NOW}
    assert len(scene.scalars(select(Request)).all()) == len(scene.scalars(select(Question)).all()) == 1


def wait_until_somebody_waits(session: Session) -> None:
    """Until one backend of this database is held up by another's open transaction."""
    waiting = text("select count(*) from pg_locks l where not l.granted and l.locktype = 'transactionid'")
    for _ in range(200):
        if session.scalar(waiting):
            return
        time.sleep(0.05)
    pytest.fail("the second form was not held up by the first")


def test_filing_takes_few_statements(visiting, public_engine):
    with counted(public_engine) as statements, visiting() as session:
        file(session, a_draft(*[LONG_ENOUGH] * 5))
    assert len(statements) <= 6


def test_invisible_characters_and_stray_spaces_are_left_out(visiting, scene):
    draft = a_draft("\u202e  Is insulin sold\u200b there,\x00 and at what price?\r\nThank you. ")
    with visiting() as session:
        file(session, draft)
    assert scene.scalars(select(Question)).one().original == "Is insulin sold there, and at what price?\nThank you."


def test_a_second_question_left_empty_is_not_asked(visiting, scene):
    draft = replace(a_draft(), questions=(QuestionDraft(LONG_ENOUGH), QuestionDraft("  ", None, "")))
    with visiting() as session:
        file(session, draft)
    assert [question.country for question in scene.scalars(select(Question))] == [None]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"requester_kind": "spy"}, "requester_kind"),
        ({"language": "xx"}, "language"),
        ({"contact": "not an address"}, "contact"),
        ({"contact": "a@" + "b" * 260 + ".org"}, "contact"),
        ({"contact": "a@b.org\nBcc: c@d.org"}, "contact"),
        ({"consent": None}, "consent"),
        ({"consent": "1999-1"}, "consent"),
        ({"questions": ()}, "questions"),
        ({"questions": (QuestionDraft(LONG_ENOUGH),) * 6}, "questions"),
        ({"questions": (QuestionDraft(""),)}, "questions-0-text"),
        ({"questions": (QuestionDraft("x" * 19),)}, "questions-0-text"),
        ({"questions": (QuestionDraft("\u200b" * 30),)}, "questions-0-text"),
        ({"questions": (QuestionDraft("x" * 4001),)}, "questions-0-text"),
        ({"questions": (QuestionDraft(LONG_ENOUGH), QuestionDraft("", "COD"))}, "questions-1-text"),
        ({"questions": (QuestionDraft(LONG_ENOUGH, "ZZZ"),)}, "questions-0-country"),
        ({"questions": (QuestionDraft(LONG_ENOUGH, "COD", "x" * 121),)}, "questions-0-place"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(visiting, scene, changes, field):
    assert list(refused(visiting, replace(a_draft(), **changes))) == [field]
    assert scene.scalars(select(Request)).all() == []


@pytest.mark.parametrize("length", [20, 4000])
def test_the_shortest_and_the_longest_question_are_taken(visiting, length):
    with visiting() as session:
        assert file(session, a_draft("x" * length)).first


def test_a_requester_writes_without_a_contact(visiting, scene, keys):
    with visiting() as session:
        file(session, a_draft(contact="  "))
    with holding(keys):
        assert scene.scalars(select(Request)).one().contact is None
