"""What somebody read can be shown again, whichever way the version began and however often it was saved."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import LATER, drafted, published, text
from tests.factories import NOW, make_staff
from tests.published import columns_of
from workflows.core.actors import Role, Staff
from workflows.excerpts.desk import save_version
from workflows.excerpts.kept import text_seen
from workflows.excerpts.models import Excerpt, ExcerptVersion, KeptText, PublishedExcerpt
from workflows.excerpts.translations import begin_translation, update_translation


@pytest.fixture
def author(scene: Session) -> Staff:
    return make_staff(scene, Role.EDITOR)


@pytest.fixture
def original(scene: Session, author: Staff) -> Excerpt:
    excerpt = published(scene, author=author)
    scene.commit()
    return excerpt


def kept_of(session: Session, version: ExcerptVersion) -> list[int]:
    wanted = select(KeptText.row_version).where(KeptText.version_id == version.id).order_by(KeptText.row_version)
    return list(session.scalars(wanted))


def test_an_unchanged_text_saved_twice_at_one_moment_is_kept_once(scene: Session, author: Staff) -> None:
    version = drafted(scene, author)
    scene.commit()
    for _time in range(2):
        save_version(scene, author, version.id, text(title="Rent"), [], LATER, version=version.version)
        scene.commit()
    assert kept_of(scene, version) == [1, 2] == list(range(1, version.version + 1))


def test_a_translation_is_kept_as_it_begins(scene: Session, author: Staff, original: Excerpt) -> None:
    version = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    scene.commit()
    assert text_seen(scene, version.id, version.version).title == version.title != ""


def test_of_a_translation_that_is_updated_the_text_is_kept_that_its_editor_finds(
    scene: Session, author: Staff, original: Excerpt
) -> None:
    begun = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    french = scene.get_one(Excerpt, begun.excerpt_id)
    begun.state, french.state = "published", "published"
    flat = scene.get_one(PublishedExcerpt, original.ref)
    copy = columns_of(flat)
    scene.add(PublishedExcerpt(**copy | {"ref": french.ref, "language": "fr", "source_number": 1}))
    flat.place = "Goma"
    scene.commit()
    version = update_translation(scene, author, french.id, LATER, version=french.version)
    scene.commit()
    assert kept_of(scene, version) == [version.version]
    assert text_seen(scene, version.id, version.version).place == "Goma"
