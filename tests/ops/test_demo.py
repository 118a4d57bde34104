"""The demonstration: every state, every freshness, everybody who may log in, loaded once by the real commands."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from ops.demo.__main__ import load
from ops.demo.world import World
from webapp.public.help import EXAMPLES
from workflows.answers.models import Answer, Source
from workflows.answers.word_upload_models import WordUpload
from workflows.assignments.models import AskInstead, Assignment
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.core.events import Outbox
from workflows.core.links import Links
from workflows.core.sealed import Keyring, holding
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt
from workflows.excerpts.published_files import PublishedFile, files_beside
from workflows.excerpts.recheck_plan import recheck_plan
from workflows.excerpts.recheck_standing import NO_PARTNER
from workflows.excerpts.report_models import ReaderReport
from workflows.excerpts.search import Filters, search_page
from workflows.notices.models import Letter
from workflows.replies.look_again import to_look_at_again
from workflows.replies.models import ReplyPin
from workflows.requests.models import Question, Request
from workflows.sheets.models import PublishedEdition
from workflows.subscribers.models import Subscription
from workflows.vocabulary.shelf_life import Freshness, freshness

LINKS = Links(
    "https://example.org", "https://desk.example.org", "https://work.example.org", "https://caseload.example.org"
)


@pytest.fixture(scope="module")
def demonstration(house: Engine, keys: Keyring) -> Iterator[World]:
    """Loaded once for this file, in one unit of work that is rolled back at the end."""
    with Session(house, expire_on_commit=False) as session, holding(keys):
        factors = {"desk": b"d" * 32, "portal": b"p" * 32, "caseload": b"c" * 32}
        yield load(session, factors, (b"receipt-" * 5, b"desk-" * 8), LINKS, now())
        session.rollback()


def states(world: World, model) -> Counter:
    return Counter(world.session.scalars(select(model.state)))


def test_requests_stand_in_every_state_of_a_newcomers_tour(demonstration: World) -> None:
    assert demonstration.session.scalar(select(func.count()).select_from(Request)) >= 60
    assert set(states(demonstration, Question)) >= {
        "received", "clarification_asked", "triaged", "answered", "closed", "declined", "withdrawn"}  # fmt: skip
    assert set(states(demonstration, Assignment)) >= {"offered", "accepted", "completed", "lapsed"}
    assert set(states(demonstration, Answer)) >= {"draft", "submitted", "returned", "accepted"}


def test_a_word_form_waits_wherever_an_answer_was_sent_back(demonstration: World) -> None:
    returned = demonstration.session.scalars(select(Answer.id).where(Answer.state == "returned")).all()
    forms = demonstration.session.scalars(select(WordUpload)).all()
    assert sorted(row.answer_id for row in forms) == sorted(returned)
    assert not any("Ruth" in str(vars(row)) for row in forms)


def test_texts_live_on_in_every_state(demonstration: World) -> None:
    assert set(states(demonstration, ExcerptVersion)) >= {"in_review", "scheduled", "published", "superseded"}
    assert set(demonstration.session.scalars(select(ReaderReport.reason))) == {"personal", "wrong", "outdated"}
    behind = select(Excerpt.partner_id.is_not(None), ReaderReport.reason).join(
        ReaderReport, ReaderReport.ref == Excerpt.ref
    )
    assert {reason for known, reason in demonstration.session.execute(behind) if known} == {"outdated"}
    lagging = select(PublishedExcerpt).where(PublishedExcerpt.source_number < 2)
    assert demonstration.session.scalars(lagging).one().language == "fr"


def test_texts_went_along_with_replies_and_one_of_them_was_corrected_since(demonstration: World) -> None:
    session = demonstration.session
    assert len(session.scalars(select(ReplyPin.ref)).all()) >= 5
    again = session.scalars(select(Question).where(to_look_at_again(demonstration.today))).one()
    assert again.state == "answered"


def test_a_photo_goes_along_with_one_text_and_waits_for_approval_with_another(demonstration: World) -> None:
    session = demonstration.session
    [shown] = [one for files in session.scalars(select(PublishedExcerpt.files)) for one in files]
    data = session.scalars(select(PublishedFile.data)).one()
    assert (shown["name"], shown["media"], shown["size"]) == ("photo-1.jpg", "image/jpeg", len(data))
    assert b"Telephone" not in data
    waiting = session.scalars(select(ExcerptVersion.id).where(ExcerptVersion.state == "in_review"))
    assert [one.released for version in waiting for one in files_beside(session, version)] == [True]


def test_the_library_has_150_texts_in_three_languages_and_every_freshness(demonstration: World) -> None:
    today = demonstration.today
    rows = demonstration.session.scalars(select(PublishedExcerpt)).all()
    fresh = Counter(freshness(row.valid_until, row.information_date, today) for row in rows)
    assert len(rows) == 151
    assert {row.state for row in rows} == {"published", "on_hold", "withdrawn", "retracted"}
    assert {row.language for row in rows} == {"en", "fr", "nl"}
    assert set(fresh) == set(Freshness)


@pytest.mark.parametrize("reader", EXAMPLES)
def test_the_searches_that_help_shows_find_something_in_it(demonstration: World, reader: str) -> None:
    session, today, examples = demonstration.session, demonstration.today, EXAMPLES[reader]
    for words in (examples.few, f'"{examples.together}"', *(typed for _, typed, _ in examples.alike)):
        found = search_page(session, Filters(words=words), today)
        assert (found.total > 0, found.loosely) == (True, False), words
    for language, typed, word in examples.alike:
        hits = search_page(session, Filters(words=typed, languages=(language,)), today).hits
        texts = [session.get_one(PublishedExcerpt, hit.ref) for hit in hits]
        assert any(word in f"{text.title} {text.summary} {text.body}".lower() for text in texts), typed


def test_of_one_box_of_old_texts_one_can_be_asked_about_and_one_cannot(demonstration: World) -> None:
    officer = demonstration.a(Role.OFFICER)
    plan = recheck_plan(demonstration.session, officer, {("NPL", "CIV")}, demonstration.now)
    assert [one.partner.name for one in plan.asked] == ["Himal Reach"]
    assert {one.why for one in plan.not_asked} == {NO_PARTNER}


def test_a_reader_follows_a_country_and_a_topic(demonstration: World) -> None:
    lines = demonstration.session.scalars(select(Subscription)).all()
    assert {(one.country, one.topic, one.confirmed_at is not None) for one in lines} == {
        ("COD", "", True),
        ("", "HEA", True),
    }


def test_five_sheets_are_published(demonstration: World) -> None:
    assert demonstration.session.scalar(select(func.count()).select_from(PublishedEdition)) == 5


def test_everybody_has_a_password_and_a_second_factor(demonstration: World) -> None:
    people = [login for login in demonstration.logins if "user" in login]
    assert {login["role"] for login in people} >= {"officer", "editor", "manager", "administrator", "researcher"}
    assert all(len(login["password"]) >= 15 and login["totp_secret"] for login in people)
    assert len({login["user"] for login in people}) == len(people)


def test_a_receipt_code_opens_its_request(demonstration: World) -> None:
    codes = [login["receipt_code"] for login in demonstration.logins if "receipt_code" in login]
    assert len(codes) >= 3
    assert all(len(code.replace("-", "")) == 24 for code in codes)
    assert len(set(codes)) == len(codes)


def test_what_goes_less_smoothly_is_there_to_be_seen(demonstration: World) -> None:
    session = demonstration.session
    owed = select(Question.place).where(Question.second_reading_owed, Question.state == "triaged")
    assert session.scalars(owed).all() == ["Boma"]
    assert "submitted" in session.scalars(select(Answer.state).where(Answer.round > 1)).all()
    assert session.scalars(select(Letter.last_error).where(Letter.state == "gave_up")).all() == ["smtp_550"]
    assert session.scalars(select(AskInstead)).one().text


def test_restricted_texts_are_sealed_in_the_demonstration_too(demonstration: World) -> None:
    dump = demonstration.session.scalars(text("select q::text from question q")).all()
    assert not any("Kasa-Vubu" in row for row in dump)
    kept = demonstration.session.scalars(select(Source.identity_sealed).where(Source.keeps_identity)).all()
    assert kept
    assert all(blob.startswith(b"\x01") for blob in kept)


def test_only_the_last_days_news_is_left_to_tell(demonstration: World) -> None:
    waiting = demonstration.session.scalars(select(Outbox.at).where(Outbox.done_at.is_(None))).all()
    assert len(waiting) < 40
