"""The vocabulary tables follow the data files, and forget nothing."""

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from workflows.vocabulary import loader
from workflows.vocabulary.loader import load_vocabulary
from workflows.vocabulary.models import Country, Facet, Region, Topic


@pytest.fixture
def files(monkeypatch):
    """The data files as lists that a test may change before the next load."""
    rows = {name: loader.read(name) for name in ("countries", "topics", "facets", "regions")}
    monkeypatch.setattr(loader, "read", rows.__getitem__)
    return rows


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_everything_in_the_files_is_in_the_tables(session):
    load_vocabulary(session)
    assert [count(session, model) for model in (Country, Topic, Facet, Region)] == [25, 59, 13, 5]
    rent = session.get(Topic, "HOU-rent")
    assert (rent.parent_code, rent.shelf_life_days, rent.name("nl")) == ("HOU", 180, "Huur en prijzen")


def test_loading_again_changes_nothing(session):
    load_vocabulary(session)
    session.expire_all()
    sent = []
    event.listen(session.connection(), "before_cursor_execute", lambda *call: sent.append(call[2]))
    load_vocabulary(session)
    assert sent
    assert all(statement.startswith("SELECT") for statement in sent)


def test_what_changed_in_a_file_changes_in_the_table(session, files):
    load_vocabulary(session)
    files["countries"][0]["priority"] = "C"
    load_vocabulary(session)
    session.expire_all()
    assert session.get(Country, files["countries"][0]["iso3"]).priority == "C"


def test_what_vanished_from_a_file_sleeps_and_wakes_when_it_returns(session, files):
    load_vocabulary(session)
    gone = files["countries"].pop()
    load_vocabulary(session)
    assert not session.get(Country, gone["iso3"]).active
    files["countries"].append(gone)
    load_vocabulary(session)
    assert session.get(Country, gone["iso3"]).active


def test_topics_keep_the_order_of_the_file(session):
    load_vocabulary(session)
    stored = session.scalars(select(Topic.code).order_by(Topic.position)).all()
    assert stored == [row["code"] for row in loader.read("topics")]


@pytest.mark.parametrize(("column", "value"), [("priority", "D"), ("region_code", "XXX")])
def test_the_database_refuses_an_unknown_priority_or_region(session, column, value):
    load_vocabulary(session)
    setattr(session.get(Country, "NPL"), column, value)
    with pytest.raises(IntegrityError):  # noqa: PT012 -- a reference is checked at commit, or when asked
        session.flush()
        session.connection().exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_a_topic_without_a_shelf_life(session):
    load_vocabulary(session)
    session.get(Topic, "HOU-rent").shelf_life_days = None
    with pytest.raises(IntegrityError):
        session.flush()
