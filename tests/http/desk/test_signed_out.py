"""Whoever was signed out while they wrote at the desk reads so, and what they typed under the labels of its form."""

import re

import pytest

from tests.factories import make_staff
from tests.http.desk.test_excerpts import typed
from tests.http.desk.triaging import make
from tests.sheets import form_in, make_draft, make_text
from workflows.core.actors import Role

PAIR = re.compile(r'<dt class="small faint">([^<]*)</dt><dd dir="auto" class="pre">([^<]*)</dd>')
TRIAGE = {
    "points-0": "How much is the rent?",
    "country": "GIN",
    "place": "Butwal",
    "language": "fr",
    "urgency": "urgent",
}


@pytest.fixture
def signed_out(desk, scene):
    """A question, and the desk to somebody whose session has ended."""
    question = make(scene)
    scene.commit()
    return desk, question


@pytest.mark.parametrize(("path", "button"), [("", {"do": "triage"}), ("/take", {}), ("/go", {"go": "match"})])
def test_a_neutral_text_is_shown_by_its_labels_and_without_what_nobody_typed(signed_out, path, button) -> None:
    desk, question = signed_out
    page = desk.post(f"/desk/questions/{question.id}{path}", TRIAGE | {"version": "3"} | button)
    assert page.status_code == 403
    assert PAIR.findall(page.text) == [
        ("Q1", "How much is the rent?"), ("Language of the text", "French"), ("Country", "Guinea"), ("Place", "Butwal"),
        ("How soon", "Urgent"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "You are signed out"), ("fr", "Vous êtes déconnecté"), ("nl", "Je bent afgemeld")],
)
def test_it_is_said_plainly_that_one_is_signed_out(signed_out, language, said) -> None:
    desk, question = signed_out
    desk.client.set_cookie(desk.site.cookie("language"), language)
    page = desk.post(f"/desk/questions/{question.id}", TRIAGE).text
    assert f"<h1>{said}" in page
    assert "Come in again" not in page


def test_an_excerpt_is_shown_by_its_labels(desk, scene) -> None:
    shown = dict(PAIR.findall(desk.post("/desk/excerpts/new", typed()).text))
    assert shown["Title"] == "Rent for a one-bedroom home"
    assert (shown["Country"], shown["Topics"], shown["Source 1: What it is"]) == (
        "DR Congo",
        "Rent and prices",
        "Visit to eleven homes",
    )
    assert not [label for label in shown if label.startswith("What you typed")]


def test_a_sheet_is_shown_by_its_labels(desk, scene) -> None:
    author = make_staff(scene, Role.EDITOR)
    edition = make_draft(scene, author, {"HEA": [make_text(scene, "HEA")]}, {"HEA": "Avant les soins."})
    scene.commit()
    form = form_in(desk.sign_in(author.id).get("/desk/sheets/COD?language=fr").text) | {"press": "up HEA COD-HEA-0001"}
    desk.post("/logout", {})
    page = desk.post(f"/desk/sheets/editions/{edition.id}/save", form)
    assert PAIR.findall(page.text) == [("Health: Introduction", "Avant les soins.")]
