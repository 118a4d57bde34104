"""Fixtures every test may use; each kind lives in a module of its own."""

import os

collect_ignore = [] if os.geteuid() == 0 else ["config/test_embedded_as_root.py"]
pytest_plugins = [
    "tests.database",
    "tests.environment",
    "tests.at_desk",
    "tests.caseload",
    "tests.network",
    "tests.properties",
    "tests.requesters",
    "tests.scene",
    "tests.sites",
    "tests.skips",
    "tests.workspace",
    "tests.world",
]
