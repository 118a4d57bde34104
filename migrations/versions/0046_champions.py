"""Searches for frequent words are made ready; a trigger writes down which of them a changed text touches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TRIGGER = """
create function note_search_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $body$
begin
    perform pg_advisory_xact_lock_shared(7319402);
    insert into public.search_change (query)
    select query from public.search_champion c
    where (tg_op <> 'INSERT' and old.listed and (query = '' or old.search @@ query::tsquery))
       or (tg_op <> 'DELETE' and new.listed and (query = '' or new.search @@ query::tsquery));
    return null;
end $body$;
revoke all on function note_search_change() from public;
create trigger note_search_change after insert or update or delete on published_excerpt
    for each row execute function note_search_change();
grant select on search_champion, search_change to app_public, app_counsellor;
grant select, insert, update, delete on search_champion to app_worker;
grant select, delete on search_change to app_worker;
"""


def upgrade() -> None:
    op.create_table(
        "search_champion",
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("counts", JSONB(), nullable=False),
        sa.Column("refs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("ranks", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("dates", sa.ARRAY(sa.Date()), nullable=False),
        sa.PrimaryKeyConstraint("query", name=op.f("pk_search_champion")),
    )
    op.create_table(
        "search_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_change")),
    )
    op.create_index("ix_search_change_query", "search_change", ["query", "id"])
    op.get_bind().connection.cursor().execute(TRIGGER)


def downgrade() -> None:
    op.execute("drop trigger note_search_change on published_excerpt")
    op.execute("drop function note_search_change()")
    op.drop_table("search_change")
    op.drop_table("search_champion")
