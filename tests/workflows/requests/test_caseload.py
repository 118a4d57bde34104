"""A counsellor asks for somebody, finds it again among all the others, and acts in it; nobody else reads the label."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from config import policy
from tests.caseload import CASELOAD_KEYS
from tests.factories import NOW, make_counsellor, make_question, make_request, make_staff, requester_of
from tests.requesters import PUBLIC_KEYS, a_draft, ask_back, counted, send_reply
from workflows.core.actors import Role
from workflows.core.errors import Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.core.sealed import CannotOpen, holding
from workflows.replies.clock import forget
from workflows.replies.public import status_page
from workflows.requests.caseloads import caseload_sizes, hand_over
from workflows.requests.counsellor import acting_in, file_for_client, give_code, name_case
from workflows.requests.counsellor_queries import Show, case_head, caseload_export, caseload_page
from workflows.requests.models import Question, Request
from workflows.requests.public import clarify_question, delete_request, withdraw_question
from workflows.requests.words import COUNSELLOR_CONSENT_VERSION, Status


def for_client(*words, **values):
    given = {"requester_kind": "helping", "contact": None, "consent": COUNSELLOR_CONSENT_VERSION}
    return a_draft(*words, **given | values)


@pytest.fixture
def aline(scene):
    account = make_counsellor(scene)
    scene.commit()
    return account


@pytest.fixture
def bert(scene):
    account = make_counsellor(scene)
    scene.commit()
    return account


def a_case(scene, counsellor, label="B.M.", **values):
    return make_request(scene, counsellor_id=counsellor.id, label=label, contact=None, code_key_version=0, **values)


def lines(session, counsellor, show=Show.ALL, label="", after=None):
    return caseload_page(session, counsellor, show, label, after, NOW).lines


def test_a_counsellor_asks_for_somebody_and_finds_it_in_the_caseload(counselling, aline, scene) -> None:
    with counselling(aline) as session:
        filed = file_for_client(session, aline, for_client(), "  B.\u200b M. ", NOW)
    with counselling(aline) as session:
        [line] = lines(session, aline)
    assert (line.request_id, line.label, line.question.status) == (filed, "B. M.", Status.RECEIVED)
    request = scene.get(Request, filed)
    assert (request.counsellor_id, request.contact, request.code_hash) == (aline.id, None, None)
    opened = scene.scalars(select(Event).where(Event.kind == "question.open")).one()
    assert (opened.actor_kind, opened.actor_id) == ("counsellor", aline.id)


def test_the_same_form_sent_twice_is_one_request(counselling, aline) -> None:
    draft = for_client()
    with counselling(aline) as session:
        first = file_for_client(session, aline, draft, "B.M.", NOW)
    with counselling(aline) as session:
        assert file_for_client(session, aline, draft, "B.M.", NOW) == first
        assert len(lines(session, aline)) == 1


def test_somebody_elses_form_is_not_found(counselling, aline, bert) -> None:
    draft = for_client()
    with counselling(aline) as session:
        file_for_client(session, aline, draft, "", NOW)
    with counselling(bert) as session, pytest.raises(NotFound):
        file_for_client(session, bert, draft, "", NOW)


def test_what_is_missing_is_said_beside_its_field(counselling, aline) -> None:
    with counselling(aline) as session, pytest.raises(Incomplete) as refused:
        file_for_client(session, aline, for_client("too short", consent=None), "x" * 121, NOW)
    assert set(refused.value.problems) == {"questions-0-text", "consent", "label"}


def test_the_label_is_for_the_counsellors_site_alone(scene, aline) -> None:
    request = a_case(scene, aline)
    with holding(CASELOAD_KEYS):
        assert request.label == "B.M."
    for keys in (PUBLIC_KEYS,):
        with holding(keys), pytest.raises(CannotOpen):
            _ = request.label


def test_a_counsellor_sees_nothing_of_a_colleagues_caseload(counselling, scene, aline, bert) -> None:
    theirs = a_case(scene, aline)
    make_question(scene, theirs)
    scene.commit()
    with counselling(bert) as session:
        assert lines(session, bert) == ()
        for refused in (
            lambda: acting_in(session, bert, theirs.id),
            lambda: case_head(session, bert, theirs.id),
            lambda: name_case(session, bert, theirs.id, "mine", NOW),
            lambda: give_code(session, bert, theirs.id, b"x" * 32, 1, "", NOW),
        ):
            with pytest.raises(NotFound):
                refused()


def test_the_table_shows_what_is_wanted(counselling, scene, aline) -> None:
    for number, state in enumerate(("received", "clarification_asked", "answered", "closed", "withdrawn")):
        make_question(scene, a_case(scene, aline, f"case {number}"), state=state)
    answered = make_question(scene, make_request(scene), state="answered")
    make_question(scene, a_case(scene, aline, "merged"), state="merged", merged_into_id=answered.id)
    scene.commit()
    shown = {}
    with counselling(aline) as session:
        for show in Show:
            shown[show] = {line.label for line in lines(session, aline, show)}
        assert {line.label for line in lines(session, aline, label="CASE")} == {f"case {n}" for n in range(5)}
        assert lines(session, aline, label="nobody") == ()
    assert shown[Show.YOURS] == {"case 1"}
    assert shown[Show.WAITING] == {"case 0"}
    assert shown[Show.ANSWERED] == {"case 2", "merged"}
    assert shown[Show.OVER] == {"case 3", "case 4"}
    assert len(shown[Show.ALL]) == 6


def test_the_table_goes_on_where_the_last_page_ended(counselling, scene, aline, monkeypatch) -> None:
    monkeypatch.setattr(policy, "PAGE_SIZE_DESK", 2)
    for day in range(2):
        request = a_case(scene, aline, f"day {day}", received_at=NOW - timedelta(days=day))
        for number in (1, 2, 3):
            make_question(scene, request, number=number)
    scene.commit()
    seen, after = [], None
    with counselling(aline) as session:
        while True:
            page = caseload_page(session, aline, Show.ALL, "", after, NOW)
            seen += [(line.label, line.question.number) for line in page.lines]
            after = page.older
            if after is None:
                break
        everything = [(line.label, line.question.number) for line in caseload_export(session, aline, NOW)]
    assert seen == everything == [(f"day {day}", number) for day in range(2) for number in (1, 2, 3)]


@pytest.mark.parametrize("many", [3, 300])
def test_the_table_costs_six_statements_however_long_it_is(counselling, scene, aline, caseload_engine, many) -> None:
    for number in range(many):
        make_question(scene, a_case(scene, aline, f"case {number}"))
    scene.commit()
    with counselling(aline) as session, counted(caseload_engine) as seen:
        assert len(lines(session, aline, label="case")) == min(many, policy.PAGE_SIZE_DESK)
    assert len(seen) == 6


def test_a_counsellor_answers_and_withdraws_as_whoever_asked(counselling, scene, aline) -> None:
    request = a_case(scene, aline)
    question = make_question(scene, request)
    ask_back(scene, question)
    scene.commit()
    with counselling(aline) as session:
        clarify_question(session, acting_in(session, aline, request.id), question.id, "Twice a day.", NOW)
    with counselling(aline) as session:
        withdraw_question(session, acting_in(session, aline, request.id), question.id, NOW)
    signed = scene.scalars(select(Event.actor_id).where(Event.question_id == question.id)).all()
    assert signed == [aline.id, aline.id]


def test_the_counsellor_and_the_person_with_a_code_read_the_same_reply(counselling, following, scene, aline) -> None:
    request = a_case(scene, aline, code_hash=None)
    send_reply(scene, make_question(scene, request), "Two pharmacies have it.")
    scene.commit()
    code_hash = uuid4().bytes * 2
    with counselling(aline) as session:
        assert not case_head(session, aline, request.id).has_code
        give_code(session, aline, request.id, code_hash, 1, "", NOW)
    with counselling(aline) as session:
        assert case_head(session, aline, request.id).has_code
        [mine] = status_page(session, acting_in(session, aline, request.id), NOW)
    request.code_hash = code_hash
    with following(request) as session:
        [theirs] = status_page(session, requester_of(request), NOW)
    assert mine.replies[0].text == theirs.replies[0].text == "Two pharmacies have it."


def test_deleting_takes_the_label_and_the_code_along_and_leaves_other_cases(counselling, scene, aline) -> None:
    request, other = a_case(scene, aline), a_case(scene, aline, "other")
    question = make_question(scene, request)
    make_question(scene, other)
    scene.commit()
    with counselling(aline) as session:
        delete_request(session, acting_in(session, aline, request.id), NOW)
    with counselling(aline) as session:
        assert case_head(session, aline, request.id).erased
        assert [line.label for line in lines(session, aline)] == ["other"]
        with pytest.raises(OutOfTurn):
            name_case(session, aline, request.id, "again", NOW)
    scene.refresh(request)
    scene.refresh(question)
    assert (request.label_sealed, request.code_hash, question.original_sealed) == (None, None, None)


def test_the_clock_erases_the_label_too(worker, scene, aline) -> None:
    request = a_case(scene, aline)
    make_question(scene, request, state="closed", closed_at=NOW - timedelta(days=100))
    scene.commit()
    forget(worker, worker.get(Request, request.id), NOW)
    worker.commit()
    scene.refresh(request)
    assert (request.label_sealed, request.counsellor_id) == (None, aline.id)


def test_a_caseload_goes_to_a_colleague_of_the_same_organisation_with_its_labels(
    counselling, scene, aline, bert
) -> None:
    administrator = make_staff(scene, Role.ADMINISTRATOR)
    elsewhere = make_counsellor(scene, organisation="Another House")
    make_question(scene, a_case(scene, aline, "mine"))
    a_case(scene, aline, None, erased_at=NOW)
    scene.commit()
    with pytest.raises(Incomplete):
        hand_over(scene, administrator, aline.id, str(elsewhere.id), NOW)
    assert hand_over(scene, administrator, aline.id, str(bert.id), NOW) == 1
    assert caseload_sizes(scene, administrator, [aline.id, bert.id]) == {bert.id: 1}
    scene.commit()
    with counselling(aline) as session:
        assert lines(session, aline) == ()
    with counselling(bert) as session:
        assert [line.label for line in lines(session, bert)] == ["mine"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.MANAGER])
def test_only_an_administrator_hands_over(scene, aline, bert, role) -> None:
    with pytest.raises(NotAllowed):
        hand_over(scene, make_staff(scene, role), aline.id, str(bert.id), NOW)


def test_a_question_is_told_to_the_desk_without_the_label(counselling, aline, database) -> None:
    with counselling(aline) as session:
        file_for_client(session, aline, for_client(), "Qzlabelzq", NOW)
    import psycopg

    with psycopg.connect(database.superuser_url) as look:
        stored = str(look.execute("select r::text from request r").fetchall())
        history = str(look.execute("select e::text from event e").fetchall())
    assert "Qzlabelzq" not in stored + history


def test_the_same_question_asked_by_many_is_one_question_row(counselling, scene, aline) -> None:
    with counselling(aline) as session:
        file_for_client(session, aline, for_client("One long enough question?", "Another long enough one?"), "", NOW)
    assert sorted(scene.scalars(select(Question.number))) == [1, 2]
    assert scene.scalar(text("select count(*) from request")) == 1
