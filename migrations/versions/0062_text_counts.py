"""How many texts there are is counted beforehand; a trigger writes down what came and what went since."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

TRIGGER = """
create function note_text_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $body$
begin
    if tg_op = 'UPDATE' and
        (old.listed, old.country, old.topic_group, old.topics, old.language,
         old.valid_until, old.check_soon_from, old.expires_on) is not distinct from
        (new.listed, new.country, new.topic_group, new.topics, new.language,
         new.valid_until, new.check_soon_from, new.expires_on)
    then return null;
    end if;
    perform pg_advisory_xact_lock_shared(7319402);
    if exists (select from public.text_count) then
        insert into public.text_change (
            texts, country, topic_group, topics, language, valid_until, check_soon_from, expires_on)
        select -1, old.country, old.topic_group, old.topics, old.language,
               old.valid_until, old.check_soon_from, old.expires_on
        where tg_op <> 'INSERT' and old.listed
        union all
        select 1, new.country, new.topic_group, new.topics, new.language,
               new.valid_until, new.check_soon_from, new.expires_on
        where tg_op <> 'DELETE' and new.listed;
    end if;
    return null;
end $body$;
revoke all on function note_text_change() from public;
create trigger note_text_change after insert or update or delete on published_excerpt
    for each row execute function note_text_change();
grant select on text_count, text_change to app_public, app_counsellor;
grant select, insert, update, delete on text_count to app_worker;
grant select, delete on text_change to app_worker;
"""
IN_ORDER = ["country", "topic_group", "information_date"]


def upgrade() -> None:
    op.create_table(
        "text_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topic_group", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("freshness", sa.Text(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "topic", "language", "topic_group", "country", "freshness", name=op.f("pk_text_count")
        ),
    )
    op.create_index("ix_text_count_country", "text_count", ["day", "country"])
    op.create_table(
        "text_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("texts", sa.SmallInteger(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("topic_group", sa.Text(), nullable=False),
        sa.Column("topics", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("check_soon_from", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_change")),
    )
    op.drop_index("ix_published_excerpt_country", "published_excerpt")
    op.create_index("ix_published_excerpt_country", "published_excerpt", [*IN_ORDER, "ref"])
    op.get_bind().connection.cursor().execute(TRIGGER)
    op.execute("delete from search_champion where query = ''")


def downgrade() -> None:
    op.execute("drop trigger note_text_change on published_excerpt")
    op.execute("drop function note_text_change()")
    op.drop_index("ix_published_excerpt_country", "published_excerpt")
    op.create_index("ix_published_excerpt_country", "published_excerpt", IN_ORDER)
    op.drop_table("text_change")
    op.drop_table("text_count")
