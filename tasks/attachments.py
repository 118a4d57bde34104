"""Files in quarantine become clean copies: one file, one transaction, so a worker killed at any moment did nothing."""

from datetime import datetime
from operator import attrgetter

from sqlalchemy.orm import Session

import sandbox
from config import policy
from config.logs import get_logger
from tasks.app import job
from tasks.sweep import Sweep, run
from tasks.world import World
from workflows.answers.attachment_clock import keep_clean, next_quarantined, refuse_file, try_later, wait_a_turn
from workflows.answers.attachment_models import Attachment

log = get_logger(__name__)


@job
def clean(world: World) -> int:
    """Open every waiting file in the sandbox; how many were worked on."""
    return run(world, CLEAN, policy.FILES_PER_SWEEP)


def clean_one(session: Session, row: Attachment, now: datetime) -> None:
    """Keep the clean copy of one locked file, or say why there is none."""
    try:
        made = sandbox.run(row.kind, row.original)
    except sandbox.Refused as refused:
        refuse_file(session, row, str(refused.reason), now)
    except sandbox.Busy:
        wait_a_turn(row, now)
    except sandbox.Broken as broken:
        log.warning("file.not_opened", row=str(row.id), why=str(broken))
        try_later(session, row, now)
    else:
        keep_clean(session, row, made.media, made.data, now)


CLEAN = Sweep("attachment.clean", next_quarantined, clean_one, attrgetter("id"))
