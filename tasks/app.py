"""The Celery application: ticks in, jobs out. The database is the truth, so a lost tick only waits for the next one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from celery import Celery

import tasks.broker  # noqa: F401 -- stands in for kombu's own transport
from config import policy
from config.logs import get_logger
from config.settings import WorkerSettings
from sandbox import share_turns
from tasks.schedule import LONGER, PERIODS, beat_schedule
from tasks.world import World, the_world
from workflows.core import clock
from workflows.core.heartbeat import beat

LONGEST_JOB = 240
"""Seconds. Above the longest sweep, below the time after which Redis hands a tick out again."""
HANDED_OUT_AGAIN = 300

Job = TypeVar("Job", bound=Callable[[World], object])

log = get_logger(__name__)


def configuration(settings: WorkerSettings) -> dict[str, Any]:
    """Celery's settings: at-least-once ticks without payload, results kept nowhere, nothing but JSON, UTC."""
    return {
        "broker_url": settings.broker_url,
        "broker_transport_options": _redis() if settings.redis_url else _folder(settings),
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # for ever
        "timezone": "UTC",
        "enable_utc": True,
        "accept_content": ["json"],
        "task_serializer": "json",
        "task_default_queue": "terrain",
        "task_ignore_result": True,
        "result_backend": None,
        "result_expires": None,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_time_limit": LONGEST_JOB,
        "worker_prefetch_multiplier": 1,
        "worker_concurrency": 2,
        # Without Redis a pool of processes shares a lock, and one that is killed while it holds it stops the others.
        "worker_pool": "prefork" if settings.redis_url else "threads",
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_redirect_stdouts": False,
        "beat_schedule": beat_schedule(),
        "beat_scheduler": "celery.beat:Scheduler",  # keeps no file, so two beats do not quarrel over one
    }


def _redis() -> dict[str, Any]:
    """A tick of a killed worker comes back; kombu's own pace would look for it every 100 seconds."""
    return {"visibility_timeout": HANDED_OUT_AGAIN, "unacked_restore_interval": 2, "unacked_restore_throttle": 1}


def _folder(settings: WorkerSettings) -> dict[str, Any]:
    settings.broker_folder.mkdir(parents=True, exist_ok=True)
    return {"folder": str(settings.broker_folder), "polling_interval": 0.1}


def configured() -> dict[str, Any]:
    """As a worker or beat starts: also takes its place among those who open foreign files, or does not start."""
    settings = WorkerSettings.from_environment()
    share_turns(settings.sandboxes_folder)
    return configuration(settings)


app: Any = Celery(
    "terrain",
    log="tasks.logs:OurLogs",
    include=[f"tasks.{name}" for name in ("attachments", "clock", "dumps", "outbox", "subscribers", "upkeep")],
)  # type: ignore[no-untyped-call]
app.add_defaults(configured)


def job(work: Job) -> Job:
    """Make a recurring job of a function, which itself stays as it is.

    When it ends well it beats, if it is frequent enough for its silence to mean something; when it fails, the kind of
    error is logged and the next tick tries again.
    """
    name = f"{work.__module__}.{work.__name__}"
    beats = PERIODS[name] < policy.HEARTBEAT_LATE_AFTER

    @wraps(work)
    def run() -> None:
        try:
            work(the_world())
            if beats:
                with the_world().begin() as session:
                    beat(session, name, clock.now())
        except Exception as error:
            log.error("job.failed", job=name, error=type(error).__name__)  # noqa: TRY400 -- its text may quote a row

    app.task(name=name, time_limit=LONGER[name].total_seconds() if name in LONGER else LONGEST_JOB)(run)
    return work
