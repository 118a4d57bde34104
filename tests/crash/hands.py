"""Worker or beat exactly as the Procfile starts them, but in a hurry: short leases, short pauses, short periods.

`python -m tests.crash.hands worker|beat LEASE_SECONDS PERIOD_SECONDS`
"""

import sys
from datetime import timedelta

from config import policy


def hurry(lease: float, period: float) -> None:
    """Shrink the waits, before anything reads them."""
    policy.OUTBOX_LEASE = timedelta(seconds=lease)  # type: ignore[misc]
    policy.BACKOFF_BASE = timedelta(seconds=period)  # type: ignore[misc]
    policy.SWEEP_LONGEST = timedelta(seconds=5)  # type: ignore[misc]
    policy.SEND_ATTEMPTS = 50  # type: ignore[misc]
    from tasks import schedule

    for name in schedule.PERIODS:
        schedule.PERIODS[name] = timedelta(seconds=period)


def main() -> None:
    role, lease, period = sys.argv[1:]
    hurry(float(lease), float(period))
    from tasks.app import app

    if role == "worker":
        app.worker_main(["--quiet", "worker", "--loglevel", "WARNING", "--concurrency", "2", "--without-gossip",
                         "--without-mingle", "--without-heartbeat"])  # fmt: skip
    else:
        app.start(["--quiet", "beat", "--loglevel", "WARNING", "--pidfile="])


if __name__ == "__main__":
    main()
