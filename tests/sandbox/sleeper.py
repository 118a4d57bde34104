"""A kind of work that never begins: it hangs before it reads anything."""

import time


def prepare() -> None:
    """Hang."""
    time.sleep(3600)
