"""An answer that was sent again beside the submission before, its checks, and its place in the queue."""

import re
from datetime import timedelta

import pytest

from tests.reviews import frozen, submitted
from workflows.answers.checklist import CHECKS
from workflows.answers.models import Revision
from workflows.core import clock


@pytest.fixture
def at(desk, scene):
    made = submitted(scene, review_by=clock.today() + timedelta(days=3))
    desk.sign_in(made.editor.id)
    return made


def url(at) -> str:
    return f"/desk/reviews/{at.answer.id}"


@pytest.fixture
def second(scene, at):
    """The same answer, submitted again with one word changed."""
    content = frozen(at.source, "Deux pharmacies sur quatre en avaient.\n\nLe prix est de 20.")
    scene.add(Revision(answer_id=at.answer.id, partner_id=at.answer.partner_id, question_id=None, number=2,
                       submitted_at=clock.now(), submitted_by=at.researcher.id, content=content,
                       content_hash=b"\0" * 32))  # fmt: skip
    scene.commit()
    return at


def test_a_second_submission_stands_beside_the_first_with_changed_words_marked(desk, second) -> None:
    page = desk.get(url(second)).text
    assert "Submission 1" in page
    assert "<del>trois</del>" in page
    assert "<ins>quatre</ins>" in page
    assert re.search(r'id="Q1-1"[^>]*>.*<ins>Le prix est de 20\.</ins>', page)
    assert "+6 −1" in page


def test_the_comparison_can_be_the_full_text_or_the_sources_alone(desk, second) -> None:
    full, sources = (desk.get(f"{url(second)}?compare={how}").text for how in ("full", "sources"))
    assert "<del>" not in full
    assert "Deux pharmacies sur quatre" in full
    assert "Deux pharmacies" not in re.sub(r"<option.*?</option>", "", sources)  # a comment may be about any paragraph
    assert re.search(r'id="Q1-sources-0"><span class="lab">Sources.*?Pharmacists of three shops', sources, re.DOTALL)
    assert 'aria-current="true">sources only' in sources


def test_a_first_submission_has_nothing_to_compare(desk, at) -> None:
    page = desk.get(url(at)).text
    assert "by paragraph" not in page
    assert 'id="Q1-0"' in page


def test_checks_lead_to_the_paragraph(desk, second) -> None:
    page = desk.get(url(second)).text
    assert re.search(r'Prices without a currency: <a href="#Q1-1"><bdi>Le prix est de 20\.</bdi>', page)
    assert "Kinds of source, two at least" in page


def test_the_page_says_where_it_stands_in_the_queue_and_leads_to_its_neighbours(desk, scene, at) -> None:
    late = submitted(scene, review_by=clock.today() - timedelta(days=2))
    page = desk.get(url(at)).text
    assert "2 of 2" in page
    assert re.search(rf'href="/desk/reviews/{late.answer.id}" data-key="k"', page)
    assert 'data-key="j"' not in page
    yes = {f"verdict_{check.number}": "yes" for check in CHECKS} | {"remark_4": "Marked as a single source."}
    desk.post(f"{url(at)}/accept", {"version": "0", "revision": str(at.revision.id)} | yes)
    assert "2 of 2" not in desk.get(url(at)).text
