"""Passwords: what one must be like, and the slow hash by which the database recognises it."""

import os
import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Self

from argon2.low_level import Type, hash_secret_raw

from config import policy
from workflows.core.words import mark as _

SALT_BYTES = 16
HASH_BYTES = 32
FEWEST_DIFFERENT = 5
DUMMY_SALT = bytes(SALT_BYTES)  # for a name nobody has, so that it costs as much as one that somebody has
COMMON = Path(__file__).parent / "data" / "common_passwords.txt"

TOO_SHORT = _("A password has at least 15 characters.")
TOO_LONG = _("A password has at most 128 characters.")
TOO_COMMON = _("This password is easy to guess. Choose another one, for example four or five unrelated words.")


@dataclass(frozen=True)
class Cost:
    """What one Argon2id hash costs: passes, memory in KiB, lanes."""

    passes: int
    memory_kib: int
    lanes: int

    def __str__(self) -> str:
        return f"{self.passes},{self.memory_kib},{self.lanes}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The cost that `str` wrote beside a stored salt."""
        passes, memory_kib, lanes = text.split(",")
        return cls(int(passes), int(memory_kib), int(lanes))


COST = Cost(policy.ARGON2_TIME_COST, policy.ARGON2_MEMORY_KIB, policy.ARGON2_PARALLELISM)


@dataclass(frozen=True)
class Verifier:
    """What is stored of a password: nobody who reads it can log in with it."""

    salt: bytes
    parameters: str
    digest: bytes


def new_verifier(password: str, cost: Cost) -> Verifier:
    """Hash a newly chosen password under a salt of its own."""
    salt = os.urandom(SALT_BYTES)
    return Verifier(salt, str(cost), derive(password, salt, cost))


def derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """SHA-256 of the Argon2id hash; slow on purpose. What is too long to be a password is cut before it is hashed."""
    secret = normalise(password[: 2 * policy.PASSWORD_MAX_LENGTH]).encode("utf-8", "replace")
    raw = hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, HASH_BYTES, Type.ID)
    return sha256(raw).digest()


def normalise(password: str) -> str:
    """The same password, whichever keyboard or system composed its accents."""
    return unicodedata.normalize("NFKC", password)


def normalise_login(login: str) -> str:
    """The one spelling of a user name."""
    return normalise(login[: 2 * policy.NAME_MAX]).strip().casefold()


def problem_with(password: str, login: str) -> str | None:
    """Why this cannot be the password of `login` (a marked text), or None."""
    chosen = normalise(password)
    if len(chosen) < policy.PASSWORD_MIN_LENGTH:
        return TOO_SHORT
    if len(password) > policy.PASSWORD_MAX_LENGTH or len(chosen) > policy.PASSWORD_MAX_LENGTH:
        return TOO_LONG
    return TOO_COMMON if _is_common(_letters(chosen), _letters(login)) else None


def _is_common(chosen: str, login: str) -> bool:
    if len(set(chosen)) < FEWEST_DIFFERENT or _repeats(chosen) or chosen in _common():
        return True
    without_login = chosen.replace(login, "") if login else chosen
    return chosen.rstrip("0123456789") in _common() or len(without_login) < policy.PASSWORD_MIN_LENGTH // 2


def _repeats(text: str) -> bool:
    """Whether a text is one short piece over and over, like `secretsecretsecret`."""
    return (text + text).find(text, 1) < len(text)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


@cache
def _common() -> frozenset[str]:
    return frozenset(_letters(line) for line in COMMON.read_text(encoding="utf-8").splitlines() if line.strip())
