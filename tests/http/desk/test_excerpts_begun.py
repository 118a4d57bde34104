"""Two editors at one accepted answer: whoever begins the second text is told of the first before theirs is made."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.http.desk.test_excerpts import accepted, typed
from tests.sites import Browser
from workflows.core.actors import Role
from workflows.excerpts.models import Excerpt, ExcerptState


@pytest.fixture
def first(desk: Browser, scene: Session) -> Browser:
    return desk.sign_in(_editor(scene, "Ines"))


@pytest.fixture
def second(first: Browser, desk_app: Flask, house: Engine, scene: Session) -> Browser:
    return Browser(desk_app, house).sign_in(_editor(scene, "Bram"))


@pytest.fixture
def new(scene: Session) -> str:
    return f"/desk/excerpts/new?revision={accepted(scene).id}"


def _editor(scene: Session, name: str):
    editor = make_staff(scene, Role.EDITOR, name=name)
    scene.commit()
    return editor.id


def refs(scene: Session) -> list[str]:
    return list(scene.scalars(select(Excerpt.ref).order_by(Excerpt.ref)))


def test_whoever_saves_second_is_told_first_keeps_their_text_and_may_go_on(first, second, scene, new) -> None:
    assert "There is a text from this answer already." not in second.get(new).text
    assert first.post(new, typed()).status_code == 303
    answer = second.post(new, typed(body="Kept words"))
    assert (answer.status_code, refs(scene)) == (422, ["COD-HOU-0001"])
    for said in ("There is a text from this answer already.", "COD-HOU-0001", "begun by Ines at ", "Kept words"):
        assert said in answer.text
    assert '<input type="hidden" name="known" value="COD-HOU-0001">' in answer.text
    assert second.post(new, typed(known="COD-HOU-0001")).status_code == 303
    assert refs(scene) == ["COD-HOU-0001", "COD-HOU-0002"]


def test_whoever_opens_the_form_later_reads_of_the_text_at_once(first, second, scene, new) -> None:
    first.post(new, typed())
    page = second.get(new).text
    assert "begun by Ines at " in page
    assert '<input type="hidden" name="known" value="COD-HOU-0001">' in page
    assert "begun by Ines at " in second.post(new, typed(do="preview", known="COD-HOU-0001")).text
    assert second.post(new, typed(known="COD-HOU-0001")).status_code == 303


def test_a_text_that_was_given_up_and_one_from_another_answer_warn_nobody(first, second, scene, new) -> None:
    first.post(new, typed())
    scene.scalars(select(Excerpt)).one().state = ExcerptState.DISCARDED
    scene.commit()
    assert first.post(f"/desk/excerpts/new?revision={accepted(scene).id}", typed()).status_code == 303
    assert "There is a text from this answer already." not in second.get(new).text
    assert second.post(new, typed()).status_code == 303
