"""`make compact`: the address that an account had before leaves every file once the letter had its time."""

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy.orm import Session

from config import policy
from tasks.world import World
from tests.database import DatabaseUrls
from tests.factories import NOW, make_staff
from tests.ops.test_compact import log_removed, these_alone_go  # noqa: F401
from workflows.accounts.models import FormerAddress, StaffAccount
from workflows.core.actors import CLOCK
from workflows.core.events import record

KEPT = timedelta(days=policy.FORMER_ADDRESS_KEPT_DAYS)


def before(scene: Session, address: str, ago: timedelta) -> bytes:
    account = scene.get_one(StaffAccount, make_staff(scene).id)
    moved = record(scene, CLOCK, "staff.readdress", account, NOW - ago)
    scene.add(FormerAddress(event_id=moved.id, kind="staff", address=address, language="en", at=NOW - ago))
    return address.encode()


@pytest.mark.usefixtures("set_clock", "log_removed")
def test_no_file_holds_an_address_of_before_that_was_forgotten(
    scene: Session, database: DatabaseUrls, world: World
) -> None:
    gone = [before(scene, f"zq-gone-{n}@example.org", KEPT + timedelta(minutes=1)) for n in range(3)]
    live = [before(scene, f"zq-live-{n}@example.org", KEPT - timedelta(minutes=1)) for n in range(3)]
    scene.commit()
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("analyze")
    these_alone_go(gone, live, scene, database, world)
