"""How often each job runs: the only periods there are. A tick that waited longer than its period is dropped."""

from datetime import timedelta
from typing import Any

PERIODS = {
    "tasks.outbox.fan_out": timedelta(seconds=10),
    "tasks.outbox.send": timedelta(seconds=10),
    "tasks.clock.sweep": timedelta(seconds=30),
    "tasks.subscribers.tell": timedelta(seconds=30),
    "tasks.attachments.clean": timedelta(seconds=10),
    "tasks.dumps.write": timedelta(minutes=1),
    "tasks.upkeep.seal": timedelta(minutes=1),
    "tasks.upkeep.ready": timedelta(minutes=1),
    "tasks.upkeep.tidy": timedelta(minutes=10),
}

LONGER = {"tasks.dumps.write": timedelta(hours=1)}
"""How long a job may take that needs longer than the others; whoever is handed the same tick meanwhile leaves it."""


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The periods as Celery's beat reads them: bare names, no arguments."""
    return {
        name: {"task": name, "schedule": period, "options": {"expires": period.total_seconds()}}
        for name, period in PERIODS.items()
    }
