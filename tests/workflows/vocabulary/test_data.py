"""The data files say what the field agreed on, in six languages, without gaps."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from workflows.core.calendars import Calendar
from workflows.core.words import PARTNERS
from workflows.vocabulary.loader import read

OUR_OWN_NAMES = {"COD", "BIH"}  # CLDR says Congo-Kinshasa, and writes an ampersand
GROUPS = ["ACC", "CIV", "SEC", "MOV", "HOU", "WOR", "BUS", "HEA", "EDU", "SOC"]


@pytest.mark.parametrize("file", ["countries", "topics", "facets", "regions"])
@pytest.mark.parametrize("language", PARTNERS)
def test_everything_has_a_name_of_its_own_in_every_language(file, language):
    names = [(row.get("parent_code"), row[f"name_{language}"]) for row in read(file)]
    assert all(name and name == name.strip() and len(name) <= 120 for _, name in names)
    assert len(set(names)) == len(names)


def test_there_are_ten_groups_with_forty_nine_topics_in_their_order():
    rows = read("topics")
    groups = [row["code"] for row in rows if row["parent_code"] is None]
    assert groups == GROUPS
    assert [row["parent_code"] for row in rows if row["parent_code"]] == sorted(
        (row["parent_code"] for row in rows if row["parent_code"]), key=GROUPS.index
    )
    assert len(rows) - len(groups) == 49


def test_a_topic_is_coded_below_its_group_and_lives_from_a_month_to_two_years():
    for row in read("topics"):
        if row["parent_code"]:
            assert row["code"].startswith(f"{row['parent_code']}-")
            assert 30 <= row["shelf_life_days"] <= 730
        else:
            assert row["shelf_life_days"] is None


def test_there_are_twenty_five_countries_and_thirteen_facets():
    assert len({row["iso3"] for row in read("countries")}) == 25
    assert len({row["code"] for row in read("facets")}) == 13


@pytest.mark.parametrize("row", read("countries"), ids=lambda row: row["iso3"])
def test_a_country_has_a_known_region_zone_and_calendar(row):
    assert row["region_code"] in {region["code"] for region in read("regions")}
    assert row["priority"] in "ABC"
    assert ZoneInfo(row["timezone"])
    year = [date.fromordinal(date(2026, 1, 1).toordinal() + i) for i in range(365)]
    here, nowhere = Calendar(row["calendar"], row["timezone"]), Calendar(None, "UTC")
    assert row["iso3"] == "UKR" or any(here.is_working_day(day) != nowhere.is_working_day(day) for day in year)


@pytest.mark.parametrize("row", read("countries"), ids=lambda row: row["iso3"])
def test_a_country_is_named_as_the_common_locale_data_name_it(row):
    if row["iso3"] not in OUR_OWN_NAMES:
        for language in PARTNERS:
            assert row[f"name_{language}"] == Locale(language).territories[row["iso2"]]
