"""`make compact`: what was erased leaves the database's own files. Nightly, as the owner. `python -m ops.compact`

PostgreSQL keeps the bytes of erased rows in holes of its pages until somebody rewrites the table. Each table below
is locked for as long as that takes, a second for a hundred thousand rows. Exit code 0 when no dead row is left, 1 when
one is: then a transaction was still open that could have read it, and the command has to be run again.
"""

import re
import sys
import time

import psycopg
from psycopg import sql

from config.embedded import ClusterError
from config.settings import OwnerSettings, SettingsError
from ops.environment import SetUp, set_up

TABLES = (
    "request", "question", "question_point", "message", "internal_note", "reply", "reader_report", "attachment",
    "word_upload", "published_file", "subscriber", "subscription", "excerpt_version",
    "excerpt_kept_text", "excerpt_note", "answer", "answer_point", "source", "answer_price", "answer_contact",
    "kept_draft", "ask_instead", "revision", "review", "review_comment", "answer_note", "assignment_message",
    "former_address",
)  # fmt: skip
"""The tables out of which people's words are erased."""
LOCK_WAIT = "20s"
TRIES, PAUSE_SECONDS = 5, 2
"""How often a table is rewritten until no open transaction can read its dead rows any more."""
LEADING_NUMBER = re.compile(r"\d+")


def main() -> int:
    """Rewrite the tables and say what was done."""
    try:
        with set_up() as ready:
            said = compact_all(ready)
    except (ClusterError, SettingsError, psycopg.Error) as refused:
        print(refused, file=sys.stderr)
        return 1
    print("\n".join(said) if said else f"OK: {len(TABLES)} tables rewritten, no erased row is left in them")
    return 1 if said else 0


def compact_all(ready: SetUp) -> list[str]:
    """`compact`; in a private cluster the write-ahead log as well."""
    said = compact(OwnerSettings.from_environment(ready.env).database_url)
    if ready.cluster:
        drop_old_log(ready.cluster.ensure().superuser_url)
    return said


def compact(owner_url: str, tries: int = TRIES) -> list[str]:
    """Rewrite the tables with their overflow and indexes, and let go of the old files. Returns what was not done."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(sql.SQL("set lock_timeout = {}").format(LOCK_WAIT))
        said = [problem for table in _standing(connection) if (problem := _rewrite(connection, table, tries))]
        try:
            connection.execute("checkpoint")  # the old files keep their place until the next one
        except psycopg.errors.InsufficientPrivilege:
            said.append("no checkpoint: run `grant pg_checkpoint to terrain_owner` as a superuser")
    return said


def drop_old_log(superuser_url: str) -> None:
    """Begin a new file of the write-ahead log; where `wal_recycle` is off, those before it are removed."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("select pg_switch_wal()")
        connection.execute("checkpoint")


def _standing(connection: psycopg.Connection) -> list[str]:
    """Those of the tables that are there already: before the first migration none is."""
    asked = "select name from unnest(%s::text[]) as name where to_regclass(name) is not null"
    return [name for (name,) in connection.execute(asked, [list(TABLES)])]


def _rewrite(connection: psycopg.Connection, table: str, tries: int) -> str | None:
    """Write this table anew, with its overflow and indexes; says why when dead rows came along or it was not done."""
    try:
        while kept := _dead_rows_kept(connection, table):
            tries -= 1
            if not tries:
                return f"{table}: {kept} dead rows stay, because an open transaction may still read them"
            time.sleep(PAUSE_SECONDS)
    except psycopg.errors.LockNotAvailable:
        return f"{table}: not rewritten, because somebody held it for {LOCK_WAIT}"
    return None


def _dead_rows_kept(connection: psycopg.Connection, table: str) -> int:
    """Rewrite once; how many dead rows PostgreSQL took along, as it says itself, in whatever language.

    A plain vacuum goes before: unlike the rewriting it does not care what is open in other databases of the server.
    """
    connection.execute(sql.SQL("vacuum {}").format(sql.Identifier(table)))
    details: list[str] = []
    connection.add_notice_handler(hear := lambda notice: details.append(notice.message_detail or ""))
    try:
        connection.execute(sql.SQL("vacuum (full, verbose) {}").format(sql.Identifier(table)))
    finally:
        connection.remove_notice_handler(hear)
    return sum(int(found[0]) for found in map(LEADING_NUMBER.match, details) if found)


if __name__ == "__main__":
    sys.exit(main())
