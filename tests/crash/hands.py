"""Workers and beats as the Procfile starts them, but in a hurry: short leases, short pauses, short periods.

`python -m tests.crash.hands LEASE_SECONDS PERIOD_SECONDS` reads `worker` or `beat` from its input, a line each, and
prints the process id of the one it made: a copy of itself with everything imported, since imports are most of a start.
"""

import os
import signal
import sys
from datetime import timedelta

from config import policy

ARGUMENTS = {
    "worker": ["worker", "--loglevel", "WARNING", "--concurrency", "2", "--without-gossip", "--without-mingle",
               "--without-heartbeat"],
    "beat": ["beat", "--loglevel", "WARNING", "--pidfile="],
}  # fmt: skip


def hurry(lease: float, period: float) -> None:
    """Shrink the waits, before anything reads them."""
    policy.OUTBOX_LEASE = timedelta(seconds=lease)
    policy.HANDED_OVER_WITHIN = timedelta(seconds=lease / 3)
    policy.BACKOFF_BASE = timedelta(seconds=period)
    policy.SWEEP_LONGEST = timedelta(seconds=5)
    policy.SEND_ATTEMPTS = 50
    from tasks import schedule

    for name in schedule.PERIODS:
        schedule.PERIODS[name] = timedelta(seconds=period)


def become(role: str) -> None:
    """Go on as a worker or beat in a session of one's own."""
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.argv = ["celery", role]
    from tasks.app import app

    app.start(["--quiet", *ARGUMENTS[role]])


def main() -> None:
    hurry(*map(float, sys.argv[1:]))
    import tasks.clock
    import tasks.outbox
    import tasks.subscribers
    import tasks.upkeep  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that end are collected by the system
    for line in sys.stdin:
        made = os.fork()
        if not made:
            become(line.strip())
            os._exit(0)
        print(made, flush=True)


if __name__ == "__main__":
    main()
