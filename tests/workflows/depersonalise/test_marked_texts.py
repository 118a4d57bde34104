"""What the detector finds in real sorts of questions, and what it leaves alone."""

import pytest

from tests.workflows.depersonalise.marked import Marked, marked_texts

QUESTIONS = marked_texts("questions.json")
TELLING = marked_texts("telling.json")
NEUTRAL = marked_texts("neutral.json")


def _words(marked: Marked) -> str:
    return marked.text[:50]


@pytest.mark.parametrize("marked", [*QUESTIONS, *TELLING], ids=_words)
def test_every_marked_detail_is_found_whole(marked):
    assert [marked.missed(span) for span in marked.spans] == [""] * len(marked.spans)


@pytest.mark.parametrize("marked", [*QUESTIONS, *TELLING, *NEUTRAL], ids=_words)
def test_nothing_but_the_marked_details_is_found(marked):
    assert marked.spilt() == 0


def test_the_set_holds_enough_numbers_and_addresses_to_mean_something():
    assert sum(len(marked.structured) for marked in TELLING) >= 30
    assert len(NEUTRAL) >= 40


def test_a_number_without_its_announcement_is_still_found():
    """Recall of structured details does not lean on the sentence: each one alone, as it might stand in a table."""
    lost = [
        marked.text[start:end]
        for marked in TELLING
        for start, end in marked.structured
        if Marked("en", marked.text[start:end], (), ()).missed((0, end - start))
    ]
    assert lost == []
