"""Counting by network without keeping addresses: a keyed digest of the shortened address, new every day."""

import hmac
from ipaddress import ip_address, ip_network

from flask import current_app, request

from config import policy
from workflows.core.clock import now


def network_key() -> str:
    """What rate limits count by. The address itself is never stored."""
    day = now().date().isoformat()
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(secret, f"{day}|{shortened(request.remote_addr or '127.0.0.1')}".encode(), "sha256").hex()[:32]


def shortened(address: str) -> str:
    """The network an address belongs to: /24 for IPv4, /48 for IPv6."""
    known = ip_address(address)
    bits = policy.ADDRESS_BITS_KEPT_V4 if known.version == 4 else policy.ADDRESS_BITS_KEPT_V6
    return str(ip_network(f"{address}/{bits}", strict=False))
