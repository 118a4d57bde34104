"""Tests talk to nobody but this machine: any other connection or name look-up is an error."""

import ipaddress
import sys

LOCAL_NAMES = {None, "", "localhost", b"localhost"}


class NetworkRefused(RuntimeError):
    """A test tried to reach beyond loopback."""


def _is_local(host: object) -> bool:
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _watch(event: str, args: tuple) -> None:
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(args[1], tuple):
        host = args[1][0]  # a path instead of a tuple is a socket of this machine
    else:
        return
    if not _is_local(host):
        raise NetworkRefused(f"a test tried to reach {host!r}")


sys.addaudithook(_watch)
