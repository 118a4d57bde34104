"""Processes of a crash test, ended with it; their last words are shown when it fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.campaign import Processes


@pytest.fixture
def processes(environment: dict[str, str], tmp_path: Path) -> Iterator[Processes]:
    """Starts worker, beat and servers on this test's database and folder."""
    started = Processes(environment | {"DATA_DIR": str(tmp_path)}, tmp_path)
    yield started
    started.end()
    if started.log.exists():
        print(started.log.read_text()[-4000:])
