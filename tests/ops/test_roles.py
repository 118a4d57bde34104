"""roles.sql: what an administrator runs on another server makes the log-ins that the code counts on."""

from pathlib import Path

import psycopg
import pytest

from config.embedded import Cluster
from ops import roles


def test_the_text_names_every_log_in_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    roles.main()
    text = capsys.readouterr().out
    for login in roles.ALL_LOGINS:
        assert f"'<password of {login}>'" in text
    assert text.count("<password of") == len(roles.ALL_LOGINS)


def test_an_administrator_can_run_it_as_it_stands_and_again(open_folder: Path) -> None:
    with Cluster(open_folder / "pg", fast=True) as address:
        with psycopg.connect(address.superuser_url, autocommit=True) as connection:
            for statement in roles.statements():
                as_psql_does(connection, statement)
            for statement in roles.statements():
                as_psql_does(connection, statement)
            connection.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
        for login in roles.ALL_LOGINS:
            url = roles.login_url(address.superuser_url, login, f"<password of {login}>")
            with psycopg.connect(url) as connection:
                assert connection.execute("SELECT current_user").fetchone() == (login,)
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(roles.login_url(address.superuser_url, "stranger", "x"))


def as_psql_does(connection: psycopg.Connection, statement: str) -> None:
    """Run a statement; what ends in \\gexec makes the statements that are run then."""
    question, gexec, _ = statement.partition("\\gexec")
    made = connection.execute(question)
    for (line,) in made.fetchall() if gexec else ():
        connection.execute(line)


def test_only_the_owner_may_make_tables(database: object, server: str) -> None:
    with psycopg.connect(database.desk_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE public.mine (id int)")
    with psycopg.connect(database.desk_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TEMPORARY TABLE mine (id int)")
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("CREATE TABLE public.mine (id int)")
        connection.rollback()


def test_a_password_with_odd_signs_survives(server: str) -> None:
    url = roles.login_url(server, "app_desk", "a:b@c/d%e'f")
    assert psycopg.conninfo.conninfo_to_dict(url)["password"] == "a:b@c/d%e'f"
