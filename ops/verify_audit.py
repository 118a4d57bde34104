"""`make verify-audit`: is the history still the one that was written? Says OK, or where it was first changed.

Exit code 0 when every link fits, 1 when one does not. The last digest is printed: noted elsewhere, it also shows a
history whose end was cut off.
"""

import sys

from config.embedded import ClusterError
from config.settings import OwnerSettings, SettingsError
from ops.environment import set_up
from workflows import tables  # noqa: F401 -- the whole metadata, so that every foreign key finds its table
from workflows.core.chain import ChainReport, verify
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring


def main() -> int:
    """Walk the chain and print the finding."""
    try:
        with set_up() as ready:
            report = check(OwnerSettings.from_environment(ready.env).database_url)
    except (ClusterError, SettingsError) as refused:
        print(refused, file=sys.stderr)
        return 1
    print(words(report))
    return 0 if report.broken_at is None else 1


def check(database_url: str) -> ChainReport:
    """The report on the chain of this database."""
    engine = make_engine(database_url)
    try:
        with begin(engine, Keyring()) as session:
            return verify(session)
    finally:
        engine.dispose()


def words(report: ChainReport) -> str:
    """The finding, on one line."""
    rest = f"{report.sealed} events sealed, {report.unsealed} wait for their seal, last digest {report.head.hex()}"
    if report.broken_at is None:
        return f"OK: {rest}"
    return f"BROKEN at link {report.broken_at}: event {report.event_id} is not what was sealed; {rest}"


if __name__ == "__main__":
    sys.exit(main())
