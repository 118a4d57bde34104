"""Whoever follows `next` to the end is given each text once, whatever is published, held or dated anew meanwhile."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, text
from sqlalchemy.orm import Session

from tests.http.api.conftest import TODAY, correct
from tests.published import make_published
from tests.world import look
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion

DAYS = st.integers(1, 40)
MEANWHILE = st.one_of(
    st.tuples(st.just("publish"), DAYS), st.tuples(st.just("hold"), DAYS), st.tuples(st.just("confirm"), DAYS)
)


def publish(session: Session, ages: list[int]) -> list[str]:
    return [make_published(session, information_date=TODAY - timedelta(days=age), validity=90) for age in ages]


def meanwhile(house: Engine, deed: tuple[str, int], touched: set[str]) -> None:
    """Somebody else's committed work: a new text, one that is held, one that is found true on a later day."""
    kind, number = deed
    with look(house) as session:
        if kind == "publish":
            touched.update(publish(session, [number]))
        else:
            refs = sorted(session.scalars(text("select ref from published_excerpt where listed")))
            row = session.get_one(PublishedExcerpt, refs[number % len(refs)])
            touched.add(row.ref)
            if kind == "hold":
                row.listed = False
            else:
                row.information_date = max(row.information_date, TODAY - timedelta(days=number % 5))
        session.commit()


def walk(ask: Any, house: Engine, asked: dict[str, Any], deeds: list[tuple[str, int]]) -> tuple[list[str], set[str]]:
    """The names in the order they were given, and those that anybody touched meanwhile."""
    given_out: list[str] = []
    touched: set[str] = set()
    page = ask("excerpts", **asked)
    while True:
        given_out += [item["ref"] for item in page["items"]]
        if not page["next"]:
            return given_out, touched
        if deeds:
            meanwhile(house, deeds.pop(), touched)
        page = ask(page["next"])


@pytest.mark.parametrize("asked", [{}, {"q": "insuline"}, {"q": "insuline", "sort": "newest", "country": "COD"}])
@settings(max_examples=10, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ages=st.lists(DAYS, min_size=1, max_size=9), limit=st.integers(1, 4), deeds=st.lists(MEANWHILE, max_size=6))
def test_a_walk_gives_each_text_once(
    ask: Any,
    house: Engine,
    clean: None,
    asked: dict[str, Any],
    ages: list[int],
    limit: int,
    deeds: list[tuple[str, int]],
) -> None:
    with look(house) as session:
        for table in (PublishedVersion, PublishedExcerpt):
            session.execute(delete(table))
        there = set(publish(session, ages))
        session.commit()
    given_out, touched = walk(ask, house, asked | {"limit": limit}, list(deeds))
    assert max(Counter(given_out).values()) == 1
    assert there - touched <= set(given_out) <= there | touched


def test_the_list_of_retractions_is_walked_the_same_way(ask: Any, scene: Session) -> None:
    refs = [make_published(scene, versions=2, published_on=TODAY - timedelta(days=number % 3)) for number in range(9)]
    for ref in refs[::2]:
        correct(scene, ref, 2, "Because.")
    gone = [
        make_published(scene, state="withdrawn", changed_on=TODAY - timedelta(days=number % 2)) for number in range(5)
    ]
    scene.commit()
    seen, page = [], ask("retractions", limit=2)
    seen += page["items"]
    make_published(scene, state="retracted", changed_on=TODAY)
    scene.commit()
    while page["next"]:
        page = ask(page["next"])
        seen += page["items"]
    assert sorted(one["ref"] for one in seen) == sorted(refs[::2] + gone)
    assert [one["on"] for one in seen] == sorted((one["on"] for one in seen), reverse=True)
