"""A form with words that could not be read, brought back a second time: nothing of it is offered or noted again."""

import pytest
from sqlalchemy import select

from tests.factories import NOW
from tests.word_forms import fill
from tests.workflows.answers.test_word_uploads import (  # noqa: F401
    choice,
    form_of,
    looked_at,
    partner,
    researcher,
    task,
    took,
)
from workflows.answers.models import Answer, Price
from workflows.answers.word_uploads import keep_upload, waiting_upload

BUFFALO = (
    fill("Q1.prices.1.what", "A buffalo"), fill("Q1.prices.1.amount", "90,000"), fill("Q1.prices.1.currency", "rupees"),
)  # fmt: skip
NURSE = (
    fill("Q1.sources.1.kind", "gossip"), fill("Q1.sources.1.label", "A nurse"), fill("Q1.sources.1.identity", "Amina"),
)  # fmt: skip
SAID = ("Kind (Q1) – gossip", "Currency (Q1) – rupees")


@pytest.fixture
def file(at_work, researcher, task):  # noqa: F811
    """The same file each time."""
    with at_work(researcher) as session:
        return form_of(session, researcher, task, *BUFFALO, *NURSE)


@pytest.fixture
def bring(at_work, researcher, task, file):  # noqa: F811
    """Bring it back and look at it."""

    def bring():
        with at_work(researcher) as session:
            keep_upload(session, researcher, task.id, file, NOW)
        return looked_at(at_work, researcher, task)

    return bring


@pytest.mark.parametrize("with_rest", [True, False])
def test_no_row_is_new_and_only_what_the_note_lacks_is_told_again(
    at_work, scene, researcher, task, bring, with_rest: bool  # noqa: F811
) -> None:  # fmt: skip
    work, first = bring()
    assert (first.placed.units, first.rest) == (("Q1.sources.1", "Q1.prices.1"), SAID)
    took(at_work, researcher, task, choice(first, work.version, with_rest=with_rest))
    work, second = bring()
    assert (second.placed.units, second.placed.doubtful) == (("Q1.sources.1",), {"Q1.sources.1"})
    assert second.rest == (() if with_rest else SAID)
    with at_work(researcher) as session:
        in_french = waiting_upload(session, researcher, task.id, work, "UTC", "fr")
    assert len(in_french.rest) == len(second.rest)
    took(at_work, researcher, task, choice(second, work.version, taken=()))
    assert [row.what for row in scene.scalars(select(Price))] == ["A buffalo"]
    assert scene.scalars(select(Answer.note_for_editor)).one() == "\n".join(SAID)


def test_a_currency_that_was_set_right_meanwhile_makes_another_price_of_the_row(
    at_work, scene, researcher, task, bring  # noqa: F811
) -> None:  # fmt: skip
    work, first = bring()
    took(at_work, researcher, task, choice(first, work.version))
    scene.scalars(select(Price)).one().currency = "NPR"
    scene.commit()
    assert bring()[1].placed.units == ("Q1.sources.1", "Q1.prices.1")
