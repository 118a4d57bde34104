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
        ("pays:COD thème:HEA langue:fr retard:oui urgent:non", {"Late"}, "retard:oui urgent:non"),
        ("land:COD onderwerp:HEA taal:fr laat:ja dringend:nee", {"Late"}, "laat:ja dringend:nee"),
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


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_example_in_the_field_works_in_each_language_and_so_does_the_english_one(
    desk, scene, officer, language
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    make(scene, points=("Congo ?",), topics=["HEA-medicines"])
    make(scene, points=("Late ?",), topics=["HEA-medicines"], triage_by=yesterday)
    make(scene, points=("Loyer ?",), topics=["HOU-rent"], triage_by=yesterday)
    desk.client.set_cookie(desk.site.cookie("language"), language)
    page = desk.get("/desk/questions").text
    example = re.search(r'id="q"[^>]*placeholder="([^"]*)"', page).group(1)
    for typed in (example, "country:COD topic:health late:yes"):
        answer = desk.get("/desk/questions", query_string={"q": typed}).text
        assert "q-error" not in answer
        assert set(re.findall(r">(\w+)\s\?</a>", answer)) == {"Late"}
    assert (example == "country:COD topic:health late:yes") is (language == "en")


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
