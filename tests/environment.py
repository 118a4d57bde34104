"""The whole environment of a set-up, as the processes would receive it, on this worker's database."""

import base64
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from tests.database import DatabaseUrls

SEALING = PrivateKey(bytes(range(32)))


def _key(sign: str) -> str:
    return base64.b64encode(sign.encode() * 32).decode()


SECRETS = {
    "SECRET_PUBLIC": "public-" * 6,
    "SECRET_DESK": "desk-" * 8,
    "SECRET_PORTAL": "portal-" * 6,
    "SECRET_CASELOAD": "caseload-" * 4,
    "SECRET_RECEIPT": "receipt-" * 5,
    "SECRET_RECEIPT_DESK": "receipt at the desk" * 2,
    "SECRET_REQUESTER_TEXT": _key("r"),
    "SECRET_FACTOR_DESK": _key("d"),
    "SECRET_FACTOR_PORTAL": _key("p"),
    "SECRET_FACTOR_CASELOAD": _key("c"),
    "SECRET_LABELS": _key("l"),
    "SECRET_SEALING": base64.b64encode(bytes(SEALING)).decode(),
    "SEALING_PUBLIC_KEY": base64.b64encode(bytes(SEALING.public_key)).decode(),
}


@pytest.fixture(scope="session")
def environment(database: DatabaseUrls, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every variable; `PublicSettings.from_environment(environment)` picks what the public site may hold."""
    folder: Path = tmp_path_factory.mktemp("data")
    return SECRETS | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": database.owner_url,
        "DATABASE_URL_PUBLIC": database.public_url,
        "DATABASE_URL_DESK": database.desk_url,
        "DATABASE_URL_PORTAL": database.portal_url,
        "DATABASE_URL_CASELOAD": database.caseload_url,
        "DATABASE_URL_WORKER": database.worker_url,
    }
