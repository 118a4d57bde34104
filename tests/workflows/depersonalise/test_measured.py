"""How much of what points to a person is found in 500 texts written as people write, and how much else is."""

import pytest

from tests.workflows.depersonalise.written.formats import STRUCTURED
from tests.workflows.depersonalise.written.measure import measured, table
from tests.workflows.depersonalise.written.texts import FURTHER, TEXTS, written

STRUCTURED_FLOOR, NAMES_FLOOR, PLACES_FLOOR, PRECISION_FLOOR, PEACE_FLOOR = 0.95, 0.85, 0.8, 0.95, 0.95
FURTHER_FLOORS = {"ar": 0.95, "es": 0.9, "ru": 0.95, "mixed": 0.95, "typed": 0.85}


@pytest.fixture(scope="module")
def texts():
    return list(written())


@pytest.fixture(scope="module")
def score(texts):
    return measured(texts)


def test_the_texts_are_the_same_each_time_and_enough_to_mean_something(texts, score):
    assert texts == list(written())
    assert len(texts) == TEXTS
    assert {text.language for text in texts} == {"en", "fr", "nl"}
    assert score.innocent > 100
    assert all(sum(many for (one, _), many in score.gold.items() if one == kind) >= 15 for kind in STRUCTURED)


def test_a_marked_span_holds_what_was_filled_in(texts):
    assert all(text.text[gold.start : gold.end].strip() for text in texts for gold in text.gold)


def test_structured_details_are_found(score):
    assert score.recall(STRUCTURED) >= STRUCTURED_FLOOR, table(score)


@pytest.mark.parametrize("kind", STRUCTURED)
def test_each_structured_kind_is_found(score, kind):
    assert score.recall([kind]) >= STRUCTURED_FLOOR, table(score)


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_each_language_is_read(score, language):
    assert score.recall(STRUCTURED, language) >= STRUCTURED_FLOOR, table(score)
    assert score.precision(language) >= PRECISION_FLOOR, table(score)


def test_names_are_found_as_often_as_we_say(score):
    assert score.recall(["name"]) >= NAMES_FLOOR, table(score)


@pytest.mark.parametrize("kind", ["address", "school", "flight", "day of travel"])
def test_places_and_journeys_are_found_as_often_as_we_say(score, kind):
    assert score.recall([kind]) >= PLACES_FLOOR, table(score)


def test_prices_doses_laws_and_dates_of_events_are_left_alone(score):
    assert score.peace >= PEACE_FLOOR, table(score)


def test_the_half_that_nobody_looked_at_is_read_nearly_as_well(texts):
    held_out = measured(text for text in texts if text.held_out)
    assert held_out.recall(STRUCTURED) >= STRUCTURED_FLOOR, table(held_out)
    assert held_out.recall(["name"]) >= 0.8, table(held_out)


@pytest.fixture(scope="module")
def further():
    return list(written(languages=FURTHER))


@pytest.mark.parametrize("language", FURTHER)
def test_names_in_further_tongues_and_typed_small_are_found_and_what_looks_like_them_is_not(further, language):
    own = measured(text for text in further if text.language == language)
    assert own.recall(["name"]) >= FURTHER_FLOORS[language], table(own)
    assert own.precision() >= PRECISION_FLOOR, table(own)
    assert own.peace >= PEACE_FLOOR, table(own)
    assert own.innocent >= 15
