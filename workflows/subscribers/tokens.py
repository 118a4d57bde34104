"""The token in the links of a subscriber's letters: made from the row's id with a key, kept as a digest only."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from workflows.core.sealed import fingerprint


def token_of(subscriber_id: UUID) -> str:
    """The token of a subscriber; the same whenever it is made. Refuses (CannotOpen) where the key is not held."""
    return urlsafe_b64encode(fingerprint("subscriber token", subscriber_id.bytes)).decode().rstrip("=")


def hash_of(token: str) -> bytes:
    """By which the row is found, whatever was typed."""
    return sha256(token.encode("utf-8", "replace")).digest()
