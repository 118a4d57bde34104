"""The page of a text at the desk says of the version that readers have what they are told of it."""

import re

import pytest

from tests.http.desk.moving import url
from tests.translated import corrected, make_pair
from workflows.core.clock import now
from workflows.excerpts.standing import hold_excerpt
from workflows.replies.recall import retract_and_tell, withdraw_and_tell


@pytest.fixture
def pair(desk, scene):
    made = make_pair(scene)
    scene.commit()
    desk.sign_in(made.editor.id)
    return made


def marks(page: str) -> list[str]:
    """What stands beside each version of the history."""
    history = page.split('<ol class="hist">')[1].split("</ol>", maxsplit=1)[0]
    return re.findall(r'<span class="badge[^"]*"><svg.*?</svg>([^<]*)</span>', history)


def beside_the_state(page: str) -> str:
    """What the head says of it besides its own state; nothing when it says nothing more."""
    found = re.search(r'<span class="small"><svg class="disc[^"]*".*?</svg> ([^<]*)</span>', page)
    return found[1] if found else ""


def test_the_version_that_readers_have_is_published(desk, scene, pair) -> None:
    page = desk.get(url(scene, pair.english)).text
    assert (marks(page), beside_the_state(page)) == (["Published"], "Current")


@pytest.mark.parametrize(("take_back", "said"), [(withdraw_and_tell, "Withdrawn"), (retract_and_tell, "Retracted")])
def test_a_translation_that_went_with_its_original_is_not_called_published(desk, scene, pair, take_back, said) -> None:
    take_back(scene, pair.editor, pair.french.id, "Tout était faux.", now(), version=pair.french.version)
    scene.commit()
    for text in (pair.english, pair.french):
        page = desk.get(url(scene, text)).text
        assert (marks(page), beside_the_state(page)) == ([said], "")


def test_a_translation_whose_original_is_on_hold_is_being_checked(desk, scene, pair) -> None:
    hold_excerpt(scene, pair.editor, pair.french.id, "Un doute.", None, now(), version=pair.french.version)
    scene.commit()
    page = desk.get(url(scene, pair.english)).text
    assert (marks(page), beside_the_state(page)) == (["Being checked"], "Being checked")


def test_a_translation_of_what_was_wrong_is_not_called_current(desk, scene, pair) -> None:
    corrected(scene, pair, "Les prix étaient d’un autre quartier.")
    scene.commit()
    page = desk.get(url(scene, pair.english)).text
    assert (marks(page), beside_the_state(page)) == (["Corrected since"], "Corrected since")
    assert ("The original was corrected since." in page, "Update the translation" in page) == (True, True)
    assert "still-true" not in page
    page = desk.get(url(scene, pair.french)).text
    assert (marks(page), beside_the_state(page)) == (["Published", "Replaced"], "Current")
