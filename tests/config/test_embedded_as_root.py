"""The private PostgreSQL when root starts it: the server refuses root, so another user must reach everything."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from config import binaries
from config.embedded import Cluster


def test_a_closed_folder_sends_the_cluster_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Path("/var/tmp") / f"terrain-{os.getpid()}"
    monkeypatch.setattr("config.embedded.SHARED_PLACE", shared)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "pg", fast=True)
    try:
        psycopg.connect(cluster.ensure().superuser_url).close()
        assert cluster.home.parent == shared
        assert Cluster(closed / "pg").home == cluster.home
    finally:
        cluster.stop()
        shutil.rmtree(shared, ignore_errors=True)


def test_programs_that_the_server_user_cannot_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Path("/var/tmp") / f"terrain-{os.getpid()}"
    monkeypatch.setattr("config.binaries.SHARED_PLACE", shared)
    user = binaries.server_user(tmp_path / "absent")
    original = binaries.find_binaries(binaries.ServerUser(None, None), None)
    try:
        copy = binaries._readable_copy(original, 16)
        assert copy.is_relative_to(shared)
        assert user.succeeds(copy / "initdb", "--version")
        assert binaries._readable_copy(original, 16) == copy
    finally:
        shutil.rmtree(shared, ignore_errors=True)
