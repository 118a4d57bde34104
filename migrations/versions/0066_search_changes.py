"""One line of a change serves the counts and the frequent searches, which the clock brings up to date with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

NOTE = """
create or replace function note_text_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $body$
begin
    if tg_op = 'UPDATE' and
        (old.listed, old.country, old.topic_group, old.topics, old.language,
         old.valid_until, old.check_soon_from, old.expires_on, old.corrected_on{compared_old}) is not distinct from
        (new.listed, new.country, new.topic_group, new.topics, new.language,
         new.valid_until, new.check_soon_from, new.expires_on, new.corrected_on{compared_new})
    then return null;
    end if;
    perform pg_advisory_xact_lock_shared(7319402);
    if exists (select from public.text_count) then
        insert into public.text_change (
            texts, country, topic_group, topics, language, valid_until, check_soon_from, expires_on, corrected_on{columns})
        select -1, old.country, old.topic_group, old.topics, old.language,
               old.valid_until, old.check_soon_from, old.expires_on, old.corrected_on{old}
        where tg_op <> 'INSERT' and old.listed
        union all
        select 1, new.country, new.topic_group, new.topics, new.language,
               new.valid_until, new.check_soon_from, new.expires_on, new.corrected_on{new}
        where tg_op <> 'DELETE' and new.listed;
    end if;
    return null;
end $body$"""
WITHOUT = dict.fromkeys(("compared_old", "compared_new", "columns", "old", "new"), "")
WITH = {
    "compared_old": ", old.information_date, old.search", "compared_new": ", new.information_date, new.search",
    "columns": ", ref, search", "old": ", old.ref, old.search", "new": ", new.ref, new.search",
}  # fmt: skip
"""In an update that changes nothing of what is compared, nothing is written."""

SEARCH_CHANGE = """
create function note_search_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $body$
begin
    perform pg_advisory_xact_lock_shared(7319402);
    insert into public.search_change (query)
    select query from public.search_champion c
    where (tg_op <> 'INSERT' and old.listed and old.search @@ query::tsquery)
       or (tg_op <> 'DELETE' and new.listed and new.search @@ query::tsquery);
    return null;
end $body$;
revoke all on function note_search_change() from public;
create trigger note_search_change after insert or update or delete on published_excerpt
    for each row execute function note_search_change();
grant select on search_change to app_public, app_counsellor;
grant select, delete on search_change to app_worker;
"""


def upgrade() -> None:
    _forget_what_is_ready()
    op.execute("drop trigger note_search_change on published_excerpt")
    op.execute("drop function note_search_change()")
    op.drop_table("search_change")
    op.drop_column("search_champion", "as_of")
    op.add_column("search_champion", sa.Column("whole", sa.Boolean(), nullable=False))
    op.add_column("text_change", sa.Column("ref", sa.Text(), nullable=False))
    op.add_column("text_change", sa.Column("search", TSVECTOR(), nullable=False))
    _write(NOTE.format(**WITH))


def downgrade() -> None:
    _forget_what_is_ready()
    _write(NOTE.format(**WITHOUT))
    op.drop_column("text_change", "search")
    op.drop_column("text_change", "ref")
    op.drop_column("search_champion", "whole")
    op.add_column("search_champion", sa.Column("as_of", sa.BigInteger(), nullable=False))
    op.create_table(
        "search_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_change")),
    )
    op.create_index("ix_search_change_query", "search_change", ["query", "id"])
    _write(SEARCH_CHANGE)


def _forget_what_is_ready() -> None:
    """The clock makes all of it again."""
    for table in ("search_champion", "text_count", "text_change"):
        op.execute(f"delete from {table}")


def _write(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
