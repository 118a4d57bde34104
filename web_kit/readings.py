"""Opening restricted text is recorded before the text is shown, in a transaction of its own."""

from typing import Any

from web_kit.unit import current_actor, own_transaction
from workflows.core.clock import now
from workflows.core.events import record


def log_reading(row: Any, what: str) -> None:
    """Commit an event `reading.<what>` about this row; only then may the page open the text."""
    with own_transaction() as session:
        record(session, current_actor(), f"reading.{what}", row, now())
