"""The database the tests stand on: real, shared by runs, clean after every test."""

import socket

import psycopg
import pytest

from tests.database import CLEAN, DatabaseUrls
from tests.network import NetworkRefused


def test_each_log_in_reaches_the_database_as_itself(database: DatabaseUrls) -> None:
    urls = (database.owner_url, database.public_url, database.desk_url, database.portal_url, database.caseload_url,
            database.worker_url)  # fmt: skip
    names = []
    for url in urls:
        with psycopg.connect(url) as connection:
            names.append(connection.execute("SELECT current_user").fetchone()[0])
    assert names == ["terrain_owner", "app_public", "app_desk", "app_partner", "app_counsellor", "app_worker"]


def test_cleaning_empties_tables_that_refer_to_each_other(database: DatabaseUrls) -> None:
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE parent_probe (id int PRIMARY KEY)")
        connection.execute("CREATE TABLE child_probe (parent int REFERENCES parent_probe)")
        try:
            connection.execute("INSERT INTO parent_probe VALUES (1); INSERT INTO child_probe VALUES (1)")
            connection.execute(CLEAN)
            assert connection.execute("SELECT count(*) FROM parent_probe").fetchone() == (0,)
            assert connection.execute("SELECT count(*) FROM child_probe").fetchone() == (0,)
        finally:
            connection.execute("DROP TABLE child_probe, parent_probe")


def test_a_test_cannot_reach_another_machine() -> None:
    with pytest.raises(NetworkRefused):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkRefused):
        socket.getaddrinfo("example.org", 80)
