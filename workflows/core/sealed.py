"""Restricted text: what a process does not need to read it cannot read.

`Sealed` is written by anyone with the public key and opened by the desk and the worker alone.
`Shared` is for text addressed to a requester, which the public site must be able to show again. `Private` is for a
counsellor's own labels, which no other process reads, the desk and the worker included.
All put `table|column|row id` inside, so that a ciphertext moved to another row or column does not open.
"""

import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

FORMAT = b"\x01"
KEY_ID = 4
NONCE = 12


class CannotOpen(Exception):
    """The key is not held here, or the text was moved or changed."""


@dataclass(frozen=True, repr=False)
class Keyring:
    """The keys that one process holds; what is None it cannot do."""

    sealing_public: bytes | None = None
    sealing_private: bytes | None = None
    requester_text: bytes | None = None
    second_factor: bytes | None = None
    labels: bytes | None = None

    def seal(self, place: str, content: bytes) -> bytes:
        """Close a text or a file so that only the holder of the private key can read it, and only in this place."""
        if self.sealing_public is None:
            raise CannotOpen("this process holds no sealing key")
        box = SealedBox(PublicKey(self.sealing_public))
        return FORMAT + key_id(self.sealing_public) + box.encrypt(place.encode() + b"\0" + content)

    def open(self, place: str, blob: bytes) -> bytes:
        """Read what is sealed. Refuses (CannotOpen) without the private key, or in another place."""
        if self.sealing_private is None:
            raise CannotOpen("this process cannot read sealed text")
        private = PrivateKey(self.sealing_private)
        if blob[:1] != FORMAT or blob[1 : 1 + KEY_ID] != key_id(bytes(private.public_key)):
            raise CannotOpen("sealed with another key")
        try:
            inside = SealedBox(private).decrypt(blob[1 + KEY_ID :])
        except CryptoError as broken:
            raise CannotOpen("the sealed text was changed") from broken
        where, _, content = inside.partition(b"\0")
        if where != place.encode():
            raise CannotOpen("the sealed text belongs to another row")
        return content


def fingerprint(purpose: str, content: bytes) -> bytes:
    """A digest that only processes with the requesters' key can make; without the key it tells nothing of the content.

    Refuses (CannotOpen) where that key is not held.
    """
    key = _held.get().requester_text
    if key is None:
        raise CannotOpen("this process does not hold that key")
    return hmac.digest(key, purpose.encode() + b"|" + content, "sha256")


def key_id(public: bytes) -> bytes:
    """Four bytes that say which key closed a text, so that keys can be changed over time."""
    return sha256(public).digest()[:KEY_ID]


def encrypt(key: bytes | None, place: str, text: str) -> bytes:
    """Close a text with a key that its readers share."""
    if key is None:
        raise CannotOpen("this process does not hold that key")
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # here: six megabytes, and few pages need it

    nonce = os.urandom(NONCE)
    return FORMAT + key_id(key) + nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())


def decrypt(key: bytes | None, place: str, blob: bytes) -> str:
    """Read a text closed by `encrypt`. Refuses (CannotOpen) another key, another place, a changed byte."""
    if key is None or blob[: 1 + KEY_ID] != FORMAT + key_id(key):
        raise CannotOpen("this process does not hold that key")
    from cryptography.exceptions import InvalidTag  # here: as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = 1 + KEY_ID + NONCE
    try:
        return AESGCM(key).decrypt(blob[start - NONCE : start], blob[start:], place.encode()).decode()
    except InvalidTag as broken:
        raise CannotOpen("the text was changed or moved") from broken


NO_KEYS = Keyring()
_held: ContextVar[Keyring] = ContextVar("keys", default=NO_KEYS)


@contextmanager
def holding(keys: Keyring) -> Iterator[None]:
    """Within the block, sealed columns use these keys."""
    token = _held.set(keys)
    try:
        yield
    finally:
        _held.reset(token)


class Sealed:
    """A text column closed by the public key: `original = Sealed("original_sealed")`."""

    def __init__(self, column: str) -> None:
        self.column = column

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        return self.read(type(row), row.id, getattr(row, self.column))

    def __set__(self, row: Any, text: Any) -> None:
        blob = None if text is None else self._close(_held.get(), self._place(type(row), row.id), text)
        setattr(row, self.column, blob)

    def close_for(self, model: type, row_id: Any, text: Any) -> bytes:
        """Close what will stand in this column of a row that is still to be made."""
        return self._close(_held.get(), self._place(model, row_id), text)

    def read(self, model: type, row_id: Any, blob: bytes | None) -> Any:
        """Open what a query read of this column without its whole row."""
        return None if blob is None else self._open(_held.get(), self._place(model, row_id), blob)

    def _place(self, model: Any, row_id: Any) -> str:
        return f"{model.__tablename__}|{self.column}|{row_id}"

    def _close(self, keys: Keyring, place: str, text: Any) -> bytes:
        return keys.seal(place, text.encode())

    def _open(self, keys: Keyring, place: str, blob: bytes) -> Any:
        return keys.open(place, blob).decode()


class SealedFile(Sealed):
    """A column of bytes closed in the same way."""

    def _close(self, keys: Keyring, place: str, text: Any) -> bytes:
        return keys.seal(place, text)

    def _open(self, keys: Keyring, place: str, blob: bytes) -> Any:
        return keys.open(place, blob)


class Shared(Sealed):
    """A text column for a requester's eyes: public site, desk and worker hold its key; the portal does not."""

    def _close(self, keys: Keyring, place: str, text: str) -> bytes:
        return encrypt(keys.requester_text, place, text)

    def _open(self, keys: Keyring, place: str, blob: bytes) -> str:
        return decrypt(keys.requester_text, place, blob)


class Private(Sealed):
    """A text column for the counsellors' site alone."""

    def _close(self, keys: Keyring, place: str, text: str) -> bytes:
        return encrypt(keys.labels, place, text)

    def _open(self, keys: Keyring, place: str, blob: bytes) -> str:
        return decrypt(keys.labels, place, blob)
