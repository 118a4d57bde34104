"""What one setting may look like: addresses, keys, ports. Each says in one line what is wrong with it."""

import base64
import binascii
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

KEY_BYTES = 32
SHORTEST_SECRET = 32


def _split(value: str, schemes: tuple[str, ...]) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ValueError("is not an address") from error
    if parts.scheme not in schemes:
        raise ValueError(f"must start with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return parts


def _database(value: str) -> str:
    for other in ("postgresql+psycopg://", "postgres://"):
        if value.startswith(other):
            value = "postgresql://" + value.removeprefix(other)
    parts = _split(value, ("postgresql",))
    if not parts.username or len(parts.path) < 2:
        raise ValueError("must look like postgresql://user:password@host:port/database")
    return value


def _base_url(value: str) -> str:
    parts = _split(value, ("http", "https"))
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must look like https://host or https://host:port, without a path")
    return value.rstrip("/")


def _smtp(value: str) -> str:
    if not _split(value, ("smtp", "smtps")).hostname:
        raise ValueError("must look like smtp://user:password@host:port?starttls=1 or smtps://…")
    return value


def _broker(value: str) -> str:
    _split(value, ("redis", "rediss", "unix"))
    return value


def _counters(value: str) -> str:
    _split(value, ("redis", "rediss", "memory"))
    return value


def _mail_address(value: str) -> str:
    name, at, domain = value.partition("@")
    if not (name and at and domain) or any(sign.isspace() or sign in "<>,;" for sign in value):
        raise ValueError("must be one plain e-mail address")
    return value


def _key(value: object) -> bytes:
    try:
        key = base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"must be {KEY_BYTES} bytes in base64")
    return key


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return value


def _yes_or_no(value: object) -> bool:
    if str(value).lower() in {"1", "true", "yes", "on"}:
        return True
    if str(value).lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("must be 1 or 0")


def is_port(value: str) -> bool:
    """Whether this is the number of a port."""
    return value.isdecimal() and 1 <= int(value) <= 65535


def _folder(value: Path) -> Path:
    return value.expanduser().absolute()


Folder = Annotated[Path, AfterValidator(_folder)]
Port = Annotated[int, Field(ge=1, le=65535)]
DatabaseUrl = Annotated[str, AfterValidator(_database), Field(repr=False)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
BrokerUrl = Annotated[str, AfterValidator(_broker)]
CounterUrl = Annotated[str, AfterValidator(_counters), Field(repr=False)]
SmtpUrl = Annotated[str, AfterValidator(_smtp)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
Key = Annotated[bytes, BeforeValidator(_key), Field(repr=False)]
Secret = Annotated[str, AfterValidator(_secret), Field(repr=False)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
