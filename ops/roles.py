"""The database log-ins: their names, and how they and the database come to be (`make roles` prints it for others)."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

OWNER = "terrain_owner"
DATABASE = "terrain"
LOGINS = {
    "PUBLIC": "app_public",
    "DESK": "app_desk",
    "PORTAL": "app_partner",
    "CASELOAD": "app_counsellor",
    "WORKER": "app_worker",
}
ALL_LOGINS = (OWNER, *LOGINS.values())

ROLES_SQL = Path(__file__).resolve().parent.parent / "migrations" / "roles.sql"


def statements() -> list[str]:
    """The statements of roles.sql, in order, comments included."""
    paragraphs = (part.strip() for part in ROLES_SQL.read_text().split("\n\n"))
    return [part for part in paragraphs if not all(line.startswith("--") for line in part.splitlines())]


def create_roles(superuser_url: str, passwords: Mapping[str, str]) -> None:
    """Make every log-in that is absent and give each its password of `passwords` (by log-in)."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for statement in statements():
            if f" DATABASE {DATABASE}" not in statement:
                connection.execute(_with_passwords(statement, passwords).encode())


def create_database(superuser_url: str, name: str = DATABASE, template: str | None = None) -> None:
    """Make the database `name`, owned by the owner and closed to everyone but the log-ins. It must not exist."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        source = (
            sql.SQL("TEMPLATE {} STRATEGY FILE_COPY") if template else sql.SQL("TEMPLATE {} ENCODING 'UTF8'")
        ).format(sql.Identifier(template or "template0"))
        database, owner = sql.Identifier(name), sql.Identifier(OWNER)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} ").format(database, owner) + source)
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    let_in(superuser_url, name)


def let_in(superuser_url: str, name: str = DATABASE) -> None:
    """Let every log-in connect to the database `name`: also those that a later version brought."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        logins = sql.SQL(", ").join(sql.Identifier(login) for login in LOGINS.values())
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), logins))


def has_database(superuser_url: str, name: str = DATABASE) -> bool:
    """Whether the server has a database of that name."""
    with psycopg.connect(superuser_url) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def login_url(server_url: str, login: str, password: str, database: str = DATABASE) -> str:
    """The address under which `login` reaches `database` on the server of `server_url`."""
    place = urlsplit(server_url).netloc.rpartition("@")[2]
    return urlunsplit(("postgresql", f"{quote(login)}:{quote(password, safe='')}@{place}", f"/{database}", "", ""))


def _with_passwords(statement: str, passwords: Mapping[str, str]) -> str:
    for login in ALL_LOGINS:
        quoted = "'" + passwords[login].replace("'", "''") + "'"
        statement = statement.replace(f"'<password of {login}>'", quoted)
    return statement


def main() -> None:
    """Print roles.sql for the administrator of another server."""
    print(ROLES_SQL.read_text(), end="")


if __name__ == "__main__":
    main()
