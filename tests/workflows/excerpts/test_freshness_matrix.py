"""The table of freshness: the oldest text speaks for its box, and what people ask for comes first."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import NOW, TODAY, make_assignment, make_question
from tests.published import correct, make_published
from workflows.excerpts.corrected import CORRECTED
from workflows.excerpts.freshness_matrix import Cell, Order, as_table, freshness_matrix
from workflows.excerpts.models import Excerpt
from workflows.excerpts.tally import SearchTally
from workflows.vocabulary.shelf_life import Freshness

OLD = {"information_date": TODAY - timedelta(days=200), "valid_until": TODAY - timedelta(days=1)}
LONG_PAST = {"information_date": TODAY - timedelta(days=400), "valid_until": TODAY - timedelta(days=100)}
NEW = {"information_date": TODAY - timedelta(days=2), "valid_until": TODAY + timedelta(days=200)}


def cell(session: Session, country: str = "COD", group: str = "HEA") -> Cell:
    session.flush()
    matrix = freshness_matrix(session, TODAY, "en")
    return next(one for one in matrix.cells if (one.country, one.group) == (country, group))


def test_the_oldest_text_speaks_for_its_box(desk_session: Session):
    make_published(desk_session, **NEW)
    assert cell(desk_session).kind is Freshness.CURRENT
    make_published(desk_session, **OLD)
    found = cell(desk_session)
    assert (found.kind, found.texts, found.stale) == (Freshness.OUT_OF_DATE, 2, 1)
    assert found.oldest == OLD["information_date"]


@pytest.mark.parametrize(
    ("until", "kind"),
    [(0, Freshness.CHECK_SOON), (-1, Freshness.OUT_OF_DATE), (-89, Freshness.OUT_OF_DATE), (-90, Freshness.EXPIRED)],
)
def test_a_box_changes_on_the_same_day_as_its_text(desk_session: Session, until: int, kind: Freshness):
    day = TODAY + timedelta(days=until)
    make_published(desk_session, information_date=day - timedelta(days=180), valid_until=day)
    assert cell(desk_session).kind is kind


@pytest.mark.parametrize("state", ["withdrawn", "retracted", "archived"])
def test_what_is_not_published_any_more_fills_no_box(desk_session: Session, state: str):
    make_published(desk_session, state=state, **NEW)
    assert (cell(desk_session).kind, cell(desk_session).texts) == (None, 0)


@pytest.mark.parametrize(
    ("dates", "kind"),
    [(NEW, CORRECTED), (OLD, CORRECTED), (LONG_PAST, Freshness.EXPIRED)],
    ids=["new", "old", "expired"],
)
def test_a_translation_of_what_was_wrong_wants_work_whatever_its_dates_say(desk_session: Session, dates, kind):
    make_question(desk_session)
    original = make_published(desk_session, versions=2, **NEW)
    make_published(desk_session, language="nl", source_ref=original, source_number=1, **dates)
    assert cell(desk_session).wrong == 0
    correct(desk_session, original, 2, "Les prix étaient d’un autre mois.")
    found = cell(desk_session)
    assert (found.kind, found.texts, found.stale, found.wrong) == (kind, 2, 0, 1)
    assert found.pressing == 3 * found.demand > 0
    [line] = [one for one in freshness_matrix(desk_session, TODAY, "en").lines if one.stale]
    assert (line.country.code, line.stale) == ("COD", 1)
    said = Freshness.OUT_OF_DATE if kind == Freshness.EXPIRED else kind
    assert (said, 2, 0, 1) in {tuple(row[2:6]) for row in as_table(freshness_matrix(desk_session, TODAY, "en"), "en")}


def test_a_question_counts_once_for_each_topic_group_it_touches(desk_session: Session):
    make_question(desk_session, topics=["HEA-medicines", "HEA-care", "HOU-rent"])
    make_question(desk_session, received_at=NOW - timedelta(days=91))
    make_question(desk_session, country=None, topics=[])
    assert (cell(desk_session).asked, cell(desk_session, group="HOU").asked) == (1, 1)
    assert cell(desk_session, group="EDU").asked == 0


def test_demand_times_staleness_says_what_to_fix_first(desk_session: Session):
    make_published(desk_session, **OLD)
    make_published(desk_session, topic_group="HOU", topics=["HOU-rent"], **NEW)
    for topics in (["HEA-medicines"], ["HEA-medicines"], ["HOU-rent"], ["EDU-primary"]):
        make_question(desk_session, topics=topics)
    desk_session.flush()
    first = freshness_matrix(desk_session, TODAY, "en").fix_first
    # out of date and asked twice; then missing and asked once; what is current needs no mending
    assert [(one.group, one.pressing) for one in first] == [("HEA", 20), ("EDU", 15)]


def test_searches_in_vain_count_as_demand(scene: Session, desk_session: Session):
    scene.add(SearchTally(day=TODAY - timedelta(days=3), country="COD", topic_group="SOC", searches=4))
    scene.add(SearchTally(day=TODAY - timedelta(days=99), country="COD", topic_group="SOC", searches=100))
    scene.commit()
    found = cell(desk_session, group="SOC")
    assert (found.searched, found.demand, found.pressing, found.often) == (4, 4, 12, False)


def test_rechecks_under_way_are_shown(desk_session: Session):
    ref = make_published(desk_session, **OLD)
    excerpt = Excerpt(ref=ref, country="COD", topic_group="HEA", language="fr", state="published", created_at=NOW)
    desk_session.add(excerpt)
    desk_session.flush()
    for state in ("drafted", "accepted", "declined"):
        make_assignment(desk_session, kind="recheck", excerpt_id=excerpt.id, state=state)
    assert cell(desk_session).in_hand == 2


def test_the_stalest_country_comes_first_unless_asked_for_by_name(desk_session: Session):
    make_published(desk_session, country="NPL", **OLD)
    desk_session.flush()
    stalest = freshness_matrix(desk_session, TODAY, "en").lines
    by_name = freshness_matrix(desk_session, TODAY, "en", order=Order.NAME).lines
    assert stalest[0].country.code == "NPL"
    assert by_name[0].country.code == "AFG"


def test_a_region_narrows_the_table(desk_session: Session):
    every = freshness_matrix(desk_session, TODAY, "en")
    region = every.lines[0].country.region_code
    part = freshness_matrix(desk_session, TODAY, "en", region=region)
    assert 0 < len(part.lines) < len(every.lines)
    assert {line.country.region_code for line in part.lines} == {region}


def test_the_spreadsheet_has_a_row_for_every_box(desk_session: Session):
    make_published(desk_session, **OLD)
    desk_session.flush()
    matrix = freshness_matrix(desk_session, TODAY, "en")
    rows = as_table(matrix, "en")
    assert len(rows) == matrix.total + 1
    assert ("out_of_date", 1, 1, 0, OLD["information_date"].isoformat()) in {tuple(row[2:7]) for row in rows}


def test_no_tally_remembers_more_than_a_day_and_two_codes(scene: Session):
    assert set(SearchTally.__table__.columns.keys()) == {"day", "country", "topic_group", "searches"}
    for country, group in (("COD", "HEA"), ("COD", "HEA"), ("XXX", "HEA"), ("COD", "nonsense")):
        scene.execute(select(func.tally_search(country, group)))
    assert [(one.country, one.topic_group, one.searches) for one in scene.scalars(select(SearchTally))] == [
        ("COD", "HEA", 2)
    ]


def test_the_spreadsheet_has_one_word_for_what_the_page_has_one_word_for(desk_session: Session):
    make_published(desk_session, **LONG_PAST)
    matrix = freshness_matrix(desk_session, TODAY, "en")
    assert [one.kind for one in matrix.cells if one.kind] == [Freshness.EXPIRED]
    assert {row[2] for row in as_table(matrix, "en")[1:]} == {"", "out_of_date"}
