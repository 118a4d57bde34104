"""A kind of work that writes past the protocol."""

import sys


def prepare() -> None:
    """Write until somebody stops it."""
    while True:
        sys.stdout.write("x" * 100)
