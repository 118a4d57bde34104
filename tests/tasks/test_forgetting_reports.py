"""What a reader wrote is erased long after its report was closed; the reason and the outcome stay."""

from datetime import timedelta

from sqlalchemy.orm import Session

from config import policy
from tasks.upkeep import tidy
from tasks.world import World
from tests.factories import NOW
from tests.world import SetClock
from workflows.excerpts.report_models import ReaderReport


def test_the_words_go_and_the_rest_stays(scene: Session, world: World, set_clock: SetClock) -> None:
    rows = {}
    for name, closed in (("old", NOW - timedelta(days=policy.ERASURE_DAYS + 1)), ("new", NOW - timedelta(days=1))):
        rows[name] = ReaderReport(ref="COD-HEA-0001", number=1, reason="wrong", state="closed", outcome="nothing",
                                  at=NOW, closed_at=closed)  # fmt: skip
        rows[name].text = "Words"
        scene.add(rows[name])
    scene.commit()
    tidy(world)
    scene.expire_all()
    assert (rows["old"].text, rows["old"].outcome, rows["new"].text) == (None, "nothing", "Words")
