"""What the page of a text says of itself: how sure we are, which version it is, in which language what stands."""

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser


@pytest.mark.parametrize("path", ["", "/v1"])
def test_nobody_says_how_sure_we_are_of_a_text_that_was_taken_back(public: Browser, scene: Session, path: str) -> None:
    gone = make_published(scene, state="withdrawn", notice="A price in this text was wrong.")
    sound = make_published(scene)
    scene.commit()
    assert "Fairly sure" in public.get(f"/en/e/{sound}{path}").text
    page = public.get(f"/en/e/{gone}{path}").text
    assert "A price in this text was wrong." in page
    assert "How sure are we?" not in page
    assert "Fairly sure" not in page
