from types import SimpleNamespace

import pytest
from sqlalchemy import text

from ops.admin import AlreadyThere, invite_first, main
from workflows.accounts.entrance import Entrance
from workflows.accounts.invitations import look_at
from workflows.core.clock import now
from workflows.core.errors import Incomplete, NotFound


def wanted(login: str = "joris", name: str = "Joris"):
    return SimpleNamespace(login=login, name=name, email=None, language="nl", timezone="Europe/Brussels", calendar="BE")


def test_the_first_administrator_gets_a_link_of_the_desk(scene):
    token = invite_first(scene, wanted("Joris"), now())
    assert look_at(scene, Entrance("desk", b"d" * 32), token, now()).login == "joris"
    assert scene.scalar(text("select roles from staff")) == ["administrator"]


def test_the_only_administrator_gets_a_new_link_and_nobody_else_one(scene):
    first = invite_first(scene, wanted(), now())
    again = invite_first(scene, wanted(), now())
    at = Entrance("desk", b"d" * 32)
    with pytest.raises(NotFound):
        look_at(scene, at, first, now())
    assert look_at(scene, at, again, now())
    assert scene.scalar(text("select count(*) from staff")) == 1
    with pytest.raises(AlreadyThere, match="joris"):
        invite_first(scene, wanted("other"), now())


def test_a_nameless_administrator_is_refused(scene):
    with pytest.raises(Incomplete):
        invite_first(scene, wanted(name=" "), now())


def test_the_command_prints_the_link(environment, clean, monkeypatch, capsys):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["--login", "joris", "--name", "Joris"]) == 0
    assert "http://127.0.0.1:8001/invite/" in capsys.readouterr().out
    assert main(["--login", "other", "--name", "Other"]) == 1
    assert "already: joris" in capsys.readouterr().err
