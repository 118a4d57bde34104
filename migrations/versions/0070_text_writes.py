"""Each statement that writes published texts leaves a line, by which a page made before knows that it may be old."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

TRIGGER = """
create function note_text_write() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $body$
begin
    insert into public.text_write (writes) values (1);
    return null;
end $body$;
revoke all on function note_text_write() from public;
create trigger note_text_write after insert or update or delete on published_excerpt
    for each statement execute function note_text_write();
insert into text_write (writes) values (1);
grant select on text_write to app_public;
grant select, insert, delete on text_write to app_worker;
"""


def upgrade() -> None:
    op.create_table(
        "text_write",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("writes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_write")),
    )
    op.get_bind().connection.cursor().execute(TRIGGER)


def downgrade() -> None:
    op.execute("drop trigger note_text_write on published_excerpt")
    op.execute("drop function note_text_write()")
    op.drop_table("text_write")
