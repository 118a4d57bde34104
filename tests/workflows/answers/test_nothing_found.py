"""What is asked of a point that was searched in vain: where and when, and nothing that makes no sense."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests.factories import NOW
from tests.workflows.answers.test_submit import SOURCE, saved, sent
from tests.workflows.answers.test_submit import partner as partner  # noqa: PLC0414 -- a fixture
from tests.workflows.answers.test_submit import researcher as researcher  # noqa: PLC0414 -- a fixture
from tests.workflows.answers.test_submit import work as work  # noqa: PLC0414 -- a fixture
from workflows.answers.drafts import AnswerDraft, PointDraft
from workflows.answers.models import Revision
from workflows.answers.partner import submit_answer
from workflows.core.errors import Incomplete

NOTHING = PointDraft(
    "Q1", information_date=date(2026, 3, 9), not_found=True, searched_where="Town hall, two clinics"
)  # fmt: skip


def test_what_was_searched_and_not_found_needs_no_source(scene, at_work, researcher, work) -> None:
    saved(at_work, researcher, work, AnswerDraft((NOTHING,)))
    sent(at_work, researcher, work)
    assert scene.scalars(select(Revision.number)).one() == 1


@pytest.mark.parametrize(("point", "fields"), [
    (replace(NOTHING, searched_where=""), {"searched_where"}),
    (replace(NOTHING, information_date=None), {"information_date"}),
    (replace(NOTHING, information_date=date(2026, 3, 11)), {"information_date"}),
    (replace(NOTHING, text="One clinic may have it."), {"place", "confidence"}),
])  # fmt: skip
def test_of_a_search_in_vain_only_where_and_when_is_asked(at_work, researcher, work, point, fields) -> None:
    saved(at_work, researcher, work, AnswerDraft((point,), (SOURCE,)))
    with at_work(researcher) as session, pytest.raises(Incomplete) as refused:
        submit_answer(session, researcher, work.id, NOW)
    assert {name.rpartition(".")[2] for name in refused.value.problems} == fields
    assert ("you searched" in refused.value.problems.get("Q1.information_date", "")) == (not point.information_date)
