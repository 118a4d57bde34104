"""A version is given up while somebody else writes in it, in real browsers: nothing typed is lost, nothing read changes."""

import pytest
from sqlalchemy.orm import Session

from tests.e2e.conftest import Sits
from tests.excerpts import published, recent
from tests.factories import make_staff
from workflows.core import clock
from workflows.core.actors import Role

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
WRITTEN = "A room costs about 180 to 250 US dollars a month."


def test_whoever_wrote_in_a_version_that_was_discarded_keeps_their_words_and_readers_keep_theirs(
    sits: Sits, scene: Session
) -> None:
    first, second = (make_staff(scene, Role.EDITOR, name=name) for name in ("Ada Writer", "Ben Reader"))
    page = f"/desk/excerpts/{published(scene, recent(title='Rent in Kinshasa'), now=clock.now()).ref}"
    scene.commit()

    writer = sits("writer", first.id)
    writer.goes_to(page)
    writer.follows("New version")
    writer.page.locator("input[value=update]").check()
    writer.presses("Begin")
    writer.follows("Edit")
    writer.writes("In short", WRITTEN)

    other = sits("other", second.id)
    other.goes_to(page)
    other.follows("Discard this version")
    other.reads("What readers have stays as it is.")
    other.presses("Discard")
    other.reads("Discarded. What is published stays.")
    assert "Version 1" in other.page.locator(".hist .now").inner_text()

    writer.presses("Save draft")
    writer.reads("This version was discarded")
    writer.reads("Ben Reader discarded it at")
    writer.reads("Published, version 1")
    assert "180 to 250" in writer.page.locator(".cmp").inner_text()

    writer.follows("See how it stands now")
    writer.reads("discarded by Ben Reader")
    writer.misses("180 to 250")
    writer.follows("New version")
    writer.page.locator("input[value=update]").check()
    writer.presses("Begin")
    assert "Version 3" in writer.page.locator(".hist .now").inner_text()
