"""A translation that is its original still, word for word, is sent to nobody: it would be a text in the wrong language."""

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import FRENCH, NOW, published
from tests.factories import make_staff
from workflows.core.actors import Role
from workflows.core.errors import Incomplete
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.translations import begin_translation


def test_a_copy_of_the_original_is_not_sent_for_approval_and_its_translation_is(scene: Session) -> None:
    author = make_staff(scene, Role.EDITOR)
    original = published(scene, author=author)
    version = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    version.title, version.body = "Le loyer", f"  {version.body}\n"
    scene.flush()
    with pytest.raises(Incomplete) as refused:
        send_for_approval(scene, author, version.id, NOW, version=version.version)
    assert refused.value.problems == {"body": "This is still the original, word for word. Translate it first."}
    version.body = FRENCH
    scene.flush()
    send_for_approval(scene, author, version.id, NOW, version=version.version)
    assert version.state == "in_review"
