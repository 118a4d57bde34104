"""Questions that a published text answered before they were asked are counted by day and text, and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

TALLY = """
create function tally_reuse(a_ref text) returns void
    language sql security definer set search_path = pg_catalog, public
    begin atomic
        insert into public.reuse_tally (day, ref, answered)
        select (now() at time zone 'UTC')::date, p.ref, 1
        from public.published_excerpt p where p.ref = a_ref and p.listed
        on conflict (day, ref) do update set answered = public.reuse_tally.answered + 1;
    end;
revoke all on function tally_reuse(text) from public;
grant execute on function tally_reuse(text) to app_public;
grant select on reuse_tally to app_desk;
grant select, delete on reuse_tally to app_worker;
"""


def upgrade() -> None:
    op.create_table(
        "reuse_tally",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "ref", name=op.f("pk_reuse_tally")),
    )
    op.get_bind().connection.cursor().execute(TALLY)


def downgrade() -> None:
    op.execute("drop function tally_reuse(text)")
    op.drop_table("reuse_tally")
