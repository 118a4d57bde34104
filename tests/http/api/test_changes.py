"""Whoever mirrors us is told of every text that changed, and of what is gone, in the order in which it changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.http.api.conftest import TODAY, Library
from tests.published import correct, make_published
from tests.sheets import change_text
from tests.sites import Browser

DAYS_AGO = [TODAY - timedelta(days=days) for days in range(10)]


def changed(scene: Session, day: date, **values: Any) -> str:
    return make_published(scene, changed_on=day, **values)


def walked(ask: Any, **asked: Any) -> list[dict[str, Any]]:
    """Every text to the end of the list."""
    page = ask("changes", **asked)
    found = page["items"]
    while page["next"]:
        page = ask(page["next"])
        found += page["items"]
    return found


def names(items: list[dict[str, Any]]) -> list[str]:
    return [one["ref"] for one in items]


def test_texts_of_every_fate_come_in_the_order_in_which_they_changed(ask: Any, library: Library) -> None:
    items = walked(ask)
    assert sorted(names(items)) == sorted(library.all)
    assert [(one["changed_on"], one["ref"]) for one in items] == sorted(
        (one["changed_on"], one["ref"]) for one in items
    )
    states = {one["ref"]: one["state"] for one in items}
    assert {states[library.withdrawn], states[library.retracted], states[library.held], states[library.expired]} == {
        "withdrawn", "retracted", "on_hold", "published"}  # fmt: skip


def test_each_is_what_its_own_address_says(ask: Any, library: Library) -> None:
    for one in walked(ask):
        assert one == ask(f"excerpts/{one['ref']}")


def test_of_what_is_gone_nothing_is_said_but_that_it_is(public: Browser, ask: Any, library: Library) -> None:
    [gone] = [one for one in walked(ask) if one["ref"] == library.retracted]
    assert (gone["text"], gone["freshness"], gone["notice"]) == (None, None, "It was false.")
    assert gone["files"] == []


def test_a_day_is_given_whole_and_what_changed_before_it_is_not(ask: Any, scene: Session) -> None:
    made = {day: sorted(changed(scene, day) for _ in range(2)) for day in DAYS_AGO[:4]}
    scene.commit()
    for since in DAYS_AGO[:4]:
        later = [ref for day in sorted(made) if day >= since for ref in made[day]]
        assert names(walked(ask, changed_since=since)) == later
    assert walked(ask, changed_since=TODAY + timedelta(days=1)) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_any_length_give_each_text_once(ask: Any, scene: Session, limit: int) -> None:
    made = [changed(scene, DAYS_AGO[number % 3]) for number in range(7)]
    scene.commit()
    assert sorted(names(walked(ask, limit=limit))) == sorted(made)
    late = [one for one in walked(ask, limit=limit, changed_since=DAYS_AGO[1]) if one["changed_on"] < str(DAYS_AGO[1])]
    assert late == []


def test_a_mirror_that_asks_from_the_last_day_it_saw_misses_nothing(ask: Any, scene: Session) -> None:
    """It is as we are after each of its walks, whatever happened between two of them and during one."""
    kept, corrected, held, removed = (changed(scene, DAYS_AGO[9 - number], versions=2) for number in range(4))
    scene.commit()
    mirror = {one["ref"]: one for one in walked(ask)}
    seen = max(one["changed_on"] for one in mirror.values())
    correct(scene, corrected, 2, "The price was per week.")
    translated = changed(scene, DAYS_AGO[2], source_ref=corrected, source_number=1, language="nl")
    change_text(scene, held, state="on_hold", listed=False, changed_on=DAYS_AGO[1])
    scene.commit()
    page = ask("changes", changed_since=seen, limit=1)
    change_text(scene, removed, state="withdrawn", notice="Over.", listed=False, changed_on=TODAY)
    scene.commit()
    while page:
        mirror |= {one["ref"]: one for one in page["items"]}
        page = ask(page["next"]) if page["next"] else None
    assert mirror == {ref: ask(f"excerpts/{ref}") for ref in (kept, corrected, held, removed, translated)}
    assert (mirror[removed]["state"], mirror[removed]["text"]) == ("withdrawn", None)


def test_countries_and_languages_narrow_the_list(ask: Any, scene: Session) -> None:
    here, dutch = changed(scene, TODAY), changed(scene, TODAY, language="nl")
    there = changed(scene, TODAY, country="ARM", topic_group="HEA")
    scene.commit()
    assert sorted(names(walked(ask, country="COD"))) == sorted([here, dutch])
    assert names(walked(ask, country=["ARM", "AFG"])) == [there]
    assert names(walked(ask, country="COD", language="nl")) == [dutch]


def test_a_page_is_found_by_the_order_and_not_sorted(scene: Session) -> None:
    """However many texts changed on one day."""
    scene.execute(text("set local enable_seqscan = off"))
    scene.execute(text("set local enable_bitmapscan = off"))
    plan = scene.scalars(
        text(
            "explain select ref from published_excerpt where (changed_on, ref) > ('2026-01-01', 'COD-HEA-0001')"
            " order by changed_on, ref limit 101"
        )
    ).all()
    assert "ix_published_excerpt_changed" in "\n".join(plan)
    assert "Sort" not in "\n".join(plan)
