"""Asking whether something exists without being able to read it: foreign keys, unique keys, the planner's guesses."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.fences.attack import PORTAL, Attacker, Outcome
from tests.fences.stranger import TELLING, tables

Row = dict[str, Any]
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


def writable(house: psycopg.Connection, verb: str) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Tables and columns that the portal's log-in may add to or change."""
    for table in tables(house):
        rows = house.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %(t)s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND has_column_privilege(%(who)s, attrelid, attnum, %(verb)s)",
            {"t": sql.Identifier(*table).as_string(house), "who": PORTAL, "verb": verb},
        ).fetchall()
        if rows:
            yield table, [name for (name,) in rows]


def keys(house: psycopg.Connection, table: tuple[str, str], kind: str) -> list[tuple[list[str], str]]:
    """The columns of its foreign (f) or unique (u) keys, and the table that a foreign key points at."""
    place = sql.Identifier(*table).as_string(house)
    if kind == "f":
        query = (
            "SELECT array(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)),"
            " confrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"
        )
    else:
        query = (
            "SELECT array(SELECT attname::text FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY (indkey)),"
            " indexrelid::regclass::text FROM pg_index WHERE indisunique AND indrelid = %s::regclass"
        )
    return house.execute(query, [place]).fetchall()


def adds(attacker: Attacker, table: tuple[str, str], names: list[str], row: Row, tail: str = "") -> Outcome:
    """Try to add a row made of another one; constraints that wait for the commit are asked at once."""
    place = sql.Identifier(*table)
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM jsonb_populate_record(null::{}, %s) {}").format(
        place, listed, listed, place, sql.SQL(tail)
    )
    return attacker.tries(statement, [json.dumps(row, default=str)], before=AT_ONCE)


def example(house: psycopg.Connection, table: tuple[str, str], own: set[str]) -> Row | None:
    """A row of the attacker's own, under a new id; made up where they have none."""
    place = sql.Identifier(*table)
    found = house.execute(sql.SQL("SELECT to_jsonb(t) FROM {} t").format(place)).fetchall()
    for (row,) in sorted(found, key=str):
        if own & {str(value) for value in row.values()}:
            return row | ({"id": str(uuid4())} if "id" in row else {})
    return None


def foreign_keys(
    house: psycopg.Connection, attacker: Attacker, own: set[str]
) -> Iterator[tuple[str, Outcome, Outcome]]:
    """A row that leads to somebody else's, beside one that leads to nothing."""
    for table, names in writable(house, "INSERT"):
        row = example(house, table, own)
        for columns, target in keys(house, table, "f"):
            if row is None or len(columns) != 1 or columns[0] not in names:
                continue
            for (other,) in house.execute(f"SELECT {key_of(house, target)}::text FROM {target}").fetchall():
                if other in own:
                    continue
                there = adds(attacker, table, names, row | {columns[0]: other})
                nowhere = adds(attacker, table, names, row | {columns[0]: str(uuid4())})
                yield f"{table[1]}.{columns[0]} leads to {other}", there, nowhere


def key_of(house: psycopg.Connection, target: str) -> str:
    found = house.execute(
        "SELECT attname FROM pg_attribute a JOIN pg_index i ON i.indrelid = a.attrelid AND a.attnum = i.indkey[0]"
        " WHERE i.indisprimary AND i.indrelid = %s::regclass",
        [target],
    ).fetchone()
    assert found is not None
    return str(found[0])


def unique_keys(house: psycopg.Connection, attacker: Attacker, own: set[str]) -> Iterator[tuple[str, Outcome, Outcome]]:
    """A row with somebody else's unique values, beside one with values that nobody has."""
    for table, names in writable(house, "INSERT"):
        row = example(house, table, own)
        place = sql.Identifier(*table)
        for columns, index in keys(house, table, "u"):
            if row is None or not set(columns) <= set(names) or is_a_random_id(house, table, columns):
                continue
            for (other,) in house.execute(sql.SQL("SELECT to_jsonb(t) FROM {} t").format(place)).fetchall():
                if own & {str(value) for value in other.values()}:
                    continue
                taken = row | {name: other[name] for name in columns}
                free = row | {name: unlike(other[name], row[name]) for name in columns}
                for tail in ("", "ON CONFLICT DO NOTHING"):
                    yield (
                        f"{index} as {taken} {tail}",
                        adds(attacker, table, names, taken, tail),
                        adds(attacker, table, names, free, tail),
                    )


def is_a_random_id(house: psycopg.Connection, table: tuple[str, str], columns: list[str]) -> bool:
    """A key that is one random id alone tells only whoever knows the id already; PostgreSQL cannot hide that much."""
    kind = house.execute(
        "SELECT format_type(atttypid, null) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
        [sql.Identifier(*table).as_string(house), columns[0]],
    ).fetchone()
    return len(columns) == 1 and kind == ("uuid",)


def unlike(theirs: Any, mine: Any) -> Any:
    """A value of the same kind that nobody has."""
    if isinstance(theirs, bool) or theirs is None:
        return theirs
    if isinstance(theirs, int):
        return 9_000 + theirs
    if TELLING.fullmatch(str(theirs)) and "-" in str(theirs):
        return str(uuid4())
    return mine if str(theirs)[:4].isdigit() else f"{theirs} unlike"


def guesses(house: psycopg.Connection, attacker: Attacker) -> Iterator[tuple[str, Outcome, Outcome]]:
    """What the planner expects of the word that most hidden rows have, beside one that none has.

    Left out are columns that an index's own condition names: there a constant of the schema, and no row, chooses the plan.
    """
    house.execute("ANALYZE")
    for table in tables(house):
        place = sql.Identifier(*table)
        for (column,) in house.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attname <> 'state' AND atttypid IN ('text'::regtype, 'text[]'::regtype) AND NOT EXISTS ("
            "  SELECT FROM pg_index i WHERE i.indrelid = attrelid AND pg_get_expr(i.indpred, attrelid) LIKE '%%' || attname || '%%')"
            " AND has_column_privilege(%s, attrelid, attnum, 'select')",
            [place.as_string(house), PORTAL],
        ).fetchall():
            one = sql.Identifier(column)
            most = "SELECT {one}::text FROM {} GROUP BY {one} ORDER BY count(*) DESC LIMIT 1"
            common = house.execute(sql.SQL(most).format(place, one=one)).fetchone()
            if common is None or common[0] is None:
                continue
            nobodys = "{nobodys}" if common[0].startswith("{") else "nobodys"
            for operator in ("=", "<", ">="):
                expect = sql.SQL("EXPLAIN SELECT 1 FROM {} WHERE {} {} {}")
                asked = [
                    expect.format(place, one, sql.SQL(operator), sql.Literal(word)) for word in (common[0], nobodys)
                ]
                yield (
                    f"how many {table[1]}.{column} {operator}",
                    figures(attacker, asked[0]),
                    figures(attacker, asked[1]),
                )


def figures(attacker: Attacker, statement: sql.Composed) -> Outcome:
    """The rows and the cost that the planner tells, without the words of the question."""
    outcome = attacker.tries(statement)
    return Outcome(" ".join(re.findall(r"rows=\d+|cost=[\d.]+", outcome.told)), outcome.rows, outcome.refused)
