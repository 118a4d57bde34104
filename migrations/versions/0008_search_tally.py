"""Searches in vain are counted by day, country and topic group; the public site may add one and read nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TALLY = """
create function tally_search(a_country text, a_group text) returns void
    language sql security definer set search_path = pg_catalog, public
    begin atomic
        insert into public.search_tally (day, country, topic_group, searches)
        select (now() at time zone 'UTC')::date, c.iso3, t.code, 1
        from public.country c, public.topic t
        where c.iso3 = a_country and c.active and t.code = a_group and t.parent_code is null
        on conflict (day, country, topic_group) do update set searches = public.search_tally.searches + 1;
    end;
revoke all on function tally_search(text, text) from public;
grant execute on function tally_search(text, text) to app_public;
grant select on search_tally to app_desk;
grant select, delete on search_tally to app_worker;
"""


def upgrade() -> None:
    op.create_table(
        "search_tally",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("topic_group", sa.Text(), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["country"], ["country.iso3"], name=op.f("fk_search_tally_country"), deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["topic_group"], ["topic.code"], name=op.f("fk_search_tally_topic_group"), deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("day", "country", "topic_group", name=op.f("pk_search_tally")),
    )  # fmt: skip
    op.create_index("ix_search_tally_country", "search_tally", ["country", "topic_group", "day"])
    op.get_bind().connection.cursor().execute(TALLY)


def downgrade() -> None:
    op.execute("drop function tally_search(text, text)")
    op.drop_table("search_tally")
