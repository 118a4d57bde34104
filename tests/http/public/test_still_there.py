"""A page says that what was written is still there where something was, and nowhere else."""

import pytest

from tests.published import make_published

STILL_THERE = "Everything you wrote is still here."


@pytest.mark.parametrize(
    ("step", "typed", "kept"),
    [("question", {"questions-0-text": ""}, False), ("question", {"questions-0-text": "Rent?"}, True),
     ("contact", {"contact": "no address"}, True)],
)  # fmt: skip
def test_what_was_written_is_called_still_there_only_where_something_was(public, asking, step, typed, kept):
    answer = public.post(f"/en/ask/{step}", asking(at="0.", **typed))
    assert (answer.status_code, STILL_THERE in answer.text) == (422, kept)


@pytest.mark.parametrize(("text", "kept"), [("", False), ("The rent.", True)])
def test_so_it_is_on_every_other_form(public, scene, text, kept):
    ref = make_published(scene)
    scene.commit()
    answer = public.post(f"/en/report/{ref}", {"text": text})
    assert (answer.status_code, STILL_THERE in answer.text) == (422, kept)
