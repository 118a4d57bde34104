"""Worker and beat log as the sites do, instead of in Celery's own formats."""

import sys
from typing import Any

from celery.app.log import Logging

from config.logs import configure


class OurLogs(Logging):
    """Hands Celery's logging to `config.logs`."""

    def setup_logging_subsystem(self, *_: Any, **__: Any) -> bool:
        """Called once in every process of worker and beat; True says that logging is set up."""
        configure("beat" if "beat" in sys.argv else "worker")
        return True
