"""Searching: the right text, whatever the accents and inflection; counts that are true."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.published import make_published
from workflows.core import clock
from workflows.excerpts.search import Filters, search_page

TODAY = clock.today()


def refs(session: Session, **asked) -> list[str]:
    return [hit.ref for hit in search_page(session, Filters(**asked), TODAY).hits]


@pytest.fixture
def library(scene: Session) -> Session:
    make_published(scene, ref="COD-HEA-0001")
    make_published(
        scene,
        ref="ARM-SOC-0001",
        country="ARM",
        topic_group="SOC",
        topics=["SOC-pensions"],
        language="nl",
        title="Pensioenen heropenen in Gyumri",
        summary="Het kantoor vraagt drie papieren.",
        body="Neem uw boekje mee.",
    )
    make_published(
        scene,
        ref="NPL-BUS-0001",
        country="NPL",
        topic_group="BUS",
        topics=["BUS-permits"],
        language="en",
        title="Opening a small restaurant in Pokhara",
        summary="Registering takes three steps.",
        body="The refugees we met…",
    )
    make_published(
        scene,
        ref="DZA-CIV-0001",
        country="DZA",
        topic_group="CIV",
        topics=["CIV-legalisation"],
        title="Légaliser les œuvres d’un réfugié",
        summary="À la mairie.",
        body="Apportez l’original.",
    )
    return scene


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("insuline", "COD-HEA-0001"), ("INSULINES", "COD-HEA-0001"), ("insul", "COD-HEA-0001"),
        ("pensioen", "ARM-SOC-0001"), ("papier", "ARM-SOC-0001"), ("restaurants", "NPL-BUS-0001"),
        ("register restaurant", "NPL-BUS-0001"), ("refugies", "DZA-CIV-0001"), ("oeuvre", "DZA-CIV-0001"),
        ('"grandes pharmacies"', "COD-HEA-0001"), ("légalisation œuvres", "DZA-CIV-0001"),
    ],
)  # fmt: skip
def test_the_right_text_comes_first(library: Session, words: str, ref: str) -> None:
    assert refs(library, words=words)[:1] == [ref]


@pytest.mark.parametrize("words", ["", "'", "& | ! ( ) : *", "\\", "\0", "a" * 5000, "<b>", "%", "-- ;"])
def test_no_input_breaks_the_search(library: Session, words: str) -> None:
    search_page(library, Filters(words=words, after="..", freshness=("nonsense",)), TODAY)


def test_a_withdrawn_text_is_not_found(scene: Session) -> None:
    make_published(scene, state="withdrawn")
    assert refs(scene, words="insuline") == []


def test_out_of_date_is_shown_and_expired_only_when_asked(scene: Session) -> None:
    old = make_published(scene, information_date=TODAY - timedelta(days=200))
    dead = make_published(scene, information_date=TODAY - timedelta(days=300))
    assert refs(scene, words="insuline") == [old]
    assert refs(scene, words="insuline", freshness=("expired",)) == [dead]


def test_pages_follow_one_another_without_loss_or_repetition(scene: Session) -> None:
    made = {make_published(scene, information_date=TODAY - timedelta(days=n % 7)) for n in range(47)}
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = search_page(scene, Filters(words="insuline", after=after), TODAY)
        seen += [hit.ref for hit in page.hits]
        after = page.next_after
    assert after == ""
    assert sorted(seen) == sorted(made)


def test_facets_count_what_choosing_another_value_would_show(scene: Session) -> None:
    spread = [
        ("COD", "HEA", "fr"),
        ("COD", "HOU", "fr"),
        ("ARM", "HEA", "nl"),
        ("ARM", "HOU", "fr"),
        ("NPL", "HEA", "en"),
    ]
    for country, group, language in spread:
        topics = ["HEA-medicines" if group == "HEA" else "HOU-rent"]
        make_published(scene, country=country, topic_group=group, topics=topics, language=language)
    page = search_page(scene, Filters(countries=("COD",), groups=("HEA",)), TODAY)
    assert page.total == 1
    assert page.facets["country"] == Counter(country for country, group, _ in spread if group == "HEA")
    assert page.facets["group"] == Counter(group for country, group, _ in spread if country == "COD")
    assert page.facets["language"] == {"fr": 1, "nl": 0, "en": 0}


@pytest.mark.parametrize("size", [3, 300])
@pytest.mark.parametrize(("words", "statements"), [("insuline", 1), ("insulinne kinshassa", 3), ("xylophone", 2)])
def test_a_search_is_few_statements_whatever_the_size(
    scene: Session, house: Engine, size: int, words: str, statements: int
) -> None:
    for _ in range(size):
        make_published(scene)
    seen: list[str] = []
    event.listen(house, "before_cursor_execute", lambda *rest: seen.append(rest[2]))
    search_page(scene, Filters(words=words), TODAY)
    assert len(seen) == statements


def test_a_date_in_the_far_past_does_not_break_the_share(scene: Session) -> None:
    make_published(scene, information_date=date(2001, 1, 1), validity=1)
    assert search_page(scene, Filters(freshness=("expired",)), TODAY).hits[0].used == 1.0
