"""Help and the pages of how we work, examined from left to right and from right to left; and the way to them."""

import pytest

from tests.e2e.conftest import Make
from web_kit.app import limiter
from webapp.public.help import TOPICS

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_help_can_be_read_by_everybody(person: Make, sites: dict[str, str], language: str) -> None:
    limiter.reset()
    reader = person("reader")
    reader.home = f"{sites['public']}/{language}"
    for page in ("help", *(f"help/{about}" for about in TOPICS), "method", "privacy", "accessibility"):
        reader.goes_to(f"/{page}")


def test_help_opens_beside_a_question_that_is_being_written(person: Make, sites: dict[str, str], clean: None) -> None:
    limiter.reset()
    asker = person("asker")
    asker.home = sites["public"]
    asker.goes_to("/en/ask")
    asker.follows("How to ask a question")
    asker.follows("Ask a question")
    asker.presses("Start")
    with asker.context.expect_page() as beside:
        asker.page.get_by_role("link", name="How to ask a question").click()
    assert beside.value.url.endswith("/en/help/ask")
    asker.reads("Who is this for?")
