"""Whoever made their code unusable can read nothing any more: the page of the question says so."""

import pytest
from sqlalchemy import update

from tests.factories import make_counsellor
from tests.http.desk.triaging import make, url
from workflows.core.clock import now
from workflows.requests.models import Request
from workflows.requests.words import NOT_PUBLISHED_VERSION

SAID = "Nobody can read a reply."


def changed(scene, question, **values) -> None:
    scene.execute(update(Request).where(Request.id == question.request_id).values(values))
    scene.commit()


def test_a_code_that_was_made_unusable_is_said(desk, scene, officer) -> None:
    question = make(scene)
    assert SAID not in desk.get(url(question)).text
    changed(scene, question, code_hash=None)
    page = desk.get(url(question)).text
    assert SAID in page
    assert "can still help others" in page
    changed(scene, question, consent_version=NOT_PUBLISHED_VERSION)
    assert "did not agree that the answer is published" in desk.get(url(question)).text


@pytest.mark.parametrize("why_not", ["a counsellor reads it", "it was erased"])
def test_it_is_not_said_where_somebody_reads_it_or_all_is_over(desk, scene, officer, why_not) -> None:
    question = make(scene)
    counsellor = make_counsellor(scene)
    values = {"counsellor_id": counsellor.id} if why_not == "a counsellor reads it" else {"erased_at": now()}
    changed(scene, question, code_hash=None, **values)
    assert SAID not in desk.get(url(question)).text
