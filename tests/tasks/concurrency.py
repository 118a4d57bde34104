"""Doing the same thing in several threads at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any


def together(work: Callable[[], Any], times: int) -> None:
    """Run `work` in this many threads at once and raise what any of them raised."""
    start, failures = Barrier(times), []

    def one() -> None:
        start.wait()
        try:
            work()
        except Exception as error:
            failures.append(error)

    threads = [Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
