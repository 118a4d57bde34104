"""Who sits at the desk."""

import pytest

from tests.factories import make_staff


@pytest.fixture
def officer(desk, scene):
    actor = make_staff(scene)
    scene.commit()
    desk.sign_in(actor.id)
    return actor
