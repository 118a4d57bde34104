"""Tokens: 256 random bits that a cookie or a link holds; the database knows only their SHA-256."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> bytes:
    """What the database knows of a token."""
    return sha256(token.encode("utf-8", "replace")).digest()


def session_hash(token: str | None) -> str:
    """What `begin()` tells the database so that row security knows who asks; empty for nobody."""
    return digest_of(token).hex() if token else ""
