"""What an attack must not find: rows in every table of the catalogue, with words of their own, none of which is the attacker's."""

import re
from collections.abc import Iterator

import psycopg
from psycopg import errors, sql

TELLING = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|qz[a-z0-9]+zq|[0-9a-f]{32,}")
"""What can be told apart wherever it turns up: an id, a planted word, a digest or a sealed text."""
KEPT = ("region", "country", "topic", "facet", "heartbeat", "alembic_version", "decoy")
"""What everybody may read (the vocabulary, when the clock last ticked), and what nobody may write."""
VALUES = {
    "uuid": "gen_random_uuid()", "uuid[]": "array[gen_random_uuid()]", "boolean": "false", "integer": "g", "bigint": "g",
    "smallint": "g", "date": "current_date", "date[]": "array[current_date]", "integer[]": "array[g]", "timestamp with time zone": "now()", "interval": "interval '1 day'",
    "bytea": "decode(md5(random()::text) || md5(random()::text), 'hex')", "double precision": "1", "numeric": "1", "tsvector": "to_tsvector('simple', 'x')",
}  # fmt: skip
Column = tuple[str, str, bool, str]


def tables(house: psycopg.Connection) -> list[tuple[str, str]]:
    rows = house.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('public', 'authn') AND c.relkind IN ('r', 'p') AND c.relname <> ALL (%s) ORDER BY 1, 2",
        [list(KEPT)],
    )
    return [(schema, name) for schema, name in rows]


def columns(house: psycopg.Connection, table: tuple[str, str]) -> list[Column]:
    """Name, type, whether it must be filled, and the first value that a CHECK allows."""
    rows = house.execute(
        "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, coalesce((SELECT"
        "  (regexp_match(pg_get_constraintdef(k.oid), '''([^'']+)'''))[1] FROM pg_constraint k"
        "  WHERE k.conrelid = a.attrelid AND k.contype = 'c' AND a.attnum = ANY (k.conkey) LIMIT 1), '')"
        " FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped"
        " AND a.attgenerated = '' ORDER BY a.attnum",
        [sql.Identifier(*table).as_string(house)],
    )
    return rows.fetchall()


def marker(table: tuple[str, str], column: str) -> str:
    return "qz" + re.sub(r"[^a-z0-9]", "", f"{table[1]}x{column}") + "zq"


def plant(house: psycopg.Connection) -> None:
    """A word of its own in every text of the rows there are, and a row more in every table."""
    for table in tables(house):
        for name, kind, _, allowed in columns(house, table):
            if kind == "text" and not allowed and name not in {"state", "site", "level"}:
                one, place = sql.Identifier(name), sql.Identifier(*table)
                own = sql.SQL("UPDATE {} SET {one} = %s WHERE {one} IS NOT NULL").format(place, one=one)
                try_quietly(house, own, [marker(table, name)])
    multiply(house, 1)


def multiply(house: psycopg.Connection, copies: int) -> None:
    """More rows in every table. Foreign keys look away."""
    house.execute("SET session_replication_role = replica; SET lock_timeout = '5s'")
    for table in tables(house):
        add(house, table, columns(house, table), copies)
    house.execute("SET session_replication_role = origin")


def add(house: psycopg.Connection, table: tuple[str, str], found: list[Column], copies: int) -> None:
    """Rows with every column filled, or, where a CHECK does not like that, with those that must be; words alike if they may."""
    needed = [one for one in found if one[2]]
    for wanted, alike in ((found, True), (found, False), (needed, True), (needed, False)):
        names = sql.SQL(", ").join(sql.Identifier(one[0]) for one in wanted)
        values = sql.SQL(", ").join(value(table, one, alike=alike) for one in wanted)
        fill = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series({first}, {first} + {} - 1) g").format(
            sql.Identifier(*table), names, values, sql.Literal(copies), first=sql.Literal(20_000 + copies)
        )
        if try_quietly(house, fill):
            return
    raise AssertionError(f"no row could be planted in {'.'.join(table)}: teach tests/fences/stranger.py how")


def value(table: tuple[str, str], column: Column, *, alike: bool) -> sql.Composable:
    name, kind, _, allowed = column
    word = allowed or marker(table, name)
    if kind == "text":
        return sql.Literal(word) if alike or allowed else sql.SQL("{} || g").format(sql.Literal(f"{word} "))
    if kind in {"text[]", "jsonb"}:
        made = {"text[]": "array[{}]::text[]", "jsonb": "jsonb_build_object('x', {}::text)"}[kind]
        return sql.SQL(made).format(sql.Literal(word))
    return sql.SQL(VALUES.get(kind, "null"))


def try_quietly(house: psycopg.Connection, statement: sql.Composed, given: list[str] | None = None) -> bool:
    try:
        with house.transaction():
            house.execute(statement, given)
    except (errors.IntegrityError, errors.DataError):
        return False
    return True


def rows(house: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Every row of every table, as a text."""
    for table in tables(house):
        place = sql.Identifier(*table)
        for (row,) in house.execute(sql.SQL("SELECT t::text FROM {} t").format(place)):
            yield ".".join(table), row


def secrets(house: psycopg.Connection) -> set[str]:
    """Everything telling that stands in any row now."""
    return {found for _, row in rows(house) for found in TELLING.findall(row) if found.strip("0-")}
