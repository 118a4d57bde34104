"""Readers are told what is in force by the helpdesk's day, also in the hours when UTC is still on the day before."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from tests.world import SetClock

LAST = date(2026, 11, 28)


@pytest.mark.parametrize(("hour", "said"), [(22, "valid until"), (23, "Out of date since")])
def test_a_text_ends_with_its_last_day_at_the_helpdesk(
    public: Browser, scene: Session, set_clock: SetClock, hour: int, said: str
) -> None:
    set_clock(datetime(2026, 11, 28, hour, 30, tzinfo=UTC))
    ref = make_published(scene, information_date=date(2026, 6, 1), valid_until=LAST)
    scene.commit()
    assert said in public.get(f"/en/e/{ref}").text
    freshness = public.get(f"/api/v1/excerpts/{ref}").json["freshness"]["kind"]
    assert (freshness == "out_of_date") is (hour == 23)
