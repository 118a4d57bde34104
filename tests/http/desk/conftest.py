"""Who sits at the desk."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sites import Browser
from workflows.accounts import invitations
from workflows.core.actors import Role
from workflows.core.clock import now


@pytest.fixture
def officer(desk, scene):
    actor = make_staff(scene)
    scene.commit()
    desk.sign_in(actor.id)
    return actor


@pytest.fixture
def administrator(desk: Browser, scene: Session) -> Browser:
    """The browser of an administrator, `me`, who has just shown a code of an app."""
    desk.me = make_staff(scene, Role.ADMINISTRATOR)
    invitations.invite(scene, desk.me.id, "desk", "joris", now())
    scene.execute(text("update authn.credential set active = true where account_id = :me"), {"me": desk.me.id})
    scene.commit()
    return desk.sign_in(desk.me.id)


@pytest.fixture
def author(scene):
    """An editor who writes texts, and is not signed in."""
    return make_staff(scene, Role.EDITOR, name="Ada Writer")


@pytest.fixture
def editor(desk, scene):
    """An editor who is signed in at the desk."""
    actor = make_staff(scene, Role.EDITOR)
    scene.commit()
    desk.sign_in(actor.id)
    return actor
