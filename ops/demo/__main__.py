"""Loads the demonstration: only with DEMO=1 (as in the embedded cluster), only into an empty database.

`python -m ops.demo`. The invented people, questions and texts walk through the real commands, back in time.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from config.settings import CaseloadSettings, DeskSettings, OwnerSettings, PortalSettings, PublicSettings, SettingsError
from ops.demo.agreements import load_agreements
from ops.demo.library import load_library, load_searches
from ops.demo.lives import load_lives
from ops.demo.people import load_people
from ops.demo.questions import load_requests
from ops.demo.readers import load_reader
from ops.demo.research import load_forms
from ops.demo.sheets import load_sheets
from ops.demo.shown_files import load_shown_files
from ops.demo.side_paths import load_side_paths
from ops.demo.troubles import load_troubles
from ops.demo.world import World
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.accounts.entrance import CASELOAD, DESK, PORTAL
from workflows.accounts.models import StaffAccount
from workflows.core.clock import now
from workflows.core.db import begin, make_engine
from workflows.core.events import Outbox
from workflows.core.links import Links
from workflows.core.sealed import Keyring
from workflows.requests.models import Request

NEWS = timedelta(days=1)


def main() -> int:
    """Load it and write `demo-logins.json`. 0 also when there was nothing to do."""
    try:
        owner = OwnerSettings.from_environment()
        desk, portal = DeskSettings.from_environment(), PortalSettings.from_environment()
        public, caseload = PublicSettings.from_environment(), CaseloadSettings.from_environment()
    except SettingsError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    if not owner.demo:
        print("Demonstration data are loaded only with DEMO=1.", file=sys.stderr)
        return 1
    keys = Keyring(
        desk.sealing_public_key, desk.secret_sealing, desk.secret_requester_text, labels=caseload.secret_labels
    )
    factors = {
        DESK: desk.secret_factor_desk, PORTAL: portal.secret_factor_portal, CASELOAD: caseload.secret_factor_caseload,
    }  # fmt: skip
    engine = make_engine(owner.database_url)
    try:
        with begin(engine, keys) as session:
            if not _is_empty(session):
                print("The database is not empty: no demonstration data were loaded.")
                return 0
            print("Making the demonstration data. This takes a minute or two.", flush=True)
            links = Links(
                public.base_url_public, public.base_url_desk, public.base_url_portal, public.base_url_caseload
            )
            world = load(session, factors, _receipt_keys(public), links, now())
            write_logins(owner.data_dir, world)
    finally:
        engine.dispose()
    print(f"Loaded {len(world.logins)} log-ins and {sum(map(len, world.refs.values()))} published texts.")
    return 0


def load(
    session: Session, factor_keys: dict[str, bytes], receipt_keys: tuple[bytes, bytes], links: Links, moment: datetime
) -> World:
    """The whole demonstration in one unit of work, as it would stand at this moment."""
    world = World(session, moment)
    load_people(world, factor_keys)
    load_library(world)
    load_searches(world)
    load_requests(world, receipt_keys[0])
    load_side_paths(world, *receipt_keys)
    load_troubles(world, receipt_keys[0])
    load_forms(world)
    load_agreements(world)
    load_sheets(world, links)
    load_lives(world)
    load_shown_files(world)
    load_reader(world)
    quieten(session, moment - NEWS)
    return world


def _receipt_keys(public: PublicSettings) -> tuple[bytes, bytes]:
    """The public site's, and the one of codes that the desk gives out."""
    return public.secret_receipt.encode(), public.secret_receipt_desk.encode()


def quieten(session: Session, before: datetime) -> None:
    """What happened long ago was told long ago: only the last hours' news goes out as letters."""
    session.flush()
    session.execute(update(Outbox).where(Outbox.at < before).values(done_at=Outbox.at))


def write_logins(folder: Path, world: World) -> None:
    """Write how to get in, for the newcomer alone."""
    file = folder / "demo-logins.json"
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w") as out:
        json.dump(world.logins, out, indent=1, ensure_ascii=False)


def _is_empty(session: Session) -> bool:
    return not any(session.scalar(select(func.count()).select_from(model)) for model in (StaffAccount, Request))


if __name__ == "__main__":
    sys.exit(main())
