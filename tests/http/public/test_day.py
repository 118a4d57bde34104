"""Readers are told what is in force by the helpdesk's day, also in the hours when UTC is still on the day before."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from tests.world import SetClock

LAST = date(2026, 11, 28)


@pytest.mark.parametrize(("hour", "said"), [(22, "valid until"), (23, "Out of date: it was valid until")])
def test_a_text_ends_with_its_last_day_at_the_helpdesk(
    public: Browser, scene: Session, set_clock: SetClock, hour: int, said: str
) -> None:
    set_clock(datetime(2026, 11, 28, hour, 30, tzinfo=UTC))
    ref = make_published(scene, information_date=date(2026, 6, 1), valid_until=LAST)
    scene.commit()
    assert said in public.get(f"/en/e/{ref}").text
    freshness = public.get(f"/api/v1/excerpts/{ref}").json["freshness"]["kind"]
    assert (freshness == "out_of_date") is (hour == 23)


def test_no_page_says_that_a_text_is_out_of_date_since_the_last_day_on_which_it_held(
    public: Browser, scene: Session, set_clock: SetClock
) -> None:
    set_clock(datetime(2026, 11, 29, 12, tzinfo=UTC))
    ref = make_published(scene, information_date=date(2026, 6, 1), valid_until=LAST)
    expired = make_published(scene, information_date=date(2026, 1, 2), valid_until=date(2026, 3, 1))
    scene.commit()
    pages = [
        public.get(f"/en/{path}").text for path in (f"e/{ref}", f"e/{expired}", "search", "search?freshness=expired")
    ]
    for page in pages:
        assert re.search(r"was valid until (<time[^>]*>)?(28 Nov|1 Mar)", page)
        assert not re.search(r"since\s*(<[^>]*>)*\s*\d", page)
