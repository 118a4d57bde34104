"""One editor publishes a text while another one takes its file back or adds one: what is public was approved as it is."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import open_files, sent
from tests.factories import NOW, make_attachment, make_staff
from tests.reviews import submitted
from tests.workflows.excerpts.test_at_once import TIMES, AtOnce, at_once
from workflows.core.actors import Role
from workflows.excerpts.models import ExcerptVersion, PublishedExcerpt
from workflows.excerpts.published_files import PublishedFile
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.releasing import release_with_texts, turn_down_with_texts

__all__ = ["at_once"]


@pytest.mark.parametrize("_", TIMES)
def test_a_file_that_is_turned_down_while_its_text_is_published_is_public_nowhere(
    scene: Session, at_once: AtOnce, _: int
) -> None:
    case, (author, approver, other) = (
        submitted(scene, state="accepted"),
        [make_staff(scene, Role.EDITOR) for _ in "abc"],
    )
    row = make_attachment(scene, case.answer, state="released", sent_in=1, public_title="Prices")
    version = sent(scene, author, revisions=[case.revision.id])
    open_files(scene, approver, version, NOW)
    scene.commit()
    seen, file = version.version, row.version
    at_once(
        lambda session: publish_excerpt(session, approver, version.id, seen, NOW),
        lambda session: turn_down_with_texts(session, other, case.answer.id, row.id, file, NOW),
    )
    scene.expire_all()
    assert {one for (one,) in scene.execute(select(PublishedFile.data))} <= {None}
    assert [one for (files,) in scene.execute(select(PublishedExcerpt.files)) for one in files] == []
    assert scene.get_one(ExcerptVersion, version.id).state in {"published", "draft"}


@pytest.mark.parametrize("_", TIMES)
def test_a_file_that_is_released_while_the_text_is_published_does_not_slip_in(
    scene: Session, at_once: AtOnce, _: int
) -> None:
    case, (author, approver, other) = (
        submitted(scene, state="accepted"),
        [make_staff(scene, Role.EDITOR) for _ in "abc"],
    )
    row = make_attachment(scene, case.answer, state="clean", sent_in=1)
    version = sent(scene, author, revisions=[case.revision.id])
    scene.commit()
    seen, file = version.version, row.version
    refused = at_once(
        lambda session: publish_excerpt(session, approver, version.id, seen, NOW),
        lambda session: release_with_texts(session, other, case.answer.id, row.id, "Prices", file, NOW),
    )
    scene.expire_all()
    assert scene.scalars(select(PublishedFile)).all() == []
    state = scene.get_one(ExcerptVersion, version.id).state
    assert (state, refused) in [("published", []), ("draft", ["EditConflict"])]
