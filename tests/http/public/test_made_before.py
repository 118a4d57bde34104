"""A page that is asked for again is handed out as it was made, and only while it would be the same."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Engine, delete, func, select, text
from sqlalchemy.orm import Session

from config import policy
from tests.factories import TODAY
from tests.happenings import MOVES, publish
from tests.published import make_published
from tests.sheets import change_text
from tests.sites import Browser
from web_kit.app import limiter
from webapp.public import made_before
from workflows.core import clock
from workflows.core.db import make_engine
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.tally import SearchTally
from workflows.excerpts.writes import TextWrite, fold_writes, library_state

SEARCH = "/en/search?q=insuline"


@pytest.fixture
def texts(scene: Session) -> list[str]:
    made = [make_published(scene) for _ in range(3)]
    scene.commit()
    return made


@pytest.fixture
def worker(database) -> Iterator[Engine]:
    engine = make_engine(database.worker_url)
    yield engine
    engine.dispose()


def statements(public: Browser, path: str = SEARCH, **asked) -> list[str]:
    with public.statements() as seen:
        assert public.get(path, **asked).status_code == 200
    return seen


def kept(public: Browser, path: str = SEARCH) -> bool:
    return all("from text_write" in one.lower().replace("\n", " ") for one in statements(public, path))


def twice(public: Browser, path: str = SEARCH) -> str:
    public.get(path)
    return public.get(path).text


def test_whoever_asks_third_gets_the_page_for_one_statement(public: Browser, texts) -> None:
    public.get("/en/topics")
    assert [len(statements(public)) for _ in range(4)] == [1, 2, 1, 1]
    assert kept(public)


def test_it_is_the_same_page_with_the_same_headers(public: Browser, texts) -> None:
    public.get(SEARCH)
    made = public.get(SEARCH)
    again = public.get(SEARCH)
    assert kept(public)
    assert again.data == made.data
    assert dict(again.headers) == dict(made.headers)
    unchanged = public.get(SEARCH, headers={"If-None-Match": made.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "retracted", "listed": False, "notice": "Wrong."},
        {"title": "Insuline, autrement"},
        {"sources": []},
        {"corrected_on": clock.today()},
        {"expires_on": clock.today()},
        {"valid_until": clock.today() - timedelta(days=1)},
    ],
)
def test_what_became_of_a_text_shows_at_once(public: Browser, scene: Session, texts, change) -> None:
    before = twice(public)
    assert kept(public)
    change_text(scene, texts[0], **change)
    scene.commit()
    assert public.get(SEARCH).text != before


def test_a_new_text_and_one_that_is_gone_show_at_once(public: Browser, scene: Session, texts) -> None:
    twice(public)
    new = make_published(scene)
    scene.commit()
    assert new in twice(public)
    scene.execute(delete(PublishedExcerpt).where(PublishedExcerpt.ref == new))
    scene.commit()
    assert new not in public.get(SEARCH).text


def test_another_day_is_another_page(public: Browser, texts, monkeypatch) -> None:
    assert "3 answers" in twice(public)
    assert kept(public)
    later = clock.today() + timedelta(days=1000)
    monkeypatch.setattr(clock, "today", lambda: later)
    assert "3 answers" not in public.get(SEARCH).text


def test_after_anything_at_all_it_is_the_page_that_is_made_anew(
    public: Browser, scene: Session, worker: Engine, monkeypatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", False)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    chance, served = Random(7), 0
    for _ in range(30):
        publish(scene, chance)
    scene.commit()
    for _ in range(40):
        if chance.random() < 0.5:
            chance.choice(MOVES)(scene, chance)
        scene.commit() if chance.random() < 0.8 else scene.rollback()
        if chance.random() < 0.3:
            with Session(worker) as session, session.begin():
                fold_writes(session)
        for path in ("/en/search", "/en/search?q=loyer", "/fr/search?country=COD"):
            with monkeypatch.context() as first_time:
                first_time.setattr(made_before, "_address", lambda: None)
                anew = public.get(path).text
            served += kept(public, path)
            assert public.get(path).text == anew
    assert served > 20


def test_a_write_that_is_not_saved_yet_changes_nothing_and_shows_when_it_is(
    public: Browser, scene: Session, texts
) -> None:
    before = twice(public)
    change_text(scene, texts[0], title="Insuline, autrement")
    assert public.get(SEARCH).text == before
    assert kept(public)
    scene.commit()
    assert "autrement" in public.get(SEARCH).text


@pytest.mark.parametrize("cookie", ["language", "anything"])
def test_whoever_brings_a_cookie_gets_a_page_of_their_own(public: Browser, texts, cookie: str) -> None:
    twice(public)
    public.client.set_cookie(cookie, "x")
    assert not kept(public)
    assert not kept(public)


def test_what_somebody_was_just_told_is_told_to_nobody_else(public: Browser, texts) -> None:
    twice(public)
    with public.client.session_transaction() as mine:
        mine["_flashes"] = [("message", "Your report reached us.")]
    assert "Your report reached us." in public.get(SEARCH).text
    public.client.delete_cookie(public.app.config["SESSION_COOKIE_NAME"])
    assert "Your report reached us." not in twice(public)


def test_each_address_language_and_host_has_its_own(public: Browser, texts) -> None:
    for path in (SEARCH, SEARCH.replace("en", "fr", 1), SEARCH + "&sort=newest"):
        twice(public, path)
    assert "answers" in public.get(SEARCH).text
    assert "answers" not in public.get(SEARCH.replace("en", "fr", 1)).text
    assert "elsewhere.example" not in public.get(SEARCH).text
    assert len(statements(public, SEARCH, headers={"Host": "elsewhere.example"})) == 1
    assert kept(public)


def test_what_was_looked_for_in_vain_is_counted_each_time(public: Browser, scene: Session) -> None:
    make_published(scene, information_date=clock.today() - timedelta(days=200), validity=180)
    scene.commit()
    for _ in range(4):
        public.get("/en/search?country=COD&topic=HEA")
    assert scene.scalar(select(func.sum(SearchTally.searches))) == 4


@pytest.mark.parametrize("words", ["insulinne", "insuline+xyzzyq", "xyzzyq"])
def test_what_nobody_typed_like_that_is_looked_for_each_time(public: Browser, texts, words: str) -> None:
    path = f"/en/search?q={words}"
    assert [len(statements(public, path)) for _ in range(4)][1:] == [len(statements(public, path))] * 3
    assert not kept(public, path)


def test_only_so_much_is_kept_and_what_was_asked_for_last_stays(public: Browser, texts, monkeypatch) -> None:
    monkeypatch.setattr(policy, "MADE_PAGES_MOST", 30_000)
    for number in range(20):
        twice(public, f"{SEARCH}&n={number}")
    assert public.app.extensions["made_pages"].weight <= 30_000
    assert kept(public, f"{SEARCH}&n=19")
    assert not kept(public, f"{SEARCH}&n=0")


def test_a_page_is_made_anew_after_some_minutes(public: Browser, texts, monkeypatch) -> None:
    twice(public)
    later = made_before.monotonic() + policy.PUBLIC_CACHE.total_seconds() + 1
    monkeypatch.setattr(made_before, "monotonic", lambda: later)
    assert not kept(public)
    assert kept(public)


def test_where_nothing_says_what_was_written_nothing_is_kept(public: Browser, scene: Session, texts) -> None:
    scene.execute(delete(TextWrite))
    scene.commit()
    twice(public)
    assert not kept(public)


def test_the_lines_are_put_together_without_losing_any(scene: Session, worker: Engine, texts) -> None:
    for _ in range(5):
        publish(scene, Random(1))
    scene.commit()
    state = library_state(scene.connection())
    for _ in range(2):
        with Session(worker) as session, session.begin():
            fold_writes(session)
    scene.commit()
    assert scene.scalar(text("select count(*) from text_write")) == 1
    folded = library_state(scene.connection())
    assert (folded[0] > state[0], folded[1]) == (True, state[1])
