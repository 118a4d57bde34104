"""A request that gunicorn itself refuses leaves no address in the log, and nothing of what was sent."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.logs import ROOT
from tests.ports import free_ports

APP = """
from config import logs
logs.configure("web")
def app(environ, start_response):
    start_response("204 No Content", [])
    return [b""]
"""
UNREADABLE = (
    b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: h\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + b"b" * 9000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: h\r\nBad header of Amina: 1\r\n\r\n",
)


def sent(port: int, request: bytes) -> bytes:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as line:
        line.sendall(request)
        return line.recv(200)


def site(line: str, folder: Path) -> Iterator[tuple[int, Path]]:
    """A small site behind the server that a line of the Procfile starts, with our logs."""
    (folder / "app.py").write_text(APP)
    [port] = free_ports(1)
    _, *options, _ = shlex.split(line.partition(": ")[2])
    options[options.index("--bind") + 1] = f"127.0.0.1:{port}"
    log = folder / "log"
    command = [sys.executable, "-m", "gunicorn", *options, "app:app"]
    with log.open("wb") as out:
        paths = os.pathsep.join((str(folder), str(ROOT)))
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | {"PYTHONPATH": paths}, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            yield port, log
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    [line] = [one for one in (ROOT / "Procfile").read_text().splitlines() if one.startswith("web:")]
    yield from site(line, tmp_path)


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            assert b" 204 " in sent(port, b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the site does not start")


def test_a_request_that_cannot_be_read_is_logged_without_who_sent_it_or_what(running: tuple[int, Path]) -> None:
    port, log = running
    wait_for(port)
    for request in UNREADABLE:
        assert sent(port, request).startswith(b"HTTP/1.1 4")
    said = log.read_text()
    assert said.count("Invalid request") == len(UNREADABLE)
    assert "127.0.0.1" not in said
    assert "Amina" not in said
