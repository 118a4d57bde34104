"""What the jobs work with in one process: the database as the worker's log-in, the keys, the post office."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nacl.public import PrivateKey
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

import workflows.tables  # noqa: F401 -- a table refers to others by name: all must be known
from config.settings import WorkerSettings
from workflows.core.db import begin, make_engine
from workflows.core.links import Links
from workflows.core.sealed import Keyring
from workflows.notices.mailbox import Mailbox, open_mailbox
from workflows.notices.send import Office


@dataclass(frozen=True)
class World:
    """Handed to every job; nothing in `workflows` reads a setting by itself."""

    engine: Engine
    keys: Keyring = field(repr=False)
    office: Office
    smtp_url: str | None = field(repr=False)
    mailbox_folder: Path
    dumps_folder: Path

    def begin(self) -> AbstractContextManager[Session]:
        """One transaction of the worker."""
        return begin(self.engine, self.keys)

    def at_once(self) -> AbstractContextManager[Connection]:
        """For a statement that is a transaction by itself: it is on the disk when the database has answered, which is
        asked once instead of three times.
        """
        return self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def mailbox(self) -> Mailbox:
        """The mailbox of one sweep."""
        return open_mailbox(self.smtp_url, self.mailbox_folder, self.office.sender)


def build_world(settings: WorkerSettings) -> World:
    """The world that these settings describe. Errors of the database never quote what was written to it."""
    links = Links(
        settings.base_url_public, settings.base_url_desk, settings.base_url_portal, settings.base_url_caseload
    )
    sealing = PrivateKey(settings.secret_sealing)
    return World(
        engine=make_engine(settings.database_url, hide_parameters=True, pool_size=2),
        keys=Keyring(bytes(sealing.public_key), bytes(sealing), settings.secret_requester_text),
        office=Office(settings.mail_from, links),
        smtp_url=settings.smtp_url,
        mailbox_folder=settings.mailbox_folder,
        dumps_folder=settings.dumps_folder,
    )


@cache
def the_world() -> World:
    """This process's world, made when its first job runs: a connection must not be shared with a parent process."""
    return build_world(WorkerSettings.from_environment())
