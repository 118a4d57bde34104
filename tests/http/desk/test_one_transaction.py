"""Who is asking is found in the transaction of the page: its beginning and end are paid for once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from config import policy
from web_kit.unit import db
from workflows.accounts.models import LoginSession
from workflows.core.clock import now


@pytest.fixture
def begun(desk) -> Iterator[list[object]]:
    """A transaction of the desk each."""
    seen: list[object] = []
    with desk.app.app_context():
        engine = db.engine
    note = seen.append
    event.listen(engine, "begin", note)
    yield seen
    event.remove(engine, "begin", note)


def last_seen_before(scene, ago: timedelta) -> None:
    scene.execute(update(LoginSession).values(seen_at=now() - ago))
    scene.commit()


def test_a_page_takes_one_transaction_from_the_log_in_to_its_end(desk, officer, begun) -> None:
    assert desk.get("/desk/questions").status_code == 200
    assert len(begun) == 1


@pytest.mark.parametrize("path", ["/desk/questions", "/desk/accounts", "/desk/nowhere"])
def test_being_seen_is_kept_though_the_page_only_shows_or_refuses(desk, scene, officer, path) -> None:
    last_seen_before(scene, 2 * policy.LAST_SEEN_RESOLUTION)
    desk.get(path)
    assert now() - scene.scalars(select(LoginSession.seen_at)).one() < policy.LAST_SEEN_RESOLUTION


def test_a_session_that_was_ended_is_out_with_the_next_page(desk, scene, officer) -> None:
    assert desk.get("/desk/questions").status_code == 200
    scene.execute(update(LoginSession).values(revoked_at=now()))
    scene.commit()
    assert desk.get("/desk/questions").status_code == 303
