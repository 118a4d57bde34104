"""How often each job runs: the only periods there are. A tick that waited longer than its period is dropped."""

from datetime import timedelta
from typing import Any

PERIODS = {
    "tasks.outbox.fan_out": timedelta(seconds=10),
    "tasks.outbox.send": timedelta(seconds=10),
    "tasks.clock.sweep": timedelta(seconds=30),
    "tasks.attachments.clean": timedelta(seconds=10),
    "tasks.upkeep.seal": timedelta(minutes=1),
    "tasks.upkeep.ready": timedelta(minutes=1),
    "tasks.upkeep.tidy": timedelta(minutes=10),
}


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The periods as Celery's beat reads them: bare names, no arguments."""
    return {
        name: {"task": name, "schedule": period, "options": {"expires": period.total_seconds()}}
        for name, period in PERIODS.items()
    }
