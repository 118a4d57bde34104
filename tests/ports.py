"""Ports nobody listens on, for the processes that tests start."""

import socket
from contextlib import ExitStack


def free_ports(many: int) -> list[int]:
    """That many different ports of this machine: each is held until the last is found, or one may be given out twice."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(many)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
