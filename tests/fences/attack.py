"""The portal's database credentials in a stranger's hands. What is tried follows from the catalogue, not from a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.fences.stranger import TELLING

PORTAL = "app_partner"
AT_MOST = 20_000


@dataclass(frozen=True)
class Outcome:
    """What one statement told: everything that came back as a text, how many rows, or how it was refused."""

    told: str
    rows: int
    refused: str = ""

    @property
    def verdict(self) -> tuple[str, int, str]:
        """What tells one outcome from another once ids and digests are left out."""
        return self.refused, self.rows, TELLING.sub("?", self.told)


class Attacker:
    """One connection of the portal's log-in; each try is a transaction of its own that says whose session it has."""

    def __init__(self, connection: psycopg.Connection, session_hash: str) -> None:
        self.connection, self.session_hash = connection, session_hash
        self.notices: list[str] = []
        connection.execute("SET lock_timeout = '2s'; SET statement_timeout = '20s'")
        # Loads the language: until then its settings are mere names, which anybody may set to no effect.
        connection.execute("DO 'begin end'")
        connection.commit()
        connection.add_notice_handler(lambda told: self.notices.append(f"{told.message_primary} {told.message_detail}"))

    def tries(self, statement: Any, given: Any = None, *, before: str = "", keep: bool = False) -> Outcome:
        self.connection.rollback()
        self.notices.clear()
        try:
            self.connection.execute("SELECT set_config('terrain.session', %s, true)", [self.session_hash])
            if before:
                self.connection.execute(before)
            cursor = self.connection.execute(statement, given)
            found = cursor.fetchmany(AT_MOST) if cursor.description else []
            outcome = Outcome(f"{found} {self.notices}", cursor.rowcount)
            if keep:
                self.connection.commit()
        except (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled):
            raise  # waiting is no refusal
        except psycopg.Error as refused:
            told = f"{refused.diag.message_primary} {refused.diag.message_detail} {refused.diag.context}"
            outcome = Outcome(told, -1, refused.sqlstate or "broken")
        self.connection.rollback()
        return outcome

    def copies(self, place: sql.Identifier) -> Outcome:
        self.connection.rollback()
        try:
            self.connection.execute("SELECT set_config('terrain.session', %s, true)", [self.session_hash])
            with self.connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(place)) as out:
                outcome = Outcome(b"".join(bytes(part) for part in out).decode("utf-8", "replace"), 0)
        except psycopg.Error as refused:
            outcome = Outcome(f"{refused}", -1, refused.sqlstate or "broken")
        self.connection.rollback()
        return outcome


def relations(house: psycopg.Connection) -> list[tuple[str, str]]:
    """Every table and view there is, PostgreSQL's own too."""
    return house.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname !~ '^pg_(toast|temp)' ORDER BY 1, 2"
    ).fetchall()


def readings(house: psycopg.Connection, attacker: Attacker) -> Iterator[tuple[str, Outcome]]:
    """Every relation whole and by column, with row security on and off, by COPY, by XML and by the planner."""
    for schema, name in relations(house):
        place = sql.Identifier(schema, name)
        whole = sql.SQL("SELECT t::text FROM {} t").format(place)
        yield f"read {schema}.{name}", attacker.tries(whole)
        if schema in {"pg_catalog", "information_schema"}:
            continue
        yield f"read {name} without row security", attacker.tries(whole, before="SET LOCAL row_security = off")
        yield f"copy {name}", attacker.copies(place)
        yield (
            f"xml of {name}",
            attacker.tries("SELECT query_to_xml(%s, true, false, '')::text", [whole.as_string(house)]),
        )
        yield f"explain {name}", attacker.tries(sql.SQL("EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM {}").format(place))
        yield from by_column(house, attacker, place, (schema, name))
    for export in ("database_to_xml(true, false, '')", "schema_to_xml('public', true, false, '')"):
        yield export, attacker.tries(f"SELECT {export}::text")


def by_column(
    house: psycopg.Connection, attacker: Attacker, place: sql.Identifier, table: tuple[str, str]
) -> Iterator[tuple[str, Outcome]]:
    """Each column alone, and casts that fail with the value in their message if they are tried on a hidden row."""
    for (column,) in house.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND NOT attisdropped AND attname <> 'tableoid'",
        [place.as_string(house)],
    ).fetchall():
        one = sql.Identifier(column)
        yield f"read {table[1]}.{column}", attacker.tries(sql.SQL("SELECT {}::text FROM {}").format(one, place))
        leaky = sql.SQL("SELECT 1 FROM {} WHERE {}::text::money > '0'").format(place, one)
        yield f"cast {table[1]}.{column}", attacker.tries(leaky)
        again = sql.SQL("UPDATE {} SET {one} = {one} RETURNING {one}::text").format(place, one=one)
        yield f"rewrite {table[1]}.{column}", attacker.tries(again)


def own_functions(house: psycopg.Connection) -> list[tuple[str, list[str], list[str]]]:
    """Every function of ours: its address, the types and the names of its arguments."""
    return house.execute(
        "SELECT p.oid::regproc::text, array(SELECT format_type(t, null) FROM unnest(p.proargtypes) t),"
        " coalesce(p.proargnames, '{}') FROM pg_proc p WHERE p.pronamespace IN ('public'::regnamespace, 'authn'::regnamespace)"
        " ORDER BY 1"
    ).fetchall()


TYPES = {"uuid[]": "uuid", "bytea": "bytea", "timestamp with time zone": "moment", "interval": "'1 hour'", "integer": "1",
         "bigint": "1", "double precision": "1", "boolean": "true", "bytea[]": "'{}'"}  # fmt: skip


def call(function: str, types: list[str], names: list[str], whom: str, login: str) -> str:
    """A call of a function about somebody: their id wherever an id goes, their user name wherever a name goes."""
    values = []
    for kind, name in zip(types, [*names, *[""] * len(types)], strict=False):
        word = {"p_site": "portal", "p_login": login, "p_level": "full", "zone": "UTC"}.get(name, "x")
        values.append(
            {
                "uuid": f"'{whom}'", "uuid[]": f"array['{whom}']::uuid[]", "text": f"'{word}'", "bytea": r"'\xabcd'::bytea",
                "timestamp with time zone": "now()",
            }.get(kind, TYPES.get(kind, "null"))
            + f"::{kind}"
        )  # fmt: skip
    return f"SELECT t::text FROM {function}({', '.join(values)}) t"


def callings(
    house: psycopg.Connection, attacker: Attacker, theirs: list[tuple[str, str]]
) -> Iterator[tuple[str, Outcome, Outcome]]:
    """Every function of ours about somebody else, beside the same about nobody."""
    for function, types, names in own_functions(house):
        for whom, login in theirs:
            about = attacker.tries(call(function, types, names, whom, login))
            yield (
                f"{function} about {whom}",
                about,
                attacker.tries(call(function, types, names, str(uuid4()), "nobody")),
            )


def postgres_functions(house: psycopg.Connection, attacker: Attacker) -> Iterator[tuple[str, Outcome]]:
    """Every function of PostgreSQL that the log-in may call and that asks for nothing."""
    for (name,) in house.execute(
        "SELECT DISTINCT p.oid::regproc::text FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace"
        " AND p.pronargs = p.pronargdefaults AND p.prokind = 'f' AND p.prorettype NOT IN ("
        "  SELECT oid FROM pg_type WHERE typtype = 'p' AND typname <> 'record' AND typname <> 'void')"
        " AND has_function_privilege(%s, p.oid, 'execute') AND (p.proretset OR p.prorettype <> 'record'::regtype) ORDER BY 1",
        [PORTAL],
    ).fetchall():
        yield name, attacker.tries(f"SELECT t::text FROM {name}() t")
