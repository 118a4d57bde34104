"""Whoever comes second reads who saved first, and when, above both texts."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.excerpts import drafted, recent
from tests.factories import make_staff
from tests.http.desk.test_excerpts import of_version
from tests.http.desk.triaging import make
from tests.http.desk.triaging import typed as typed_question
from tests.reviews import submitted
from tests.sites import Browser
from workflows.answers.checklist import CHECKS
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.events import Event
from workflows.excerpts.desk import save_version
from workflows.excerpts.models import Excerpt


def says(page: str) -> str:
    """What the note above the form begins with."""
    return re.search(r'<div class="note act" role="alert"><b>([^<]+)</b>', page)[1]


@pytest.fixture
def two(desk, desk_app, house, scene):
    """Two browsers, of Nour and of Bram, who may both triage and edit."""
    roles = (Role.OFFICER, Role.EDITOR)
    nour, bram = make_staff(scene, *roles, name="Nour A."), make_staff(scene, *roles, name="Bram")
    scene.commit()
    return desk.sign_in(nour.id), Browser(desk_app, house).sign_in(bram.id), nour


def test_on_a_question_its_name_and_the_time_are_told_whoever_read_it_since(two, scene) -> None:
    nour, bram, _actor = two
    question = make(scene)
    nour.post(f"/desk/questions/{question.id}", typed_question(question, **{"points-0": "Leur texte ?"}))
    bram.get(f"/desk/questions/{question.id}")
    late = bram.post(f"/desk/questions/{question.id}", typed_question(question, **{"points-0": "Mon texte ?"}))
    assert late.status_code == 409
    assert re.fullmatch(r"Saved by Nour A\. at \d\d:\d\d, while you were writing\.", says(late.text))
    assert "<b>Saved by Nour A.</b>" in late.text


def test_whoever_saved_it_themselves_in_another_window_reads_so(two, scene) -> None:
    nour, _bram, _actor = two
    question = make(scene)
    nour.post(f"/desk/questions/{question.id}", typed_question(question, **{"points-0": "Un ?"}))
    late = nour.post(f"/desk/questions/{question.id}", typed_question(question, **{"points-0": "Deux ?"}))
    assert re.fullmatch(r"You saved this yourself at \d\d:\d\d, in another window\.", says(late.text))
    assert "<b>Saved by you</b>" in late.text


def test_notes_about_an_answer_name_their_editor(two, scene) -> None:
    nour, bram, _actor = two
    at = submitted(scene)
    path = f"/desk/reviews/{at.answer.id}/save"
    form = {"version": "0", "revision": str(at.revision.id)} | {f"verdict_{check.number}": "yes" for check in CHECKS}
    nour.post(path, form | {"note": "First words."})
    late = bram.post(path, form | {"note": "Second words."})
    assert says(late.text).startswith("Saved by Nour A. at ")
    assert "First words." in late.text
    assert "Second words." in late.text


def test_a_text_saved_on_another_day_is_told_with_that_day(two, scene) -> None:
    _nour, bram, nour = two
    version = drafted(scene, nour, recent(), now=clock.now())
    scene.commit()
    before = of_version(version, title="My title")
    save_version(scene, nour, version.id, recent(title="Their title"), [], clock.now(), version=version.version)
    scene.execute(update(Event).where(Event.kind == "excerpt_version.save").values(at=clock.now() - timedelta(days=2)))
    scene.execute(update(Event).where(Event.kind == "excerpt_version.open").values(at=clock.now() - timedelta(days=3)))
    scene.commit()
    late = bram.post(f"/desk/excerpts/{scene.get(Excerpt, version.excerpt_id).ref}/edit", before)
    assert re.fullmatch(r"Saved by Nour A\. on \d+ \w+ \d{4} at \d\d:\d\d, while you were writing\.", says(late.text))
