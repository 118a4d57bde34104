"""The second factor: time-based codes, the secret behind them, and the ten codes for when it is lost."""

import secrets
import unicodedata
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import pyotp

from config import policy

STEP_SECONDS = 30
DIGITS = 6
RECOVERY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_LENGTH = 24  # of 32 characters: 120 random bits, so that a plain hash is enough
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_secret() -> str:
    """160 random bits, in the base 32 that every authenticator app reads."""
    return pyotp.random_base32(32)


def place_of(account_id: UUID) -> str:
    """Where a sealed secret belongs: moved to another account it does not open."""
    return f"credential|factor_sealed|{account_id}"


def enrolment_address(secret: str, login: str, issuer: str) -> str:
    """What the picture on the page says to an authenticator app."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).provisioning_uri(name=login, issuer_name=issuer)


def grouped(secret: str) -> str:
    """A secret as people type it: four characters at a time."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def matching_step(secret: str, typed: str, now: datetime) -> int | None:
    """The time step whose code was typed, the present one or a neighbour; None when none fits."""
    code = _digits(typed)
    if len(code) != DIGITS:
        return None
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    drift = policy.TOTP_STEPS_OF_DRIFT
    fits = [
        step
        for step in range(present - drift, present + drift + 1)
        if secrets.compare_digest(totp.generate_otp(step), code)
    ]
    return fits[-1] if fits else None


def new_recovery_codes() -> list[str]:
    """Ten new codes, each good for one log-in, in groups of four."""
    return [
        "-".join("".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(4)) for _ in range(RECOVERY_LENGTH // 4))
        for _ in range(policy.RECOVERY_CODES)
    ]


def recovery_digest(typed: str) -> bytes | None:
    """The stored form of a recovery code however it was typed; None when it cannot be one."""
    letters = [sign for sign in unicodedata.normalize("NFKC", typed)[:200].upper() if sign.isalnum()]
    code = "".join(letters).translate(_READ_AS)
    return sha256(code.encode()).digest() if len(code) == RECOVERY_LENGTH else None


def _digits(typed: str) -> str:
    """The digits of what was typed, in Latin figures; an Arabic keyboard writes others."""
    values = (unicodedata.digit(sign, None) for sign in typed[:40])
    return "".join(str(value) for value in values if value is not None)
