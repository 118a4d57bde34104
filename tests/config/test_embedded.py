"""The private PostgreSQL: made from nothing, kept through kills, closed to everyone but its log-ins."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from config import binaries
from config.embedded import Cluster, ClusterError


@pytest.fixture
def cluster(open_folder: Path) -> Iterator[Cluster]:
    made = Cluster(open_folder / "pg", fast=True)
    yield made
    made.stop()


def _postmaster(cluster: Cluster) -> psutil.Process:
    return psutil.Process(int((cluster.data / "postmaster.pid").read_text().splitlines()[0]))


def _ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def test_a_new_cluster_is_utf8_checked_and_only_on_loopback(cluster: Cluster) -> None:
    url = cluster.ensure().superuser_url
    assert _ask(url, "SHOW server_encoding") == "UTF8"
    assert _ask(url, "SHOW data_checksums") == "on"
    assert _ask(url, "SHOW listen_addresses") == "127.0.0.1"
    assert _ask(url, "SHOW unix_socket_directories") == ""
    locale = _ask(url, "SELECT datcollate FROM pg_database WHERE datname = 'postgres'")
    assert locale in {"C", "C.UTF-8"}
    assert _postmaster(cluster).uids().effective != 0


def test_nobody_comes_in_without_a_password(cluster: Cluster) -> None:
    address = cluster.ensure()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{address.port}/postgres")
    assert _ask(
        address.superuser_url, "SELECT rolpassword LIKE 'SCRAM-SHA-256%' FROM pg_authid WHERE rolname = 'postgres'"
    )


def test_the_server_log_does_not_quote_rows(cluster: Cluster) -> None:
    with psycopg.connect(cluster.ensure().superuser_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE person (name text UNIQUE CHECK (name <> 'Zaïnab'))")
        for name in ("Zaïnab", "Anna", "Anna"):
            try:
                connection.execute("INSERT INTO person VALUES (%s)", [name])
            except psycopg.errors.IntegrityError:
                continue
    cluster.stop()
    log = (cluster.home / "server.log").read_text()
    assert "violates" in log
    assert "Anna" not in log
    assert "Zaïnab" not in log


def test_a_server_that_runs_already_is_adopted(cluster: Cluster) -> None:
    address = cluster.ensure()
    second = Cluster(cluster.folder, fast=True)
    with second as adopted:
        assert adopted == address
        assert not second.started_here
    assert cluster.alive()


@pytest.mark.crash
def test_committed_rows_survive_a_kill_and_the_next_start_needs_no_hand(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "pg")
    try:
        address = cluster.ensure()
        with psycopg.connect(address.superuser_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        idle = psycopg.connect(address.superuser_url)
        os.kill(_postmaster(cluster).pid, signal.SIGKILL)
        again = cluster.ensure()
        idle.close()
        assert again == address
        assert _ask(again.superuser_url, "SELECT count(*) FROM kept") == 1000
    finally:
        cluster.stop()


@pytest.mark.crash
def test_a_pid_file_that_names_a_stranger_does_not_keep_the_server_from_starting(cluster: Cluster) -> None:
    cluster.ensure()
    lines = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    stranger = str(os.getpid())
    (cluster.data / "postmaster.pid").write_text("\n".join([stranger, *lines.splitlines()[1:]]))
    assert not cluster.alive()
    assert cluster.ensure().port


def test_stopping_leaves_no_process_and_no_open_port(cluster: Cluster) -> None:
    address = cluster.ensure()
    family = [_postmaster(cluster), *_postmaster(cluster).children(recursive=True)]
    cluster.stop()
    assert not [process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    with socket.socket() as probe:
        assert probe.connect_ex((address.host, address.port)) != 0


def test_a_wanted_port_that_is_taken_is_said_in_one_line(open_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        cluster = Cluster(open_folder / "pg", port=port, fast=True)
        with pytest.raises(ClusterError, match=str(port)) as refused:
            cluster.ensure()
        cluster.stop()
    assert "\n" not in str(refused.value)


def test_half_a_cluster_of_a_killed_attempt_is_made_anew(cluster: Cluster) -> None:
    cluster.home.mkdir(parents=True, exist_ok=True)
    (cluster.home / "pgdata.new").mkdir()
    (cluster.home / "pgdata.new" / "PG_VERSION").write_text("16")
    assert _ask(cluster.ensure().superuser_url, "SELECT 1") == 1


def test_without_the_wheel_a_postgresql_of_the_machine_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ourselves = binaries.ServerUser(None, None)
    known = binaries.find_binaries(ourselves, None)
    monkeypatch.setattr("config.binaries._wheel_folders", lambda: iter(()))
    (tmp_path / "pg_config").write_text(f"#!/bin/sh\necho {known}\n")
    (tmp_path / "pg_config").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert binaries.find_binaries(ourselves, None) == known


def test_when_no_postgresql_will_do_it_says_what_to_install() -> None:
    with pytest.raises(ClusterError, match="No programs of PostgreSQL 99"):
        binaries.find_binaries(binaries.ServerUser(None, None), 99)
