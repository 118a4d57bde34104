"""The filters of the triage queue: what may be typed, what is not understood, and how they fold."""

import re
from datetime import timedelta

import pytest

from tests.http.desk.triaging import make
from workflows.core import clock


@pytest.mark.parametrize(
    ("typed", "shown", "left"),
    [
        ("country:COD", {"Congo", "Late"}, ""),
        ("pays:congo", {"Congo", "Late"}, ""),
        ("land:guin", {"Guinée"}, ""),
        ("Country: gin", {"Guinée"}, ""),
        ('topic:"medic"', {"Congo", "Late"}, ""),
        ("topic:hou", {"Guinée"}, ""),
        ("taal:dutch", {"Guinée"}, ""),
        ("late:yes", {"Late"}, "late:yes"),
        ("late:non", {"Congo", "Guinée"}, "late:non"),
        ("urgent:ja country:GIN", {"Guinée"}, "urgent:ja"),
        ("urgent:no", {"Congo", "Late"}, "urgent:no"),
        ("guinée", {"Guinée"}, "guinée"),
        ("100%", set(), "100%"),
        ("country:COD late:yes topic:HEA", {"Late"}, "late:yes"),
    ],
)
def test_the_filter_field_understands_many_ways_of_saying_it(desk, scene, officer, typed, shown, left) -> None:
    yesterday = clock.today() - timedelta(days=1)
    make(scene, points=("Congo ?",), topics=["HEA-medicines"])
    make(scene, points=("Late ?",), topics=["HEA-medicines"], triage_by=yesterday)
    make(scene, points=("Guinée ?",), country="GIN", topics=["HOU-rent"], language="nl", urgency="urgent")
    answer = desk.get("/desk/questions", query_string={"q": typed})
    assert set(re.findall(r">(\w+)\s\?</a>", answer.text)) == shown
    assert f'name="q" value="{left}"' in answer.text
    assert "q-error" not in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("country:Atlantis", "We do not know “Atlantis” as a country."),
        ("topic:", "We do not know “” as a topic."),
        ("late:maybe", "After “late:” write yes or no."),
        ("colour:red", "We do not know “colour:”. Use country, topic, language, late or urgent."),
    ],
)
def test_what_the_filter_field_does_not_know_is_said_in_words_and_stays(desk, scene, officer, typed, said) -> None:
    make(scene, points=("Congo ?",))
    answer = desk.get("/desk/questions", query_string={"q": typed})
    assert answer.status_code == 200
    assert said in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'aria-describedby="q-error"' in answer.text
    assert "Congo ?" in answer.text


@pytest.mark.parametrize(("query", "said", "opened"), [
    ("", "Filters", False), ("country=COD", "Filters (1)", False), ("country=COD&topic=HEA&q=insuline", "Filters (3)", False),
    ("q=country:nowhere", "Filters (1)", True),
])  # fmt: skip
def test_the_filters_fold_on_a_phone_and_say_how_many_narrow_the_list(
    desk, scene, officer, query, said, opened
) -> None:
    page = desk.get(f"/desk/questions?{query}").text
    fold, label = re.search(r'<details class="fold"([^>]*)>\s*<summary>(.*?)</summary>', page).groups()
    assert (label, fold.strip()) == (said, "open" if opened else "")
