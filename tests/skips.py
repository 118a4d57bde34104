"""What this machine lacks skips its tests, in one line. With TERRAIN_NO_SKIPS=1 a skipped test fails the run."""

import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The browser of this machine, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What this machine lacks skips with one line for all tests that need it."""
    if item.get_closest_marker("e2e") and not chromium():
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    if item.get_closest_marker("redis") and not shutil.which("redis-server"):
        pytest.skip("there is no Redis server on this machine: apt-get install redis-server")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("TERRAIN_NO_SKIPS") == "1" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if os.environ.get("TERRAIN_NO_SKIPS") == "1" and skipped:
        terminalreporter.section("skipped tests, which this run does not allow", red=True)
        for report in skipped:
            terminalreporter.write_line(f"{report.nodeid}: {report.longrepr[2] if report.longrepr else ''}")
