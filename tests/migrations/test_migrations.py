"""The migrations lead to what the models say, up, down and up again, and lose no row on a way that keeps the tables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from psycopg import sql
from sqlalchemy.orm import Session

from ops import roles
from ops.migrate import alembic_config, upgrade
from tests.database import DatabaseUrls
from tests.excerpts import drafted, published
from tests.factories import NOW, make_question, make_staff
from tests.fences.rows import partner_with_work, request_with_reply
from tests.translated import corrected, make_pair
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.db import begin, make_engine
from workflows.core.sealed import Keyring
from workflows.excerpts.desk import draft_next_version
from workflows.excerpts.discarding import discard_version
from workflows.lifecycles import LIFECYCLES
from workflows.replies.recall import retract_and_tell
from workflows.tables import metadata

COPY_SHAPE = """
  SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname IN ('public', 'authn') AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT n.nspname, c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid), c.condeferrable
  FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname IN ('public', 'authn')
  UNION ALL
  SELECT schemaname, tablename, indexname, indexdef, false FROM pg_indexes WHERE schemaname IN ('public', 'authn')
  UNION ALL
  SELECT schemaname, tablename, policyname, array_to_string(roles, ',') || cmd || coalesce(qual, '') || coalesce(with_check, ''),
    false FROM pg_policies
  UNION ALL
  SELECT n.nspname, c.relname, 'rights', coalesce(c.relacl::text, ''), c.relforcerowsecurity
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('public', 'authn') AND c.relkind IN ('r', 'S') AND c.relname <> 'alembic_version'
  UNION ALL
  SELECT n.nspname, c.relname || '.' || a.attname, 'rights', a.attacl::text, false
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('public', 'authn') AND a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relname <> 'alembic_version'
  UNION ALL
  SELECT n.nspname, p.proname, md5(pg_get_functiondef(p.oid)), coalesce(p.proacl::text, ''), p.prosecdef
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('public', 'authn')
"""
"""Everything that migrations make: columns, constraints, indexes, policies, rights, functions."""


@pytest.fixture
def empty(server: str) -> Iterator[DatabaseUrls]:
    """A database without any table, for one test."""
    name = f"terrain_test_{os.environ['TERRAIN_TEST_RUN']}_{uuid4().hex[:12]}"
    roles.create_database(server, name)
    yield DatabaseUrls.on(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def scripts() -> list[Script]:
    """Every migration, the first one first."""
    return list(ScriptDirectory.from_config(alembic_config("")).walk_revisions())[::-1]


def revisions() -> list[str]:
    return [script.revision for script in scripts()]


def shape(url: str) -> set[tuple]:
    """What the database consists of, comparable; the order in which rights were granted is no difference."""
    with psycopg.connect(url) as connection:
        return {
            tuple(
                "".join(sorted(part)) if index == 3 and row[2] == "rights" else part for index, part in enumerate(row)
            )
            for row in connection.execute(COPY_SHAPE)
        }


def counts(url: str) -> dict[str, int]:
    """How many rows each table holds, looked at by whoever sees them all."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind = 'r' AND n.nspname IN ('public', 'authn') AND c.relname <> 'alembic_version'"
        ).fetchall()
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}


@contextmanager
def session_of(url: str, keys: Keyring) -> Iterator[Session]:
    engine = make_engine(url)
    try:
        with begin(engine, keys) as session:
            yield session
    finally:
        engine.dispose()


def fill(urls: DatabaseUrls, keys: Keyring) -> None:
    with session_of(urls.owner_url, keys) as session:
        partner_with_work(session)
        request_with_reply(session)


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(alembic_config("")).get_heads()) == 1


def test_the_migrations_make_what_the_models_say(database: DatabaseUrls) -> None:
    engine = make_engine(database.owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_schemas": True, "compare_type": True, "target_metadata": metadata}
        )
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.name)
def test_the_database_knows_the_declared_states_and_no_other(database: DatabaseUrls, lifecycle) -> None:
    with psycopg.connect(database.owner_url) as connection:
        row = connection.execute(
            "SELECT array(SELECT (regexp_matches(pg_get_constraintdef(oid), '''([a-z_]+)''', 'g'))[1])"
            " FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s",
            [lifecycle.model.__tablename__, f"ck_{lifecycle.model.__tablename__}_state"],
        ).fetchone()
    assert row
    assert set(row[0]) == {str(state) for state in lifecycle.states}


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.name)
def test_every_move_of_the_clock_finds_its_rows_by_an_index(database: DatabaseUrls, lifecycle) -> None:
    for move in lifecycle.clock_moves:
        with psycopg.connect(database.owner_url) as connection:
            found = connection.execute(
                "SELECT indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE %s",
                [lifecycle.model.__tablename__, f"%({move.due})%"],
            ).fetchall()
        assert found, f"no index on {lifecycle.name}.{move.due}"


def test_up_down_and_up_again_leads_to_the_same_place(empty: DatabaseUrls, keys: Keyring) -> None:
    upgrade(empty.owner_url)
    before = shape(empty.owner_url)
    fill(empty, keys)
    command.downgrade(alembic_config(empty.owner_url), "base")
    assert set(counts(empty.superuser_url)) == set()
    upgrade(empty.owner_url)
    fill(empty, keys)
    assert shape(empty.owner_url) == before


def test_each_step_down_and_up_with_rows_leads_to_the_same_place(empty: DatabaseUrls, keys: Keyring) -> None:
    upgrade(empty.owner_url)
    before = shape(empty.owner_url)
    fill(empty, keys)
    rows = counts(empty.superuser_url)
    assert sum(bool(count) for count in rows.values()) > 20
    for lower in revisions()[-2::-1]:
        command.downgrade(alembic_config(empty.owner_url), lower)
        kept = counts(empty.superuser_url)
        assert kept == {name: rows.get(name, 0) for name in kept}, f"going down to {lower} lost rows"
        upgrade(empty.owner_url)
        assert shape(empty.owner_url) == before, f"from {lower} it did not come back the same"


def test_every_step_goes_up_by_itself(empty: DatabaseUrls, keys: Keyring) -> None:
    for revision in revisions():
        command.upgrade(alembic_config(empty.owner_url), revision)
    upgrade(empty.owner_url)
    fill(empty, keys)
    assert counts(empty.superuser_url)["public.assignment"] == 1


def test_a_reason_that_stands_in_the_clear_is_not_thrown_away_unasked(empty: DatabaseUrls, keys: Keyring) -> None:
    scripts = ScriptDirectory.from_config(alembic_config(""))
    sealing = next(script for script in scripts.walk_revisions() if script.path.endswith("_urgency_reason.py"))
    upgrade(empty.owner_url)
    fill(empty, keys)
    command.downgrade(alembic_config(empty.owner_url), sealing.down_revision)
    with psycopg.connect(empty.superuser_url, autocommit=True) as connection:
        connection.execute("update question set urgency_reason = 'Le vol part lundi.'")
        with pytest.raises(RuntimeError, match="2 questions have a reason of urgency"):
            upgrade(empty.owner_url)
        connection.execute("update question set urgency_reason = null")
    upgrade(empty.owner_url)


def test_down_to_before_versions_could_be_discarded_takes_those_with_it(empty: DatabaseUrls, keys: Keyring) -> None:
    upgrade(empty.owner_url)
    upgraded = shape(empty.owner_url)
    with session_of(empty.owner_url, keys) as session:
        editor = make_staff(session, Role.EDITOR)
        kept, gone = published(session, author=editor), drafted(session, editor)
        for version in (draft_next_version(session, editor, kept.id, "update", NOW, version=kept.version), gone):
            session.flush()
            discard_version(session, editor, version.id, NOW, version=version.version)
    command.downgrade(alembic_config(empty.owner_url), "0059")
    left = counts(empty.superuser_url)
    assert (left["public.excerpt"], left["public.excerpt_version"]) == (1, 1)
    upgrade(empty.owner_url)
    assert shape(empty.owner_url) == upgraded


def test_down_to_before_translations_were_told_of_corrections_loses_no_other_word(
    empty: DatabaseUrls, keys: Keyring
) -> None:
    upgrade(empty.owner_url)
    with session_of(empty.owner_url, keys) as session:
        pair = make_pair(session)
        corrected(session, pair, "Faux.", en="False.")
        retract_and_tell(session, pair.editor, pair.english.id, "Wrong.", clock.now(), version=pair.english.version)
    told = words_told(empty.owner_url)
    (step,) = (one for one in scripts() if one.path.endswith("_translated_notes.py"))
    command.downgrade(alembic_config(empty.owner_url), step.down_revision)
    assert words_told(empty.owner_url) == told
    upgrade(empty.owner_url)
    assert words_told(empty.owner_url) == told
    with psycopg.connect(empty.owner_url) as connection:
        left = connection.execute("select distinct translated_notes from published_version").fetchall()
    assert left == [({},)]


def words_told(url: str) -> list[tuple]:
    """Every notice and every note that readers have."""
    asked = (
        "select ref, 0, notice from published_excerpt union all select ref, number, public_note from published_version"
    )
    with psycopg.connect(url) as connection:
        return sorted(connection.execute(asked).fetchall())


def test_two_partners_of_one_name_both_stay_under_names_that_differ(empty: DatabaseUrls, keys: Keyring) -> None:
    (step,) = (one for one in scripts() if one.path.endswith("_partner_names.py"))
    command.upgrade(alembic_config(empty.owner_url), step.down_revision)
    names = ["Relais", "relais", " RELAIS", "Le  Pont", "Le Pont", "Alone"]
    with psycopg.connect(empty.superuser_url, autocommit=True) as connection:
        for name in names:
            connection.execute(
                "insert into partner_organisation (id, version, name, countries, languages, timezone, calendar, active)"
                " values (%s, 1, %s, '{COD}', '{fr}', 'Africa/Kinshasa', 'CD', true)",
                [uuid4(), name],
            )
        upgrade(empty.owner_url)
        left = [name for (name,) in connection.execute("select name from partner_organisation")]
    assert len({" ".join(name.lower().split()) for name in left}) == len(names)
    assert sorted(name.rpartition(" (")[0] or name for name in left) == sorted(names)


def test_open_questions_that_the_wider_rule_names_wait_for_a_second_reader(empty: DatabaseUrls, keys: Keyring) -> None:
    (step,) = (one for one in scripts() if one.path.endswith("_rare_anywhere.py"))
    upgrade(empty.owner_url)
    with session_of(empty.owner_url, keys) as session:
        for text in ("A judge with six children: school fees?", "Prices of insulin?"):
            make_question(session, state="triaged", place="Kinshasa", points=(text,), second_reading_owed=False)
    command.downgrade(alembic_config(empty.owner_url), step.down_revision)
    upgrade(empty.owner_url)
    with psycopg.connect(empty.superuser_url) as connection:
        asked = "select text, second_reading_owed from question join question_point on question_id = question.id"
        assert sorted(connection.execute(asked)) == [
            ("A judge with six children: school fees?", True),
            ("Prices of insulin?", False),
        ]
