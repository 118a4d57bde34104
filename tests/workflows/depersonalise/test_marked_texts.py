"""What the detector finds in real sorts of questions, and what it leaves alone."""

import json
from pathlib import Path

import pytest

from tests.workflows.depersonalise.marked import TODAY, Marked, marked_texts
from workflows.depersonalise import find

QUESTIONS = marked_texts("questions.json")
TELLING = [*marked_texts("telling.json"), *marked_texts("further.json")]
NEUTRAL = [*marked_texts("neutral.json"), *marked_texts("neutral_further.json")]


def _words(marked: Marked) -> str:
    return marked.text[:50]


@pytest.mark.parametrize("marked", [*QUESTIONS, *TELLING], ids=_words)
def test_every_marked_detail_is_found_whole(marked):
    assert [marked.missed(span) for span in marked.spans] == [""] * len(marked.spans)


@pytest.mark.parametrize("marked", [*QUESTIONS, *TELLING, *NEUTRAL], ids=_words)
def test_nothing_but_the_marked_details_is_found(marked):
    assert marked.spilt() == 0


def test_the_set_holds_enough_numbers_and_addresses_to_mean_something():
    assert sum(len(marked.structured) for marked in TELLING) >= 50
    assert len(NEUTRAL) >= 80


def test_a_number_without_its_announcement_is_still_found():
    """Recall of structured details does not lean on the sentence: each one alone, as it might stand in a table."""
    lost = [
        marked.text[start:end]
        for marked in TELLING
        for start, end in marked.structured
        if Marked("en", marked.text[start:end], (), ()).missed((0, end - start))
    ]
    assert lost == []


def test_the_neutral_points_of_the_demonstration_pass_without_a_finding():
    """Hundreds of lines by another hand, as a desk would write them."""
    content = Path(__file__).parents[3] / "ops" / "demo" / "content" / "requests.json"
    points = [
        (question["language"], point["text"])
        for request in json.loads(content.read_text(encoding="utf-8"))
        for question in request["questions"]
        for point in question.get("points", ())
    ]
    assert len(points) > 100
    assert [(text, found) for language, text in points if (found := find(text, language, TODAY))] == []
